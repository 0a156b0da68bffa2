"""Read a codebook from its folder of text files."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from dateline.codebook.book import (
    Context,
    FolderCodebook,
    Mode,
    Note,
    Pattern,
    Refinement,
    Type,
)

Row = dict[str, str]
SCORE = re.compile(r"[+-]?\d+(\.\d+)?")
PARTS = re.compile(
    r"(?<=\w)[-–](?=\w)|(?<=\w)(?:'s|n't)\b"
)  # words as a parser has them
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
        types={name: type_of_row(row) for (name,), row in types.items()},
        modes=tuple(map(mode_of_row, read_codebook_table(folder, "modes"))),
        contexts=tuple(map(context_of, read_codebook_table(folder, "contexts"))),
        sectors=code_meanings(folder, "sectors", "sector"),
        readings={(deed, how): r["type"] for (deed, how), r in readings.items()},
        cameo_titles={
            r["code"]: r["title"] for r in read_codebook_table(folder, "cameo")
        },
        refinements=tuple(map(refinement, read_codebook_table(folder, "refine"))),
        traits=code_meanings(folder, "traits", "trait"),
        patterns=read_patterns(folder),
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


def type_of_row(row: Row) -> Type:
    """Return an event type from its row."""
    return Type(
        name=row["type"],
        read_as=row["read_as"].strip("-"),
        quad=row["quad"],
        score=float(row["score"]),
        recipient=row["recipient"] == "required",
        traits=words_in_cell(row["traits"]),
        counts=ordered_words(row["counts"], ","),
        definition=row["definition"],
    )


def mode_of_row(row: Row) -> Mode:
    """Return a mode from its row."""
    return Mode(
        type=row["type"],
        name=row["mode"],
        score=float(row["score"]),
        traits=words_in_cell(row["traits"]),
        definition=row["definition"],
    )


def context_of(row: Row) -> Context:
    """Return a context and its telling words from its row."""
    return Context(row["context"], row["definition"], ordered_words(row["words"], ","))


def refinement(row: Row) -> Refinement:
    """Return one line of the way from PLOVER to CAMEO."""
    mode = "" if row["mode"] == "-" else row["mode"]
    return Refinement(row["type"], mode, words_in_cell(row["words"]), row["cameo"])


def read_patterns(folder: Path) -> tuple[Pattern, ...]:
    """Return the patterns of a book; a book need not have any."""
    if not (folder / "patterns.tsv").exists():
        return ()
    return tuple(map(pattern_of_row, read_codebook_table(folder, "patterns")))


def guide_notes(folder: Path, types: dict[tuple[str, ...], Row]) -> tuple[Note, ...]:
    """Return the lines of the guide to coding; a book need not have any."""
    if not (folder / "guide.tsv").exists():
        return ()
    found = [
        Note(r["id"], r["of"], r["note"]) for r in read_codebook_table(folder, "guide")
    ]
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
        raise ValueError(
            f"patterns: {row['id']}: {row['does']!r} is neither add nor forbid"
        )
    return Pattern(
        id=row["id"],
        forbids=row["does"] == "forbid",
        words=tuple(PARTS.sub(r" \g<0> ", row["words"].lower()).split()),
        type=row["type"].strip("-"),
        mode=row["mode"].strip("-"),
        because=row["because"],
    )
