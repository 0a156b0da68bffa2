"""PLOVER, the codebook that Dateline brings, and what it says of the reader's names.

What is learned goes by the names that the reader was taught, which are PLOVER's,
whatever a codebook of one's own calls a type: a type renamed there changes no answer.
"""

from functools import cache
from pathlib import Path

from dateline.resources.codebook.book import FolderCodebook, read_codebook_table
from dateline.resources.codebook.book import load as load_folder


@cache
def load() -> FolderCodebook:
    """Return PLOVER with our frame lexicon, read once a process."""
    return load_folder(Path(__file__).parent / "plover")


@cache
def deeds_with_traits(*traits: str) -> tuple[str, ...]:
    """Return the acts that have all of these traits, in the ontology's order.

    >>> len(deeds_with_traits("force"))
    1
    """
    types = load().types.values()
    return tuple(t.read_as for t in types if t.traits.issuperset(traits))


@cache
def modes_with_trait(trait: str) -> tuple[str, ...]:
    """Return the modes that have a trait, in the ontology's order."""
    return tuple(mode.name for mode in load().modes if trait in mode.traits)


@cache
def older() -> dict[str, str]:
    """Return the root under which PLOVER once had each act that has another now."""
    rows = read_codebook_table(Path(__file__).parent / "plover", "older")
    return {row["type"]: row["root"] for row in rows}
