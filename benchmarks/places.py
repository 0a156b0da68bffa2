"""Asks for the places that reports name, and scores the answers.

Scored is what is found, what lies near enough, and what is the very same entry.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import match_spans
from benchmarks.texts import parse_question
from dateline.extract.place.candidates import Atlas
from dateline.extract.place.recognition import recognise, words_for_peoples
from dateline.extract.place.report import home_of, place_names
from dateline.model import Span
from dateline.resources import plugins
from dateline.resources.gazetteer import Gazetteer, choose_gazetteer
from dateline.resources.gazetteer.entry import km

Record = dict[str, Any]
NAMED = 0.33  # belief from which a stretch counts as a place when all are asked for
NEAR = 161.0  # kilometres (100 miles): the usual bound of "right"


def question_about_places(gold: Record) -> Record:
    """Return the line to ask for a line of gold: its given spans, if it has any."""
    asked = ("doc", "text", "published", "outlet")
    kept: Record = {name: gold[name] for name in asked if name in gold}
    if "toponyms" in gold:
        kept["spans"] = [[t["start"], t["end"]] for t in gold["toponyms"]]
    return kept


def ask_places(
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
    """Yield one record a place name of a row, in text order, nulls where unknown."""
    outlet = row.get("outlet") or ""
    voters: set[Span] = set()
    if row.get("spans") is not None:
        size = len(row["text"])
        spans = [Span(int(a), int(b)) for a, b in row["spans"] if 0 <= a < b <= size]
    else:
        story = parse_question(row["text"])
        spans = [span for span, _ in recognise(table, story, NAMED)]
        voters = {*words_for_peoples(table, story)} - {*spans}
    every = sorted({*spans, *voters})
    atlas = Atlas(table, plugins.load_plugin("languages", "en").lexicon)
    for placed in place_names(atlas, row["text"], every, home_of(outlet)):
        if placed.span not in voters:
            entry = placed.entry
            yield {
                "start": placed.span.start,
                "end": placed.span.end,
                "lat": entry.lat if entry else None,
                "lon": entry.lon if entry else None,
                "geonameid": entry.geonameid if entry and placed.exact else None,
                "country": entry.country if entry else None,
                "precision": entry.precision if entry else "unknown",
                "rule": placed.rule,
            }


def score_places(gold: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return accuracy within 161 km over all gold, and how well names are found.

    Gold without coordinates is neither asked for nor wrong to name; a name missed or
    not placed is wrong.
    """
    said = {a["doc"]: a["toponyms"] for a in answers}
    rows = [tally_toponyms(g["toponyms"], said.get(g["doc"], [])) for g in gold]
    sums = [sum(column) for column in zip(*rows, strict=True)] or [0] * 6
    asked, named, found, right, same, known = sums
    return {
        "acc161": right / asked if asked else 0.0,
        "precision": found / named if named else 0.0,
        "recall": found / asked if asked else 0.0,
        "placed_right": right / found if found else 0.0,
        "geonameid": same / known if known else 0.0,
        "toponyms": float(asked),
    }


def tally_toponyms(
    gold: Sequence[Record], said: Sequence[Record]
) -> tuple[int, int, int, int, int, int]:
    """Return what one document adds: asked, named, found, right, same id, ids told."""
    asked = [g["lat"] is not None and g["lon"] is not None for g in gold]
    pairs = match_spans(gold, said)
    hits = [(gold[i], said[j]) for i, j in pairs if asked[i]]
    same = [  # the same entry of GeoNames
        bool(g.get("geonameid")) and g["geonameid"] == s.get("geonameid") for g, s in hits
    ]
    near = [  # within 161 km, or the very same entry
        s.get("lat") is not None
        and s.get("lon") is not None
        and (alike or km(g["lat"], g["lon"], s["lat"], s["lon"]) <= NEAR)
        for (g, s), alike in zip(hits, same, strict=True)
    ]
    return (
        sum(asked),
        len(said) - (len(pairs) - len(hits)),
        len(hits),
        sum(near),
        sum(same),
        sum(bool(g.get("geonameid")) for g, k in zip(gold, asked, strict=True) if k),
    )
