"""A small net over pairs of mentions: its weights, and how it scores."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class Network:
    """One hidden layer over pairs, one over single mentions that stand for none."""

    def __init__(self, weights: Mapping[str, npt.NDArray[np.generic]]) -> None:
        """Take the weights by name."""
        self.at = {name: weights[name].astype(np.float32) for name in weights}

    def pairs(self, rows: Floats) -> Floats:
        """Return one score a row of pair features."""
        return self.layers(rows, "pair")

    def nobody(self, rows: Floats) -> Floats:
        """Return how far single mentions stand for nobody told of."""
        return self.layers(rows, "none")

    def layers(self, rows: Floats, name: str) -> Floats:
        """Return what two layers make of rows."""
        hidden = np.maximum(rows @ self.at[f"{name}.in"] + self.at[f"{name}.in.b"], 0)
        out: Floats = hidden @ self.at[f"{name}.out"] + self.at[f"{name}.out.b"]
        return out


@cache
def network(name: str) -> Network:
    """Return the net that came with the program, read once a process."""
    with (files("dateline.cast") / f"{name}.npz").open("rb") as raw:
        return Network(dict(np.load(raw)))
