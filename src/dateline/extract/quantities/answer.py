"""The counts of a sentence, and those that belong to an act."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extract.quantities.counting import (
    PERSONAL,
    Counted,
    find_counted,
    find_unnumbered,
    harm_of_verb,
    words_of_counted,
)
from dateline.extract.quantities.numbers import (
    Number,
    find_money,
    find_numbers,
    is_no_count,
    outermost_token,
    tokens_of_number,
)
from dateline.model import Action, Parsed, Quantity, Sentence, Setting, Span, Why

OF_TIME = ("DATE", "TIME")
SOMEBODY = frozenset(("person", "people"))
DONE = frozenset(("participle", "past", "adjective"))
SIZED = ("money", "troops", "weapons", "crowd")  # of which there is no running total
STEPS = 3  # words up the grammar from a crowd, and from what it does
RULES = {
    "quantities.also.v1": (
        'Those who "also" died are added to those whom the sentence told before them.'
    ),
    "quantities.beside.v1": ("The words beside the number tell it: '12 dead', 'six people hurt'."),
    "quantities.crowd.v1": "They who protest are counted: 'thousands of miners'.",
    "quantities.money.v1": "A sum of money.",
    "quantities.none.v1": "The text denies any: 'no casualties', 'nobody was hurt'.",
    "quantities.participle.v1": "The counted are described so: '12 wounded soldiers'.",
    "quantities.patient.v1": ("The verb or noun before the counted tells it: 'killing 12'."),
    "quantities.person.v1": ("One person, whom the sentence tells to be killed, hurt or taken."),
    "quantities.size.v1": "A count of troops or weapons: 'a 200-strong force'.",
    "quantities.toll.v1": "What a toll is said to come to: 'the toll rose to 38'.",
}
Tally = dict[tuple[str, int], Quantity]
"""The counts of a sentence by what was done and the word that tells it."""


def answer_how_many(parsed: Parsed, action: Action, setting: Setting) -> Sequence[Quantity]:
    """Answer how many were killed, hurt, taken, or there, in the act's own sentence."""
    found = [
        q
        for q in counts_of_sentence(parsed, action.trigger)
        if q.what in action.counts and counts_somebody(parsed, action, q)
    ]
    if not any(q.what in PERSONAL for q in found):
        found += count_recipient(parsed, action)
    crowds = "crowd" in action.counts and "by-word" not in action.traits
    if crowds and not any(q.what == "crowd" for q in found):
        for actor in action.actors[:1]:
            found += count_crowd(parsed, action, actor)
    return tuple(found)


def counts_somebody(parsed: Parsed, action: Action, many: Quantity) -> bool:
    """Whether a single word that is counted is somebody, or a party of the act.

    "One of the worst massacres of the century" kills no century.
    """
    if many.why.rule != "quantities.person.v1":
        return True
    sorts = {
        mention.sort
        for word in parsed.tokens_in(many.span)
        if many.span.covers(word.span)
        for mention in parsed.mentions_headed_by(word.i)
    }
    told = any(words.overlaps(many.span) for words in action.recipients)
    return told or bool(sorts & SOMEBODY)


def count_recipient(parsed: Parsed, action: Action) -> Iterator[Quantity]:
    """Yield the number with which one recipient alone begins, if the act harmed them.

    "Three people, among them a child, shot dead in Jos": the reader sees who was shot
    where the grammar of a headline does not tell it. "A 9-year-old" are not nine.
    """
    numbers = [(w, n) for w in action.recipients for n in find_numbers(parsed, w)]
    opening = [(w, n) for w, n in numbers if n.span.start == w.start]
    if len(opening) != 1:
        return
    ((words, number),) = opening
    head, inside = parsed.head_of(words), tokens_of_number(parsed, number)
    if number.span.end >= words.end or not inside or not head or head.pos != "NOUN":
        return
    if parsed.text[number.span.end] == "-" or is_no_count(parsed, inside, number):
        return
    dead = parsed.words("quantities.dead")
    for word in parsed.tokens_in(action.trigger):
        what = harm_of_verb(parsed, word, "verb", "adjective")
        done = word.form in DONE or word.lemma in dead
        if done and what in PERSONAL and what in action.counts:
            found = Counted(head, what, word, "quantities.patient.v1")
            yield build_quantity(parsed, number, found)
            return


