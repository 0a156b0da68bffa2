"""Read a codebook from its folder of text files."""

import csv
from pathlib import Path

from dateline.codebook.book import (
    Context,
    FolderCodebook,
    Mode,
    Pattern,
    Refinement,
    Type,
)

Row = dict[str, str]


def load(folder: Path) -> FolderCodebook:
    """Read the codebook in `folder`; ValueError where a file is missing or torn."""
    types = {r["type"]: type_of(r) for r in table(folder / "types.tsv")}
    refine = tuple(refinement(r) for r in table(folder / "refine.tsv"))
    return FolderCodebook(
        name=folder.name,
        types=types,
        modes=tuple(mode_of(r) for r in table(folder / "modes.tsv")),
        contexts=tuple(context_of(r) for r in table(folder / "contexts.tsv")),
        sectors={r["sector"]: r["definition"] for r in table(folder / "sectors.tsv")},
        readings={
            (r["deed"], r["status"]): r["type"] for r in table(folder / "readings.tsv")
        },
        cameo_titles={r["code"]: r["title"] for r in table(folder / "cameo.tsv")},
        refinements=refine,
        traits={r["trait"]: r["definition"] for r in table(folder / "traits.tsv")},
        patterns=patterns(folder / "patterns.tsv"),
    )


def table(path: Path) -> list[Row]:
    """Read one tab-separated file with a header."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"codebook: cannot read {path}: {error}") from error
    torn = [n for n, row in enumerate(rows, 2) if None in row or None in row.values()]
    if torn:
        raise ValueError(f"codebook: {path}, line {torn[0]}: wrong number of columns")
    return rows


def words(cell: str) -> frozenset[str]:
    """Return the words of a cell that parts them by commas; "-" is none."""
    return frozenset(w.strip() for w in cell.split(",") if w.strip() not in ("", "-"))


def ordered(cell: str, by: str) -> tuple[str, ...]:
    """Return the words of a cell in their order; "-" is none."""
    return tuple(w.strip() for w in cell.split(by) if w.strip() not in ("", "-"))


def type_of(row: Row) -> Type:
    """Return an event type from its row."""
    return Type(
        name=row["type"],
        read_as=row["read_as"],
        quad=row["quad"],
        score=float(row["score"]),
        recipient=row["recipient"] == "required",
        traits=words(row["traits"]),
        counts=ordered(row["counts"], ","),
        definition=row["definition"],
    )


def mode_of(row: Row) -> Mode:
    """Return a mode from its row."""
    return Mode(
        type=row["type"],
        name=row["mode"],
        score=float(row["score"]),
        traits=words(row["traits"]),
        definition=row["definition"],
    )


def context_of(row: Row) -> Context:
    """Return a context and its telling words from its row."""
    return Context(row["context"], row["definition"], ordered(row["words"], ","))


def refinement(row: Row) -> Refinement:
    """Return one line of the way from PLOVER to CAMEO."""
    mode = "" if row["mode"] == "-" else row["mode"]
    return Refinement(row["type"], mode, words(row["words"]), row["cameo"])


def patterns(path: Path) -> tuple[Pattern, ...]:
    """Return the patterns of a book; a book need not have any."""
    return tuple(map(pattern, table(path))) if path.exists() else ()


def pattern(row: Row) -> Pattern:
    """Return one pattern from its row; ValueError where it does neither thing."""
    if row["does"] not in ("add", "forbid"):
        raise ValueError(
            f"codebook: pattern {row['id']}: {row['does']!r} is neither add nor forbid"
        )
    return Pattern(
        id=row["id"],
        forbids=row["does"] == "forbid",
        words=tuple(row["words"].lower().split()),
        type=row["type"].strip("-"),
        mode=row["mode"].strip("-"),
        because=row["because"],
    )
