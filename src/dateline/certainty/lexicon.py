"""What words imply of the act under them, read once from the room's tables."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Signature:
    """The effect of a governing word, affirmed and negated, and the frames it needs."""

    frames: str
    affirmed: str
    negated: str


@cache
def signatures() -> dict[tuple[str, str], tuple[Signature, ...]]:
    """Return the signatures by lemma and word class."""
    found: dict[tuple[str, str], tuple[Signature, ...]] = {}
    for lemma, kind, frames, affirmed, negated in rows("signatures.tsv"):
        key = (lemma, kind)
        found[key] = (*found.get(key, ()), Signature(frames, affirmed, negated))
    return found


@cache
def modifiers() -> dict[str, str]:
    """Return the effect of each modifier."""
    return {lemma: effect for lemma, effect in rows("modifiers.tsv")}


def rows(name: str) -> list[list[str]]:
    """Return the rows of a table, comments left out."""
    text = (files("dateline.certainty") / name).read_text(encoding="utf-8")
    lines = (line for line in text.split("\n") if line and not line.startswith("#"))
    return [line.split("\t") for line in lines]


def signature(lemma: str, kind: str, frame: str) -> Signature | None:
    """Return what `lemma` implies of what stands under it in `frame`.

    >>> signature("fail", "V", "c").affirmed
    '-'
    """
    for found in signatures().get((lemma, kind), ()):
        if frame in found.frames:
            return found
    return None


@cache
def words(name: str) -> frozenset[str]:
    """Return a class of words.

    >>> "analyst" in words("watcher")
    True
    """
    return next(
        frozenset(told.split()) for kind, told in rows("words.tsv") if kind == name
    )
