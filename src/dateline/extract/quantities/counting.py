"""Who is counted, and what was done to them: from grammar, else the words beside.

Victims may be told without a number: "killed a judge", "the mayor and his driver".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from dateline.extract.quantities.numbers import Number, worth
from dateline.model import SUBJECTS, Lexicon, Parsed, Sentence, Span, Token

PATIENT = ("object", "passive-subject", "oblique", "dative")
COUNTED = frozenset(("NOUN", "PROPN", "NUM", "PRON"))
NEAR = 5  # words between a number and the word that tells what was done
STEPS = 4  # words that join the counted to others: "three of them", "A and B"
PERSONAL = ("killed", "injured", "abducted", "arrested")
IMPERSONAL = frozenset(("body", "state", "place"))


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody counted: head of their words, what was done, the word that tells it."""

    head: Token
    what: str
    teller: Token
    rule: str


@cache
def load_harm_words(lexicon: Lexicon) -> Mapping[tuple[str, str], str]:
    """Return what was done, by word and kind."""
    rows = lexicon.tables["quantities.done"]
    return {(word, kind): what for word, what, kind in rows}


def harm_of_word(parsed: Parsed, lemma: str, *kinds: str) -> str | None:
    """Return what a word of one of these kinds says was done."""
    told = load_harm_words(parsed.lexicon)
    return next((told[lemma, k] for k in kinds if (lemma, k) in told), None)


def harm_of_verb(parsed: Parsed, verb: Token, *kinds: str) -> str | None:
    """Return what a verb says was done, by its word or by what it comes to.

    Shooting, stabbing and the like leave somebody dead, or wounded; who is taken
    hostage, or as a hostage, is abducted. `kinds` are those of its word.
    """
    if verb.lemma in parsed.words("quantities.take"):
        named = parsed.words("quantities.as")
        of = (c for c in parsed.below(verb, "preposition") if c.lemma in named)
        some = (*parsed.below(verb), *(noun for c in of for noun in parsed.below(c)))
        if any(noun.lemma in parsed.words("quantities.hostage") for noun in some):
            return "abducted"
    wounding = verb.lemma in parsed.words("quantities.wounding")
    if wounding and not any(parsed.below(verb, "particle")):
        words = {t.text.lower() for t in parsed.tokens[verb.i - 1 : verb.i + 4]}
        return "killed" if words & parsed.words("quantities.fatal") else "injured"
    return harm_of_word(parsed, verb.lemma, *kinds)  # "shot down an airliner": nobody


def find_counted(parsed: Parsed, number: Token, last: Token) -> Counted | None:
    """Return whom a number counts and what was done to them."""
    head = number
    if number.relation in ("number", "quantifier"):
        head = parsed.tokens[number.head]
    if head.relation == "number" or head.pos == "NUM" and head.relation == "quantifier":
        head = parsed.tokens[head.head]
    # "killing 12", "injuring scores": the word right before the number
    before = parsed.tokens[max(0, number.i - 1)]
    straight = before.pos == "VERB" and number.relation != "number"
    kinds = ("verb",) if straight and before.i != number.i else ()
    if what := harm_of_word(parsed, before.lemma, *kinds):
        return Counted(head, what, before, "quantities.patient.v1")
    return (
        count_by_grammar(parsed, head, head is number)
        or count_by_neighbours(parsed, head, last)
        or count_without_deed(head, last, parsed)
    )


def count_by_grammar(parsed: Parsed, head: Token, bare: bool) -> Counted | None:
    """Read what was done from the verb or noun that the counted stand under.

    Or from a participle or a passive clause that hangs on them.
    """
    die = parsed.words("quantities.die")
    for token in words_joined_to_counted(parsed, head):
        for child in parsed.below(
            token, "adnominal-clause", "relative-clause", "adjective", "apposition"
        ):
            if child.relation == "relative-clause" and not (
                child.lemma in die
                or any(parsed.below(child, "passive-subject", "passive-auxiliary"))
            ):
                continue
            if child.form not in ("participle", "adjective", "past"):
                continue
            if (what := harm_of_verb(parsed, child, "verb", "adjective")) is not None:
                return Counted(head, what, child, "quantities.participle.v1")
        people = bare or is_people_word(parsed, token)
        if found := harm_from_governor(parsed, token, people):
            return Counted(head, *found, "quantities.patient.v1")
    return None


def words_joined_to_counted(parsed: Parsed, head: Token) -> Iterator[Token]:
    """Yield the counted and what they are joined to: "three of them", "A and B"."""
    yield head
    token = head
    for _ in range(STEPS):
        over = parsed.tokens[token.head]
        of = over.lemma in parsed.words("quantities.of")
        if token.relation == "conjunct" and token.pos in COUNTED:
            token = over
        elif token.relation == "oblique" and of:
            token = parsed.tokens[over.head]
            if harm_of_word(parsed, token.lemma, "noun") or token.pos == "VERB":
                return
        else:
            return
        yield token


