"""Ask the program about annotated reports, and keep what a decision is made of.

    collect.py SET OUT [--every N --of K]

SET is `unlearnt` (coder/unseen.txt), `marks` (the other articles of ours), `train` or
`dev` (annotated/), `own` (invented.txt), or the path of a folder like those. OUT gets
one pickle a report: its text, all acts from .3 on, who may be meant, whom the words
name, and the gold; of `unlearnt`, `dev` and a folder all claims too.
"""

from __future__ import annotations

import argparse
import json
import pickle
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

from dateline.decide.decider import undecided  # noqa: E402
from dateline.model import Report  # noqa: E402
from dateline.model.decisions import Decisions, Question  # noqa: E402
from dateline.model.record import record  # noqa: E402
from dateline.parts import coder  # noqa: E402
from dateline.read.wire import mark  # noqa: E402

SHARED = HERE.parents[2] / "shared/data"
MEASURED = ("unlearnt", "dev")
Record = dict[str, Any]


def golds(name: str) -> Iterator[tuple[Record, str]]:
    if name == "own":
        yield from invented.reports()
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
            replace(undecided(question, n), tell=True)
            for n in range(len(question.acts))
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
    wide = replace(coder(), seconds=0, decide=watched)
    for n, (gold, text) in enumerate(golds(args.set)):
        path = args.out / f"{gold['report']}.pickle"
        if n % args.of != args.every or path.exists():
            continue
        day = date.fromisoformat(gold["published"][:10]) if gold["published"] else None
        report = Report(
            gold["report"], text, outlet=gold["outlet"] or "", published=day
        )
        report, every = mark(report), ()
        watched.question = None
        with suppress(Enough):
            every = wide.code(report).claims
        kept = {
            "gold": gold,
            "text": text,
            "set": args.set,
            "every": [record(c, text) for c in every],
        }
        if (question := watched.question) is not None:
            kept |= {
                "sentences": [s.span for s in question.parsed.sentences if s.parsed],
                "people": {
                    span: tuple(who for _, who in rows)
                    for span, rows in question.words.items()
                },
                "cast": question.cast,
                "actions": question.acts,
            }
        path.write_bytes(pickle.dumps(kept))


if __name__ == "__main__":
    main()
