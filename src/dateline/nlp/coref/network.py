"""A small net over pairs of mentions: its weights, and how it scores."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Weights = npt.NDArray[np.generic]
View = tuple[Floats, Floats]


class Network:
    """One hidden layer over pairs, one over single mentions that stand for none."""

    def __init__(self, weights: Mapping[str, Weights]) -> None:
        """Take the weights by name."""
        told = {name: of for name, of in weights.items() if of.dtype.kind != "U"}
        self.at = {name: of.astype(np.float32) for name, of in told.items()}

    @property
    def width(self) -> int:
        """How many numbers a state has, 0 where the net reads none."""
        return len(self.at["late.in"]) if "late.in" in self.at else 0

    def layers(self, rows: Floats, name: str, further: Any) -> Floats:
        """Return what two layers make of rows; `further` is added between them."""
        inner = rows @ self.at[f"{name}.in"]
        inner += self.at[f"{name}.in.b"]
        inner += further
        out: Floats = np.maximum(inner, 0, out=inner) @ self.at[f"{name}.out"]
        return out + self.at[f"{name}.out.b"]

    def views(self, states: Floats, figures: Floats | None = None) -> list[View]:
        """Return what mentions are in a pair: as the later, the earlier, by figure.

        `states` are mentions x width, and so are `figures`: what all names of whom a
        mention names say together. Each view is few numbers a mention, and what these
        alone add to a score's inner ones.
        """
        named = [("late", states), ("early", states)]
        named += [("figure", figures)] if figures is not None else []
        seen = ((name, self.seen(told, name)) for name, told in named)
        return [(few, few @ self.at[f"{name}.out"]) for name, few in seen]

    def paired(self, views: Sequence[View], pairs: tuple[Ints, Ints], rows: Floats) -> Floats:
        """Return one score a pair (later, earlier) of mentions: features and views."""
        i, j = pairs
        (late, of_late), (early, of_early), *figure = views
        mine = late.take(i, axis=0)
        both = (mine * early.take(j, axis=0)) @ self.at["both"]
        alone = of_late.take(i, axis=0)
        alone += of_early.take(j, axis=0)
        for few, out in figure:
            both += (mine * few.take(j, axis=0)) @ self.at["figure.both"]
            alone += out.take(j, axis=0)
        both += alone
        return self.layers(rows, "pair", both)

    def unlinked(self, states: Floats, asked: Ints, rows: Floats) -> Floats:
        """Return how far the mentions asked stand for nobody: features and states."""
        late = self.seen(states[asked], "late")
        return self.layers(rows, "none", late @ self.at["late.none"])

    def seen(self, states: Floats, name: str) -> Floats:
        """Return states brought to few numbers, as the later or the earlier one."""
        out: Floats = np.tanh(states @ self.at[f"{name}.in"] + self.at[f"{name}.in.b"])
        return out


def pooled(states: Floats, who: Ints) -> Floats:
    """Return for each mention the mean state of all names of its figure.

    `who` numbers the figures, -1 where a mention names none: its own state is its.
    """
    named = np.flatnonzero(who >= 0)
    if not len(named):
        return states
    sums = np.zeros((int(who.max()) + 1, states.shape[1]), np.float32)
    np.add.at(sums, who[named], states[named])
    sums /= np.maximum(np.bincount(who[named], minlength=len(sums)), 1)[:, None]
    out = states.copy()
    out[named] = sums[who[named]]
    return out


def candidate_chances(scores: Floats, alone: Floats, of: Ints) -> tuple[Floats, Floats]:
    """Return how likely each candidate is, and for each question that none is.

    `of` is the question that a candidate belongs to; `alone` is the score of *nobody*.
    """
    top = alone.copy()
    np.maximum.at(top, of, scores)
    raised, nobody = np.exp(scores - top[of]), np.exp(alone - top)
    whole = nobody + np.bincount(of, raised, len(alone)).astype(np.float32)
    return raised / whole[of], nobody / whole


@cache
def networks(name: str) -> tuple[Network, ...]:
    """Return the nets of several seeds that came with the program in one file."""
    every: dict[str, dict[str, Weights]] = {}
    with (files("dateline.nlp.coref") / f"{name}.npz").open("rb") as raw:
        held = dict(np.load(raw))
    for key, value in held.items():
        seed, _, part = key.partition(".")
        every.setdefault(seed, {})[part] = value
    return tuple(Network(every[seed]) for seed in sorted(every))
