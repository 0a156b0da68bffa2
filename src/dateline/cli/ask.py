"""`dateline ask` and `dateline evaluate`: one question, of given spans; and scores."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.screen import fail, progress, say_line

Record = dict[str, Any]


def ask_task(
    task: Annotated[
        str,
        typer.Argument(
            help="relations, actors, links, attribution, certainty, "
            "times, dates, places, quantities, copies or merge."
        ),
    ],
    given: Annotated[
        Path, typer.Argument(metavar="IN.jsonl", help="One question a line.")
    ],
    out: Annotated[Path, typer.Option(help="Where the answers go, a line each.")],
) -> None:
    """Ask one question of given spans: JSON lines in, JSON lines out."""
    from dateline.evaluate.tasks import TASKS, asker

    if task not in TASKS:
        fail(f"no task {task!r}: there are {', '.join(TASKS)}", 2)
    if not given.is_file():
        fail(f"{given}: no such file", 2)
    if out.is_dir():
        fail(f"{out} is a folder: name a file for the answers", 2)
    bad: list[str] = []
    with out.open("w", encoding="utf-8") as file:
        for answer in progress(
            asker(task)(task_questions(task, given, bad)), "answers"
        ):
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")
    if bad:
        say_line(f"{given}: {len(bad)} lines are no questions; the first is {bad[0]}")
        raise SystemExit(3)


def task_questions(task: str, path: Path, bad: list[str]) -> Iterator[Record]:
    """Yield the questions of a file; note which lines are none, and why."""
    from dateline.evaluate.tasks import question_fault

    with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                found = None
            is_row = isinstance(found, dict)
            if why := question_fault(task, found) if is_row else "no JSON object":
                bad.append(f"line {number}: {why}")
            else:
                yield found


def evaluate(
    task: Annotated[
        str,
        typer.Argument(
            help="reports, relations, parties, silence, actors, "
            "attribution, certainty, times, dates, places, attacks, "
            "happenings, merge, opinion (a folder of gold, then recorded answers)."
        ),
    ],
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD...", help="Gold files or a folder.")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object.")
    ] = False,
) -> None:
    """Score this program against gold, with 95% bootstrap intervals."""
    from dateline.evaluate.tasks import SCORED, evaluate_task

    if task not in SCORED:
        fail(f"no task {task!r}: there are {', '.join(SCORED)}", 2)
    for path in gold:
        if not path.exists():
            fail(f"{path}: no such file or folder", 2)
    try:
        found = evaluate_task(task, gold)
    except KeyError as error:
        fail(f"{gold[0]} is no gold for {task}: a line of it has no {error}", 2)
    except (ValueError, TypeError) as error:
        fail(f"{gold[0]} is no gold for {task}: {error}", 2)
    except IsADirectoryError as error:
        fail(f"{error.filename} is a folder: {task} takes files", 2)
    if as_json:
        print(json.dumps(found))
        return
    print_scores(task, found)


def print_scores(task: str, found: dict[str, tuple[float, float, float]]) -> None:
    """Print figures with their intervals."""
    from rich.console import Console
    from rich.table import Table

    grid = Table(title=task, title_justify="left", header_style="bold")
    grid.add_column("figure")
    for name in ("value", "95% from", "to"):
        grid.add_column(name, justify="right")
    for name, cells in found.items():
        grid.add_row(name, *(f"{cell:.3f}" for cell in cells))
    Console().print(grid)
