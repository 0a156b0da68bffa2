"""Logistic models as plain tables: a name for each feature, a weight for each name."""

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

Features = dict[str, float]


class Linear:
    """One logistic model; `at` is the probability from which it says yes."""

    def __init__(self, weights: Mapping[str, float], at: float) -> None:
        """Keep weights by feature name; "bias" is always on."""
        self.weights = dict(weights)
        self.bias = self.weights.get("bias", 0.0)
        self.at = at

    def probability(self, features: Features) -> float:
        """Return the probability of yes.

        >>> Linear({"bias": 0.0}, 0.5).probability({"far": 1.0})
        0.5
        """
        weights = self.weights
        total = self.bias + sum(weights.get(k, 0.0) * v for k, v in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load_linker_models() -> dict[str, Linear]:
    """Read the linker's models once a process."""
    raw = files("dateline.attribution") / "linker.json"
    table: dict[str, Any] = json.loads(raw.read_text(encoding="utf-8"))
    return {k: Linear(v["weights"], v["at"]) for k, v in table["models"].items()}
