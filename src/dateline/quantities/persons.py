"""Victims told without a number: "killed a judge", "the mayor and his driver"."""

from collections.abc import Iterator

from dateline.model import Parsed, Sentence, Token
from dateline.quantities.counted import Counted, deadly
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
        if what in PERSONAL:
            for head in patients(parsed, teller):
                if (size := persons(parsed, head)) is not None:
                    best = float(size)
                    number = Number(head.span, best, best, best, "exact")
                    found = Counted(head, what, teller, "quantities.person.v1")
                    yield found, number


def patients(parsed: Parsed, teller: Token) -> Iterator[Token]:
    """Yield the heads of those to whom it was done, conjuncts apart."""
    for child in parsed.below(teller):
        if teller.pos == "NOUN":
            if child.dep == "prep" and child.lemma == "of":
                for inner in parsed.below(child, "pobj"):
                    yield from joined(parsed, inner)
        elif child.dep in ("dobj", "nsubjpass") or (
            child.dep == "nsubj" and teller.lemma in ("die", "perish")
        ):
            yield from joined(parsed, child)
    if teller.dep == "acl" and teller.tag == "VBN":
        yield from joined(parsed, parsed.tokens[teller.head])


def joined(parsed: Parsed, head: Token) -> Iterator[Token]:
    """Yield a word and its conjuncts."""
    yield head
    for child in parsed.below(head, "conj"):
        if child.pos in ("NOUN", "PROPN", "PRON"):
            yield from joined(parsed, child)


def persons(parsed: Parsed, head: Token) -> int | None:
    """Return how many an unnumbered word stands for; None where it does not tell."""
    if head.text.lower() in REFLEXIVE:
        return 1
    if any(parsed.below(head, "nummod")) or head.pos == "NUM":
        return None
    words = {c.text.lower() for c in parsed.below(head)}
    if "both" in words:
        return 2
    if "no" in words or "any" in words:
        return None
    if head.lemma.lower() in COUPLES:
        return COUPLES[head.lemma.lower()]
    single = head.tag in ("NN", "NNP")
    return 1 if single and person(parsed, head, words) else None


def person(parsed: Parsed, head: Token, words: set[str]) -> bool:
    """Whether a singular word is one person: named, or with an article or owner."""
    if head.tag == "NNP":
        return any(
            e.label == "PERSON" and e.span.overlaps(head.span) for e in parsed.entities
        )
    owned = {"a", "an", "the", "his", "her", "their", "another"} & words
    return bool(owned) and head.lemma not in COLLECTIVE


COLLECTIVE = frozenset(
    """number crowd group family convoy toll force police army militia gang team band
    dozen half people public patrol unit column weapon bomb majority rest
    total""".split()
)
