"""The words by which acts are told, and what each says of who does what to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Limit = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Frame:
    """One lexical unit: its words, its deed, and where grammar puts the parties.

    `unit` are lemmas, for a verb the verb first. `actor` and `recipient` list places
    to look in, best first. `needs` are plain conditions, `limits` conditions with the
    words that they are about.
    """

    kind: str
    unit: tuple[str, ...]
    deed: str
    modes: tuple[str, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    needs: frozenset[str]
    limits: tuple[Limit, ...]
    cameo: str
    negative: bool = False

    def limit(self, key: str) -> frozenset[str]:
        """Return the words of one condition; none where it is not stated."""
        return next((words for name, words in self.limits if name == key), frozenset())

    @property
    def words(self) -> str:
        """The unit as one would look it up."""
        return " ".join((*(["not"] if self.negative else []), *self.unit))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All frames of a codebook, found by the first word of their unit."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    states: Mapping[str, tuple[Frame, ...]]
    vetoes: Mapping[str, tuple[tuple[str, ...], ...]]
    frames: tuple[Frame, ...] = field(default=())


def lexicon(frames: Iterable[Frame]) -> Lexicon:
    """Index `frames`, the longest unit first, so that "blow up" wins over "blow"."""
    kept = tuple(frames)
    by = {kind: index(f for f in kept if f.kind == kind) for kind in KINDS}
    vetoes: dict[str, tuple[tuple[str, ...], ...]] = {}
    for frame in kept:
        if frame.kind == "phrase":
            first = frame.unit[0]
            vetoes[first] = (*vetoes.get(first, ()), frame.unit)
    return Lexicon(by["verb"], by["noun"], by["adj"], vetoes, kept)


KINDS = ("verb", "noun", "adj")


def index(frames: Iterable[Frame]) -> dict[str, tuple[Frame, ...]]:
    """Return the frames under the first word of their unit, longest first."""
    found: dict[str, list[Frame]] = {}
    for frame in frames:
        found.setdefault(frame.unit[0], []).append(frame)
    return {
        word: tuple(
            sorted(
                same,
                key=lambda f: (
                    -len(f.unit) - 2 * f.negative,
                    -len(f.limits),
                    -len(f.needs),
                ),
            )
        )
        for word, same in found.items()
    }
