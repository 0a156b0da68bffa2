"""An ontology read from a folder: what `ports.Codebook` asks for, and its tables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.model import Action

WORD = re.compile(r"[a-z][a-z'-]*|\d+")


@dataclass(frozen=True, slots=True)
class Type:
    """An event type: its quad class, its score, and whether it needs a recipient.

    `read_as` is what the reader of the encoder calls it; `traits` are what the rooms
    must know of it (docs/codebook.md lists them), `counts` what is counted of it.
    """

    name: str
    read_as: str
    quad: str
    score: float
    recipient: bool
    traits: frozenset[str]
    counts: tuple[str, ...]
    definition: str


@dataclass(frozen=True, slots=True)
class Mode:
    """A way of doing an act of one type, with its own score."""

    type: str
    name: str
    score: float
    traits: frozenset[str]
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
class Pattern:
    """A row of the user's own: words that tell an act of a type, or that forbid one.

    `words` are forms or lemmas in small letters; "*" stands for any one word.
    """

    id: str
    forbids: bool
    words: tuple[str, ...]
    type: str
    mode: str
    because: str


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the guide that a human or a language model codes by.

    `of` is a type of the ontology, or "act", "status" or "party".
    """

    id: str
    of: str
    text: str


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
    traits: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()
    guide: tuple[Note, ...] = ()

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
        return self.refined(kind, action.modes, said)

    def refined(self, kind: str, modes: Sequence[str], said: frozenset[str]) -> str:
        """Return the first refinement whose mode is there and one of whose words is."""
        for line in self.refinements:
            if line.type != kind or (line.mode and line.mode not in modes):
                continue
            if not line.words or line.words & said:
                return line.cameo
        return ""

    def tables(self) -> Iterator[tuple[str, str, str]]:
        """Yield (table, entry, meaning) for every line a reader may want to see."""
        for kind in self.types.values():
            yield "type", kind.name, f"{kind.quad}, {kind.score:+}: {kind.definition}"
        for mode in self.modes:
            name = f"{mode.type} {mode.name}"
            yield "mode", name, f"{mode.score:+}: {mode.definition}"
        about = {context.name: context.definition for context in self.contexts}
        read = {" ".join(key): kind for key, kind in self.readings.items()}
        plain = {"trait": self.traits, "context": about, "sector": self.sectors}
        for table, rows in {
            **plain,
            "reading": read,
            "cameo": self.cameo_titles,
        }.items():
            yield from ((table, entry, meaning) for entry, meaning in rows.items())
        for note in self.guide:
            yield "guide", f"{note.id} {note.of}", note.text
        for row in self.patterns:
            does = "forbids an act" if row.forbids else f"tells {row.type} {row.mode}"
            yield "pattern", f"{row.id} {' '.join(row.words)}", f"{does}: {row.because}"
