"""Find what contradicts itself in a codebook."""

from collections.abc import Collection, Iterator
from pathlib import Path

from dateline.model.record import STATUSES
from dateline.resources.codebook.book import FolderCodebook, read_codebook, unusable

QUADS = frozenset(
    f"{how} {what}" for how in ("verbal", "material") for what in ("cooperation", "conflict")
)


def find_contradictions(folder: Path, labels: Collection[str] = ()) -> list[str]:
    """Return the contradictions in the codebook in `folder`, [] where it is sound.

    `labels` are the types that the reader knows, where it is there to be asked.
    """
    try:
        book = read_codebook(folder)
    except ValueError as error:
        return [str(error)]
    parts = (
        find_type_faults,
        find_mode_faults,
        find_reading_faults,
        find_cameo_faults,
        find_pattern_faults,
        unusable,
    )
    found = [fault for part in parts for fault in part(book)]
    return [*found, *find_reader_faults(book, labels)]


def find_type_faults(book: FolderCodebook) -> Iterator[str]:
    """Yield types without a known quad class, or whose score has the wrong sign."""
    for kind in book.types.values():
        if kind.quad not in QUADS:
            yield f"types: {kind.name} has no quad class ({kind.quad!r})"
        elif kind.score and (kind.score > 0) != kind.quad.endswith("cooperation"):
            yield f"types: {kind.name} is {kind.quad}, its score is {kind.score:+}"
    given = [(k.name, k.traits) for k in book.types.values()]
    given += [(mode.name, mode.traits) for mode in book.modes]
    for name, traits in given:
        for trait in sorted(traits - set(book.traits)):
            yield f"types: {name} has unknown trait {trait!r}"


def find_reader_faults(book: FolderCodebook, labels: Collection[str]) -> Iterator[str]:
    """Yield types that the reader does not know, or knows by one name as another."""
    seen: dict[str, str] = {}
    for kind in book.types.values():
        name = kind.read_as
        if name and name in seen:
            yield f"types: {kind.name} and {seen[name]} are both read as {name!r}"
        elif name and labels and name not in labels:
            known = ", ".join(sorted(labels))
            yield f"types: {kind.name} is read as {name!r}; the reader knows {known}"
        seen[name] = kind.name


def find_mode_faults(book: FolderCodebook) -> Iterator[str]:
    """Yield modes of unknown types, and modes told twice."""
    seen: set[tuple[str, str]] = set()
    for mode in book.modes:
        key = (mode.type, mode.name)
        if mode.type not in book.types:
            yield f"modes: {mode.name} belongs to unknown type {mode.type!r}"
        if key in seen:
            yield f"modes: {mode.type} {mode.name} is there twice"
        seen.add(key)


def find_reading_faults(book: FolderCodebook) -> Iterator[str]:
    """Yield readings of unknown types or statuses."""
    for (deed, status), kind in book.readings.items():
        for name in (deed, kind):
            if name not in book.types:
                yield f"readings: unknown type {name!r}"
        if status not in STATUSES:
            yield f"readings: unknown status {status!r}"


def find_cameo_faults(book: FolderCodebook) -> Iterator[str]:
    """Yield refinements of unknown types, modes or codes, and types without any."""
    known = {(m.type, m.name) for m in book.modes}
    for line in book.refinements:
        if line.type not in book.types or (line.mode and (line.type, line.mode) not in known):
            yield f"refine: unknown type or mode {line.type} {line.mode}"
        if line.cameo not in book.cameo_titles:
            yield f"refine: unknown CAMEO code {line.cameo!r}"
    for kind in book.types if book.cameo_titles else ():
        if not book.refined(kind, (), frozenset()):
            yield f"refine: {kind} has no code of its own"


def find_pattern_faults(book: FolderCodebook) -> Iterator[str]:
    """Yield patterns of one id, or of one and the same words."""
    seen: set[str] = set()
    words: dict[tuple[str, ...], str] = {}
    for row in book.patterns:
        name = f"patterns: {row.id}"
        if row.id in seen:
            yield f"{name} is there twice"
        elif row.words in words:
            yield f"{name} has the same words as {words[row.words]}"
        seen.add(row.id)
        words[row.words] = row.id
