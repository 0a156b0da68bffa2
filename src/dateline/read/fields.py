"""Columns by their names: what JSON, CSV and Parquet call the parts of a report."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
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
    row = {field: cell(found, field, named) for field in FIELDS}
    if not isinstance(row["text"], str):
        told = dict(named).get("text", "text")
        raise ValueError(f'a report needs a "{told}" in quotes')
    words = {name: whole(str(row[name] or "")) for name in FIELDS}
    words["text"] = whole(row["text"])
    url = words["url"]
    try:
        published = moment(row["published"])
    except (ValueError, OverflowError):
        raise ValueError(f"published {row['published']!r} is no ISO date") from None
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
    if field in found:
        return found[field]
    return next((found[name] for name in OTHERS[field] if name in found), None)


def moment(told: Any) -> date | datetime | None:
    """Return the day or moment that an ISO string tells.

    Raises ValueError for anything else.

    >>> moment("2019-01-08")
    datetime.date(2019, 1, 8)
    """
    if told is None or told == "":
        return None
    if isinstance(told, date):
        return told
    if not isinstance(told, str):
        raise ValueError(told)
    told = told.strip()
    if len(told) == len("2019-01-08"):
        return date.fromisoformat(told)
    return datetime.fromisoformat(told)


def stamp(told: str | None) -> date | datetime | None:
    """Return the day or moment of a stamp in a page or feed; None for what is none.

    >>> stamp("Tue, 08 Jan 2019 09:00:00 GMT").isoformat(), stamp("soon")
    ('2019-01-08T09:00:00+00:00', None)
    """
    from email.utils import parsedate_to_datetime

    told = (told or "").strip()
    if not told:
        return None
    try:
        found = moment(told)
    except ValueError:
        try:
            found = parsedate_to_datetime(told)
        except (ValueError, OverflowError, TypeError, IndexError):
            return None
    if found is None or not EARLIEST < found.year < LATEST:
        return None
    if isinstance(found, datetime) and found.tzinfo is UTC:
        return found.astimezone(UTC)
    return found
