"""What a report is known by, and what is no report.

Its address, its outlet and its id; what led to it, which fills what it does not tell
and is kept in the header of a WARC record; and walls before pages: cookie notices,
log-ins, errors, paywalls, whose phrases are a table of the language.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import blake2b
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from dateline.model import Problem, Report, Source
from dateline.model.source import Said
from dateline.model.text import LONGEST
from dateline.nlp.date_formats import parse_stamp
from dateline.resources.plugins import shared_lexicon
from dateline.resources.reference import find_outlet

NO_ADDRESS = urlsplit("")


def split_address(url: str) -> SplitResult:
    """Return the parts of an address, all empty where it is none.

    >>> split_address("https://a.example/b").path, split_address("http://[bad/").netloc
    ('/b', '')
    """
    try:
        found = urlsplit(url)
        found.port  # noqa: B018  raises where it is no number
    except ValueError:
        return NO_ADDRESS
    return found if found.scheme in ("http", "https") else NO_ADDRESS


def name_outlet(report: Report) -> Report:
    """Return a report whose outlet is called as the table of outlets calls it.

    >>> name_outlet(Report("r", "", url="https://www.reuters.com/world/x")).outlet
    'Reuters'
    """
    host = split_address(report.url).hostname or ""
    found = find_outlet(host) if host else None
    if found is None and report.outlet:
        found = find_outlet(report.outlet)
    told = found.name if found else report.outlet or host.removeprefix("www.")
    return replace(report, outlet=told)


def identify_report(report: Report) -> str:
    """Return the report's own id, or one that the same content always gets.

    A page that was fetched has one: its address. Other words there are a new version.

    >>> identify_report(Report("", "Kim left.", outlet="KCNA")) == identify_report(
    ...     Report("", "Kim left.", outlet="KCNA", title="Kim leaves")
    ... )
    True
    """
    if report.id:
        return report.id
    fetched = report.capture is not None and bool(report.capture.tool)
    known = f"{report.outlet}\0{report.text}"
    if fetched and split_address(report.url).path.strip("/"):
        known = f"url\0{report.url}"
    return blake2b(known.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


FIELD = "Dateline-"
KEPT_WORDS = ("title", "outlet", "byline")
PLAIN_SIGNS = " !\"#$&'()*+,/:;<=>?@[]^`{|}"  # signs that a field has as they are
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


def kept_header_lines(said: Said) -> Iterator[str]:
    """Yield the lines of a header that keep what was said.

    They stand in the header of a WARC record, where the standard lets others be.

    >>> list(kept_header_lines(Said(outlet="Côte Wire", entries=(2, 5))))
    ['Dateline-Outlet: C%C3%B4te Wire', 'Dateline-Entries: 2 5']
    """
    told = {name: getattr(said, name) for name in KEPT_WORDS}
    told["published"] = said.published.isoformat() if said.published else ""
    for name, words in told.items():
        if words:
            line = quote(" ".join(words.split()), safe=PLAIN_SIGNS, errors="replace")
            yield f"{FIELD}{name.title()}: {line}"
    if said.entries is not None:
        yield f"{FIELD}Entries: {' '.join(map(str, said.entries))}".rstrip()


def read_kept_header(header: Any) -> Said:
    """Return what the header of a record keeps of what was said."""
    words = {name: unquote(header.get(f"{FIELD}{name.title()}") or "") for name in KEPT_WORDS}
    day = parse_stamp(header.get(f"{FIELD}Published") or None)
    told = header.get(f"{FIELD}Entries")
    numbers = (n for n in (told or "").split() if n.isdecimal() and len(n) < 9)
    entries = None if told is None else tuple(map(int, numbers))
    return Said(**words, published=day, entries=entries)


LONG = 250  # words: a longer text is no wall
SHORT = 70  # words: here one phrase is enough


@cache
def wall_phrases() -> dict[str, tuple[list[str], re.Pattern[str]]]:
    """Return each kind of wall with the phrases that tell it, and what finds them."""
    told: dict[str, list[str]] = {}
    for _, kind, phrase in shared_lexicon().tables["read.walls"]:
        told.setdefault(kind, []).append(phrase.lower())
    found = {}
    for kind, phrases in told.items():
        each = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in phrases)
        found[kind] = phrases, re.compile(rf"\b(?:{each})\b", re.IGNORECASE)
    return found


def find_wall(report: Report) -> Problem | None:
    """Return the problem of a text that is no report but a wall before one.

    A report about cookies has none of the phrases twice; a wall is short and has hardly
    anything else.
    """
    if len(report.text) > 10 * LONG:
        return None
    words = len(report.text.split())
    plain = report.text.replace("’", "'")
    low = " ".join(plain.lower().split())
    for kind, (phrases, pattern) in wall_phrases().items():
        if not any(map(low.__contains__, phrases)):
            continue  # most reports have none: no pattern need be tried
        hits = {hit.lower() for hit in pattern.findall(plain)}
        if len(hits) > 1 or (hits and words < SHORT):
            at = report.capture.found_at if report.capture else report.id
            why = f"{kind}, no report: “{min(hits)}”"
            return Problem(at, "read", "not_a_report", why, report.capture)
    return None


def unfit(report: Report, language: str) -> Problem | None:
    """Return why a report cannot be coded at all, or None."""
    if len(report.text) > LONGEST:
        told = f"over {LONGEST:,} characters: cut it into single reports"
        return Problem(report.id, "read", "too_large", told)
    if not any(map(str.isalnum, report.text)):
        return Problem(report.id, "read", "not_a_report", "no words in it")
    if report.language == "zxx":
        told = "no prose in it: a table or a list, or no more than a dateline"
        return Problem(report.id, "read", "not_a_report", told)
    if report.language and report.language.split("-")[0].lower() != language:
        told = f"written in {report.language!r}; this coder reads {language!r}"
        return Problem(report.id, "read", "unsupported_language", told)
    return None
