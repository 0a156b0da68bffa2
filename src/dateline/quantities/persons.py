"""Victims told without a number: "killed a judge", "the mayor and his driver"."""

from collections.abc import Iterator

from dateline.model import Parsed, Sentence, Token
from dateline.quantities.counted import Counted, outcome_of_attack
from dateline.quantities.deeds import harm_of_word
from dateline.quantities.numbers import Number, worth

PERSONAL = ("killed", "injured", "abducted", "arrested")
IMPERSONAL = frozenset(("body", "state", "place"))


def unnumbered(parsed: Parsed, sentence: Sentence) -> Iterator[tuple[Counted, Number]]:
    """Yield each single person whom the sentence says was killed, hurt or taken."""
    for teller in parsed.tokens[sentence.first : sentence.last]:
        what = None
        if teller.pos in ("VERB", "ADJ"):
            what = outcome_of_attack(parsed, teller) or harm_of_word(
                parsed, teller.lemma, "verb"
            )
        if not what and teller.pos == "NOUN":
            what = harm_of_word(parsed, teller.lemma, "noun")
        if what in PERSONAL and teller.form != "base":  # "to kill him" kills nobody yet
            for head, first in patients(parsed, teller):
                if (size := persons(parsed, head, first, teller)) is not None:
                    best = float(size)
                    number = Number(head.span, best, best, best, "exact")
                    found = Counted(head, what, teller, "quantities.person.v1")
                    yield found, number


def patients(parsed: Parsed, teller: Token) -> Iterator[tuple[Token, Token]]:
    """Yield the heads of those to whom it was done, each with the first they join."""
    deaths = parsed.words("quantities.murder") | parsed.words("quantities.death")
    for child in parsed.below(teller):
        if teller.pos == "NOUN":
            if child.relation == "owner" and teller.lemma in deaths:
                yield from word_and_conjuncts(parsed, child, child)
            of = child.lemma in parsed.words("quantities.of")
            if child.relation == "preposition" and of:
                for inner in parsed.below(child, "oblique"):
                    yield from word_and_conjuncts(parsed, inner, inner)
        elif child.relation in ("object", "passive-subject") or (
            child.relation == "subject"
            and teller.lemma in parsed.words("quantities.perish")
        ):
            yield from word_and_conjuncts(parsed, child, child)
    # "news that a man was shot", "a rocket strike killed nine" read as "strike killed"
    own = any(parsed.below(teller, "subject", "passive-subject", "object"))
    if (
        teller.relation == "adnominal-clause"
        and teller.form == "participle"
        and not own
    ):
        head = parsed.tokens[teller.head]
        yield from word_and_conjuncts(parsed, head, head)


def word_and_conjuncts(
    parsed: Parsed, head: Token, first: Token
) -> Iterator[tuple[Token, Token]]:
    """Yield a word and its conjuncts, each with the first of them."""
    yield head, first
    for child in parsed.below(head, "conjunct"):
        if child.pos in ("NOUN", "PROPN", "PRON"):
            yield from word_and_conjuncts(parsed, child, first)


def persons(parsed: Parsed, head: Token, first: Token, teller: Token) -> int | None:
    """Return how many an unnumbered word stands for; None where it does not tell."""
    if head.text.lower() in parsed.words("quantities.reflexive"):
        return 1
    over = parsed.tokens[first.head]
    included = over.lemma in parsed.words("quantities.include")  # counted before
    if included or any(parsed.below(head, "number")) or head.pos == "NUM":
        return None
    words = {c.text.lower() for c in parsed.below(head)}
    sorts = {m.sort for m in parsed.mentions_headed_by(head.i)}
    nobody = words & parsed.words("quantities.nobody")
    if nobody or sorts & impersonal(parsed, teller):
        return None
    couples = worth(parsed.lexicon, "quantities.couple")
    both = 2 if words & parsed.words("quantities.both") else None
    if size := both or couples.get(head.lemma.lower()):
        return size
    if head.form == "name":
        return 1 if is_person_name(parsed, head, teller) else None
    return 1 if head.form == "noun" and is_single_noun(parsed, head, first) else None


def is_single_noun(parsed: Parsed, head: Token, first: Token) -> bool:
    """Whether a noun is told of one: "a judge", "his driver", "a judge and lawyer"."""
    words = {c.text.lower() for c in parsed.below(head)}
    articles = parsed.words("quantities.article")
    if head is not first and not words & articles:
        words |= {c.text.lower() for c in parsed.below(first)}
    told = words & (articles | parsed.words("quantities.possessive"))
    return bool(told) and head.lemma not in parsed.words("quantities.collective")


def impersonal(parsed: Parsed, teller: Token) -> frozenset[str]:
    """Return what is nobody hurt: "captured the town", "burned the town hall"."""
    wounding = teller.lemma in parsed.words("quantities.wounding")
    of_things = wounding or teller.lemma in parsed.words("quantities.capture")
    maimed = of_things and outcome_of_attack(parsed, teller) != "killed"
    return IMPERSONAL | {"thing"} if maimed else IMPERSONAL


def is_person_name(parsed: Parsed, head: Token, teller: Token) -> bool:
    """Whether a name is a person's: said to be, or of somebody who was murdered."""
    labels = {entity.label for entity in parsed.entities_over(head.span)}
    murdered = teller.lemma in parsed.words("quantities.murder")
    return "PERSON" in labels or (murdered and not labels)
