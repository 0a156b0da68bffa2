"""A small net as it runs: which candidate is the country, or none of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def squeezed(rows: Floats) -> Floats:
    """Return counts and distances brought to a like size."""
    out: Floats = np.sign(rows) * np.log1p(np.abs(rows))
    return out


def shares(scores: Floats) -> Floats:
    """Return scores as logarithms of shares of one.

    >>> shares(np.zeros(2, np.float32)).round(2).tolist()
    [-0.6899999976158142, -0.6899999976158142]
    """
    top = scores.max()
    out: Floats = scores - top - np.log(np.exp(scores - top).sum())
    return out


@dataclass(frozen=True, slots=True)
class Network:
    """Weights by name: layers of a net, each with a bias where it has one."""

    at: Mapping[str, Floats]

    @classmethod
    def of(cls, told: Mapping[str, NDArray[Any]], name: str) -> "Network":
        """Take the weights of one net from all that are written."""
        mine = {k: v for k, v in told.items() if k.startswith(f"{name}_")}
        start = len(name) + 1
        return cls({k[start:]: v.astype(np.float32) for k, v in mine.items()})

    def layer(self, name: str, rows: Floats) -> Floats:
        """Return what one layer makes of rows."""
        out: Floats = rows @ self.at[f"{name}_weight"]
        return out + self.at[f"{name}_bias"] if f"{name}_bias" in self.at else out

    def candidates(self, rows: Floats, about: Floats, meaning: Floats) -> Floats:
        """Return logarithms of how likely candidates are; *unknown* has a part."""
        told = (squeezed(rows) - self.at["mean"]) / self.at["scale"]
        low = np.tanh(self.layer("low", meaning))
        own = self.layer("own", np.concatenate([squeezed(about), low]))
        each = self.layer("out", np.maximum(self.layer("each", told) + own, 0))[:, 0]
        unknown = self.layer("none", np.maximum(own, 0))
        return shares(np.concatenate([each, unknown]))[:-1]
