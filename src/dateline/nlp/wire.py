"""The conventions of wire copy, marked so that no coder takes them for the story.

A dateline is where a report was filed, a credit line is who helped: neither is a place
or an actor of any event. A dateline's place and the outlet's home tell where a report
comes from; its day is held against that of publication.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

from dateline.model import Mark, Report, Span
from dateline.model.layout import paragraphs
from dateline.model.text import MarkKind
from dateline.nlp.boilerplate import find_furniture
from dateline.nlp.date_formats import MONTHS
from dateline.nlp.language_id import find_foreign_passages
from dateline.resources.gazetteer import Entry, find_places, zone
from dateline.resources.plugins import shared_lexicon
from dateline.resources.reference import countries, find_outlet

AGENCY = re.compile(r"\(([A-Z][\w&.'’/ -]{0,40}|[a-z]{2,4})\)\.?\s*$")
DASH = re.compile(
    r"\s(?:—|–|--?|_)\s|\s?(?:—|--)\s?(?=\S)|(?<=\))\.?\s?[_:–-]{1,2}\s"
    r"|(?<=\w):\s|(?<=\))\s(?=[A-Z])"
)
WEAK = re.compile(r":\s|\s")  # no dash: only after a day
HEADING = re.compile(r"[^.!?\n]{10,160}(?:[.!?]['’\"”]?)\s+(?=[A-Z][A-Z])")
TAGS = re.compile(r"\s{0,20}\[[A-Z][A-Z ,.\n'/-]{1,120}\]")
CAPITALS = re.compile(r"^(?=[^a-z]*?[A-Z]{2})[^a-z]*$")
PLACE = re.compile(r"^[^\W\d_][\w.'’/ -]{0,40}(?: \([^\W\d_][\w.'’ -]{1,30}\))?$")
FARTHEST = 160  # characters: no dateline is longer
WHOLE: tuple[MarkKind, ...] = ("end", "byline", "credit", "correction", "note")

KNOWN = {
    "AP": "Associated Press",
    "AFP": "Agence France-Presse",
    "UPI": "United Press International",
    "KCNA": "Korean Central News Agency",
    "XINHUA": "Xinhua",
    "REUTERS": "Reuters",
    "REUTER": "Reuters",
    "ANI": "Asian News International",
    "PTI": "Press Trust of India",
    "DPA": "Deutsche Presse-Agentur",
    "EFE": "EFE",
    "TASS": "TASS",
    "ITAR-TASS": "TASS",
    "IRNA": "Islamic Republic News Agency",
    "ANSA": "ANSA",
    "YONHAP": "Yonhap",
    "KYODO": "Kyodo",
}


def wire_pattern(name: str) -> re.Pattern[str]:
    """Return how a convention looks in the language that the agencies share."""
    return shared_lexicon().patterns[f"wire.{name}"]


def mark_wire(report: Report) -> Report:
    """Return the report with its wire conventions marked and its headers filled in."""
    own = sorted(find_marks(report.text), key=lambda m: (m.span, m.kind))
    if report.language[:2] in ("en", ""):
        abroad = (Mark("foreign", span) for span in find_foreign_passages(report.text))
        own += [m for m in abroad if not any(m.span.overlaps(o.span) for o in own)]
        around = find_furniture(report.text, [m.span for m in own])
        own += [Mark("furniture", span) for span in around]
    marks = tuple(sorted(own, key=lambda m: (m.span, m.kind)))
    marked = replace(report, marks=marks)
    heads = (span.of(report.text) for span in marked.marked("byline"))
    named = filter(None, map(wire_pattern("byline").match, heads))
    byline = next((hit[1] for hit in named), "")
    return replace(
        marked,
        dateline=report.dateline or dateline_place(marked),
        agency=report.agency or find_agency(marked),
        byline=report.byline or byline,
        contributors=report.contributors or find_contributors(marked),
    )


def find_marks(text: str) -> Iterator[Mark]:
    """Yield every mark of one text."""
    blocks = paragraphs(text)
    story = 0
    for number, block in enumerate(blocks):
        words = block.of(text)
        whole = (kind for kind in WHOLE if wire_pattern(kind).match(words))
        if len(words) <= 600 and (kind := next(whole, None)):
            yield Mark(kind, block)  # convention from end to end
            continue
        if story == 0:
            if is_headline(words, blocks[number + 1 :], text):
                yield Mark("headline", block)
                continue
            yield from mark_opening(text, block)
        story += 1
        at = words.rfind("(") if words.endswith(")") else -1
        if at > 0 and wire_pattern("credit").match(words[at:]):
            yield Mark("credit", Span(block.start + at, block.end))


def is_headline(words: str, rest: tuple[Span, ...], text: str) -> bool:
    """Whether a first paragraph is a headline: short, unstopped, with a story below."""
    if len(words) > 160 or not rest or split_dateline(words):
        return False
    after = [span.of(text) for span in rest[:3]]
    if any(split_dateline(block) or wire_pattern("byline").match(block) for block in after):
        return True
    stopped = words[-1] in '.!?…"”’_—:'
    longer = any(len(block) > 1.5 * len(words) for block in after)
    return not stopped and len(words.split()) >= 3 and longer


def mark_opening(text: str, block: Span) -> Iterator[Mark]:
    """Yield the dateline, agency and desk tags that open a story."""
    if (title := HEADING.match(text, block.start, block.end)) and split_dateline(
        text[title.end() : block.end]
    ):
        yield Mark("headline", Span(block.start, title.start() + len(title[0].rstrip())))
        block = Span(title.end(), block.end)
    words = block.of(text)
    cut = split_dateline(words)
    at = block.start
    if cut:
        end = block.start + cut.end()
        yield Mark("dateline", Span(block.start, end))
        if hit := AGENCY.search(words[: cut.start() + 1].rstrip(" —–_-:")):
            at_agency = block.start + hit.start(1)
            yield Mark("agency", Span(at_agency, block.start + hit.end(1)))
        at = end
    while hit := TAGS.match(text, at, block.end):
        yield Mark("note", Span(at, hit.end()))
        at = hit.end()


def split_dateline(words: str) -> re.Match[str] | None:
    """Return the dash that ends a dateline at the head of a paragraph, if there is one.

    >>> bool(split_dateline("SEOUL, Jan. 8 (AP) — Kim left."))
    True
    >>> bool(split_dateline("The talks — held in Rome — failed."))
    False
    """
    for dash in DASH.finditer(words[:FARTHEST]):
        head = " ".join(words[: dash.start()].split())
        weak = bool(WEAK.fullmatch(dash[0])) and not (":" in dash[0] and head[-1:] == ")")
        if is_dateline(head.rstrip(" _"), dated=weak):
            return dash
    return None


def is_dateline(head: str, *, dated: bool = False) -> bool:
    """Whether `head` is a place, with an agency, a day or capitals to show for it.

    Where no dash ends it a day must be told: "Lima, 3 May: The army".
    """
    proof = AGENCY.search(head) is not None
    head = AGENCY.sub("", head).strip(" ,")
    parts = [part.strip() for part in head.split(", ")] if head else []
    days = [
        part for part in parts if wire_pattern("day").match(part) or re.fullmatch(r"\d{4}", part)
    ]
    places = [part for part in parts if part not in days]
    if not places or len(places) > 3 or not all(map(PLACE.match, places)):
        return False
    if dated and not days:
        return False
    capitals = bool(CAPITALS.match(places[0].split(" (")[0]))
    return capitals or proof or (bool(days) and places[0][0].isupper())


def dateline_place(report: Report) -> str:
    """Return the place of the dateline, "" where there is none.

    >>> dateline_place(mark_wire(Report("r", "SEOUL, South Korea (AP) — Kim left.")))
    'SEOUL, South Korea'
    """
    for span in report.marked("dateline"):
        return strip_dateline(span.of(report.text))
    return ""


def strip_dateline(head: str) -> str:
    """Return the place of a dateline's words, without its agency and its day.

    >>> strip_dateline("SEOUL, South Korea, Jan. 8 (AP) —")
    'SEOUL, South Korea'
    """
    head = AGENCY.sub("", head.strip().rstrip(" —–_-:"))
    first, _, more = head.strip(" ,").partition("/")  # "CARACAS/BOGOTA"
    head = first + more[more.find(",") :] if "," in more else first
    parts = [part.strip() for part in head.split(",")]
    return ", ".join(p for p in parts if p and not wire_pattern("day").match(p) and not p.isdigit())


def find_agency(report: Report) -> str:
    """Return the agency that a dateline or a credit line names."""
    for span in report.marked("agency"):
        words = span.of(report.text)
        return KNOWN.get(words.upper(), words)
    credits = " ".join(span.of(report.text) for span in report.marked("credit"))
    return next((full for full in KNOWN.values() if full in credits), "")


def find_contributors(report: Report) -> tuple[str, ...]:
    """Return the people whom credit lines thank."""
    names: list[str] = []
    for span in report.marked("credit"):
        for hit in wire_pattern("helper").finditer(span.of(report.text)):
            names += wire_pattern("and").split(hit[1])
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def days_from_publication(report: Report, published: date | None) -> int:
    """Return how many days lie between a dateline's day and that of publication.

    A day without a year is of the year that brings it nearest; 0 where none is told.

    >>> from dateline.nlp.wire import mark_wire
    >>> days_from_publication(
    ...     mark_wire(Report("r", "ROME, Jan. 8 (AP) — Rain.")), date(2019, 1, 20)
    ... )
    12
    """
    heads = [span.of(report.text) for span in report.marked("dateline")]
    told = next(filter(None, map(wire_pattern("stamp").search, heads)), None)
    if published is None or told is None:
        return 0
    month = MONTHS.index((told["m"] or told["n"])[:3].lower()) + 1
    years = (int(told["y"]),) if told["y"] else range(published.year - 1, published.year + 2)
    apart = []
    for year in years:
        with suppress(ValueError):  # no such day in that year's calendar
            day = date(year, month, int(told["d"] or told["e"]))
            apart.append(abs((day - published).days))
    return min(apart, default=0)


def locate_report(report: Report) -> tuple[str, str, str]:
    """Return time zone, home of the outlet, country of the dateline; "" if unknown.

    An agency that no state runs writes of the whole world: its seat says nothing.
    """
    place = locate_dateline(report.dateline)
    home = find_outlet(report.outlet) if report.outlet else None
    abroad = home is not None and home.kind == "agency" and not home.state
    return (
        zone(place) if place else "",
        (home.country or "") if home and not abroad else "",
        (place.country or "") if place else "",
    )


def locate_dateline(dateline: str) -> Entry | None:
    """Return the capital or most populous place of a dateline, within what it names.

    >>> locate_dateline("SEOUL, South Korea").country
    'KOR'
    """
    first, *rest = [part.strip() for part in dateline.split(",")]
    if not first:
        return None
    found = [entry for entry in find_places(first.title()) if entry.country]
    for name in rest:
        within = countries().by_name(name)
        code = within.code if within else None
        inside = [e for e in found if code == e.country or name in (e.admin1 or "")]
        found = inside or found
    return max(found, key=lambda e: (e.feature == "PPLC", e.population), default=None)
