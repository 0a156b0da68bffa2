"""News outlets: agencies, papers, broadcasters; their home and who owns them."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.model.fold import cased, key

HOST = re.compile(
    r"^(?:[a-z][a-z0-9+.-]{0,10}://)?(?:[^@/\s]{0,80}@)?([^/:?#\s]{1,253})"
)
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
    """Return every outlet of the table."""
    table = files("dateline.reference") / "data" / "outlets.csv"
    return tuple(
        Outlet(
            name=row["name"],
            kind=row["kind"],
            country=row["country"],
            state=row["state"] == "yes",
            city=row["city"],
            admin1=row["admin1"],
            also=tuple(part for part in row["also"].split("|") if part),
            domains=tuple(part for part in row["domains"].split("|") if part),
        )
        for row in csv.DictReader(table.read_text("utf-8").splitlines())
    )


@cache
def _by_name() -> dict[str, list[tuple[str, Outlet]]]:
    index: dict[str, list[tuple[str, Outlet]]] = {}
    for each in outlets():
        for form in (each.name, *each.also):
            bare = form.lstrip("=?")
            index.setdefault(key(bare), []).append((bare, each))
    return index


@cache
def _by_domain() -> dict[str, Outlet]:
    return {domain: each for each in outlets() for domain in each.domains}


def outlet(text: str) -> Outlet | None:
    """Return the outlet of that name, domain or address, or None.

    >>> outlet("https://www.nytimes.com/2019/01/08/x.html").name
    'New York Times'
    """
    for form, each in _by_name().get(key(text), ()):
        strict = form.isupper() and len(key(form)) < STRICT
        if not strict or cased(form) == cased(text):
            return each
    return _at(text.strip().lower())


def _at(address: str) -> Outlet | None:
    found = HOST.match(address)
    labels = found[1].rstrip(".").split(".") if found else []
    for start in range(len(labels) - 1):
        if each := _by_domain().get(".".join(labels[start:])):
            return each
    return None
