"""Columns by their names: what JSON, CSV and Parquet call the parts of a report."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from operator import ne
from textwrap import shorten
from typing import Any

from dateline.model import Capture, Report
from dateline.model.source import Columns
from dateline.read.charset import whole

FIELDS = ("id", "text", "title", "outlet", "url", "language", "published")
OTHERS = {
    "text": "body content article fulltext full_text maintext article_text".split(),
    "title": "headline title_text".split(),
    "outlet": "publisher source_name publication news_source source_domain".split(),
    "url": "link uri permalink".split(),
    "published": "date date_publish publish_date date_published published_at pubdate "
    "publication_date datetime".split(),
    "id": "guid article_id".split(),
    "language": ["lang"],
}
EARLIEST, LATEST = 1800, 2200  # years: a stamp outside is no date of news
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?!\d)")
UNIVERSAL = re.compile(r"(?<=\d) ?(?:UTC|GMT|Z)$")
OF_MAIL = re.compile(r"(?:[A-Z][a-z]{2},? )?\d\d? [A-Z][a-z]{2} \d{4} \d\d?:\d\d")


class NoColumn(ValueError):
    """A column that the map names and the data lack."""


def columns(told: str) -> Columns:
    """Return the column map of an option.

    >>> columns("text=body,published=day")
    (('text', 'body'), ('published', 'day'))
    """
    pairs = [part.partition("=") for part in told.split(",") if part.strip()]
    for field, equals, name in pairs:
        if field.strip() not in FIELDS or not equals or not name.strip():
            told = f"{field!r} is no FIELD=COLUMN; fields are {', '.join(FIELDS)}"
            raise ValueError(told)
    return tuple((field.strip(), name.strip()) for field, _, name in pairs)


def report(found: Mapping[str, Any], named: Columns, capture: Capture) -> Report:
    """Make a report of one row. Raises ValueError with what is wrong with it."""
    row = {field: there(cell(found, field, named)) for field in FIELDS}
    words = {name: text(name, row[name]) for name in FIELDS if name != "published"}
    if not isinstance(row["text"], str):
        told = dict(named).get("text", "text")
        what = kind(row["text"]) if row["text"] is not None else "missing"
        has = shorten(", ".join(found), 200, placeholder=" …")
        raise ValueError(f"its {told!r} is {what}; a report needs text (it has {has})")
    url = words["url"]
    try:
        published = moment(row["published"])
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


def cell(found: Mapping[str, Any], field: str, named: Columns) -> Any:
    """Return one field: by the map, by its own name, or by another usual one."""
    for own, name in named:
        if own == field:
            if name not in found:
                raise NoColumn(f"no column {name!r}: there are {', '.join(found)}")
            return found[name]
    columns = usual(tuple(found))
    return found[columns[field]] if field in columns else None


@lru_cache(64)
def usual(names: tuple[str, ...]) -> dict[str, str]:
    """Return which column holds each field, by its own name or another usual one.

    Capitals, blanks and signs do not count.

    >>> usual(("ID", "Full Text", "publishedAt"))
    {'id': 'ID', 'text': 'Full Text', 'published': 'publishedAt'}
    """
    alike = {bare(name): name for name in reversed(names)}
    alike |= {name: name for name in names}
    found = {}
    for field in FIELDS:
        wanted = (n for own in (field, *OTHERS[field]) for n in (own, bare(own)))
        if (name := next((alike[n] for n in wanted if n in alike), None)) is not None:
            found[field] = name
    return found


def bare(name: str) -> str:
    """Return the letters and figures of a column's name, all small."""
    return "".join(filter(str.isalnum, name.lower()))


def text(name: str, told: Any) -> str:
    """Return one field as words. Raises ValueError for a list or the like."""
    if told is None:
        return ""
    if isinstance(told, list | dict | bytes):
        raise ValueError(f"its {name!r} is {kind(told)}; name another with --columns")
    if isinstance(told, float) and told.is_integer():
        told = int(told)  # a table with an empty cell has 7.0 for the id 7
    return whole(str(told))


def there(told: Any) -> Any:
    """Return a value, None for NaN and NaT: JSON and tables have them for nothing."""
    return None if isinstance(told, float | date) and ne(told, told) else told


def kind(told: Any) -> str:
    """Return what a value is that ought to be text."""
    named = {"list": "a list", "dict": "an object", "bytes": "bytes"}
    return named.get(type(told).__name__, f"the value {told!r}")


def moment(told: Any) -> date | datetime | None:
    """Return the day or moment that a stamp tells, the year first or as mail has it.

    Raises ValueError for anything else, and for a year that is none of news.

    >>> moment("2019-01-08"), moment("2019/1/8 09:00 UTC").isoformat()
    (datetime.date(2019, 1, 8), '2019-01-08T09:00:00+00:00')
    """
    if told is None or told == "":
        return None
    found = told if isinstance(told, date) else read_moment(told)
    if not EARLIEST < found.year < LATEST:
        raise ValueError(told)
    return found


def read_moment(told: Any) -> date | datetime:
    """Return the day or moment of a string. Raises ValueError for anything else."""
    if not isinstance(told, str):
        raise ValueError(told)
    if OF_MAIL.match(told.strip()):
        return of_mail(told)
    words = YEAR_FIRST.sub(lambda m: f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}", told.strip(), 1)
    if len(words) == len("2019-01-08") or len(words) == len("20190108"):
        return date.fromisoformat(words)
    return datetime.fromisoformat(UNIVERSAL.sub("+00:00", words))


def of_mail(told: str) -> datetime:
    """Return the moment of a stamp as in mail; one of an unknown zone has none.

    >>> of_mail("Tue, 08 Jan 2019 09:00:00 -0500").isoformat()
    '2019-01-08T09:00:00-05:00'
    """
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(told)
    except (ValueError, OverflowError, TypeError, IndexError):
        raise ValueError(told) from None


def stamp(told: str | None) -> date | datetime | None:
    """Return the day or moment of a stamp in a page or feed; None for what is none.

    >>> stamp("Tue, 08 Jan 2019 09:00:00 GMT").isoformat(), stamp("soon")
    ('2019-01-08T09:00:00+00:00', None)
    """
    for reading in (moment, lambda words: moment(of_mail(words))):
        try:
            return reading((told or "").strip())
        except (ValueError, OverflowError):
            continue
    return None
