"""The questions of `dateline ask`, each in a module of its own."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any

Record = dict[str, Any]
TASKS = (
    "relations",
    "actors",
    "attribution",
    "certainty",
    "times",
    "dates",
    "places",
    "quantities",
)


def asker(task: str) -> Callable[[Iterable[Record]], Iterator[Record]]:
    """Return the function that answers the lines of a task."""
    found: Callable[[Iterable[Record]], Iterator[Record]]
    found = import_module(f"dateline.evaluate.{task}").ask
    return found
