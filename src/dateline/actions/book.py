"""What the codebook makes of an act that the model read: its type, mode and traits."""

from collections.abc import Iterator
from dataclasses import replace

from dateline.codebook import FolderCodebook
from dateline.codebook.book import Type
from dateline.model import Act, Action, Why

DEED, ASSENT, BY_WORD = "ground", "assent", "by-word"
DONE = frozenset(("happened", "ongoing", "recurring"))


def type_of_act(book: FolderCodebook, act: Act) -> Type | None:
    """Return the type of the book that the model knows as the act's likeliest deed."""
    read_as = act.deeds[0][0]
    return next((t for t in book.types.values() if t.read_as == read_as), None)


def likeliest_types(book: FolderCodebook, act: Act, trait: str) -> Iterator[str]:
    """Yield the types with a trait, the likeliest first."""
    able = {t.read_as: t.name for t in book.types.values() if trait in t.traits}
    yield from (able[name] for name, _ in act.deeds if name in able)


def mode_of_act(book: FolderCodebook, act: Act, *kinds: str) -> str:
    """Return the likeliest mode that an act of one of some types can have."""
    able = {"", *(mode.name for mode in book.modes if mode.type in kinds)}
    return next((name for name, _ in act.modes if name in able), "")


def traits_of(book: FolderCodebook, deed: str, mode: str) -> frozenset[str]:
    """Return the traits of a type and of its mode."""
    of_mode = (m.traits for m in book.modes if m.name == mode)
    return book.types[deed].traits | next(of_mode, frozenset())


def told_as(
    book: FolderCodebook, action: Action, act: Act, names: Iterator[str]
) -> Action:
    """Return an action as one of the first other type, by the same words."""
    name = next(names, "")
    if not name:
        return action
    kind, mode = book.types[name], mode_of_act(book, act, name)
    kept = (w for w in action.why if w[0] != "how")
    how = (("how", Why("reading.mode.v1", action.trigger)),) if mode else ()
    return replace(
        action,
        deed=name,
        read_as=kind.read_as,
        modes=(mode,) if mode else (),
        traits=traits_of(book, name, mode),
        counts=kind.counts,
        why=(*kept, *how),
    )
