"""Read a codebook from its folder of text files."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from dateline.codebook.book import Context, FolderCodebook, Mode, Refinement, Type
from dateline.codebook.frames import Frame, Limit, lexicon

Row = dict[str, str]


def load(folder: Path) -> FolderCodebook:
    """Read the codebook in `folder`; ValueError where a file is missing or torn."""
    classes = {r["class"]: words(r["words"]) for r in table(folder / "classes.tsv")}
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
        lexicon=lexicon(frames(folder / "frames", classes)),
        classes=classes,
        content=tuple(
            (r["type"], r["mode"], words(r["words"]))
            for r in table(folder / "content.tsv")
        ),
        agents=listed(folder / "agents.txt"),
        instruments=listed(folder / "instruments.txt"),
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


def listed(path: Path) -> frozenset[str]:
    """Read a list of words, without its comments."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"codebook: cannot read {path}: {error}") from error
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in line.split())


def words(cell: str) -> frozenset[str]:
    """Return the words of a cell that parts them by commas; "-" is none."""
    return frozenset(w.strip() for w in cell.split(",") if w.strip() not in ("", "-"))


def ordered(cell: str, by: str) -> tuple[str, ...]:
    """Return the words of a cell in their order; "-" is none."""
    return tuple(w.strip() for w in cell.split(by) if w.strip() not in ("", "-"))


def type_of(row: Row) -> Type:
    """Return an event type from its row."""
    need = row["recipient"] == "required"
    return Type(row["type"], row["quad"], float(row["score"]), need, row["definition"])


def mode_of(row: Row) -> Mode:
    """Return a mode from its row."""
    return Mode(row["type"], row["mode"], float(row["score"]), row["definition"])


def context_of(row: Row) -> Context:
    """Return a context and its telling words from its row."""
    return Context(row["context"], row["definition"], ordered(row["words"], ","))


def refinement(row: Row) -> Refinement:
    """Return one line of the way from PLOVER to CAMEO."""
    mode = "" if row["mode"] == "-" else row["mode"]
    return Refinement(row["type"], mode, words(row["words"]), row["cameo"])


def frames(folder: Path, classes: Mapping[str, frozenset[str]]) -> Iterator[Frame]:
    """Yield the frames of every file; the file's name is the deed."""
    files = sorted(folder.glob("*.tsv"))
    if not files:
        raise ValueError(f"codebook: no frames in {folder}")
    for path in files:
        for row in table(path):
            for unit in ordered(row["units"], ","):
                yield frame(path.stem, unit, row, classes)


def frame(
    deed: str, unit: str, row: Row, classes: Mapping[str, frozenset[str]]
) -> Frame:
    """Return one lexical unit of a row."""
    parts = unit.split()
    negative = parts[0] == "not" and row["kind"] == "verb"
    needs, limits = conditions(row["needs"], classes)
    return Frame(
        kind=row["kind"],
        unit=unit_of(parts[negative:]),
        deed="" if deed == "none" else deed,
        modes=ordered(row["modes"] or "-", ","),
        actor=ordered(row["actor"] or "-", "|"),
        recipient=ordered(row["recipient"] or "-", "|"),
        needs=needs,
        limits=limits,
        cameo=(row["cameo"] or "-").replace("-", ""),
        negative=negative,
    )


def unit_of(parts: list[str]) -> tuple[str, ...]:
    """Return the words of a unit; hyphens part words, as the tokens do."""
    return tuple(word for part in parts for word in part.split("-") if word)


def conditions(
    cell: str, classes: Mapping[str, frozenset[str]]
) -> tuple[frozenset[str], tuple[Limit, ...]]:
    """Part a cell of conditions into plain ones and those that name words."""
    plain: list[str] = []
    limits: list[Limit] = []
    for word in (cell or "-").split():
        key, sign, rest = word.partition("=" if "=" in word else ":")
        if sign:
            limits.append((key, expand(rest.split("|"), classes)))
        elif word != "-":
            plain.append(word)
    return frozenset(plain), tuple(limits)


def expand(names: list[str], classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Put the words of a class for "@class"; grammar tells those in capitals."""
    found: set[str] = set()
    for name in names:
        known = classes.get(name.removeprefix("@")) if name[:1] == "@" else None
        found |= known if known is not None else {name}
    return frozenset(found)
