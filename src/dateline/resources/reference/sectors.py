"""PLOVER's sectors and the codes that stand in for a country."""

import csv
from functools import cache
from importlib.resources import files

NONSTATE = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
MILITANT = frozenset({"ISM", "IMG"})  # either is said of an armed group of many lands


@cache
def load_sectors() -> dict[str, str]:
    """Return every sector code with what it stands for.

    >>> load_sectors()["JUD"]
    'judiciary: judges, courts'
    """
    table = files("dateline.resources.reference") / "data" / "sectors.csv"
    rows = csv.DictReader(table.read_text("utf-8").splitlines())
    return {row["code"]: row["name"] for row in rows}
