"""Filters over claims as parameters of one fixed query: names never come from data."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, or_, select
from sqlalchemy.sql.selectable import FromClause

from dateline.reference.countries import answering, countries
from dateline.store import tables
from dateline.store.errors import StoreError
from dateline.store.search import matching_reports

C = tables.claims.c
P, R = tables.parties.c, tables.reports.c
PLAIN = re.compile("[A-Za-z0-9 ]+")  # words that stand in JSON as they are
RECORD = tables.records.c.record
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
    whole = (RECORD, *(R[name] for name in HEAD))
    if by_event and where:
        told = choose_claims(where, dialect, C.event)
        asked = choose_claims({}, dialect, *whole).where(C.event.in_(told))
        return asked.order_by(C.event, R.id, C.rank)
    return choose_claims(where, dialect, *whole).order_by(R.id, C.rank)


def choose_claims(
    where: Mapping[str, str], dialect: str, *columns: ColumnElement[Any]
) -> Select[Any]:
    """Return the query for columns of the current claims that pass every filter.

    Records are joined only where they are read: they are most of a store.
    """
    asked = select(*columns).select_from(tables.claims)
    asked = asked.join(tables.reports, R.key == C.report).where(R.current)
    if any(c is RECORD for c in columns) or where.keys() & {"text", "place"}:
        asked = with_records(asked)
    if dialect == "sqlite" and PLAIN.fullmatch(where.get("text", "")):
        # Most records lack the words altogether: that is seen without parsing them.
        asked = asked.where(cast(RECORD, Text).like(f"%{where['text']}%"))
    every = {**FILTERS, **OF_PAGES}
    return asked.where(
        *(
            matching_reports(value, dialect) if name == "search" else every[name](value)
            for name, value in where.items()
        )
    )


def with_records(asked: Select[Any]) -> Select[Any]:
    """Return a query over claims with their records beside them."""
    return asked.join(tables.records, tables.records.c.number == C.number)


def filter_on_side(side: str) -> Make:
    """Return a filter on one side: a code (KEN, GOV, KEN GOV) or words of the name."""

    def test(value: str) -> ColumnElement[bool]:
        chosen = select(P.claim).where(P.side == side, goes_by(value))
        return C.number.in_(chosen)

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
    apart = (P.side != o.side) | (P.rank != o.rank)
    chosen = select(P.claim).join(other, and_(P.claim == o.claim, apart))
    chosen = chosen.where(P.side.in_(sides), o.side.in_(sides))
    chosen = chosen.where(goes_by(one), goes_by(two, other))
    return C.number.in_(chosen)


def has_mode(value: str) -> ColumnElement[bool]:
    """Whether a claim has this mode."""
    m = tables.modes.c
    return exists().where(m.claim == C.number, m.mode == value.lower())


def filter_on_own_voice(_value: str) -> ColumnElement[bool]:
    """Whether the report tells the claim in its own voice."""
    return ~exists().where(P.claim == C.number, P.side == "speaker")


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


EVIDENCE = RECORD["evidence"]["text"].as_string()
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
    "report": lambda value: R.id == value,
    "event": lambda value: C.event == value,
    "sure": lambda value: C.confidence >= float(value),
    "text": lambda value: EVIDENCE.icontains(value, autoescape=True),
}
PLACE = RECORD["where"]["name"].as_string()
OF_PAGES: dict[str, Make] = {
    "outlet": lambda value: R.outlet == value,
    "place": lambda value: PLACE.icontains(value, autoescape=True),
}
"""Filters that pages and their API have besides."""
