"""Of what day a report is, asked of texts without a date and scored by interval."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from dateline import plugins
from dateline.model import Lexicon, Report
from dateline.read.wire import mark_wire
from dateline.times.dating import date_report

Record = dict[str, Any]
LONGEST = 366  # days: a longer interval is no answer


def ask(rows: Iterable[Record]) -> Iterator[Record]:
    """Yield the days each report may be of, nulls where its words do not say.

    >>> row = {"doc": "d", "text": "January 8, 2019\\n\\nA story follows here."}
    >>> next(ask([row]))["earliest"]
    '2019-01-08'
    """
    english = plugins.load_plugin("languages", "en").lexicon
    for row in rows:
        report = mark_wire(
            Report(str(row["doc"]), row["text"], url=row.get("url") or "")
        )
        yield {"doc": row["doc"], **dating_record(report, english)}


def dating_record(report: Report, lexicon: Lexicon) -> Record:
    """Return the interval and the evidence as a record."""
    found = date_report(report, lexicon)
    first, last = found.earliest, found.latest
    return {
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


def score(gold: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return how many are answered, cover the truth, and name a wrong year."""
    said = {row["doc"]: row for row in answers}
    answered = covered = wrong = 0
    for row in gold:
        found = said.get(row["doc"], {})
        first, last, truth = found.get("earliest"), found.get("latest"), row["dct"][:10]
        if not first or not last or days_between_iso(first, last) > LONGEST:
            continue
        answered += 1
        covered += first <= truth <= last
        wrong += first[:4] == last[:4] != truth[:4]
    return {
        "answered": answered / len(gold) if gold else 0.0,
        "covered": covered / answered if answered else 0.0,
        "wrong_year": wrong / len(gold) if gold else 0.0,
    }


def days_between_iso(first: str, last: str) -> int:
    """Return the days between two ISO days."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
