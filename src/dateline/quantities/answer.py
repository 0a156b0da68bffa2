"""The counts of a sentence, and those that belong to an act."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.model import (
    Action,
    Parsed,
    Quantity,
    Sentence,
    Setting,
    Span,
    Why,
)
from dateline.model.answers import Scope
from dateline.quantities.aside import is_no_count, outermost_token
from dateline.quantities.counted import Counted, find_counted, words_of_counted
from dateline.quantities.money import money
from dateline.quantities.numbers import Number, find_numbers
from dateline.quantities.parties import suffering_recipient
from dateline.quantities.persons import PERSONAL, unnumbered

OF_TIME = ("DATE", "TIME")
SOMEBODY = frozenset(("person", "people"))
STEPS = 3  # words up the grammar from a crowd, and from what it does


def answer_how_many(
    parsed: Parsed, action: Action, setting: Setting
) -> Sequence[Quantity]:
    """Answer how many were killed, hurt, taken, or there, in the act's own sentence."""
    every = counts_of_sentence(parsed, action.trigger)
    found = [
        q
        for q in every
        if q.what in action.counts and counts_somebody(parsed, action, q)
    ]
    if not any(q.what in PERSONAL for q in found):
        found += [
            build_quantity(parsed, *told)
            for told in suffering_recipient(parsed, action)
        ]
    crowds = "crowd" in action.counts and "by-word" not in action.traits
    if crowds and not any(q.what == "crowd" for q in found):
        found += [
            q for span in action.actors[:1] for q in count_crowd(parsed, action, span)
        ]
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


def count_crowd(parsed: Parsed, action: Action, actor: Span) -> Iterator[Quantity]:
    """Yield how many do what a crowd does: "thousands of miners joined the march".

    Not how many were shot or arrested at a march.
    """
    head, act = parsed.head_of(actor), parsed.head_of(action.trigger)
    if head is None or act is None or head.relation == "passive-subject":
        return
    above = {token.i for token in (head, *parsed.above(head))[:STEPS]}
    near = (act, *parsed.above(act))[:STEPS]
    done_to = any(
        child.form == "participle" for child in parsed.below(head, "adnominal-clause")
    )
    if done_to or not any(token.i in above for token in near):
        return
    for number in find_numbers(parsed, actor):
        inside = [t for t in parsed.tokens_in(number.span) if t.pos != "SPACE"]
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
    """Return every count of the sentence in which the trigger stands."""
    sentence = parsed.sentence_at(trigger.start)
    if sentence is None or not sentence.parsed:
        return []
    name = f"counts of the sentence at {sentence.first}"
    found = parsed.once(name, lambda p: counted_in(p, sentence))
    return [scoped(parsed, q, sentence.span, trigger) for q in found]


def counted_in(parsed: Parsed, sentence: Sentence) -> list[Quantity]:
    """Return every count of a sentence; those who "also" died are added up."""
    whole = [*money(parsed, sentence.span), *none(parsed, sentence.span)]
    tallies = tally_sentence(parsed, sentence, [q.span for q in whole])
    for what in PERSONAL:
        told = [key for key in tallies if key[0] == what]
        more = [key for key in told if also(parsed, key[1])]
        if len(more) == 1:
            first = [tallies[key] for key in told if key[1] < more[0][1]]
            if len(first) == 1:
                both = add_further_dead(first[0], tallies[more[0]])
                kept = {k: q for k, q in tallies.items() if k not in told}
                tallies = {**kept, more[0]: both}
    return [*whole, *tallies.values()]


def tally_sentence(
    parsed: Parsed, sentence: Sentence, taken: Sequence[Span]
) -> dict[tuple[str, int], Quantity]:
    """Return the counts of a sentence by what was done and the word that tells it."""
    tallies: dict[tuple[str, int], Quantity] = {}
    for number in find_numbers(parsed, sentence.span):
        if toll := stands_at(parsed, number, sentence.span):
            keep_count(tallies, toll)
        elif not (
            any(map(number.span.overlaps, taken))
            or parsed.labelled_over(number.span, *OF_TIME)  # "April 4"
        ):
            keep_count(tallies, count_of_number(parsed, number))
    for counted, one in unnumbered(parsed, sentence):
        keep_count(tallies, (counted, build_quantity(parsed, one, counted)))
    return tallies


