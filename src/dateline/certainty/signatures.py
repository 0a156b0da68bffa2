"""What words imply of the act under them, as the language's table tells."""

from dataclasses import dataclass
from functools import cache

from dateline.model import Lexicon


@dataclass(frozen=True, slots=True)
class Signature:
    """The effect of a governing word, affirmed and negated, and the frames it needs."""

    frames: str
    affirmed: str
    negated: str


@cache
def signatures(lexicon: Lexicon) -> dict[tuple[str, str], tuple[Signature, ...]]:
    """Return the signatures by lemma and word class."""
    found: dict[tuple[str, str], tuple[Signature, ...]] = {}
    for lemma, kind, *told in lexicon.tables["certainty.signatures"]:
        key = (lemma, kind)
        found[key] = (*found.get(key, ()), Signature(*told))
    return found


def signature(lexicon: Lexicon, lemma: str, kind: str, frame: str) -> Signature | None:
    """Return what `lemma` implies of what stands under it in `frame`.

    >>> table = (("fail", "V", "c", "-", "+"),)
    >>> lexicon = Lexicon(tables={"certainty.signatures": table})
    >>> signature(lexicon, "fail", "V", "c").affirmed
    '-'
    """
    for found in signatures(lexicon).get((lemma, kind), ()):
        if frame in found.frames:
            return found
    return None
