"""Shows which happenings that reports share are joined, and what is joined wrongly.

    PYTHONPATH=src PYTHON training/merge/shared.py GOLD REPORTS.jsonl

GOLD is a folder of annotated reports whose `event_id` is one across reports; REPORTS
has their texts, which are coded here. A claim tells the gold event that its trigger
overlaps. Learns nothing; only prints.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from dateline.events.cross_document import merge_units
from dateline.extract.event_coref.lexicon import story
from dateline.extract.event_coref.mentions import BEFORE, join_tellings, of_record
from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.model.record import claim_record
from dateline.nlp.date_formats import parse_moment
from dateline.pipeline.factory import Options, make_coder


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


def coded(path):
    """Each report with its claims by event: records, and as merging sees them."""
    program = make_coder(Options())
    for line in Path(path).read_text("utf-8").splitlines():
        row = json.loads(line)
        text, name = row["text"], row["id"]
        told = parse_moment(row["published"]) if row.get("published") else None
        day = told and told.toordinal()
        parts = defaultdict(list)
        for claim in program.code(complete_report(Report(name, text, published=told))).claims:
            start = claim.action.trigger.start
            lead, found = (text[max(0, start - BEFORE) : start], claim_record(claim, text))
            seen = of_record(found, lead, day, claim.sense)
            parts[claim.event].append((found, seen))
        yield name, text, parts


def main(gold, reports):
    """Codes, merges, prints."""
    marks, stories, units, told = dict(marks_of(gold)), {}, [], {}
    for name, text, parts in coded(reports):
        stories[name] = story(text)
        for part, some in parts.items():
            units.append(join_tellings([seen for _, seen in some], part))
            told[part] = tells([found for found, _ in some], marks.get(name, ()))
    found = merge_units(units, stories).events
    shown(units, told, found)


def shown(units, told, found):
    """Prints what is joined, and what should be."""
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
