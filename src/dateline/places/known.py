"""All places that a report names, worked out once for all its acts."""

from dataclasses import dataclass

from dateline.facts import base
from dateline.gazetteer import Gazetteer
from dateline.model import Parsed, Sentence, Span
from dateline.places.atlas import Atlas
from dateline.places.capitals import find_capitals
from dateline.places.context import Home, home_of
from dateline.places.recognise import recognise, words_for_peoples
from dateline.places.report import Placed, place_names

BODIES = frozenset(("igo", "ngo", "armed-group"))
LONGEST = 6  # letters of an acronym


@dataclass(frozen=True, slots=True)
class Known:
    """The placed names of a report by sentence, the dateline's not among them.

    `filed` is the place that the dateline names.
    """

    by_sentence: dict[int, list[Placed]]
    filed: Placed | None = None

    def at(self, sentence: Sentence) -> list[Placed]:
        """Return the placed names of one sentence, in text order."""
        return self.by_sentence.get(sentence.span.start, [])


def gather_places(
    table: Gazetteer, parsed: Parsed, country: str, filed: str = ""
) -> Known:
    """Return the names of a report, placed; the dateline helps to place the others.

    A report filed abroad is not of the outlet's home.
    """
    report = parsed.report
    spans = {span for span, _ in recognise(table, parsed)}
    line = dateline(parsed)
    voters = {*line, *words_for_peoples(table, parsed)} - spans
    home = home_of(report.url or report.outlet, country)
    if filed and filed != home.country:
        home = Home(filed)
    atlas = Atlas(table, parsed.lexicon)
    placed = place_names(atlas, report.text, sorted(spans | voters), home)
    names = [p for p in placed if p.span not in voters and p.entry]
    names = [p for p in names if not is_acronym(p.span.of(report.text))]
    names = [p for p in names if not compass(parsed, p)]
    by_sentence: dict[int, list[Placed]] = {}
    for p in sorted([*names, *find_capitals(table, parsed)], key=lambda p: p.span):
        if sentence := parsed.sentence_at(p.span.start):
            by_sentence.setdefault(sentence.span.start, []).append(p)
    lines = (p for p in placed if p.span in line and p.entry)
    return Known(by_sentence, next(lines, None))


def compass(parsed: Parsed, name: Placed) -> bool:
    """Whether "the South" is taken for a province of that name in some other land."""
    entry = name.entry
    province = entry is not None and bool(entry.country) and not entry.is_country
    side = name.span.of(parsed.text).lower()
    return province and side in parsed.words("places.side")


def is_acronym(words: str) -> bool:
    """Whether a short name is known as that of a body: "NATO", "Nato" are no town."""
    if len(words) > LONGEST or not words.isalpha():
        return False
    kinds = {name.entity.partition(":")[0] for name in base().names(words)}
    return bool(kinds & BODIES) and "state" not in kinds


def dateline(parsed: Parsed) -> set[Span]:
    """Return the words that name the place a report was filed from."""
    report = parsed.report
    found = set()
    for mark in report.marked("dateline"):
        at = report.text.find(report.dateline, mark.start, mark.end)
        if report.dateline and at >= 0:
            found.add(Span(at, at + len(report.dateline)))
    return found