def is_people_word(parsed: Parsed, token: Token) -> bool:
    """Whether a word stands for people at large."""
    lemma = token.lemma.lower()
    return (
        token.pos in ("NUM", "PRON")
        or token.form == "plural-name"
        or lemma in parsed.words("quantities.soldier")
        or lemma in parsed.words("quantities.people")
    )


def harm_from_governor(parsed: Parsed, token: Token, people: bool) -> tuple[str, Token] | None:
    """Return what the word above the counted does to them, and the word that tells it.

    `people` tells that people are counted, to whom weaker words do harm, too.
    """
    above, what = parsed.tokens[token.head], None
    if token.relation == "oblique":
        noun = parsed.tokens[above.head]
        of = above.lemma in parsed.words("quantities.of")
        if of and noun.lemma in parsed.words("quantities.crowd"):
            return "crowd", noun
        if above.lemma in parsed.words("quantities.with"):
            return harm_along_with_others(parsed, above)
        what = harm_from_noun(parsed, noun) if of else None
        return (what, noun) if what else None
    if token.relation in PATIENT:
        kinds = ("verb", "people", "weak") if people else ("verb",)
        what = harm_of_verb(parsed, above, *kinds)
    elif token.relation == "subject":
        return harm_of_subject(parsed, above, people)
    return (what, above) if what else None


def harm_from_noun(parsed: Parsed, noun: Token) -> str | None:
    """Return what a noun says was done: "deaths", or "lives", where they are lost."""
    over = parsed.tokens[noun.head]
    if over.relation == "preposition":
        over = parsed.tokens[over.head]
    lost = over.lemma in parsed.words("quantities.losing")
    return harm_of_word(parsed, noun.lemma, "noun", *(("lives",) if lost else ()))


def harm_along_with_others(parsed: Parsed, word: Token) -> tuple[str, Token] | None:
    """Return what was done to those "along with" whom others suffered it, and how."""
    above, joined = parsed.tokens[word.head], parsed.words("quantities.together")
    together = any(w.lemma in joined for w in (above, *parsed.below(word)))
    verb = parsed.tokens[above.head] if above.lemma in joined else above
    if not together or verb.form != "participle":
        return None
    what = harm_of_word(parsed, verb.lemma, "verb")
    return (what, verb) if what else None


def harm_of_subject(parsed: Parsed, verb: Token, people: bool) -> tuple[str, Token] | None:
    """Return what a subject suffers ("die", "were hurt") or does as a crowd."""
    if verb.lemma in parsed.words("quantities.suffer"):
        return harm_of_word(parsed, verb.lemma, "verb") or "", verb
    for child in parsed.below(verb, "predicate-adjective", "predicate", "object-predicate"):
        if what := harm_of_word(parsed, child.lemma, "adjective", "verb"):
            return what, child
    kinds = ("verb",) if verb.form == "participle" else ()
    what = harm_of_word(parsed, verb.lemma, *kinds, *(("crowd",) if people else ()))
    return (what, verb) if what else None


def count_by_neighbours(parsed: Parsed, head: Token, last: Token) -> Counted | None:
    """Read "12 dead", "six people hurt" from the words beside a number."""
    breaks, harmed = parsed.words("quantities.break"), parsed.words("quantities.harmed")
    participles = parsed.lexicon.senses["quantities.participle"]
    for token in parsed.tokens[last.i + 1 : last.i + 1 + NEAR]:
        if token.text in ",;." or token.lemma in breaks:
            break
        done_to = not any(parsed.below(token, "object"))  # "12 men killed five"
        what = None
        if done_to and (word := token.text.lower()) in harmed:
            verb = participles.get(word, "")
            what = harm_of_word(parsed, token.lemma, "adjective", "verb")
            what = what or harm_of_word(parsed, verb, "verb")
        if not what and token.i == head.i:
            what = harm_from_noun(parsed, token)
        if what:
            return Counted(head, what, token, "quantities.beside.v1")
    return None


def count_without_deed(head: Token, last: Token, parsed: Parsed) -> Counted | None:
    """Read a count without a deed: troops, weapons, "a 200-strong force"."""
    strong = parsed.lexicon.patterns["quantities.strong"].match(parsed.text, last.end)
    noun, verb = head, parsed.tokens[head.head]
    for of in parsed.below(head, "preposition"):  # "thousands of troops"
        if of.lemma in parsed.words("quantities.of") and head.pos in ("NOUN", "NUM"):
            noun = next(parsed.below(of, "oblique"), head)
            break
    lemma = noun.lemma.lower()
    if lemma in parsed.words("quantities.force") or strong:
        return Counted(head, "troops", verb, "quantities.size.v1")
    if lemma in parsed.words("quantities.weapon"):
        return Counted(head, "weapons", verb, "quantities.size.v1")
    return None


