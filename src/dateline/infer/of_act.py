"""What every question weighs of an act: the deed's properties, how it is told."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from dateline.infer.table import Feature
from dateline.model import Action
from dateline.model.record import STATUSES

T = TypeVar("T")
ActionOf = Callable[[T], Action]


def describe_traits(names: Sequence[str], of: ActionOf[T]) -> list[Feature[T]]:
    """Return a feature for each of some properties of a deed."""

    def one(name: str) -> Feature[T]:
        words = f"the deed has the codebook's property '{name}'"
        return Feature(name, words, lambda thing: name in of(thing).traits)

    return [one(name) for name in names]


def describe_statuses(of: ActionOf[T]) -> list[Feature[T]]:
    """Return for each status how surely the reader takes an act to be of it."""

    def one(name: str) -> Feature[T]:
        words = f"how surely the reader takes the act to be {name}"

        def told(thing: T) -> float:
            act = of(thing).act
            return dict(act.statuses).get(name, 0.0) if act else 0.0

        return Feature(name, words, told)

    return [one(name) for name in STATUSES]
