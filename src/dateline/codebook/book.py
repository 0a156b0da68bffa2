"""An ontology read from a folder: what `ports.Codebook` asks for, and its tables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.codebook.frames import Lexicon
from dateline.model import Action

WORD = re.compile(r"[a-z][a-z'-]*|\d+")


@dataclass(frozen=True, slots=True)
class Type:
    """An event type: its quad class, its score, and whether it needs a recipient."""

    name: str
    quad: str
    score: float
    recipient: bool
    definition: str


@dataclass(frozen=True, slots=True)
class Mode:
    """A way of doing an act of one type, with its own score."""

    type: str
    name: str
    score: float
    definition: str


@dataclass(frozen=True, slots=True)
class Context:
    """A matter that an act may be about, and the words that tell it in a report."""

    name: str
    definition: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refinement:
    """The CAMEO code of a type and mode told with any of these words."""

    type: str
    mode: str
    words: frozenset[str]
    cameo: str


@dataclass(frozen=True, slots=True)
class FolderCodebook:
    """A codebook as data; it answers `ports.Codebook` and lists its own tables."""

    name: str
    types: Mapping[str, Type]
    modes: tuple[Mode, ...]
    contexts: tuple[Context, ...]
    sectors: Mapping[str, str]
    readings: Mapping[tuple[str, str], str]
    cameo_titles: Mapping[str, str]
    refinements: tuple[Refinement, ...]
    lexicon: Lexicon
    classes: Mapping[str, frozenset[str]]
    content: tuple[tuple[str, str, frozenset[str]], ...]
    agents: frozenset[str]
    instruments: frozenset[str]

    def reading(self, deed: str, status: str) -> str:
        """Return the type under which the ontology files a deed of that status."""
        return self.readings.get((deed, status), deed)

    def quad(self, kind: str) -> str:
        """Return the quad class of an event type, "" for a type not in the book."""
        return self.types[kind].quad if kind in self.types else ""

    def score(self, kind: str, modes: Sequence[str]) -> float:
        """Return the score of a type; of several modes the one furthest from nought."""
        own = [m.score for m in self.modes if m.type == kind and m.name in modes]
        if own:
            return max(own, key=abs)
        return self.types[kind].score if kind in self.types else 0.0

    def cameo(self, action: Action, kind: str, text: str) -> str:
        """Return the CAMEO code that stands beside the coding, "" where none fits."""
        said = frozenset(WORD.findall(action.evidence.of(text).lower()))
        told = self.frame_code(action, text) if kind == action.deed else ""
        best = self.refined(kind, action.modes, said)
        general = self.refined(kind, action.modes, frozenset())
        if best != general or not told:
            return told if told in HOSTING else best
        return told if len(told) >= len(best) and told[:2] == best[:2] else best

    def refined(self, kind: str, modes: Sequence[str], said: frozenset[str]) -> str:
        """Return the first refinement whose mode is there and one of whose words is."""
        for line in self.refinements:
            if line.type != kind or (line.mode and line.mode not in modes):
                continue
            if not line.words or line.words & said:
                return line.cameo
        return ""

    def frame_code(self, action: Action, text: str) -> str:
        """Return the code that the lexicon gives the trigger's own words."""
        words = WORD.findall(action.trigger.of(text).lower())
        for table in (self.lexicon.verbs, self.lexicon.nouns):
            for word in words:
                for stem in stems(word):
                    for frame in table.get(stem, ()):
                        if frame.deed == action.deed and fits(
                            frame.modes, action.modes
                        ):
                            return frame.cameo
        return ""

    def tables(self) -> Iterator[tuple[str, str, str]]:
        """Yield (table, entry, meaning) for every line a reader may want to see."""
        for kind in self.types.values():
            yield "type", kind.name, f"{kind.quad}, {kind.score:+}: {kind.definition}"
        for mode in self.modes:
            yield (
                "mode",
                f"{mode.type} {mode.name}",
                f"{mode.score:+}: {mode.definition}",
            )
        for context in self.contexts:
            yield "context", context.name, context.definition
        for sector, meaning in self.sectors.items():
            yield "sector", sector, meaning
        for (deed, status), kind_name in self.readings.items():
            yield "reading", f"{deed} {status}", kind_name
        for code, title in self.cameo_titles.items():
            yield "cameo", code, title
        for frame in self.lexicon.frames:
            yield "frame", f"{frame.words} ({frame.kind})", frame.deed or "no act"


HOSTING = frozenset({"043"})


def fits(of_frame: Sequence[str], of_action: Sequence[str]) -> bool:
    """Whether a frame's modes are among an action's."""
    return set(of_frame) <= set(of_action)


def stems(word: str) -> Iterator[str]:
    """Yield the lemmas that a regular form may have.

    >>> "visit" in list(stems("visited")), "ambush" in list(stems("ambushes"))
    (True, True)
    """
    yield word
    for ending in ("s", "es", "ed", "d", "ing"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            yield stem
            if ending == "ing":
                yield stem + "e"
    if word.endswith("ies"):
        yield word[:-3] + "y"
