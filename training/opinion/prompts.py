"""Write questions about annotated reports, and gather what was answered to them.

    python training/opinion/prompts.py write ../shared/data/annotated/dev 60 OUT
    python training/opinion/prompts.py render ../shared/data/annotated/dev OUT
    python training/opinion/prompts.py gather .../dev OUT answers.jsonl [--by WORDS]
    python -m benchmarks score opinion .../annotated/dev answers.jsonl

`write` puts a file a report into OUT: what a model would be sent, and nothing of the
gold; `render` writes the same questions anew with today's guide, which costs no
coding. Answers go beside them as ID.json. `gather` joins them with what was asked;
words of the report that an answer quotes are kept as their place in it.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.opinion import gold_report, hide_quotes
from benchmarks.reports import read_annotated_reports
from dateline.llm.prompt import Sheet, pack_sheet, unpack_sheet, write_guide, write_question
from dateline.llm.revision import list_question
from dateline.model import Report
from dateline.model.decisions import Decisions, Question
from dateline.model.protocols import StatusOf
from dateline.model.text import hash_words
from dateline.pipeline.factory import make_coder
from dateline.resources.codebook.plover import load

SEED = 34
Record = dict[str, Any]
HOW = """\
# How to answer
Each file ID.txt here is one question to a careful analyst: first what he is told of
coding (the same in every file: read it once, whole; of the next files
`sed -n '/^=====/,$p' ID.txt` shows what is new), then one report with its parties and
marked acts.
Answer each by itself, from that file alone. Look at no other file, no other answer, no
data set, no program; look nothing up.
Write the answer beside it as ID.json: one JSON object, exactly as the file's section
"The answer" says. Nothing else in the file: no fence, no comment. For instance
{"parties": [], "acts": [{"act": "A1", "why": "", "type": "CONSULT", "mode": "visit",
 "status": "happened", "actors": ["M1"], "recipients": ["M2"]}], "missed": []}
Every act of the question must be there once, in order, kept or dropped.
"""


def write(folder: Path, many: int, out: Path) -> None:
    """Write the questions about reports drawn by the seed."""
    rows = read_annotated_reports([folder])
    chosen = random.Random(SEED).sample(rows, many)
    (out / "sheets").mkdir(parents=True, exist_ok=True)
    (out / "ANSWERING.md").write_text(HOW, "utf-8")
    for row in chosen:
        sheet = pack_sheet(list_report(gold_report(row)))
        packed = json.dumps(sheet, ensure_ascii=False)
        (out / "sheets" / f"{row['report']}.json").write_text(packed, "utf-8")
        render([row], out)
    print(f"{len(chosen)} questions in {out}")


def list_report(report: Report) -> Sheet:
    """Return what `dateline code` would list in its question about a report."""
    sheets: list[Sheet] = []

    def note(question: Question, decisions: Decisions, status: StatusOf) -> None:
        sheets.append(list_question(question, decisions, status).sheet)

    replace(make_coder(), advise=note).code(report)
    return sheets[0] if sheets else Sheet()


def render(rows: Sequence[Record], out: Path) -> None:
    """Write the questions whose sheets are there."""
    guide = write_guide(load())
    for row in rows:
        path = out / "sheets" / f"{row['report']}.json"
        if path.exists():
            sheet = unpack_sheet(json.loads(path.read_text("utf-8")))
            asked = write_question(gold_report(row), sheet)
            whole = f"{guide}\n\n{'=' * 30}\n\n{asked}\n"
            path = out / f"{row['report']}.txt"
            path.write_text(whole, "utf-8", newline="")


def gather(rows: Sequence[Record], folder: Path, out: Path, by: str) -> None:
    """Write one line an answer, its quotes hidden, with the sheet that it answers."""
    lines, missing = [], []
    row_of = {row["report"]: row for row in rows}
    for path in sorted((folder / "sheets").glob("*.json")):
        answer = folder / path.name
        if not answer.exists():
            missing.append(path.stem)
            continue
        gold_row = row_of[path.stem]
        raw, text = answer.read_text("utf-8"), gold_row["text"]
        packed = json.loads(path.read_text("utf-8"))
        asked = answer.with_suffix(".txt").read_text("utf-8")
        question = write_question(gold_report(gold_row), unpack_sheet(packed))
        row = {
            "report": path.stem,
            "text": hash_words(text),
            "asked": hash_words(asked),
            "question": hash_words(question),
            "characters": [len(asked), len(raw)],
            "raw": hash_words(raw),
            "by": by,
            "day": date.fromtimestamp(answer.stat().st_mtime).isoformat(),
            "answer": hide_quotes(raw, text),
            "sheet": packed,
        }
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    out.write_text("".join(lines), "utf-8")
    print(f"{len(lines)} answers in {out}; not answered: {' '.join(missing) or 'none'}")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    does = parser.add_subparsers(dest="does", required=True)
    writes = does.add_parser("write")
    writes.add_argument("gold", type=Path)
    writes.add_argument("many", type=int)
    writes.add_argument("out", type=Path)
    renders = does.add_parser("render")
    renders.add_argument("gold", type=Path)
    renders.add_argument("out", type=Path)
    gathers = does.add_parser("gather")
    gathers.add_argument("gold", type=Path)
    gathers.add_argument("folder", type=Path)
    gathers.add_argument("out", type=Path)
    gathers.add_argument("--by", default="a large language model")
    told = parser.parse_args()
    if told.does == "write":
        write(told.gold, told.many, told.out)
    elif told.does == "render":
        render(read_annotated_reports([told.gold]), told.out)
    else:
        gather(read_annotated_reports([told.gold]), told.folder, told.out, told.by)


if __name__ == "__main__":
    main()