def count_crowd(parsed: Parsed, action: Action, actor: Span) -> Iterator[Quantity]:
    """Yield how many do what a crowd does: "thousands of miners joined the march".

    Not how many were shot or arrested at a march.
    """
    head, act = parsed.head_of(actor), parsed.head_of(action.trigger)
    if head is None or act is None or head.relation == "passive-subject":
        return
    above = {token.i for token in (head, *parsed.above(head))[:STEPS]}
    near = (act, *parsed.above(act))[:STEPS]
    described = parsed.below(head, "adnominal-clause")
    done_to = any(child.form == "participle" for child in described)
    if done_to or not any(token.i in above for token in near):
        return
    for number in find_numbers(parsed, actor):
        inside = tokens_of_number(parsed, number)
        named = inside and parsed.tokens[inside[0].i - 1].pos == "PROPN"  # "Channel 13"
        if inside and not (
            named
            or parsed.labelled_over(number.span, *OF_TIME)
            or is_no_count(parsed, inside, number)
        ):
            found = Counted(head, "crowd", head, "quantities.crowd.v1")
            yield build_quantity(parsed, number, found)
            return


def counts_of_sentence(parsed: Parsed, trigger: Span) -> list[Quantity]:
    """Return every count of the sentence in which the trigger stands.

    Each has its scope: of this act, or a running total.
    """
    sentence = parsed.sentence_at(trigger.start)
    if sentence is None or not sentence.parsed:
        return []
    name = f"counts of the sentence at {sentence.first}"
    found = parsed.once(name, lambda p: count_sentence(p, sentence))
    words, patterns = sentence.span.of(parsed.text), parsed.lexicon.patterns
    lately = patterns["quantities.lately"].search(words)
    since = patterns["quantities.since"].search(words)
    toll = patterns["quantities.toll"].search(words)
    own = toll and is_toll_of_act(parsed, words, trigger.of(parsed.text))
    scoped = []
    for many in found:
        lasting = since or (lately and is_lasting_count(parsed, many))
        total = lasting or (toll and not own)
        if total and many.what not in SIZED:
            scoped.append(replace(many, scope="running total"))
        else:
            scoped.append(many)
    return scoped


def count_sentence(parsed: Parsed, sentence: Sentence) -> list[Quantity]:
    """Return every count of a sentence; those who "also" died are added up."""
    whole = [*find_money(parsed, sentence.span), *count_nought(parsed, sentence.span)]
    tallies = tally_sentence(parsed, sentence, [q.span for q in whole])
    more = parsed.words("quantities.also")
    for what in PERSONAL:
        told = [key for key in tallies if key[0] == what]
        further = [
            (what, teller)
            for _, teller in told
            if any(c.lemma in more for c in parsed.below(parsed.tokens[teller]))
        ]  # "were also killed"
        if len(further) != 1:
            continue
        last = further[0]
        first = [tallies[key] for key in told if key[1] < last[1]]
        if len(first) == 1:
            span = tallies[last].span
            both = add_counts(first[0], tallies[last])
            both = replace(both, span=span, why=Why("quantities.also.v1", span))
            kept = {k: q for k, q in tallies.items() if k not in told}
            tallies = {**kept, last: both}
    return [*whole, *tallies.values()]


