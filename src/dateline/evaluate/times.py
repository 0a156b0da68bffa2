"""The times that texts tell, asked of whole texts and scored against TIMEX3 gold."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from dateline import plugins
from dateline.times import tag

Record = dict[str, Any]
Pair = tuple[Record, Record]


def ask(rows: Iterable[Record]) -> Iterator[Record]:
    """Yield the times of each text as TIMEX3.

    >>> row = {"doc": "d", "text": "He left today.", "published": "2019-01-08"}
    >>> next(ask([row]))["timex"][0]["value"]
    '2019-01-08'
    """
    english = plugins.load_plugin("languages", "en").lexicon
    for row in rows:
        found = tag(row["text"], english, parse_iso_day(row.get("published")))
        yield {
            "doc": row["doc"],
            "timex": [
                {
                    "start": t.span.start,
                    "end": t.span.end,
                    "type": t.kind,
                    "value": t.value,
                }
                for t in found
            ],
        }


def parse_iso_day(told: str | None) -> date | None:
    """Return the day of an ISO date or date-time, None where it is neither."""
    try:
        return datetime.fromisoformat(told).date() if told else None
    except ValueError:
        return None


def score(gold: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return TempEval-3's figures: spans strict and relaxed, types and values."""
    said = {row["doc"]: row["timex"] for row in answers}
    n: Counter[str] = Counter()
    for row in gold:
        mine = said.get(row["doc"], [])
        n["gold"] += len(row["timex"])
        n["said"] += len(mine)
        for wanted, given in aligned(row["timex"], mine):
            n["relaxed"] += 1
            n["strict"] += same_span(wanted, given)
            n["type"] += wanted["type"] == given.get("type")
            n["value"] += wanted["value"] == given.get("value")
    total = n["gold"] + n["said"]
    names = ("strict", "relaxed", "type", "value")
    return {f"{name}_f1": 2 * n[name] / total if total else 0.0 for name in names}


def same_span(a: Record, b: Record) -> bool:
    """Whether two records mark the same characters."""
    return bool(a["start"] == b["start"] and a["end"] == b["end"])


def aligned(gold: Sequence[Record], mine: Sequence[Record]) -> Iterator[Pair]:
    """Yield pairs that overlap, one to one: equal spans first, then the widest."""
    scored = [
        (
            not same_span(g, s),
            g["start"] - g["end"] if same_span(g, s) else -shared,
            i,
            j,
        )
        for i, g in enumerate(gold)
        for j, s in enumerate(mine)
        if (shared := min(g["end"], s["end"]) - max(g["start"], s["start"])) > 0
    ]
    used: set[int] = set()
    taken: set[int] = set()
    for _, _, i, j in sorted(scored):
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            yield gold[i], mine[j]
