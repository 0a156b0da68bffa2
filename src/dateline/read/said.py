"""What leads to a report fills what it does not tell; an archive keeps it in fields.

The fields stand in the header of a WARC record, where the standard lets others be.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from dateline.model import Problem, Report, Source
from dateline.model.said import Said
from dateline.read.address import split_address
from dateline.read.moments import parse_stamp

FIELD = "Dateline-"
WORDS = ("title", "outlet", "byline")
PLAIN = " !\"#$&'()*+,/:;<=>?@[]^`{|}"  # signs that a field has as they are
ELSEWHERE = "an entry whose page is read"


def fill_from_lead(source: Source, report: Report) -> Report | Problem:
    """Return a report with what it lacks, or why an entry of a feed is none."""
    said, found = source.said, report.capture
    if said.entries is not None and found and found.offset not in said.entries:
        return Problem(found.found_at, "read", "no_report_record", ELSEWHERE, found)
    host = split_address(report.url).hostname or ""
    unnamed = report.outlet in ("", host.removeprefix("www."))
    return replace(
        report,
        title=report.title or said.title,
        outlet=(unnamed and said.outlet) or report.outlet,
        byline=report.byline or said.byline,
        published=report.published or said.published,
    )


def fields(said: Said) -> Iterator[str]:
    """Yield the lines of a header that keep what was said.

    >>> list(fields(Said(outlet="Côte Wire", entries=(2, 5))))
    ['Dateline-Outlet: C%C3%B4te Wire', 'Dateline-Entries: 2 5']
    """
    told = {name: getattr(said, name) for name in WORDS}
    told["published"] = said.published.isoformat() if said.published else ""
    for name, words in told.items():
        if words:
            line = quote(" ".join(words.split()), safe=PLAIN, errors="replace")
            yield f"{FIELD}{name.title()}: {line}"
    if said.entries is not None:
        yield f"{FIELD}Entries: {' '.join(map(str, said.entries))}".rstrip()


def read_kept_header(header: Any) -> Said:
    """Return what the header of a record keeps of what was said."""
    words = {
        name: unquote(header.get(f"{FIELD}{name.title()}") or "") for name in WORDS
    }
    day = parse_stamp(header.get(f"{FIELD}Published") or None)
    told = header.get(f"{FIELD}Entries")
    numbers = (n for n in (told or "").split() if n.isdecimal() and len(n) < 9)
    entries = None if told is None else tuple(map(int, numbers))
    return Said(**words, published=day, entries=entries)
