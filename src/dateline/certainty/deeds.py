"""Deeds done by being said: what they promise or demand does not lower their status."""

from collections.abc import Sequence
from functools import cache

from dateline.certainty.lexicon import rows
from dateline.certainty.own import Operator
from dateline.model import Parsed, Token

VERBAL = ("REQUEST", "ACCUSE", "THREATEN", "REJECT", "AGREE", "SUPPORT")
KEPT = ("denied",)


@cache
def performing() -> dict[str, frozenset[str]]:
    """Return the lemmas that do each verbal deed."""
    return {deed: frozenset(told.split()) for deed, told in rows("deeds.tsv")}


def spoken(
    parsed: Parsed, token: Token, deed: str, over: Sequence[Operator]
) -> list[Operator]:
    """Return the operators that stand over the saying, those over its content left out.

    A trigger that itself says the deed ("demanded") keeps all of them; one that is the
    content ("would strike back", "must halt") loses its own modals and, where it says
    no, its negation; the word that makes a promise or a demand of it is the deed.
    """
    if deed not in VERBAL:
        return list(over)
    lemmas = performing()[deed]
    made = [n for n, o in enumerate(over) if maker(parsed, o, lemmas)]
    if made and not says(token, lemmas):
        return list(over[made[-1] + 1 :])
    if says(token, lemmas):
        return list(over)
    kinds = ("modal", "neg") if deed == "REJECT" else ("modal",)
    return [o for o in over if o.at != token.i or o.kind not in kinds]


def says(token: Token, lemmas: frozenset[str]) -> bool:
    """Whether a word does the deed by itself."""
    return token.lemma.lower() in lemmas


def maker(parsed: Parsed, over: Operator, lemmas: frozenset[str]) -> bool:
    """Whether an operator is the word that makes the deed."""
    if over.kind != "governor" or over.why.span is None:
        return False
    word = parsed.head_of(over.why.span)
    return word is not None and word.lemma.lower() in lemmas
