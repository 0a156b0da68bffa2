"""An ontology read from a folder of text files: what `ports.Codebook` asks for."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.model import Action

WORD = re.compile(r"[a-z][a-z'-]*|\d+")
Row = dict[str, str]
SCORE = re.compile(r"[+-]?\d+(\.\d+)?")
PARTS = re.compile(r"(?<=\w)[-–](?=\w)|(?<=\w)(?:'s|n't)\b")  # words as a parser has them
ANY = "*"  # any one word of a pattern, but never its first


COLUMNS = {
    "types": "type read_as quad score recipient traits counts definition",
    "modes": "type mode score traits definition",
    "contexts": "context definition words",
    "sectors": "sector definition",
    "readings": "deed status type",
    "older": "type root",
    "cameo": "code title",
    "refine": "type mode words cameo",
    "traits": "trait definition",
    "patterns": "id does words type mode because",
    "guide": "id of note",
}
UNNEEDED = frozenset("read_as recipient traits counts".split())  # columns of types
OURS = frozenset(("contexts", "sectors", "traits"))  # as PLOVER has them, if not told
PLOVER = Path(__file__).with_name("plover")
TOPICS = frozenset(("act", "status", "party"))  # what a guide tells of beside types


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
        for table, rows in {**plain, "reading": read, "cameo": self.cameo_titles}.items():
            yield from ((table, entry, meaning) for entry, meaning in rows.items())
        for note in self.guide:
            yield "guide", f"{note.id} {note.of}", note.text
        for row in self.patterns:
            does = "forbids an act" if row.forbids else f"tells {row.type} {row.mode}"
            yield "pattern", f"{row.id} {' '.join(row.words)}", f"{does}: {row.because}"


def load(folder: Path) -> FolderCodebook:
    """Read the codebook in `folder`.

    Raises ValueError where a file is missing or torn, or a pattern cannot be used.
    """
    book = read_codebook(folder)
    for fault in unusable(book):
        raise ValueError(fault)
    return book


def read_codebook(folder: Path) -> FolderCodebook:
    """Read a codebook whose patterns may be unusable."""
    types = keyed(folder, "types", "type")
    readings = keyed(folder, "readings", "deed", "status")
    return FolderCodebook(
        name=folder.name,
        types={
            name: Type(
                name=name,
                read_as=row["read_as"].strip("-"),
                quad=row["quad"],
                score=float(row["score"]),
                recipient=row["recipient"] == "required",
                traits=words_in_cell(row["traits"]),
                counts=ordered_words(row["counts"], ","),
                definition=row["definition"],
            )
            for (name,), row in types.items()
        },
        modes=tuple(
            Mode(
                type=row["type"],
                name=row["mode"],
                score=float(row["score"]),
                traits=words_in_cell(row["traits"]),
                definition=row["definition"],
            )
            for row in read_codebook_table(folder, "modes")
        ),
        contexts=tuple(
            Context(r["context"], r["definition"], ordered_words(r["words"], ","))
            for r in read_codebook_table(folder, "contexts")
        ),
        sectors=code_meanings(folder, "sectors", "sector"),
        readings={(deed, how): r["type"] for (deed, how), r in readings.items()},
        cameo_titles={r["code"]: r["title"] for r in read_codebook_table(folder, "cameo")},
        refinements=tuple(
            Refinement(
                row["type"],
                "" if row["mode"] == "-" else row["mode"],
                words_in_cell(row["words"]),
                row["cameo"],
            )
            for row in read_codebook_table(folder, "refine")
        ),
        traits=code_meanings(folder, "traits", "trait"),
        patterns=tuple(map(pattern_of_row, read_codebook_table(folder, "patterns"))),
        guide=guide_notes(folder, types),
    )


def read_codebook_table(folder: Path, name: str) -> list[Row]:
    """Read one tab-separated file with a header; only `types.tsv` must be there."""
    path = folder / f"{name}.tsv"
    if name != "types" and not path.exists() and (folder / "types.tsv").exists():
        return read_codebook_table(PLOVER, name) if name in OURS else []
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            return list(sound_rows(rows, name))
    except OSError as error:
        raise ValueError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"cannot read {path}: {error}") from error
    except (ValueError, csv.Error) as error:
        raise ValueError(f"{path}, line {rows.line_num or 1}: {error}") from error


def sound_rows(rows: "csv.DictReader[str]", name: str) -> Iterator[Row]:
    """Yield the rows of a table; ValueError where one lacks a cell, or has no score."""
    lacking = set(COLUMNS[name].split()) - set(rows.fieldnames or ())
    alone = name == "types" and set(rows.fieldnames or ()) <= set(COLUMNS[name].split())
    spared = dict.fromkeys(lacking & UNNEEDED if alone else (), "")
    if lacking := lacking - set(spared):
        raise ValueError(f"no column {', '.join(sorted(lacking))}")
    for row in rows:
        if None in row or None in row.values():
            raise ValueError("wrong number of columns")
        if "score" in row and not SCORE.fullmatch(row["score"]):
            raise ValueError(f"{row['score']!r} is no score like -4.5")
        yield row | spared


def keyed(folder: Path, name: str, *key: str) -> dict[tuple[str, ...], Row]:
    """Return the rows of a table by what they tell of, which none may tell twice."""
    found: dict[tuple[str, ...], Row] = {}
    for row in read_codebook_table(folder, name):
        of = tuple(row[column] for column in key)
        if of in found:
            raise ValueError(f"{folder / name}.tsv: {' '.join(of)} is there twice")
        found[of] = row
    return found


def code_meanings(folder: Path, name: str, key: str) -> dict[str, str]:
    """Return what the codes of a table mean."""
    return {of: r["definition"] for (of,), r in keyed(folder, name, key).items()}


def words_in_cell(cell: str) -> frozenset[str]:
    """Return the words of a cell that parts them by commas; "-" is none."""
    return frozenset(w.strip() for w in cell.split(",") if w.strip() not in ("", "-"))


def ordered_words(cell: str, by: str) -> tuple[str, ...]:
    """Return the words of a cell in their order; "-" is none."""
    return tuple(w.strip() for w in cell.split(by) if w.strip() not in ("", "-"))


def guide_notes(folder: Path, types: dict[tuple[str, ...], Row]) -> tuple[Note, ...]:
    """Return the lines of the guide to coding; a book need not have any."""
    found = [Note(r["id"], r["of"], r["note"]) for r in read_codebook_table(folder, "guide")]
    for note in found:
        if note.of not in TOPICS and (note.of,) not in types:
            raise ValueError(
                f"guide: {note.id} tells of {note.of!r}, which is no type,"
                " and neither act, status nor party"
            )
    return tuple(found)


def unusable(book: FolderCodebook) -> Iterator[str]:
    """Yield the patterns with which nothing can be done, and why."""
    modes = {(m.type, m.name) for m in book.modes}
    for row in book.patterns:
        name = f"patterns: {row.id}"
        if not row.words:
            yield f"{name} has no words"
        elif row.words[0] == ANY:
            yield f"{name} begins with {ANY!r}: its first word must be told"
        elif not row.forbids and row.type not in book.types:
            yield f"{name} tells unknown type {row.type!r}"
        elif row.mode and (row.type, row.mode) not in modes:
            yield f"{name}: {row.type or 'no type'} has no mode {row.mode!r}"


def pattern_of_row(row: Row) -> Pattern:
    """Return one pattern from its row; ValueError where it does neither thing."""
    if row["does"] not in ("add", "forbid"):
        raise ValueError(f"patterns: {row['id']}: {row['does']!r} is neither add nor forbid")
    return Pattern(
        id=row["id"],
        forbids=row["does"] == "forbid",
        words=tuple(PARTS.sub(r" \g<0> ", row["words"].lower()).split()),
        type=row["type"].strip("-"),
        mode=row["mode"].strip("-"),
        because=row["because"],
    )
