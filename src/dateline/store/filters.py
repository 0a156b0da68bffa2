"""Filters over claims as parameters of one fixed query: names never come from data."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, tuple_
from sqlalchemy.sql.selectable import FromClause

from dateline.reference.countries import answering, countries
from dateline.store import tables
from dateline.store.errors import StoreError
from dateline.store.search import matching_reports

C = tables.claims.c
P = tables.parties.c
Make = Callable[[str], ColumnElement[bool]]


AHEAD = ("planned", "expected", "possible")
HEAD = ("outlet", "title", "url", "published", "language")


def match_claims(
    where: Mapping[str, str], dialect: str = "sqlite", by_event: bool = False
) -> Select[Any]:
    """Return the query for the current claims that pass every filter.

    Each comes with the head of its report, in order of reports. With `by_event` these
    are all the claims of the events of which one claim passes, in order of events.

    Raises StoreError for a filter that does not exist.
    """
    unknown = sorted(set(where) - set(FILTERS) - {"search"})
    if unknown:
        known = ", ".join([*FILTERS, "search"])
        raise StoreError(f"no filter {unknown[0]!r}: there are {known}")
    current = tables.reports.c.key == C.report, tables.reports.c.current
    asked = select(C.record, *(tables.reports.c[name] for name in HEAD))
    asked = asked.join(tables.reports, current[0]).where(current[1])
    tests = [
        matching_reports(value, dialect) if name == "search" else FILTERS[name](value)
        for name, value in where.items()
    ]
    if by_event and tests:
        told = select(C.event).join(tables.reports, current[0])
        tests = [C.event.in_(told.where(current[1], *tests))]
    first = [C.event] if by_event else []
    return asked.where(*tests).order_by(*first, tables.reports.c.id, C.rank)


def filter_on_side(side: str) -> Make:
    """Return a filter on one side: a code (KEN, GOV, KEN GOV) or words of the name."""

    def test(value: str) -> ColumnElement[bool]:
        chosen = select(P.report, P.claim).where(P.side == side, goes_by(value))
        return tuple_(C.report, C.id).in_(chosen)

    return test


def goes_by(value: str, some: FromClause = tables.parties) -> ColumnElement[bool]:
    """Whether a party has these codes, this entity, or these words in its name."""
    p = some.c
    codes = value.upper().split()
    if codes and all(len(code) == 3 for code in codes) and value == value.upper():
        return and_(*(party_has_code(code, some) for code in codes))
    named = p.name.icontains(value, autoescape=True)
    return or_(named, p.words.icontains(value, autoescape=True), p.entity == value)


def party_has_code(code: str, some: FromClause = tables.parties) -> ColumnElement[bool]:
    """Whether a party has this country or sector, or is called so.

    KEN is Kenya alone: no Kennedy is called so.
    """
    p = some.c
    if countries().by_code(code):
        return p.country == answering(code)
    sector = (" " + p.sector + " ").contains(f" {code} ", autoescape=True)
    return or_(p.country == code, sector, p.words.contains(code, autoescape=True))


def has_both_parties(value: str) -> ColumnElement[bool]:
    """Whether two parties both have a side: either acts, or both act together."""
    one, two = (name.strip() for name in value.split(","))
    other = tables.parties.alias()
    o, sides = other.c, ("actor", "recipient")
    same = (P.report == o.report) & (P.claim == o.claim)
    apart = (P.side != o.side) | (P.rank != o.rank)
    chosen = select(P.report, P.claim).join(other, and_(same, apart))
    chosen = chosen.where(P.side.in_(sides), o.side.in_(sides))
    chosen = chosen.where(goes_by(one), goes_by(two, other))
    return tuple_(C.report, C.id).in_(chosen)


def has_mode(value: str) -> ColumnElement[bool]:
    """Whether a claim has this mode."""
    m = tables.modes.c
    return exists().where(
        m.report == C.report, m.claim == C.id, m.mode == value.lower()
    )


def filter_on_own_voice(_value: str) -> ColumnElement[bool]:
    """Whether the report tells the claim in its own voice."""
    return ~exists().where(P.report == C.report, P.claim == C.id, P.side == "speaker")


def iso_day(value: str) -> str:
    """Return a day as the store writes it, however ISO 8601 lets it be written.

    >>> iso_day("20190108")
    '2019-01-08'
    """
    return date.fromisoformat(value).isoformat()


def of_type(value: str) -> ColumnElement[bool]:
    """Whether a claim is filed under a type, or is to be such an act.

    A planned meeting is an AGREE to PLOVER: who asks for CONSULT means it too.
    """
    told = [name.upper() for name in value.replace(",", " ").split()]
    return or_(C.type.in_(told), and_(C.deed.in_(told), C.status.in_(AHEAD)))


def any_of(column: Any, fold: Callable[[str], str]) -> Make:
    """Return a filter on a column that may equal any of several words."""
    return lambda value: column.in_([fold(v) for v in value.replace(",", " ").split()])


FILTERS: dict[str, Make] = {
    "actor": filter_on_side("actor"),
    "recipient": filter_on_side("recipient"),
    "between": has_both_parties,
    "said_by": filter_on_side("speaker"),
    "own_voice": filter_on_own_voice,
    "type": of_type,
    "deed": any_of(C.deed, str.upper),
    "mode": has_mode,
    "status": any_of(C.status, str.lower),
    "country": any_of(C.country, answering),
    "since": lambda value: C.when_to >= iso_day(value),
    "until": lambda value: C.when_from <= iso_day(value),
    "report": lambda value: tables.reports.c.id == value,
    "event": lambda value: C.event == value,
    "sure": lambda value: C.confidence >= float(value),
    "text": lambda value: C.evidence.icontains(value, autoescape=True),
}
