"""The questions of `benchmarks ask` and the scores of `benchmarks score`.

Scores are of this program's own answers, with bootstrap intervals.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.figures import json_lines

Record = dict[str, Any]
Interval = tuple[float, float, float]
DRAWS = 200


@dataclass(frozen=True, slots=True)
class Task:
    """A question: its function, "module:name"; what a line must tell; gold's day.

    The first of the fields names the answer. Where `day` is empty, a question made of
    gold does not tell the day of publication.
    """

    ask: str
    fields: tuple[str, ...]
    day: str = ""


TASKS = {
    "relations": Task("acts:ask_relations", ("id", "text", "actor", "recipient")),
    "actors": Task("actors:ask_actors", ("id", "text", "mention"), "published"),
    "links": Task("actors:ask_links", ("doc", "text")),
    "attribution": Task("attribution:ask_attributions", ("doc", "text")),
    "certainty": Task("attribution:ask_certainty", ("id", "text", "trigger")),
    "times": Task("times:ask_times", ("doc", "text"), "dct"),
    "dates": Task("times:ask_dates", ("doc", "text")),
    "places": Task("places:ask_places", ("doc", "text")),
    "quantities": Task("attribution:ask_quantities", ("id", "text", "trigger")),
    "copies": Task("merge:ask_copies", ("id", "text")),
    "merge": Task("merge:ask_merge", ("doc", "id", "text", "trigger")),
}
SPANS = frozenset(("actor", "recipient", "mention", "trigger"))
WORDS = ("text", "published", "outlet", "url")


@dataclass(frozen=True, slots=True)
class Scored:
    """What is scored: functions, each "module:name".

    `score(rows, answers)` gives figures by name. `gold(paths)` gives the gold rows in
    the units that are drawn again (documents or sentences), where they are no JSON
    lines. `answers(rows)` gives the program's answers; else the question of that name
    is asked, `question` making a line of a row; of what is no question the answers are
    the claims that the program makes of each row's text.
    """

    score: str
    gold: str = ""
    answers: str = ""
    question: str = ""


SCORED = {
    "reports": Scored(
        "reports:score_reports",
        gold="reports:read_annotated_reports",
        answers="reports:code_annotated_reports",
    ),
    "relations": Scored("acts:score_relations"),
    "parties": Scored("acts:score_parties"),
    "silence": Scored("acts:score_silence"),
    "actors": Scored("actors:score_actors"),
    "links": Scored(
        "actors:score_links",
        gold="reports:read_annotated_reports",
        answers="actors:link_annotated_parties",
    ),
    "attribution": Scored(
        "attribution:score_attributions", gold="attribution:read_attributed_documents"
    ),
    "certainty": Scored("attribution:score_certainty"),
    "times": Scored("times:score_times"),
    "dates": Scored("times:score_dates"),
    "places": Scored("places:score_places", question="places:question_about_places"),
    "attacks": Scored("acts:score_attacks"),
    "happenings": Scored(
        "merge:score_happenings", gold="merge:read_tellings", answers="merge:cluster_tellings"
    ),
    "merge": Scored(
        "merge:score_merge",
        gold="merge:read_event_mentions",
        answers="merge:cluster_event_mentions",
    ),
    "opinion": Scored(
        "opinion:score_opinion",
        gold="opinion:read_answered_reports",
        answers="opinion:tally_answered_reports",
    ),
}


def load_part(at: str) -> Callable[..., Any]:
    """Return the function at "module:name"; modules are loaded when they are needed."""
    module, _, name = at.partition(":")
    found: Callable[..., Any]
    found = getattr(import_module(f"benchmarks.{module}"), name)
    return found


def asker(task: str) -> Callable[[Iterable[Record]], Iterator[Record]]:
    """Return the function that answers the lines of a task."""
    return load_part(TASKS[task].ask)


def question_of_gold(task: str, gold: Record) -> Record:
    """Return the line to ask for a line of gold.

    >>> question_of_gold("times", {"doc": 1, "text": "On Monday.", "dct": "2019-01-08"})
    {'doc': 1, 'text': 'On Monday.', 'published': '2019-01-08'}
    """
    told = {name: gold[name] for name in TASKS[task].fields}
    day = TASKS[task].day
    return {**told, "published": gold.get(day)} if day else told


def question_fault(task: str, row: Record) -> str:
    """Return why a line is no question of this task, "" where it is one.

    >>> question_fault("certainty", {"id": 1, "text": "He left.", "trigger": [3, 70]})
    'trigger is no [start, end] within the text'
    """
    for name in TASKS[task].fields:
        if row.get(name) is None:
            return f"no {name}"
    for name in WORDS:
        if not isinstance(row.get(name) or "", str):
            return f"{name} is no text"
    for name in SPANS.intersection(TASKS[task].fields):
        # two offsets, the second the larger, both within the text
        at, most = row[name], len(row["text"])
        two = isinstance(at, list) and [type(n) for n in at] == [int, int]
        if not (two and 0 <= at[0] < at[1] <= most):
            return f"{name} is no [start, end] within the text"
    spans = row.get("spans") or []
    pairs = spans if isinstance(spans, list) else [None]
    if not all(isinstance(pair, list) and [type(n) for n in pair] == [int, int] for pair in pairs):
        return "spans is no list of [start, end]"
    return ""


def evaluate_task(task: str, paths: Sequence[Path]) -> dict[str, Interval]:
    """Return each figure with its 95% interval over units drawn again.

    Raises KeyError or ValueError where the files are no gold of this task.
    """
    parts = SCORED[task]
    score = load_part(parts.score)
    rows = load_part(parts.gold)(paths) if parts.gold else json_lines(paths)
    if not rows:
        raise ValueError("nothing in it to score")
    said = answer_gold(task, rows)
    whole = score(rows, said)
    random = Random(0)
    draws = [score(random.choices(rows, k=len(rows)), said) for _ in range(DRAWS)]
    found = {}
    for name, value in whole.items():
        if isinstance(value, (int, float)):
            ranked = sorted(draw[name] for draw in draws if name in draw) or [0.0]
            low = ranked[int(0.025 * len(ranked))]
            high = ranked[min(len(ranked) - 1, int(0.975 * len(ranked)))]
            found[name] = (value, low, high)
    return found


def answer_gold(task: str, rows: Sequence[Record]) -> Any:
    """Return the program's answers to the rows of gold of a task."""
    parts = SCORED[task]
    if parts.answers:
        return load_part(parts.answers)(rows)
    if task not in TASKS:
        code = load_part("texts:code_rows")
        return code({"id": g.get("id") or g["doc"], "text": g["text"]} for g in rows)
    if parts.question:
        return list(asker(task)(map(load_part(parts.question), rows)))
    return list(asker(task)(question_of_gold(task, row) for row in rows))
