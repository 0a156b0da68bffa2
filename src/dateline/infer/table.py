"""What a question weighs, in one form: a feature's name, what it says, how it is told.

Every room with a learned question declares its tables so. Inference reads their
columns, training writes their names beside the weights, a loader refuses weights of
other features, `docs/rules.md` shows each with what it brings, and who asks why is told
its words.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from dateline.infer.layers import Floats, squeezed

T = TypeVar("T")
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

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, as they stand beside what was learned."""
        return tuple(each.name for each in self.features)

    @property
    def kinds(self) -> dict[str, int]:
        """The features that number kinds, with how many each has."""
        return {each.name: each.kinds for each in self.features if each.kinds}

    def row(self, thing: T) -> list[Any]:
        """Return what every feature says of one thing."""
        return [each.of(thing) for each in self.features]

    def stacked(self, things: T) -> Any:
        """Return what features say that speak of many things at once: x features."""
        return np.stack([np.asarray(each.of(things)) for each in self.features], -1)


def spread(rows: Floats, names: Sequence[str], kinds: dict[str, int]) -> Floats:
    """Return figures as a net reads them: squeezed, the untold 0, each kind a column.

    `kinds` are the figures that number kinds, with how many each has.

    >>> spread(np.array([[1, np.nan], [0, 3]], "f"), ("kind", "size"), {"kind": 2})
    array([[0.       , 1.       , 0.       ],
           [1.       , 0.       , 1.3862944]], dtype=float32)
    """
    told = np.where(np.isnan(rows), np.float32(0), rows)
    if not kinds:
        return squeezed(told)
    plain = [n for n, name in enumerate(names) if name not in kinds]
    columns: list[Floats] = []
    for name, size in kinds.items():
        here = rows[:, names.index(name)]
        columns.append((here[:, None] == np.arange(size)).astype(np.float32))
    return np.concatenate([*columns, squeezed(told[:, plain])], 1).astype(np.float32)
