"""The questions of `dateline ask`, each in a module of its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """What a line must tell, the first naming its answer; what gold calls its day.

    Where `day` is empty, a question made of gold does not tell the day of publication.
    """

    fields: tuple[str, ...]
    day: str = ""


TASKS = {
    "relations": Task(("id", "text", "actor", "recipient")),
    "actors": Task(("id", "text", "mention"), "published"),
    "links": Task(("doc", "text")),
    "attribution": Task(("doc", "text")),
    "certainty": Task(("id", "text", "trigger")),
    "times": Task(("doc", "text"), "dct"),
    "dates": Task(("doc", "text")),
    "places": Task(("doc", "text")),
    "quantities": Task(("id", "text", "trigger")),
    "copies": Task(("id", "text")),
    "merge": Task(("doc", "id", "text", "trigger")),
}
SPANS = frozenset(("actor", "recipient", "mention", "trigger"))
WORDS = ("text", "published", "outlet", "url")


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
        if not is_span(row[name], len(row["text"])):
            return f"{name} is no [start, end] within the text"
    if not are_pairs(row.get("spans") or []):
        return "spans is no list of [start, end]"
    return ""


def is_span(told: Any, most: int) -> bool:
    """Whether a value is two offsets, the second the larger, both within a text."""
    two = isinstance(told, list) and len(told) == 2  # noqa: PLR2004
    return two and all(type(n) is int for n in told) and 0 <= told[0] < told[1] <= most


def are_pairs(told: Any) -> bool:
    """Whether a value is a list of two offsets each, wherever they lie."""
    pairs = told if isinstance(told, list) else [None]
    return all(
        isinstance(pair, list) and [type(n) for n in pair] == [int, int]
        for pair in pairs
    )


def asker(task: str) -> Callable[[Iterable[Record]], Iterator[Record]]:
    """Return the function that answers the lines of a task."""
    found: Callable[[Iterable[Record]], Iterator[Record]]
    found = import_module(f"dateline.evaluate.{task}").ask
    return found
