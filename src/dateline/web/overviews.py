"""What the map and the page of dyads show."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import Field

from dateline.record.happenings import list_events
from dateline.store import pages, sides, summaries
from dateline.store.errors import TooSlow
from dateline.store.remembered import remembered
from dateline.store.sql import SqlStore
from dateline.web.asking import Filters, happenings_by_id
from dateline.web.changes import find_changes
from dateline.web.charts import (
    MEASURES,
    SHADES,
    Drawn,
    bars,
    draw_events,
    happened_in_known_month,
    label_dots,
    monthly_counts,
    spanned,
    tallest,
)
from dateline.web.globe import VIEWS, atlas
from dateline.web.network import strongest_links
from dateline.web.slider import WORDS, Slider, slider
from dateline.write.events import FIRM

Record = dict[str, Any]
MAPPED = 2000  # events on one map
READ = 10  # events that are listed beside it
COMPARED = 6  # dyads on one page


class Mapped(Filters):
    """Filters, and which part of the world is wanted."""

    view: str = "world"
    month: int | None = Field(None, ge=0, le=9999 * 12 + 11)
    reach: str = "month"


def map_events(store: SqlStore, asked: Mapped) -> Record:
    """Return what the map shows of the events that pass filters."""
    where = asked.where()
    slide = months_of(store, where, asked)
    days = slide.days(where) if slide else where
    shown, cut = latest_places(store, days)
    shapes = atlas()
    view = asked.view if asked.view in VIEWS else "world"
    told: Record = {"shown": shown, "view": view, "views": VIEWS, "atlas": shapes}
    told |= {"asked": where, "days": days, "cut": cut}
    told["labels"] = label_dots(shown.dots, VIEWS[view])
    told |= {"slide": slide, "reaches": WORDS, "shades": SHADES}
    return {**told, "count": shown.count}


@remembered
def latest_places(store: SqlStore, where: Mapping[str, str]) -> tuple[Drawn, bool]:
    """Return where the latest events that pass filters lie, and if there are others."""
    found, then = list_events(store, where, None, MAPPED, summaries.places_of_events)
    shapes = atlas()
    shown, rest = draw_events(found, [*shapes["paths"], *shapes["small"]])
    return replace(shown, some=happenings_by_id(store, rest[:READ])), then is not None


def months_of(
    store: SqlStore, where: Mapping[str, str], asked: Mapped
) -> Slider | None:
    """Return the slider over the months of what passes filters, None for none."""
    first, last = where.get("since", ""), where.get("until", "9999")
    try:
        # An event that reaches over the days asked for is told within them.
        counts = [
            (max(first, min(d, last)), q, n)
            for d, q, n in pages.events_by_day(store, where)
        ]
        return slider(counts, asked.month, asked.reach)
    except TooSlow:
        return None


def compare_pairs(
    store: SqlStore, pairs: Sequence[tuple[str, str]], measure: str
) -> list[Record]:
    """Return what pairs of actors did to each other, by month, on one scale for all."""
    found = [
        happenings_by_id(store, sides.events_of_both(store, *pair, MAPPED))
        for pair in pairs
    ]
    firm = [happened_in_known_month(events) for events in found]
    names = spanned([each for events in firm for each in events])
    series = [
        monthly_counts(events, names, measure) if events else [] for events in firm
    ]
    most = tallest([month for each in series for month in each])
    return [
        {
            **{"a": a, "b": b, "events": events, "months": each, "most": most},
            "bars": bars(each, most),
            "changes": find_changes([month.level for month in each]),
            "loose": sum(e.record["status"] in FIRM and not e.month for e in events),
        }
        for (a, b), events, each in zip(pairs, found, series, strict=True)
    ]


def dyads(store: SqlStore, a: str, b: str, measure: str) -> Record:
    """Return the series of one actor with some others, or who deals with whom."""
    codes = all(len(word) == len("KEN") for word in b.split())
    told_b = b.replace(",", " ").split() if codes else b.split(",")
    others = [other.strip() for other in told_b if other.strip()][:COMPARED]
    one = sides.named_party(store, a.strip()) if a.strip() else ""
    pairs = [(one, sides.named_party(store, other)) for other in others if one]
    told: Record = {"a": a, "b": b, "measures": MEASURES}
    told["measure"] = measure if measure in MEASURES else "score"
    told["links"] = [] if pairs else strongest_links(store)
    return {**told, "pairs": compare_pairs(store, pairs, told["measure"])}
