"""Filters over claims and reports as parameters of fixed queries, and their values.

Names in a query never come from data; a value that no claim could have is told with
the right ones. Words are looked for by SQLite's FTS5 or a server's tsvector.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.sql.selectable import FromClause

from dateline.model.record import STATUSES
from dateline.resources import plugins
from dateline.resources.reference.countries import answering, countries
from dateline.store.database import tables
from dateline.store.errors import StoreError

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
    are all the claims of the events of which one claim passes, and the claims of one
    event come one after the other, in order of event ids.

    Raises StoreError for a filter that does not exist.
    """
    unknown = sorted(set(where) - set(FILTERS) - {"search"})
    if unknown:
        known = ", ".join([*FILTERS, "search"])
        raise StoreError(f"no filter {unknown[0]!r}: there are {known}")
    whole = (RECORD, *(R[name] for name in HEAD))
    if not by_event:
        return choose_claims(where, dialect, *whole).order_by(R.id, C.rank)
    asked = choose_claims({}, dialect, *whole)
    if where:
        asked = asked.where(C.event.in_(choose_claims(where, dialect, C.event)))
    return asked.order_by(C.event, R.id, C.rank)


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


FOLDS = {"mode": str.lower, "status": str.lower, "country": answering}
NAMED = ("type", "deed", "mode", "status", "country")


def check_filter(to: Connection, where: Mapping[str, str]) -> None:
    """Refuse a value that no claim could have.

    Raises StoreError with the legal names.
    """
    days = [parse_filter_day(n, where[n]) for n in ("since", "until") if n in where]
    if days != sorted(days):
        told = f"--since {where['since']} is after --until {where['until']}"
        raise StoreError(told)
    for name in NAMED:
        if name in where:
            refuse_unknown_name(to, name, where[name])
    read_share(where.get("sure", "0"))
    two = where.get("between", "A,B").split(",")
    if len(two) != 2 or not all(map(str.strip, two)):
        raise StoreError("--between takes two parties with a comma: KEN,UGA")


def read_share(told: str) -> float:
    """Return how sure a claim must be; refuse what is no number from 0 to 1."""
    try:
        found = float(told)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise StoreError(f"--sure {told!r} is no number from 0 to 1, as .7")
    return found


def parse_filter_day(name: str, told: str) -> date:
    """Return a day; refuse what is none."""
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        raise StoreError(f"--{name} {told!r} is no date like 2019-01-08") from error


def refuse_unknown_name(to: Connection, name: str, told: str) -> None:
    """Refuse a name that neither the codebooks nor the claims of a store have."""
    asked = told.replace(",", " ").split() if name != "mode" else [told]
    fold = FOLDS.get(name, str.upper)
    column = tables.modes.c.mode if name == "mode" else tables.claims.c[name]
    wrong = []
    for value in asked:
        one = select(column).where(column == fold(value)).limit(1)
        if to.execute(one).first() is None:
            wrong.append(value)
    if not wrong and asked:
        return
    there = sorted(set(legal_values(to, name)))
    wrong = [value for value in wrong if fold(value) not in map(fold, there)]
    if wrong or not asked:
        value = wrong[0] if wrong else told
        raise StoreError(f"no {name} {value!r}: there are {', '.join(there)}")


def legal_values(to: Connection, name: str) -> Iterable[str]:
    """Return every value that the filter may have in this store."""
    if name == "status":
        return STATUSES
    if name == "country":
        codes = (country.code for country in countries())
        return {c for c in map(answering, codes) if len(c) == len("KEN")}
    found = map(codebook_of_run, books(to) or ["plover"])
    known = [book for book in found if book]
    if name == "mode":
        return {mode.name for book in known for mode in book.modes}
    return {kind for book in known for kind in book.types}


def codebook_of_run(told: str) -> Any:
    """Return the codebook of a run by its name or folder, None where it is gone."""
    from dateline.resources.codebook import load

    if Path(told).is_dir():
        return load(Path(told))
    with suppress(plugins.MissingPart):
        return plugins.load_plugin("codebooks", told)()
    return None


def books(to: Connection) -> list[str]:
    """Return the ontologies that a store was coded with, by name or folder."""
    return list(to.execute(select(tables.runs.c.codebook).distinct()).scalars())


TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
DOCUMENT = "to_tsvector('english', reports.title || ' ' || left(reports.text, 250000))"
LIMIT = 50


def matching_reports(words: str, dialect: str) -> ColumnElement[bool]:
    """Return the condition that a report holds these words, in title or text."""
    if dialect == "sqlite":
        asked = text("SELECT rowid FROM reports_text WHERE reports_text MATCH :words")
        return R.number.in_(asked.bindparams(words=fts(words)).columns(R.number))
    document: ColumnElement[Any] = literal_column(DOCUMENT)
    return document.op("@@")(func.websearch_to_tsquery("english", words))


def fts(words: str) -> str:
    """Return what a person typed as a query in FTS5's language.

    All words must be there; "words in quotes" side by side; -word must not; OR.

    >>> fts('peace "cease fire" -talks')
    '("peace" AND "cease fire") NOT "talks"'
    >>> fts("Kim OR Moon")
    '("Kim" OR "Moon")'
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in TERM.findall(words):
        if word == "OR" and wanted:
            wanted.append("OR")
        elif told := (phrase or word).replace('"', "").strip():
            (unwanted if minus else wanted).append(f'"{told}"')
    query = re.sub(r'(?<=")\s+(?=")', " AND ", " ".join(wanted).removesuffix(" OR"))
    return "".join([f"({query})" if query else '""', *(f" NOT {x}" for x in unwanted)])


def rank_reports(
    words: str, dialect: str, lite: str, shape: str, *columns: ColumnElement[Any]
) -> Select[Any]:
    """Return the query for the current reports that hold words, the best first.

    Each comes with columns and with `brief`, what FTS5's function `lite`, or a server's
    headline of this shape, makes of its text.
    """
    if dialect == "sqlite":
        asked = (
            select(*columns, literal_column(lite).label("brief"))
            .join(text("reports_text"), text("reports_text.rowid = reports.number"))
            .where(text("reports_text MATCH :words").bindparams(words=fts(words)))
            .order_by(text("rank"))
        )
    else:
        query = func.websearch_to_tsquery("english", words)
        document: ColumnElement[Any] = literal_column(DOCUMENT)
        brief = func.ts_headline("english", R.text, query, shape).label("brief")
        asked = select(*columns, brief).where(document.op("@@")(query))
        asked = asked.order_by(func.ts_rank(document, query).desc())
    return asked.where(R.current).order_by(R.id)
