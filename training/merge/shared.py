"""Shows which happenings that reports share are joined, and what is joined wrongly.

    .venv/bin/dateline code REPORTS.jsonl --format jsonl --no-store > CLAIMS.jsonl
    PYTHONPATH=src PYTHON_WITH_SKLEARN training/merge/shared.py \\
        GOLD REPORTS.jsonl CLAIMS.jsonl

GOLD is a folder of annotated reports whose `event_id` is one across reports. A claim
tells the gold event that its trigger overlaps. Learns nothing; only prints.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from across import made, rows

from dateline.merge.across import merged
from dateline.merge.stories import story


def marks_of(folder):
    """The words that tell each gold event, by report."""
    for path in sorted(Path(folder).glob("*.json")):
        row = json.loads(path.read_text("utf-8"))
        marks = [(m, e["event_id"]) for e in row["events"] for m in e["mentions"]]
        yield row["report"], marks


def tells(claims, marks):
    """The gold events that claims tell."""
    at = [claim["trigger"] for claim in claims]
    return {event for mark, event in marks if any(overlap(mark, t) for t in at)}


def overlap(mark, trigger):
    return mark["start"] < trigger["end"] and trigger["start"] < mark["end"]


def joins(seen):
    """How many of the other reports of an event are joined to one of them."""
    homes = defaultdict(set)
    for report, home in seen:
        homes[home].add(report)
    return max(len(reports) for reports in homes.values()) - 1


def main(gold, reports, claims):
    texts = {row["id"]: row for row in rows(reports)}
    marks = dict(marks_of(gold))
    parts = defaultdict(list)
    for claim in rows(claims):
        parts[claim["report"], claim["event"]].append(claim)
    units = [made(told, texts[name], part) for (name, part), told in parts.items()]
    told = {part: tells(c, marks.get(name, ())) for (name, part), c in parts.items()}
    found = merged(units, {n: story(r["text"]) for n, r in texts.items()}).events
    home, shared = defaultdict(list), defaultdict(set)
    for one in units:
        home[found[one.id]].append(one)
        for event in told[one.id]:
            shared[event].add((one.report, found[one.id]))
    for group in home.values():
        if len({one.report for one in group}) > 1:
            seen = (f"{u.report} {u.trigger!r} {sorted(told[u.id])}" for u in group)
            print("joined:", *seen, sep="\n    ")
    for event, seen in sorted(shared.items()):
        if many := len({report for report, _ in seen}) - 1:
            print(f"{event}: {joins(seen)} of {many} joined")


if __name__ == "__main__":
    main(*sys.argv[1:])
