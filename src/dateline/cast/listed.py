"""Bodies that the knowledge base knows by several names: "EU", "European Union"."""

from functools import cache

from dateline.facts import base

OTHERS = ("person", "state")  # kinds of entities that are joined by other means
BUILDING = "metonym:"
SHORT = 2  # words: one of two names is as short, or they may be parts of one body


class Listed:
    """The bodies of one report that the base knows, by their entity."""

    def __init__(self) -> None:
        """Start with none."""
        self.known: dict[str, list[tuple[tuple[str, ...], int]]] = {}

    def find(self, words: tuple[str, ...]) -> int | None:
        """Return who goes by another name of the same entity."""
        every = self.known.get(known_entity(words), ())
        return next(
            (who for other, who in every if mean_whole_entity(words, other)), None
        )

    def file(self, words: tuple[str, ...], who: int) -> None:
        """Note one more name of a body."""
        if one := known_entity(words):
            self.known.setdefault(one, []).append((words, who))


def mean_whole_entity(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of an entity mean the whole of it, not a committee of it.

    >>> mean_whole_entity(("senate",), ("senate", "intelligence", "committee"))
    False
    """
    short, long = sorted((one, other), key=len)
    part = set(short) < set(long) and len(long) > len(short) + 1
    return len(short) <= SHORT and not part


@cache
def known_entity(words: tuple[str, ...]) -> str:
    """Return the one entity that the base knows by a name, "" where none or several.

    >>> known_entity(("kcna",)) == known_entity(
    ...     ("korean", "central", "news", "agency")
    ... ) != ""
    True
    """
    text = " ".join(words)
    forms = (text, text.upper()) if len(words) == 1 else (text,)
    named = (name for form in forms for name in base().names(form) if not name.loose)
    found = {name.entity for name in named}
    if len(found) != 1 or base().entity(next(iter(found))).kind in OTHERS:
        return ""
    return next(iter(found))


def building(words: tuple[str, ...]) -> bool:
    """Whether a name is a building's for a body: no "House" is the White House."""
    return known_entity(words).startswith(BUILDING)