def words_of_counted(parsed: Parsed, head: Token) -> Span:
    """Return the words of those counted, without clauses that hang on them."""
    beside = parsed.below(head, "number", "adjective", "compound", "determiner", "owner")
    inside = [head, *beside]
    return Span(min(t.start for t in inside), max(t.end for t in inside))


def find_unnumbered(parsed: Parsed, sentence: Sentence) -> Iterator[tuple[Counted, Number]]:
    """Yield each single person whom the sentence says was killed, hurt or taken."""
    for teller in parsed.tokens[sentence.first : sentence.last]:
        what = None
        if teller.pos in ("VERB", "ADJ"):
            what = harm_of_verb(parsed, teller, "verb")
        elif teller.pos == "NOUN":
            what = harm_of_word(parsed, teller.lemma, "noun")
        # "to kill him" kills nobody yet
        if what not in PERSONAL or teller.form == "base":
            continue
        for head, first in patients(parsed, teller):
            if (size := count_persons(parsed, head, first, teller)) is not None:
                best = float(size)
                found = Counted(head, what, teller, "quantities.person.v1")
                yield found, Number(head.span, best, best, best, "exact")


def patients(parsed: Parsed, teller: Token) -> Iterator[tuple[Token, Token]]:
    """Yield the heads of those to whom it was done, each with the first they join."""
    deaths = parsed.words("quantities.murder") | parsed.words("quantities.death")
    perish = teller.lemma in parsed.words("quantities.perish")
    for child in parsed.below(teller):
        if teller.pos == "NOUN":
            if child.relation == "owner" and teller.lemma in deaths:
                yield from word_and_conjuncts(parsed, child, child)
            of = child.lemma in parsed.words("quantities.of")
            if child.relation == "preposition" and of:
                for inner in parsed.below(child, "oblique"):
                    yield from word_and_conjuncts(parsed, inner, inner)
        elif child.relation in ("object", "passive-subject") or (
            child.relation == "subject" and perish
        ):
            yield from word_and_conjuncts(parsed, child, child)
    # "news that a man was shot", "a rocket strike killed nine" read as "strike killed"
    own = any(parsed.below(teller, *SUBJECTS, "object"))
    described = teller.relation == "adnominal-clause" and teller.form == "participle"
    if described and not own:
        head = parsed.tokens[teller.head]
        yield from word_and_conjuncts(parsed, head, head)


def word_and_conjuncts(parsed: Parsed, head: Token, first: Token) -> Iterator[tuple[Token, Token]]:
    """Yield a word and its conjuncts, each with the first of them."""
    yield head, first
    for child in parsed.below(head, "conjunct"):
        if child.pos in ("NOUN", "PROPN", "PRON"):
            yield from word_and_conjuncts(parsed, child, first)


def count_persons(parsed: Parsed, head: Token, first: Token, teller: Token) -> int | None:
    """Return how many an unnumbered word stands for; None where it does not tell."""
    if head.text.lower() in parsed.words("quantities.reflexive"):
        return 1
    over = parsed.tokens[first.head]
    included = over.lemma in parsed.words("quantities.include")  # counted before
    if included or any(parsed.below(head, "number")) or head.pos == "NUM":
        return None
    words = {c.text.lower() for c in parsed.below(head)}
    if words & parsed.words("quantities.nobody") or is_nobody(parsed, head, teller):
        return None
    couples = worth(parsed.lexicon, "quantities.couple")
    both = 2 if words & parsed.words("quantities.both") else None
    if size := both or couples.get(head.lemma.lower()):
        return size
    single = False
    if head.form == "name":  # a person's, or of somebody who was murdered
        labels = {entity.label for entity in parsed.entities_over(head.span)}
        murdered = teller.lemma in parsed.words("quantities.murder")
        single = "PERSON" in labels or (murdered and not labels)
    elif head.form == "noun":  # "a judge", "his driver", "a judge and lawyer"
        articles = parsed.words("quantities.article")
        if head is not first and not words & articles:
            words |= {c.text.lower() for c in parsed.below(first)}
        told = words & (articles | parsed.words("quantities.possessive"))
        single = bool(told) and head.lemma not in parsed.words("quantities.collective")
    return 1 if single else None


def is_nobody(parsed: Parsed, head: Token, teller: Token) -> bool:
    """Whether nobody is hurt: "captured the town", "burned the town hall"."""
    sorts = {mention.sort for mention in parsed.mentions_headed_by(head.i)}
    wounding = teller.lemma in parsed.words("quantities.wounding")
    of_things = wounding or teller.lemma in parsed.words("quantities.capture")
    maimed = "thing" in sorts and of_things
    return bool(sorts & IMPERSONAL) or (maimed and harm_of_verb(parsed, teller) != "killed")
