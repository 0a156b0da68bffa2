"""Lists of words that more than one rule asks about, kept in lists.tsv."""

from functools import cache
from importlib.resources import files


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of a list.

    >>> "announce" in listed("saying")
    True
    """
    rows = (files("dateline.times") / "lists.tsv").read_text("utf-8").splitlines()
    found = dict(row.split("\t") for row in rows if not row.startswith("# "))
    return frozenset(found[name].split())
