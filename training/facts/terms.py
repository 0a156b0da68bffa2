"""Terms of office: the roles of a cell, their days, and what comes after them.

A role reads "title {SECTORS} @COUNTRY from..to": sectors and country only where they
are not those of the title and the row; a day, a month or a year, or nothing.
"""

import csv
import re
from datetime import date, timedelta
from functools import cache

from tables import HERE, Row, table

ROLE = re.compile(
    r"^(?P<title>[^{@]*?)\s*(?:\{(?P<sectors>[A-Z+]+)\})?\s*(?:@(?P<country>[A-Z]{3}))?"
    r"\s*(?:(?P<since>[\d-]*)\.\.(?P<until>[\d-]*))?$"
)
ENDED = "term ended"
SLACK = 5  # days between a death and the end of a term
OFFICIAL = {"GOV", "MIL", "LEG", "SPY", "JUD", "COP"}


def parse(text: str, row: Row) -> list[str]:
    """One role of a cell: title, office, country, sectors, days, precision, source."""
    found = ROLE.match(text.strip())
    if not found:
        raise SystemExit(f"{row.name}: no role: {text!r}")
    title = found["title"].strip()
    office, sectors = offices().get(title, ("", ""))
    sectors = (found["sectors"] or "").replace("+", "|") or sectors
    if not sectors:
        raise SystemExit(f"{row.name}: no sectors for {title!r}")
    country = found["country"] or row.country
    since, fine = day(found["since"] or "", "start")
    until, crude = day(found["until"] or "", "end")
    precision = min(fine, crude, key=["year", "month", "day"].index)
    return [title, office, country, sectors, since, until, precision, row.source]


def day(text: str, end: str) -> tuple[str, str]:
    """The first or last day that a year, month or day means, with its precision."""
    if not text:
        return "", "day"
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts).isoformat(), "day"
    year, month = parts[0], parts[1] if len(parts) == 2 else 0
    first = date(year, month or 1, 1)
    after = date(year + (month in (0, 12)), (month % 12) + 1 if month else 1, 1)
    found = first if end == "start" else after - timedelta(days=1)
    return found.isoformat(), "month" if month else "year"


@cache
def offices() -> dict[str, tuple[str, str]]:
    with (HERE / "offices.csv").open(encoding="utf-8") as file:
        return {r["title"]: (r["office"], r["sectors"]) for r in csv.DictReader(file)}


@cache
def deaths() -> dict[str, str]:
    return {cells["name"]: cells["died"] for cells, _ in table(HERE / "died.csv")}


def late(role: list[str], died: str) -> bool:
    """Whether somebody held a role to the end: they are told of by it ever after."""
    if not died:
        return False
    days = (date.fromisoformat(role[5]) - date.fromisoformat(died)).days
    return -SLACK <= days <= {"day": SLACK, "month": 31, "year": 366}[role[6]]


def former(roles: list[list[str]], died: str = "") -> list[list[str]]:
    """After a term in office, until the next role: a former official.

    Who died in office, or as a rebel or a candidate, stays what they were.
    """
    told = sorted((r for r in roles if r[4] or r[5]), key=lambda r: (r[4], r[5] or "9"))
    made = []
    for at, role in enumerate(told):
        lasting = bool(role[5]) and late(role, died)
        if not role[5] or not (lasting or OFFICIAL & set(role[3].split("|"))):
            continue
        if any(r[4] <= role[5] and (not r[5] or r[5] > role[5]) for r in told if r != role):
            continue
        later = [r[4] for r in told[at + 1 :] if r[4] > role[5]]
        since = (date.fromisoformat(role[5]) + timedelta(days=1)).isoformat()
        until = ""
        if later:
            until = (date.fromisoformat(min(later)) - timedelta(days=1)).isoformat()
        if not until or until >= since:
            title = f"{'late' if lasting else 'former'} {role[0]}"
            sectors = role[3] if lasting else "ELI"
            made.append([title, "", role[2], sectors, since, until, role[6], ENDED])
    return made
