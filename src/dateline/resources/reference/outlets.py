"""News outlets: agencies, papers, broadcasters; their home and who owns them."""

import csv
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from dateline.model.folding import cased, fold_name

HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]{0,10}://)?(?:[^@/\s]{0,80}@)?([^/:?#\s]{1,253})")
OWN = "DATELINE_OUTLETS"
COLUMNS = "name also kind country state city admin1 domains".split()
STRICT = 5  # letters: shorter names in capitals are read only as they stand


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news outlet; `city` and `admin1` are told for papers of one town.

    `kind` is agency, newspaper, magazine, broadcaster or web; `state` says that a
    government runs it.
    """

    name: str
    kind: str
    country: str
    state: bool
    city: str
    admin1: str
    also: tuple[str, ...]
    domains: tuple[str, ...]

    @property
    def sectors(self) -> tuple[str, ...]:
        """PLOVER's sectors: JRN, and GOV beside it where a government runs it."""
        return ("JRN", "GOV") if self.state else ("JRN",)


@cache
def outlets() -> tuple[Outlet, ...]:
    """Return every outlet of the table, and before them those of a table of one's own.

    The variable DATELINE_OUTLETS names that table: a CSV with the columns name and
    domains, and any others of ours.
    """
    ours = files("dateline.resources.reference") / "data" / "outlets.csv"
    own = os.environ.get(OWN, "")
    texts = ([Path(own).read_text("utf-8-sig")] if own else []) + [ours.read_text("utf-8")]
    return tuple(row for text in texts for row in outlet_rows(text))


def outlet_rows(text: str) -> Iterator[Outlet]:
    """Yield the outlets of a table; a column that is not there is empty.

    Raises ValueError for a table without names.
    """
    table = csv.DictReader(text.splitlines(), restval="")
    if "name" not in (table.fieldnames or ()):
        raise ValueError("a table of outlets needs a column 'name'")
    for row in table:
        told = {name: (row.get(name) or "").strip() for name in COLUMNS}
        yield Outlet(
            name=told["name"],
            kind=told["kind"],
            country=told["country"],
            state=told["state"] == "yes",
            city=told["city"],
            admin1=told["admin1"],
            also=tuple(filter(None, told["also"].split("|"))),
            domains=tuple(filter(None, told["domains"].lower().split("|"))),
        )


@cache
def _by_name() -> dict[str, list[tuple[str, Outlet]]]:
    index: dict[str, list[tuple[str, Outlet]]] = {}
    for each in outlets():
        for form in (each.name, *each.also):
            bare = form.lstrip("=?")
            index.setdefault(fold_name(bare), []).append((bare, each))
    return index


@cache
def _by_domain() -> dict[str, Outlet]:
    found = reversed(outlets())  # the first of a domain counts
    return {domain: each for each in found for domain in each.domains}


def find_outlet(text: str) -> Outlet | None:
    """Return the outlet of that name, domain or address, or None.

    >>> find_outlet("https://www.nytimes.com/2019/01/08/x.html").name
    'New York Times'
    """
    for form, each in _by_name().get(fold_name(text), ()):
        strict = form.isupper() and len(fold_name(form)) < STRICT
        if not strict or cased(form) == cased(text):
            return each
    found = HOST.match(text.strip().lower())
    labels = found[1].rstrip(".").split(".") if found else []
    for start in range(len(labels) - 1):
        if owner := _by_domain().get(".".join(labels[start:])):
            return owner
    return None
