"""Ask the program about annotated reports, and keep what a decision is made of.

    collect.py SET OUT [--every N --of K]

SET is `unlearnt` (coder/unseen.txt), `marks` (the other articles of ours), `train` or
`dev` (annotated/), `own` (invented.txt), `short` (runs of one to four sentences of
`unlearnt`, as texts of their own), `lone` (single ones of them that tell no act), or
the path of a folder like those. OUT gets one pickle a report: its text, all acts from
.3 on, who may be meant, whom the words name, and the gold; of those that are measured
by all claims too.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "coder"))
import invented  # noqa: E402
from marks import annotated  # noqa: E402
from pooled import pooled  # noqa: E402

from dateline.extract.arguments.selection import decide_by_own_words  # noqa: E402
from dateline.model import Report  # noqa: E402
from dateline.model.decisions import Decisions, Question  # noqa: E402
from dateline.model.record import claim_record  # noqa: E402
from dateline.nlp.wire import mark_wire  # noqa: E402
from dateline.pipeline.factory import make_coder  # noqa: E402

SHARED = HERE.parents[2] / "shared/data"
MEASURED = ("unlearnt", "short", "lone", "dev")
SIDES = ("actors", "recipients")
OUTSIDE = {"start": None, "end": None}
RUNS, LONGEST = 4, 4  # short texts of one report; sentences of one
LONE, LEAST = 5, 25  # single sentences of one report; characters of one
Record = dict[str, Any]


def golds(name: str) -> Iterator[tuple[Record, str]]:
    if name == "own":
        yield from invented.reports()
        return
    if name in CUT:
        for gold, text in golds("unlearnt"):
            yield from CUT[name](gold, text)
        return
    unseen = set((HERE.parent / "coder/unseen.txt").read_text("utf-8").split())
    if name in {"unlearnt", "marks"}:
        for gold, text in annotated():
            if (gold["report"] in unseen) == (name == "unlearnt"):
                gold["events"] = pooled(gold["report"], gold["tellings"])
                yield gold, text
        return
    root = Path(name) if "/" in name else SHARED / "annotated" / name
    for path in sorted((root / "gold").glob("*.json")):
        with (root / f"texts/{path.stem}.txt").open(encoding="utf-8", newline="") as f:
            yield json.loads(path.read_text("utf-8")), f.read()


def short_texts(gold: Record, text: str) -> Iterator[tuple[Record, str]]:
    """Yield some runs of a report's sentences as texts of their own."""
    draw, spans, runs = random.Random(gold["report"]), gold["sentences"], []
    first = 0
    while first < len(spans):
        last = min(len(spans), first + draw.randint(1, LONGEST))
        runs.append((spans[first][0], spans[last - 1][1]))
        first = last
    for low, high in draw.sample(runs, min(RUNS, len(runs))):
        yield cut_text(gold, text, low, high)


def lone_sentences(gold: Record, text: str) -> Iterator[tuple[Record, str]]:
    """Yield some sentences of a report that tell no act as texts of their own."""
    told = [row["trigger"]["start"] for row in gold["tellings"]]
    quiet = [
        (low, high)
        for low, high in gold["sentences"]
        if high - low > LEAST and not any(low <= at < high for at in told)
    ]
    draw = random.Random("lone" + gold["report"])
    for low, high in draw.sample(quiet, min(LONE, len(quiet))):
        yield cut_text(gold, text, low, high)


CUT = {"short": short_texts, "lone": lone_sentences}


def cut_text(gold: Record, text: str, low: int, high: int) -> tuple[Record, str]:
    """Return a run of a report as a report of its own."""
    tellings = [t for row in gold["tellings"] if (t := moved(row, low, high))]
    name = f"{gold['report']}~{low}-{high}"
    events = pooled(name, tellings)
    told = {"report": name, "tellings": tellings, "events": events}
    return gold | told, text[low:high]


def moved(row: Record, low: int, high: int) -> Record | None:
    """Return a telling as it stands in a run of a text, None outside."""
    at = row["trigger"]
    if not low <= at["start"] < high:
        return None
    sides = {side: [of_few(who, low, high) for who in row[side]] for side in SIDES}
    words = {name: shifted(row[name], low) for name in ("trigger", "evidence")}
    return row | sides | words


def of_few(who: Record, low: int, high: int) -> Record:
    """Return a party as a few sentences tell it: its country they need not tell.

    Whoever has no words in them is implied.
    """
    at, free = who["start"], [*who["accept_countries"], None]
    here = at is not None and low <= at < high
    words = {"start": at - low, "end": who["end"] - low} if here else OUTSIDE
    implicit = who["implicit"] or not here
    return who | words | {"accept_countries": free, "implicit": implicit}


def shifted(words: Record, by: int) -> Record:
    return words | {"start": words["start"] - by, "end": words["end"] - by}


class Enough(Exception):
    """All that is learned from has been seen."""


class Watched:
    """Stands where the decision stands: keeps the question, and tells every act."""

    def __init__(self, whole: bool) -> None:
        self.whole = whole
        self.question: Question | None = None

    def __call__(self, question: Question) -> Decisions:
        self.question = question
        if not self.whole:
            raise Enough
        return [
            replace(decide_by_own_words(question, n), tell=True) for n in range(len(question.acts))
        ]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("set")
    ask.add_argument("out", type=Path)
    ask.add_argument("--every", type=int, default=0)
    ask.add_argument("--of", type=int, default=1)
    args = ask.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    watched = Watched(args.set in MEASURED or "/" in args.set)
    wide = replace(make_coder(), seconds=0, decide=watched)
    for n, (gold, text) in enumerate(golds(args.set)):
        path = args.out / f"{gold['report']}.pickle"
        if n % args.of != args.every or path.exists():
            continue
        day = date.fromisoformat(gold["published"][:10]) if gold["published"] else None
        report = Report(gold["report"], text, outlet=gold["outlet"] or "", published=day)
        report, every = mark_wire(report), ()
        watched.question = None
        with suppress(Enough):
            every = wide.code(report).claims
        kept = {
            "gold": gold,
            "text": text,
            "set": args.set,
            "every": [claim_record(c, text) for c in every],
        }
        if (question := watched.question) is not None:
            kept |= {
                "sentences": [s.span for s in question.parsed.sentences if s.parsed],
                "runs": question.parsed.runs,
                "people": {
                    span: tuple(who for _, who in rows) for span, rows in question.words.items()
                },
                "cast": question.cast,
                "actions": question.acts,
            }
        path.write_bytes(pickle.dumps(kept))


if __name__ == "__main__":
    main()
