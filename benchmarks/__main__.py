"""`python -m benchmarks`: ask a task's questions, score against gold, measure speed."""

import ast
import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.tasks import SCORED, TASKS, asker, evaluate_task, question_fault
from dateline.cli.screen import fail, progress, say_line

SPEED = Path(__file__).with_name("speed")

app = typer.Typer(
    help="Answer benchmark questions, score the program, measure its speed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command("ask")
def ask_task(
    task: Annotated[str, typer.Argument(help=f"One of {', '.join(TASKS)}.")],
    given: Annotated[Path, typer.Argument(metavar="IN.jsonl", help="One question a line.")],
    out: Annotated[Path, typer.Option(help="Where the answers go, a line each.")],
) -> None:
    """Answer the questions of a task about given spans: JSON lines in and out."""
    if task not in TASKS:
        fail(f"no task {task!r}: there are {', '.join(TASKS)}", 2)
    if not given.is_file():
        fail(f"{given}: no such file", 2)
    if out.is_dir():
        fail(f"{out} is a folder: name a file for the answers", 2)
    bad: list[str] = []  # lines that are no questions, and why
    with out.open("w", encoding="utf-8") as file:
        answers = asker(task)(task_questions(task, given, bad))
        for answer in progress(answers, "answers"):
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")
    if bad:
        say_line(f"{given}: {len(bad)} lines are no questions; the first is {bad[0]}")
        raise SystemExit(3)


def task_questions(task: str, path: Path, bad: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the questions of a file; note which lines are none, and why."""
    with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            is_row = isinstance(row, dict)
            if why := question_fault(task, row) if is_row else "no JSON object":
                bad.append(f"line {number}: {why}")
            else:
                yield row


@app.command("score")
def score_task(
    task: Annotated[
        str,
        typer.Argument(
            help=f"One of {', '.join(SCORED)} (opinion: a folder of gold, then recorded answers)."
        ),
    ],
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD...", help="Gold files or a folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score the program against gold, with 95% bootstrap intervals."""
    if task not in SCORED:
        fail(f"no task {task!r}: there are {', '.join(SCORED)}", 2)
    for path in gold:
        if not path.exists():
            fail(f"{path}: no such file or folder", 2)
    try:
        figures = evaluate_task(task, gold)
    except KeyError as error:
        fail(f"{gold[0]} is no gold for {task}: a line of it has no {error}", 2)
    except (ValueError, TypeError) as error:
        fail(f"{gold[0]} is no gold for {task}: {error}", 2)
    except IsADirectoryError as error:
        fail(f"{error.filename} is a folder: {task} takes files", 2)
    if as_json:
        print(json.dumps(figures))
        return
    from rich.console import Console
    from rich.table import Table

    grid = Table(title=task, title_justify="left", header_style="bold")
    grid.add_column("figure")
    for name in ("value", "95% from", "to"):
        grid.add_column(name, justify="right")
    for name, cells in figures.items():
        grid.add_row(name, *(f"{cell:.3f}" for cell in cells))
    Console().print(grid)


def measurements() -> dict[str, str]:
    """Return each measurement of speed with the first line of its documentation."""
    found = {}
    for path in sorted(SPEED.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(n, ast.FunctionDef) and n.name == "main" for n in tree.body):
            found[path.stem] = (ast.get_docstring(tree) or "").split("\n")[0]
    return found


@app.command(
    "speed",
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": [],
    },
)
def measure_speed(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Which; none lists them.")] = "",
) -> None:
    """Measure speed and memory: without a name, list what can be measured."""
    there = measurements()
    if not name or name in ("-h", "--help"):
        for known, words in there.items():
            print(f"{known:8} {words}")
        return
    if name not in there:
        fail(f"no measurement {name!r}: there are {', '.join(there)}", 2)
    sys.argv = [f"{name}.py", *context.args]
    import_module(f"benchmarks.speed.{name}").main()


if __name__ == "__main__":
    app(prog_name="python -m benchmarks")
