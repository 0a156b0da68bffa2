"""Scores of this program's own answers, with bootstrap intervals.

A task's module offers `gold(paths)`, the gold rows in the units that are drawn again
(documents or sentences); `answers(rows)`; and `score(rows, answers)`, figures by name.
"""

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

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
    if hasattr(module, "answers"):
        said = module.answers(rows)
    else:
        said = list(module.ask(map(module.question, rows)))
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
