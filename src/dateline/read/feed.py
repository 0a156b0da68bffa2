"""RSS and Atom: each entry a report, with its full text or with what it tells."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from dateline.model import Problem, Report, Source
from dateline.model.source import TooLarge
from dateline.read import linear, outlets
from dateline.read.charset import replace_surrogates
from dateline.read.moments import EARLIEST, LATEST, parse_stamp

MOST_BYTES = 20 << 20
ENTITY = re.compile(rb"<!(?:ENTITY|\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y)", re.I)
NUMBERED = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,12}));")
MOST_ENTRIES = 20_000
WEB = ("http://", "https://")
AUTHOR = re.compile(
    rb"<(?:\w+:)?(?:author|creator|contributor|managingEditor|webMaster|owner|publisher"
    rb"|name|email)\b[^<>]*>",
    re.I,
)
LONGEST_AUTHOR = 1000  # bytes; feedparser takes time by the square of them


def read(source: Source) -> Iterator[Report | Problem]:
    """Yield a report for each entry of a feed."""
    try:
        raw = source.read(MOST_BYTES)
    except TooLarge as error:
        yield source.problem("too_large", f"a feed of {error}")
        return
    if ENTITY.search(raw):
        yield source.problem("xml_entities", "it defines entities of its own")
        return
    import feedparser

    found = feedparser.parse(
        BytesIO(without_long_authors(characters(raw))), sanitize_html=False
    )
    if not found.entries:
        what = str(found.get("bozo_exception", "")) or "no entries"
        code = "damaged" if found.bozo else "not_a_report"
        yield source.problem(code, f"a feed without reports: {what}"[:200])
        return
    for number, entry in enumerate(found.entries[:MOST_ENTRIES], 1):
        try:
            yield read_entry(source, raw, found.feed, (number, entry))
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            why = f"an entry that cannot be read: {error}"[:200]
            yield source.problem("bad_record", why, f"#{number}")
    if (count := len(found.entries)) > MOST_ENTRIES:
        why = f"{count:,} entries; those after {MOST_ENTRIES:,} are not read"
        yield source.problem("too_large", why, f"#{MOST_ENTRIES + 1}")
    if found.bozo and broken(found.bozo_exception):
        yield source.problem(
            "truncated", "the feed breaks off; file incomplete", "#end"
        )


def characters(raw: bytes) -> bytes:
    """Return XML in which no number stands for what is no character: U+FFFD instead.

    >>> characters(b"Kim &#xD800;left&#0; &#233;&#x1F600;")
    b'Kim &#xFFFD;left&#xFFFD; &#233;&#x1F600;'
    """
    return NUMBERED.sub(lambda m: m[0] if is_character(m) else b"&#xFFFD;", raw)


def without_long_authors(raw: bytes) -> bytes:
    """Return a feed in which no element that names somebody holds over a kilobyte.

    >>> without_long_authors(b"<author>" + b"x" * 2000 + b"</author><b>Kim</b>")
    b'<author></author><b>Kim</b>'
    """
    kept, done, end = [], 0, -1
    for opened in AUTHOR.finditer(raw):
        start = opened.end()
        end = end if end >= start else raw.find(b"</", start)
        if end < 0:
            break
        if start >= done and end - start > LONGEST_AUTHOR:
            kept.append(raw[done:start])
            done = end
    return b"".join((*kept, raw[done:]))


def is_character(number: re.Match[bytes]) -> bool:
    """Whether a numbered character is one that XML may hold."""
    told = int(number[1], 16) if number[1] else int(number[2])
    whole = told in (9, 10, 13) or 0x20 <= told < 0xD800 or 0xE000 <= told < 0xFFFE  # noqa: PLR2004
    return whole or 0x10000 <= told < 0x110000  # noqa: PLR2004


def broken(error: Exception) -> bool:
    """Whether a feed is cut or torn, as opposed to mislabelled."""
    return type(error).__name__ in ("SAXParseException", "SAXException")


def read_entry(
    source: Source, raw: bytes, feed: Any, at: tuple[int, Any]
) -> Report | Problem:
    """Return the report of one entry."""
    number, entry = at
    told = " ".join(linear.linear_text(entry.get("title", "")).split())
    title, body = one_line(told), fullest_entry_text(entry)
    text = f"{told}\n\n{body}" if body and told not in body[: len(told) + 5] else body
    text = text or told
    where = f"{source.capture.found_at or source.found_at}#{number}"
    if not text:
        return source.problem("not_a_report", "an entry without words", f"#{number}")
    url = entry_link(entry, str(feed.get("link", "")) or source.capture.url)
    found = Report(
        id=one_line(entry.get("id", "")),
        text=replace_surrogates(text),
        title=title,
        outlet=one_line(entry_outlet(feed, entry)),
        url=url,
        language="",
        published=entry_moment(entry),
        byline=one_line(entry.get("author", "")),
        capture=source.captured(raw, found_at=where, offset=number, url=url),
    )
    return outlets.name_outlet(found)


def fullest_entry_text(entry: Any) -> str:
    """Return the fullest text of an entry."""
    bodies = [part.get("value", "") for part in entry.get("content", [])]
    found = [linear.linear_text(body) for body in (*bodies, entry.get("summary", ""))]
    return max(found, key=len, default="")


def entry_outlet(feed: Any, entry: Any) -> str:
    """Return who published an entry: its own source before the feed's name."""
    source = entry.get("source") or {}
    names = (source.get("title"), feed.get("publisher"), feed.get("title"))
    return next((linear.linear_text(name) for name in names if name), "")


def entry_link(entry: Any, base: str) -> str:
    """Return the web address of an entry, told from the feed's own; "" for no other."""
    try:
        url = urljoin(base, str(entry.get("link", "")))
    except ValueError:
        return ""
    return one_line(url) if entry.get("link") and url.startswith(WEB) else ""


def entry_moment(entry: Any) -> date | datetime | None:
    """Return when an entry was published, in its own zone; None where it tells none.

    In UTC "today" would be another day for many an outlet. A stamp that only the
    library can read is given in UTC.
    """
    for name in ("published", "created", "updated"):
        # The library's own `get` gives "published" for an "updated" that is not told.
        if found := parse_stamp(dict.get(entry, name)):
            return found
        at = dict.get(entry, f"{name}_parsed")
        if at and EARLIEST < at.tm_year < LATEST:
            year, month, day, hour, minute, second = at[:6]
            moment = datetime(year, month, day, hour, minute, tzinfo=UTC)
            return moment.replace(second=min(second, 59))
    return None


def one_line(told: str) -> str:
    """Return words on one line."""
    return replace_surrogates(" ".join(str(told).split()))[:2000]
