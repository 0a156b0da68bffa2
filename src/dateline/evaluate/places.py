"""Asks for the places that reports name, and scores the answers."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline import plugins
from dateline.evaluate.parsing import parse_question
from dateline.evaluate.toponyms import score
from dateline.gazetteer import Gazetteer, choose_gazetteer
from dateline.model import Span
from dateline.places.atlas import Atlas
from dateline.places.context import home_of
from dateline.places.recognise import recognise, words_for_peoples
from dateline.places.report import Placed, place_names

__all__ = ["ask", "question", "score"]

Record = dict[str, Any]
NAMED = 0.33  # belief from which a stretch counts as a place when all are asked for


def question(gold: Record) -> Record:
    """Return the line to ask for a line of gold: its given spans, if it has any."""
    asked = ("doc", "text", "published", "outlet")
    kept: Record = {name: gold[name] for name in asked if name in gold}
    if "toponyms" in gold:
        kept["spans"] = [[t["start"], t["end"]] for t in gold["toponyms"]]
    return kept


def ask(
    rows: Iterable[Record], own: Path | None = None, countries: Iterable[str] = ()
) -> Iterator[Record]:
    """Yield the places of each report: of the spans given, or of all that it names.

    `own` is a user's CSV of places laid over the gazetteer; `countries` (alpha-3)
    leaves out all places elsewhere.
    """
    table = choose_gazetteer(own, countries)
    for row in rows:
        yield {"doc": row["doc"], "toponyms": [*places_of_row(table, row)]}


def places_of_row(table: Gazetteer, row: Record) -> Iterator[Record]:
    """Yield one record a place name of a row, in text order."""
    outlet = row.get("outlet") or ""
    voters: set[Span] = set()
    if row.get("spans") is not None:
        spans = valid(row["spans"], len(row["text"]))
    else:
        story = parse_question(row["text"])
        spans = [span for span, _ in recognise(table, story, NAMED)]
        voters = {*words_for_peoples(table, story)} - {*spans}
    every = sorted({*spans, *voters})
    atlas = Atlas(table, plugins.load_plugin("languages", "en").lexicon)
    for placed in place_names(atlas, row["text"], every, home_of(outlet)):
        if placed.span not in voters:
            yield place_answer(placed)


def valid(spans: Sequence[Sequence[int]], size: int) -> list[Span]:
    """Return the given spans that lie in the text, each once, in text order."""
    inside = {Span(int(a), int(b)) for a, b in spans if 0 <= a < b <= size}
    return sorted(inside)


def place_answer(placed: Placed) -> Record:
    """Return a placed name as a line of the answer, nulls where it stays unknown."""
    entry = placed.entry
    return {
        "start": placed.span.start,
        "end": placed.span.end,
        "lat": entry.lat if entry else None,
        "lon": entry.lon if entry else None,
        "geonameid": entry.geonameid if entry and placed.exact else None,
        "country": entry.country if entry else None,
        "precision": entry.precision if entry else "unknown",
        "rule": placed.rule,
    }