def tally_sentence(parsed: Parsed, sentence: Sentence, taken: Sequence[Span]) -> Tally:
    """Return the counts of a sentence, those of one deed added up.

    "A woman and her two sons" are three. `taken` are numbers that are read already.
    """
    found: list[tuple[Counted, Quantity]] = []
    for number in find_numbers(parsed, sentence.span):
        inside = tokens_of_number(parsed, number)
        counted = toll_at_number(parsed, number, sentence.span)
        if counted is None and not (
            any(map(number.span.overlaps, taken))
            or parsed.labelled_over(number.span, *OF_TIME)  # "April 4"
            or not inside
            or is_no_count(parsed, inside, number)
        ):
            outer = outermost_token(parsed, inside)
            counted = find_counted(parsed, outer, inside[-1])
        if counted is not None:
            found.append((counted, build_quantity(parsed, number, counted)))
    for counted, one in find_unnumbered(parsed, sentence):
        found.append((counted, build_quantity(parsed, one, counted)))
    tallies: Tally = {}
    for counted, quantity in found:
        key = (quantity.what, counted.teller.i)
        old = tallies.get(key)
        tallies[key] = add_counts(old, quantity) if old else quantity
    return tallies


def toll_at_number(parsed: Parsed, number: Number, sentence: Span) -> Counted | None:
    """Return the deaths that a toll is said to come to: "the toll rose to 38"."""
    before = parsed.text[sentence.start : number.span.start]
    named = ("quantities.deaths", "quantities.stands-at")
    toll = all(parsed.lexicon.patterns[name].search(before) for name in named)
    tokens = parsed.tokens_in(number.span) if toll else ()
    if not tokens:
        return None
    return Counted(tokens[-1], "killed", tokens[-1], "quantities.toll.v1")


def add_counts(a: Quantity, b: Quantity) -> Quantity:
    """Return the sum of two counts."""

    def plus(x: float | None, y: float | None) -> float | None:
        return None if x is None or y is None else x + y

    return replace(
        a,
        low=plus(a.low, b.low),
        best=plus(a.best, b.best),
        high=plus(a.high, b.high),
        whose=f"{a.whose}, {b.whose}",
        span=a.span.join(b.span),
    )


def build_quantity(parsed: Parsed, number: Number, found: Counted) -> Quantity:
    """Return the quantity that a number and what it counts make."""
    whose = words_of_counted(parsed, found.head).of(parsed.text)
    ends = number.low, number.best, number.high, number.bound
    why = Why(found.rule, found.teller.span)
    return Quantity(found.what, *ends, whose, "this act", None, number.span, why)


def count_nought(parsed: Parsed, sentence: Span) -> Iterator[Quantity]:
    """Yield nought where the text denies any: "no casualties", "nobody was hurt"."""
    told = parsed.lexicon.patterns["quantities.nought"]
    denied = parsed.lexicon.senses["quantities.nought"]
    for hit in told.finditer(sentence.of(parsed.text)):
        span = Span(sentence.start + hit.start(), sentence.start + hit.end())
        for what in denied[(hit[1] or hit[2]).lower()].split(","):
            why = Why("quantities.none.v1", span)
            yield Quantity(what, 0, 0, 0, "exact", "", "this act", None, span, why)


def is_lasting_count(parsed: Parsed, many: Quantity) -> bool:
    """Whether what is counted goes on to the day: "have been killed since May".

    "The worst attack since 2015 killed 12" tells of one attack.
    """
    teller = parsed.head_of(many.why.span or many.span)
    if teller is None:
        return False
    verbs, have = (teller, *parsed.above(teller)), parsed.words("quantities.have")
    perfect = any(c.lemma in have for v in verbs for c in parsed.below(v, "auxiliary"))
    return perfect or teller.relation == "adnominal-clause"


def is_toll_of_act(parsed: Parsed, words: str, trigger: str) -> bool:
    """Whether a toll is told of the act itself: "the toll from the bombing rose"."""
    if trigger.lower() in parsed.words("quantities.lasting"):
        return False
    of = parsed.lexicon.patterns["quantities.toll-of"]
    every = re.finditer(rf"(?={re.escape(trigger)})", words)
    return any(of.search(words, 0, hit.start()) for hit in every)
