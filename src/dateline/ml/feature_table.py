"""What a question weighs, in one form: a feature's name, what it says, how it is told.

Every room with a learned question declares its tables so. Inference reads their
columns, training writes their names beside the weights, a loader refuses weights of
other features, `docs/rules.md` shows each with what it brings, and who asks why is told
its words.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np

from dateline.model import Action
from dateline.model.record import STATUSES

T = TypeVar("T")
ActionOf = Callable[[T], Action]
NONE = float("nan")  # what a feature says where there is nothing that it could tell of


@dataclass(frozen=True, slots=True)
class Feature(Generic[T]):
    """What is weighed: its name, what it says in words, and how it is told of a thing.

    `kinds` is how many kinds it numbers, 0 where it is a size; one of them may be
    untold, or none of the known (-1). `reason` is what it is to somebody who asks why
    one answer came before another, where that takes other words. It speaks for what it
    holds of, or `against` it.
    """

    name: str
    words: str
    of: Callable[[T], Any]
    kinds: int = 0
    reason: str = ""
    against: bool = False


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """The features of one kind of thing, in the order of their columns."""

    features: tuple[Feature[T], ...]
    names: tuple[str, ...] = field(init=False, compare=False, repr=False)
    """The names of the columns, as they stand beside what was learned."""
    kinds: dict[str, int] = field(init=False, compare=False, repr=False)
    """The features that number kinds, with how many each has."""

    def __post_init__(self) -> None:
        """Note the names of the columns."""
        kinds = {each.name: each.kinds for each in self.features if each.kinds}
        object.__setattr__(self, "names", tuple(each.name for each in self.features))
        object.__setattr__(self, "kinds", kinds)

    @classmethod
    def of(cls, *features: "Feature[T] | Sequence[Feature[T]]") -> "Table[T]":
        """Return a table of features, and of families of them.

        Raises ValueError where two are called alike.
        """
        flat: list[Feature[T]] = []
        for each in features:
            flat += [each] if isinstance(each, Feature) else each
        names = [each.name for each in flat]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"two features are called {min(twice)!r}")
        return cls(tuple(flat))

    def __iter__(self) -> Iterator[Feature[T]]:
        """Yield the features in their order."""
        return iter(self.features)

    def __len__(self) -> int:
        """Return how many columns there are."""
        return len(self.features)

    def row(self, thing: T) -> list[Any]:
        """Return what every feature says of one thing."""
        return [each.of(thing) for each in self.features]

    def stacked(self, things: T) -> Any:
        """Return what features say that speak of many things at once: x features."""
        return np.stack([np.asarray(each.of(things)) for each in self.features], -1)


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
