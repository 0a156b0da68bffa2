"""Code annotated reports once, and keep what every question asks: OUT SET ...

    collect_cases.py OUT FOLDER|marks|unlearnt ... [--every N --of K]

FOLDER holds annotated reports (gold/, texts/); `marks` are our own, over the shared
pool; `unlearnt` those of them from which the reader has not learnt (coder/unseen.txt).
OUT gets one pickle a report: its cases by question (questions.py). What is there is not
coded again.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent / name) for name in ("coder", "identity")]
sys.path.insert(0, str(HERE))
from kept import rows as annotated  # noqa: E402
from pooled import pooled  # noqa: E402
from questions import Case, ask_places, ask_speakers, ask_times  # noqa: E402

from dateline.ingest.reading.inputs import complete_report  # noqa: E402
from dateline.model import Claim, Parsed, Report, Setting  # noqa: E402
from dateline.nlp.date_formats import parse_moment  # noqa: E402
from dateline.pipeline.factory import Options, make_coder  # noqa: E402

UNSEEN = HERE.parent / "coder/unseen.txt"
Record = dict[str, Any]


def golds(names: Sequence[str]) -> Iterator[tuple[Record, str]]:
    """Yield marks and text of every report of some sets, its happenings pooled."""
    unseen = set(UNSEEN.read_text("utf-8").split())
    for name in names:
        few = name == "unlearnt"
        for gold, text in annotated(["marks"] if few else [name]):
            if not few or gold["report"] in unseen:
                if "events" not in gold:
                    gold |= {"events": pooled(gold["report"], gold["tellings"])}
                yield gold, text


class Listening:
    """The program, with an ear where each question is asked."""

    def __init__(self) -> None:
        self.gold: Record = {}
        self.sayings: Any = None
        self.cases: dict[str, list[Case]] = {}
        program = make_coder(Options())
        self.parts = program
        self.program = replace(
            program,
            seconds=0,
            who_says=self.who_says,
            where_elsewhere=self.where_elsewhere,
            when_elsewhere=self.when_elsewhere,
        )

    def who_says(self, parsed: Parsed, setting: Setting) -> Any:
        self.sayings = self.parts.who_says(parsed, setting)
        return self.sayings

    def where_elsewhere(self, asked: Any, claims: Sequence[Claim]) -> Sequence[Claim]:
        said = ask_speakers(self.gold, self.sayings, claims)
        self.cases["speaker"] = list(said)
        self.cases["place"] = list(ask_places(self.gold, asked, claims))
        return self.parts.where_elsewhere(asked, claims)

    def when_elsewhere(self, asked: Any, claims: Sequence[Claim]) -> Sequence[Claim]:
        self.cases["time"] = list(ask_times(self.gold, asked, claims))
        return self.parts.when_elsewhere(asked, claims)

    def hear(self, gold: Record, text: str) -> dict[str, list[Case]]:
        """Return the cases of one report; no questions where it tells no act."""
        self.gold, self.cases = gold, {}
        told = {"outlet": gold["outlet"] or "", "published": parse_moment(gold["published"])}
        self.program.code(complete_report(Report(gold["report"], text, **told)))
        return self.cases


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("sets", nargs="+")
    ask.add_argument("--every", type=int, default=0)
    ask.add_argument("--of", type=int, default=1)
    args = ask.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    listening = Listening()
    for n, (gold, text) in enumerate(golds(args.sets)):
        path = args.out / f"{gold['report']}.pickle"
        if n % args.of == args.every and not path.exists():
            path.write_bytes(pickle.dumps(listening.hear(gold, text)))


if __name__ == "__main__":
    main()
