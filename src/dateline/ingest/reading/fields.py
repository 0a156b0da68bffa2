"""Columns by their names: what JSON, CSV and Parquet call the parts of a report."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from operator import ne
from textwrap import shorten
from typing import Any

from dateline.ingest.reading.charset import replace_surrogates
from dateline.model import Capture, Problem, Report, Source
from dateline.model.source import Columns
from dateline.nlp.date_formats import TwoDays, order_of_days, parse_moment

FIELDS = ("id", "text", "title", "outlet", "url", "language", "published")
OTHERS = {
    "text": "body content article fulltext full_text maintext article_text".split(),
    "title": "headline title_text".split(),
    "outlet": "publisher source_name publication news_source source_domain source".split(),
    "url": "link uri permalink".split(),
    "published": "date date_publish publish_date date_published published_at pubdate "
    "publication_date datetime".split(),
    "id": "guid article_id".split(),
    "language": ["lang"],
}


DAY_FIRST = ("dayfirst", "yes")  # stands beside the columns of a map


class NoColumn(ValueError):
    """A column that the map names and the data lack."""


def parse_columns(told: str) -> Columns:
    """Return the column map of an option.

    >>> parse_columns("text=body,published=day")
    (('text', 'body'), ('published', 'day'))
    """
    pairs = [part.partition("=") for part in told.split(",") if part.strip()]
    for field, equals, name in pairs:
        if field.strip() not in FIELDS or not equals or not name.strip():
            told = f"{field!r} is no FIELD=COLUMN; fields are {', '.join(FIELDS)}"
            raise ValueError(told)
    return tuple((field.strip(), name.strip()) for field, _, name in pairs)


class Days:
    """In what order the days of one file are written, settled by all its rows.

    Only where a row is in doubt are the others looked at.
    """

    def __init__(self, named: Columns, stamps: Callable[[], Iterable[Any]]) -> None:
        """Take the column map, and what gives the stamps of all rows anew."""
        self.stamps = stamps
        self.first: bool | None = True if DAY_FIRST in named else None
        self.asked = self.first is not None
        self.shown = ""

    def of(self, told: Any) -> date | datetime | None:
        """Return the day or moment of a stamp. Raises ValueError for none."""
        try:
            return parse_moment(told, self.first)
        except TwoDays:
            if self.asked:
                raise
        self.asked = True
        if settled := order_of_days(self.stamps()):
            self.first, self.shown = settled
        return parse_moment(told, self.first)

    def settled(self, source: Source) -> Iterator[Problem]:
        """Yield what was settled, where something was, for a person to know."""
        if self.shown:
            order = "the day first" if self.first else "the month first"
            why = f"days like 04/02/2019 are read {order}, as {self.shown} shows"
            yield source.problem("settled", why)


UNKNOWN = Days((), tuple)


def report_of_row(
    found: Mapping[str, Any], named: Columns, capture: Capture, days: Days = UNKNOWN
) -> Report:
    """Make a report of one row. Raises ValueError with what is wrong with it."""
    row = {field: none_for_nan(pick_cell(found, field, named)) for field in FIELDS}
    row["outlet"] = outlet_name_in(row["outlet"])
    words = {name: field_text(name, row[name]) for name in FIELDS if name != "published"}
    if not isinstance(row["text"], str):
        told = dict(named).get("text", "text")
        what = describe_kind(row["text"]) if row["text"] is not None else "missing"
        has = shorten(", ".join(found), 200, placeholder=" …")
        raise ValueError(f"its {told!r} is {what}; a report needs text (it has {has})")
    url = words["url"]
    try:
        published = days.of(row["published"])
    except TwoDays as error:
        what = f"published {error} may be two days: --dayfirst, or days like 2019-01-08"
        raise ValueError(what) from None
    except (ValueError, OverflowError):
        what = f"published {row['published']!r} is no day of news like 2019-01-08"
        raise ValueError(what) from None
    return Report(
        id=words["id"],
        text=words["text"],
        title=words["title"],
        outlet=words["outlet"],
        url=url,
        language=words["language"],
        published=published,
        capture=replace(capture, url=url),
    )


def names_column(named: Columns) -> bool:
    """Whether a column map names a column."""
    return any(own in FIELDS for own, _ in named)


def stamp_of(found: Any, named: Columns) -> Any:
    """Return what a row tells of its day, None where it is no row or tells nothing."""
    try:
        return pick_cell(found, "published", named) if isinstance(found, Mapping) else None
    except NoColumn:
        return None


def pick_cell(found: Mapping[str, Any], field: str, named: Columns) -> Any:
    """Return one field: by the map, by its own name, or by another usual one."""
    for own, name in named:
        if own == field:
            if name not in found:
                raise NoColumn(f"no column {name!r}: there are {', '.join(found)}")
            return found[name]
    columns = match_columns(tuple(found))
    return found[columns[field]] if field in columns else None


@lru_cache(64)
def match_columns(names: tuple[str, ...]) -> dict[str, str]:
    """Return which column holds each field, by its own name or another usual one.

    Capitals, blanks and signs do not count.

    >>> match_columns(("ID", "Full Text", "publishedAt"))
    {'id': 'ID', 'text': 'Full Text', 'published': 'publishedAt'}
    """
    alike = {plain_column_name(name): name for name in reversed(names)}
    alike |= {name: name for name in names}
    found = {}
    for field in FIELDS:
        wanted = (n for own in (field, *OTHERS[field]) for n in (own, plain_column_name(own)))
        if (name := next((alike[n] for n in wanted if n in alike), None)) is not None:
            found[field] = name
    return found


def plain_column_name(name: str) -> str:
    """Return the letters and figures of a column's name, all small."""
    return "".join(filter(str.isalnum, name.lower()))


def outlet_name_in(told: Any) -> Any:
    """Return the name of an outlet that is told as an object, or what else is told.

    >>> outlet_name_in({"id": None, "name": "Coast Wire"})
    'Coast Wire'
    """
    if not isinstance(told, dict):
        return told
    names = (told.get(key) for key in ("name", "title", "uri"))
    return next((name for name in names if isinstance(name, str) and name), None)


def field_text(name: str, told: Any) -> str:
    """Return one field as words. Raises ValueError for a list or the like."""
    if told is None:
        return ""
    if isinstance(told, list | dict | bytes):
        raise ValueError(f"its {name!r} is {describe_kind(told)}; name another with --columns")
    if isinstance(told, float) and told.is_integer():
        told = int(told)  # a table with an empty cell has 7.0 for the id 7
    return replace_surrogates(str(told))


def none_for_nan(told: Any) -> Any:
    """Return a value, None for NaN and NaT: JSON and tables have them for nothing."""
    return None if isinstance(told, float | date) and ne(told, told) else told


def describe_kind(told: Any) -> str:
    """Return what a value is that ought to be text."""
    named = {"list": "a list", "dict": "an object", "bytes": "bytes"}
    return named.get(type(told).__name__, f"the value {told!r}")
