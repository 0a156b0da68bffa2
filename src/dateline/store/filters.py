"""Filters over claims as parameters of one fixed query: names never come from data."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, tuple_

from dateline.reference.countries import answering, countries
from dateline.store import tables
from dateline.store.errors import StoreError
from dateline.store.search import matching_reports

C = tables.claims.c
P = tables.parties.c
Make = Callable[[str], ColumnElement[bool]]


HEAD = ("outlet", "title", "url", "published", "language")


def matching(
    where: Mapping[str, str], dialect: str = "sqlite", by_event: bool = False
) -> Select[Any]:
    """Return the query for the current claims that pass every filter.

    Each comes with the head of its report, in order of reports or of events.

    Raises StoreError for a filter that does not exist.
    """
    unknown = sorted(set(where) - set(FILTERS) - {"search"})
    if unknown:
        known = ", ".join([*FILTERS, "search"])
        raise StoreError(f"no filter {unknown[0]!r}: there are {known}")
    asked = (
        select(C.record, *(tables.reports.c[name] for name in HEAD))
        .join(tables.reports, tables.reports.c.key == C.report)
        .where(tables.reports.c.current)
        .order_by(*([C.event] if by_event else []), tables.reports.c.id, C.rank)
    )
    for name, value in where.items():
        if name == "search":
            asked = asked.where(matching_reports(value, dialect))
        else:
            asked = asked.where(FILTERS[name](value))
    return asked


def party(side: str) -> Make:
    """Return a filter on one side: a code (KEN, GOV, KEN GOV) or words of the name."""

    def test(value: str) -> ColumnElement[bool]:
        told: ColumnElement[bool]
        told = P.name.icontains(value, autoescape=True)
        told = or_(told, P.words.icontains(value, autoescape=True))
        codes = value.upper().split()
        if codes and all(len(code) == 3 for code in codes) and value == value.upper():
            told = and_(*(coded(code) for code in codes))
        chosen = select(P.report, P.claim).where(P.side == side, told)
        return tuple_(C.report, C.id).in_(chosen)

    return test


def coded(code: str) -> ColumnElement[bool]:
    """Whether a party has this country or sector, or is called so.

    KEN is Kenya alone: no Kennedy is called so.
    """
    if countries().by_code(code):
        return P.country == answering(code)
    sector = (" " + P.sector + " ").contains(f" {code} ", autoescape=True)
    return or_(P.country == code, sector, P.words.contains(code, autoescape=True))


def has_mode(value: str) -> ColumnElement[bool]:
    """Whether a claim has this mode."""
    m = tables.modes.c
    return exists().where(
        m.report == C.report, m.claim == C.id, m.mode == value.lower()
    )


def own_voice(_value: str) -> ColumnElement[bool]:
    """Whether the report tells the claim in its own voice."""
    return ~exists().where(P.report == C.report, P.claim == C.id, P.side == "speaker")


def iso_day(value: str) -> str:
    """Return a day as the store writes it, however ISO 8601 lets it be written.

    >>> iso_day("20190108")
    '2019-01-08'
    """
    return date.fromisoformat(value).isoformat()


def any_of(column: Any, fold: Callable[[str], str]) -> Make:
    """Return a filter on a column that may equal any of several words."""
    return lambda value: column.in_([fold(v) for v in value.replace(",", " ").split()])


FILTERS: dict[str, Make] = {
    "actor": party("actor"),
    "recipient": party("recipient"),
    "said_by": party("speaker"),
    "own_voice": own_voice,
    "type": any_of(C.type, str.upper),
    "deed": any_of(C.deed, str.upper),
    "mode": has_mode,
    "status": any_of(C.status, str.lower),
    "country": any_of(C.country, answering),
    "since": lambda value: C.when_to >= iso_day(value),
    "until": lambda value: C.when_from <= iso_day(value),
    "report": lambda value: tables.reports.c.id == value,
    "event": lambda value: C.event == value,
    "text": lambda value: C.evidence.icontains(value, autoescape=True),
}
