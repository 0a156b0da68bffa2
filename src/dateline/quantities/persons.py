"""Victims told without a number: "killed a judge", "the mayor and his driver"."""

from collections.abc import Iterator

from dateline.model import Parsed, Sentence, Token
from dateline.quantities.counted import WOUNDING, Counted, deadly
from dateline.quantities.lexicon import done
from dateline.quantities.numbers import Number

PERSONAL = ("killed", "injured", "abducted", "arrested")
COUPLES = {"couple": 2, "pair": 2, "duo": 2, "trio": 3}
REFLEXIVE = ("himself", "herself")


def unnumbered(parsed: Parsed, sentence: Sentence) -> Iterator[tuple[Counted, Number]]:
    """Yield each single person whom the sentence says was killed, hurt or taken."""
    for teller in parsed.tokens[sentence.first : sentence.last]:
        what = None
        if teller.pos in ("VERB", "ADJ"):
            what = deadly(parsed, teller) or done(teller.lemma, "verb")
        what = what or (done(teller.lemma, "noun") if teller.pos == "NOUN" else None)
        if what in PERSONAL and teller.tag != "VB":  # "to kill him" kills nobody yet
            for head, first in patients(parsed, teller):
                if (size := persons(parsed, head, first, teller)) is not None:
                    best = float(size)
                    number = Number(head.span, best, best, best, "exact")
                    found = Counted(head, what, teller, "quantities.person.v1")
                    yield found, number


def patients(parsed: Parsed, teller: Token) -> Iterator[tuple[Token, Token]]:
    """Yield the heads of those to whom it was done, each with the first they join."""
    for child in parsed.below(teller):
        if teller.pos == "NOUN":
            if child.relation == "owner" and teller.lemma in OWNED:
                yield from joined(parsed, child, child)
            if child.relation == "preposition" and child.lemma == "of":
                for inner in parsed.below(child, "oblique"):
                    yield from joined(parsed, inner, inner)
        elif child.relation in ("object", "passive-subject") or (
            child.relation == "subject" and teller.lemma in ("die", "perish")
        ):
            yield from joined(parsed, child, child)
    # "news that a man was shot", "a rocket strike killed nine" read as "strike killed"
    own = any(parsed.below(teller, "subject", "passive-subject", "object"))
    if teller.relation == "adnominal-clause" and teller.tag == "VBN" and not own:
        head = parsed.tokens[teller.head]
        yield from joined(parsed, head, head)


def joined(parsed: Parsed, head: Token, first: Token) -> Iterator[tuple[Token, Token]]:
    """Yield a word and its conjuncts, each with the first of them."""
    yield head, first
    for child in parsed.below(head, "conjunct"):
        if child.pos in ("NOUN", "PROPN", "PRON"):
            yield from joined(parsed, child, first)


def persons(parsed: Parsed, head: Token, first: Token, teller: Token) -> int | None:
    """Return how many an unnumbered word stands for; None where it does not tell."""
    if head.text.lower() in REFLEXIVE:
        return 1
    included = parsed.tokens[first.head].lemma == "include"  # counted before
    if included or any(parsed.below(head, "number")) or head.pos == "NUM":
        return None
    words = {c.text.lower() for c in parsed.below(head)}
    sorts = {m.sort for m in parsed.mentions if m.head == head.i}
    if words & {"no", "any"} or sorts & impersonal(parsed, teller):
        return None
    if size := 2 if "both" in words else COUPLES.get(head.lemma.lower()):
        return size
    if head.tag == "NNP":
        return 1 if named(parsed, head, teller) else None
    if head is not first and head.tag == "NN" and not words & ARTICLES:
        words = {c.text.lower() for c in parsed.below(first)} | words
    single = head.tag == "NN" and words & OWNERS and head.lemma not in COLLECTIVE
    return 1 if single else None


def impersonal(parsed: Parsed, teller: Token) -> frozenset[str]:
    """Return what is nobody hurt: "captured the town", "burned the town hall"."""
    maimed = teller.lemma in OF_THINGS and deadly(parsed, teller) != "killed"
    return IMPERSONAL | {"thing"} if maimed else IMPERSONAL


def named(parsed: Parsed, head: Token, teller: Token) -> bool:
    """Whether a name is a person's: said to be, or of somebody who was murdered."""
    labels = {e.label for e in parsed.entities if e.span.overlaps(head.span)}
    return "PERSON" in labels or (teller.lemma in OF_PERSONS and not labels)


IMPERSONAL = frozenset(("body", "state", "place"))
OF_THINGS = frozenset((*WOUNDING, "capture"))  # done to things as well as to people
ARTICLES = frozenset(("a", "an", "the", "another"))
OWNERS = ARTICLES | {"his", "her", "their"}
OF_PERSONS = frozenset(
    ("assassinate", "assassination", "murder", "behead", "beheading")
)
OWNED = OF_PERSONS | {"death", "killing", "slaying"}
COLLECTIVE = frozenset(
    """number crowd group family convoy toll force police army militia gang team band
    dozen half people public patrol unit column weapon bomb majority rest
    total""".split()
)
