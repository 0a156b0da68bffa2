"""The names that the reader was taught, with what the ontology that ships says of them.

What is learned goes by these names whatever a codebook of one's own calls a type, so
that a type renamed there changes no answer.
"""

from functools import cache
from pathlib import Path

from dateline.codebook.book import FolderCodebook
from dateline.codebook.folder import read_codebook_table
from dateline.codebook.plover import load


@cache
def taught() -> FolderCodebook:
    """Return the ontology that ships, read once."""
    return load()


@cache
def deeds_with_traits(*traits: str) -> tuple[str, ...]:
    """Return the acts that have all of these traits, in the ontology's order.

    >>> len(deeds_with_traits("force"))
    1
    """
    types = taught().types.values()
    return tuple(t.read_as for t in types if t.traits.issuperset(traits))


@cache
def modes_with_trait(trait: str) -> tuple[str, ...]:
    """Return the modes that have a trait, in the ontology's order."""
    return tuple(mode.name for mode in taught().modes if trait in mode.traits)


@cache
def older() -> dict[str, str]:
    """Return the root under which PLOVER once had each act that has another now."""
    rows = read_codebook_table(Path(__file__).parent / "plover", "older")
    return {row["type"]: row["root"] for row in rows}
