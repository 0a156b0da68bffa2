"""When: the times that texts tell against TIMEX3 gold, and of what day a report is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from benchmarks.figures import match_spans
from benchmarks.texts import parse_iso_day
from dateline.extract.time import tag
from dateline.extract.time.dating import date_report
from dateline.model import Report
from dateline.nlp.wire import mark_wire
from dateline.resources import plugins

Record = dict[str, Any]
LONGEST = 366  # days: a longer interval is no answer


def ask_times(rows: Iterable[Record]) -> Iterator[Record]:
    """Yield the times of each text as TIMEX3.

    >>> row = {"doc": "d", "text": "He left today.", "published": "2019-01-08"}
    >>> next(ask_times([row]))["timex"][0]["value"]
    '2019-01-08'
    """
    english = plugins.load_plugin("languages", "en").lexicon
    for row in rows:
        found = tag(row["text"], english, parse_iso_day(row.get("published")))
        yield {
            "doc": row["doc"],
            "timex": [
                {"start": t.span.start, "end": t.span.end, "type": t.kind, "value": t.value}
                for t in found
            ],
        }


def score_times(gold: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return TempEval-3's figures: spans strict and relaxed, types and values."""
    said = {row["doc"]: row["timex"] for row in answers}
    n: Counter[str] = Counter()
    for row in gold:
        wanted, given = row["timex"], said.get(row["doc"], [])
        n["gold"] += len(wanted)
        n["said"] += len(given)
        for i, j in match_spans(wanted, given):
            want, got = wanted[i], given[j]
            n["relaxed"] += 1
            n["strict"] += (want["start"], want["end"]) == (got["start"], got["end"])
            n["type"] += want["type"] == got.get("type")
            n["value"] += want["value"] == got.get("value")
    total = n["gold"] + n["said"]
    names = ("strict", "relaxed", "type", "value")
    return {f"{name}_f1": 2 * n[name] / total if total else 0.0 for name in names}


def ask_dates(rows: Iterable[Record]) -> Iterator[Record]:
    """Yield the days each report may be of, nulls where its words do not say.

    >>> row = {"doc": "d", "text": "January 8, 2019\\n\\nA story follows here."}
    >>> next(ask_dates([row]))["earliest"]
    '2019-01-08'
    """
    english = plugins.load_plugin("languages", "en").lexicon
    for row in rows:
        report = mark_wire(Report(str(row["doc"]), row["text"], url=row.get("url") or ""))
        found = date_report(report, english)
        first, last = found.earliest, found.latest
        yield {
            "doc": row["doc"],
            "earliest": first.isoformat() if first else None,
            "latest": last.isoformat() if last else None,
            "why": [
                {
                    "rule": why.rule,
                    "start": why.span.start if why.span else None,
                    "end": why.span.end if why.span else None,
                    "text": why.span.of(report.text) if why.span else None,
                }
                for why in found.why
            ],
        }


def score_dates(gold: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return how many are answered, cover the truth, and name a wrong year."""
    said = {row["doc"]: row for row in answers}
    answered = covered = wrong = 0
    for row in gold:
        found = said.get(row["doc"], {})
        first, last, truth = found.get("earliest"), found.get("latest"), row["dct"][:10]
        if not first or not last:
            continue
        if (date.fromisoformat(last) - date.fromisoformat(first)).days > LONGEST:
            continue
        answered += 1
        covered += first <= truth <= last
        wrong += first[:4] == last[:4] != truth[:4]
    return {
        "answered": answered / len(gold) if gold else 0.0,
        "covered": covered / answered if answered else 0.0,
        "wrong_year": wrong / len(gold) if gold else 0.0,
    }
