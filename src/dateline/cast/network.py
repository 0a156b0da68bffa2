"""A small net over pairs of mentions: its weights, and how it scores."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


class Network:
    """One hidden layer over pairs, one over single mentions that stand for none."""

    def __init__(self, weights: Mapping[str, npt.NDArray[np.generic]]) -> None:
        """Take the weights by name."""
        self.at = {name: weights[name].astype(np.float32) for name in weights}

    @property
    def width(self) -> int:
        """How many numbers a state has, 0 where the net reads none."""
        return len(self.at["late.in"]) if "late.in" in self.at else 0

    def pairs(self, rows: Floats) -> Floats:
        """Return one score a row of pair features."""
        return self.layers(rows, "pair")

    def nobody(self, rows: Floats) -> Floats:
        """Return how far single mentions stand for nobody told of."""
        return self.layers(rows, "none")

    def layers(self, rows: Floats, name: str, further: Any = 0) -> Floats:
        """Return what two layers make of rows; `further` is added between them."""
        inner = rows @ self.at[f"{name}.in"] + self.at[f"{name}.in.b"] + further
        out: Floats = np.maximum(inner, 0) @ self.at[f"{name}.out"]
        return out + self.at[f"{name}.out.b"]

    def linked(self, states: Floats, pairs: tuple[Ints, Ints], rows: Floats) -> Floats:
        """Return one score a pair (later, earlier) of mentions: features and states.

        `states` are mentions x width.
        """
        late, early = self.seen(states, "late"), self.seen(states, "early")
        i, j = pairs
        both = (late[i] * early[j]) @ self.at["both"]
        alone = (late @ self.at["late.out"])[i] + (early @ self.at["early.out"])[j]
        return self.layers(rows, "pair", both + alone)

    def unlinked(self, states: Floats, asked: Ints, rows: Floats) -> Floats:
        """Return how far the mentions asked stand for nobody: features and states."""
        late = self.seen(states[asked], "late")
        return self.layers(rows, "none", late @ self.at["late.none"])

    def seen(self, states: Floats, name: str) -> Floats:
        """Return states brought to few numbers, as the later or the earlier one."""
        out: Floats = np.tanh(states @ self.at[f"{name}.in"] + self.at[f"{name}.in.b"])
        return out


@cache
def network(name: str) -> Network:
    """Return the net that came with the program, read once a process."""
    with (files("dateline.cast") / f"{name}.npz").open("rb") as raw:
        return Network(dict(np.load(raw)))