def also(parsed: Parsed, teller: int) -> bool:
    """Whether a deed is told as done to more people: "were also killed"."""
    more = parsed.words("quantities.also")
    return any(child.lemma in more for child in parsed.below(parsed.tokens[teller]))


def add_further_dead(first: Quantity, more: Quantity) -> Quantity:
    """Those who "also" died are added to those whom the sentence told before them."""
    both = add_counts(first, more)
    return replace(both, span=more.span, why=Why("quantities.also.v1", more.span))


def stands_at(
    parsed: Parsed, number: Number, sentence: Span
) -> tuple[Counted, Quantity] | None:
    """Return the deaths that a toll is said to come to: "the toll rose to 38"."""
    before = parsed.text[sentence.start : number.span.start]
    named = ("quantities.deaths", "quantities.stands-at")
    toll = all(parsed.lexicon.patterns[name].search(before) for name in named)
    tokens = parsed.tokens_in(number.span)
    if not toll or not tokens:
        return None
    found = Counted(tokens[-1], "killed", tokens[-1], "quantities.toll.v1")
    return found, build_quantity(parsed, number, found)


def keep_count(
    tallies: dict[tuple[str, int], Quantity], new: tuple[Counted, Quantity] | None
) -> None:
    """Add a count to those of the same deed: "a woman and her two sons" are three."""
    if new is None:
        return
    counted, quantity = new
    key = (quantity.what, counted.teller.i)
    old = tallies.get(key)
    tallies[key] = add_counts(old, quantity) if old else quantity


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


def count_of_number(parsed: Parsed, number: Number) -> tuple[Counted, Quantity] | None:
    """Return what a number of the text counts, if it counts people, arms or men."""
    inside = [t for t in parsed.tokens_in(number.span) if t.pos != "SPACE"]
    if not inside or is_no_count(parsed, inside, number):
        return None
    found = find_counted(parsed, outermost_token(parsed, inside), inside[-1])
    return (found, build_quantity(parsed, number, found)) if found else None


def build_quantity(parsed: Parsed, number: Number, found: Counted) -> Quantity:
    """Return the quantity that a number and what it counts make."""
    whose = words_of_counted(parsed, found.head).of(parsed.text)
    why = Why(found.rule, found.teller.span)
    return Quantity(
        found.what,
        number.low,
        number.best,
        number.high,
        number.bound,
        whose,
        "this act",
        None,
        number.span,
        why,
    )


def none(parsed: Parsed, sentence: Span) -> Iterator[Quantity]:
    """Yield nought where the text denies any: "no casualties", "nobody was hurt"."""
    told = parsed.lexicon.patterns["quantities.nought"]
    denied = parsed.lexicon.senses["quantities.nought"]
    for hit in told.finditer(sentence.of(parsed.text)):
        span = Span(sentence.start + hit.start(), sentence.start + hit.end())
        for what in denied[(hit[1] or hit[2]).lower()].split(","):
            why = Why("quantities.none.v1", span)
            yield Quantity(what, 0, 0, 0, "exact", "", "this act", None, span, why)


def scoped(parsed: Parsed, many: Quantity, sentence: Span, trigger: Span) -> Quantity:
    """Return a count with its scope: of this act, or a running total."""
    words, patterns = sentence.of(parsed.text), parsed.lexicon.patterns
    lately = patterns["quantities.lately"].search(words)
    since = patterns["quantities.since"].search(words)
    hit = since or (lately and is_lasting_count(parsed, many))
    toll = patterns["quantities.toll"].search(words)
    if many.what not in ("money", "troops", "weapons", "crowd") and (hit or toll):
        own = toll and not hit and of_this_act(parsed, words, trigger.of(parsed.text))
        scope: Scope = "this act" if own else "running total"
        return replace(many, scope=scope)
    return many


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


def of_this_act(parsed: Parsed, words: str, trigger: str) -> bool:
    """Whether a toll is told of the act itself: "the toll from the bombing rose"."""
    if trigger.lower() in parsed.words("quantities.lasting"):
        return False
    of = parsed.lexicon.patterns["quantities.toll-of"]
    every = re.finditer(rf"(?={re.escape(trigger)})", words)
    return any(of.search(words, 0, hit.start()) for hit in every)
