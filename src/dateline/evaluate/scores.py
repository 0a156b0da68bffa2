"""Scores of this program's own answers, with bootstrap intervals.

A task's module offers `score(rows, answers)`, figures by name; `gold(paths)`, the gold
rows in the units that are drawn again (documents or sentences), where they are no JSON
lines; and `answers(rows)` or, of a task of `dateline ask`, `ask(questions)`. Of others
the answers are the claims that the program makes of each row's text.
"""

import json
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from dateline.evaluate.tasks import TASKS, question_of_gold

Record = dict[str, Any]
Interval = tuple[float, float, float]
DRAWS = 200
SCORED = (
    "reports",
    "relations",
    "parties",
    "silence",
    "actors",
    "links",
    "attribution",
    "certainty",
    "times",
    "dates",
    "places",
    "attacks",
    "happenings",
    "merge",
    "opinion",
)


def evaluated(task: str, paths: Sequence[Path]) -> dict[str, Interval]:
    """Return each figure with its 95% interval over units drawn again.

    Raises KeyError or ValueError where the files are no gold of this task.
    """
    module = import_module(f"dateline.evaluate.{task}")
    rows = module.gold(paths) if hasattr(module, "gold") else json_lines(paths)
    if not rows:
        raise ValueError("nothing in it to score")
    said = answer_gold(task, module, rows)
    whole = module.score(rows, said)
    draws = [module.score(draw, said) for draw in bootstrap_samples(rows)]
    return {
        name: (
            value,
            *percentile_bounds([draw[name] for draw in draws if name in draw]),
        )
        for name, value in whole.items()
        if isinstance(value, (int, float))
    }


def answer_gold(task: str, module: Any, rows: Sequence[Record]) -> Any:
    """Return the program's answers to the rows of gold of a task."""
    if hasattr(module, "answers"):
        return module.answers(rows)
    if task in TASKS:
        made = getattr(module, "question", partial(question_of_gold, task))
        return list(module.ask(map(made, rows)))
    from dateline.evaluate.coded import code_rows

    return code_rows({"id": g.get("id") or g["doc"], "text": g["text"]} for g in rows)


def json_lines(paths: Sequence[Path]) -> list[Record]:
    """Return the JSON lines of files."""
    return [
        json.loads(line)
        for path in paths
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]


def bootstrap_samples(rows: Sequence[Record]) -> list[list[Record]]:
    """Return samples of the rows, drawn with replacement from a fixed seed."""
    random = Random(0)
    return [random.choices(rows, k=len(rows)) for _ in range(DRAWS)]


def percentile_bounds(values: Sequence[float]) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile."""
    ranked = sorted(values) or [0.0]
    return ranked[int(0.025 * len(ranked))], ranked[
        min(len(ranked) - 1, int(0.975 * len(ranked)))
    ]
