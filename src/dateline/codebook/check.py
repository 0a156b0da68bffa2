"""Find what contradicts itself in a codebook."""

from collections.abc import Iterator
from pathlib import Path

from dateline.codebook.book import FolderCodebook
from dateline.codebook.folder import load
from dateline.codebook.frames import Frame

STATUSES = frozenset(
    [
        "happened",
        "ongoing",
        "planned",
        "expected",
        "possible",
        "hypothetical",
        "denied",
        "negated",
        "recurring",
    ]
)
GRAMMAR = frozenset(("@PARTY", "@GPE", "@PERSON", "@NORP", "@ORG"))
QUADS = frozenset(
    f"{how} {what}"
    for how in ("verbal", "material")
    for what in ("cooperation", "conflict")
)


def check(folder: Path) -> list[str]:
    """Return the contradictions in the codebook in `folder`, [] where it is sound."""
    try:
        book = load(folder)
    except ValueError as error:
        return [str(error)]
    parts = (types, modes, readings, cameo, lexicon)
    return [fault for part in parts for fault in part(book)]


def types(book: FolderCodebook) -> Iterator[str]:
    """Yield types without a known quad class, or whose score has the wrong sign."""
    for kind in book.types.values():
        if kind.quad not in QUADS:
            yield f"types: {kind.name} has no quad class ({kind.quad!r})"
        elif kind.score and (kind.score > 0) != kind.quad.endswith("cooperation"):
            yield f"types: {kind.name} is {kind.quad}, its score is {kind.score:+}"


def modes(book: FolderCodebook) -> Iterator[str]:
    """Yield modes of unknown types, and modes told twice."""
    seen: set[tuple[str, str]] = set()
    for mode in book.modes:
        key = (mode.type, mode.name)
        if mode.type not in book.types:
            yield f"modes: {mode.name} belongs to unknown type {mode.type!r}"
        if key in seen:
            yield f"modes: {mode.type} {mode.name} is there twice"
        seen.add(key)


def readings(book: FolderCodebook) -> Iterator[str]:
    """Yield readings of unknown types or statuses."""
    for (deed, status), kind in book.readings.items():
        for name in (deed, kind):
            if name not in book.types:
                yield f"readings: unknown type {name!r}"
        if status not in STATUSES:
            yield f"readings: unknown status {status!r}"


def cameo(book: FolderCodebook) -> Iterator[str]:
    """Yield refinements of unknown types, modes or codes, and types without any."""
    known = {(m.type, m.name) for m in book.modes}
    for line in book.refinements:
        if line.type not in book.types or (
            line.mode and (line.type, line.mode) not in known
        ):
            yield f"refine: unknown type or mode {line.type} {line.mode}"
        if line.cameo not in book.cameo_titles:
            yield f"refine: unknown CAMEO code {line.cameo!r}"
    for kind in book.types:
        if not book.refined(kind, (), frozenset()):
            yield f"refine: {kind} has no code of its own"


def lexicon(book: FolderCodebook) -> Iterator[str]:
    """Yield frames with unknown types, modes or codes, and frames that clash."""
    known = {(m.type, m.name) for m in book.modes}
    seen: dict[object, Frame] = {}
    for frame in book.lexicon.frames:
        name = f"frames: {frame.words!r} ({frame.kind})"
        if frame.deed and frame.deed not in book.types:
            yield f"{name} has unknown type {frame.deed!r}"
        strange = [m for m in frame.modes if (frame.deed, m) not in known]
        yield from (f"{name}: {frame.deed} has no mode {mode!r}" for mode in strange)
        if frame.cameo and frame.cameo not in book.cameo_titles:
            yield f"{name} has unknown CAMEO code {frame.cameo!r}"
        yield from (f"{name} names unknown class {word!r}" for word in unknown(frame))
        key = (frame.kind, frame.unit, frame.negative, frame.limits, frame.needs)
        other = seen.setdefault(key, frame)
        if other.deed != frame.deed:
            yield f"{name} is both {other.deed or None} and {frame.deed or None}"


def unknown(frame: Frame) -> list[str]:
    """Return the classes that a frame names and nobody knows."""
    said = [word for _, words in frame.limits for word in words]
    return [word for word in said if word[:1] == "@" and word not in GRAMMAR]
