"""How far a text commits its reader to an event: weights over the rules' reading.

Readers were asked it of two kinds of text, and answered by different customs: in
edited news a firm announcement counts as good as done, in people's own talk what is
yet to come does not. So there is one set of weights a manner, and a choice between
the two.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.certainty.features import features, manner
from dateline.certainty.rules import judged
from dateline.model import Certainty, Parsed, Status, Token, Why

Weights = Mapping[str, float]
CLASSES: dict[str, tuple[Status, ...]] = {
    "happened": ("happened", "ongoing", "recurring"),
    "uncertain": ("possible", "planned", "expected", "hypothetical"),
    "not": ("negated", "denied"),
}


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights of one manner, and the scores at which an answer changes."""

    weights: Weights
    low: float
    high: float

    def score(self, names: Iterable[str]) -> float:
        """Return how real an event is told to be: 3 surely so, -3 surely not."""
        return self.weights[""] + sum(self.weights.get(name, 0.0) for name in names)

    def answer(self, names: Iterable[str]) -> str:
        """Return happened, uncertain or not."""
        score = self.score(names)
        if score >= self.high:
            return "happened"
        return "uncertain" if score >= self.low else "not"


@cache
def judges() -> tuple[Judge, Judge, Judge]:
    """Return the judges of edited news, of people's own talk, and of which it is."""
    path = files("dateline.certainty") / "weights.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    news, talk, which = (
        Judge(told[name]["weights"], told[name]["low"], told[name]["high"])
        for name in ("news", "talk", "which")
    )
    return news, talk, which


def committed(parsed: Parsed, token: Token | None) -> Certainty:
    """Judge any event word as readers do: the learned class, and the rules' own status.

    Where the rules' status lies in another class, the class's plainest stands.
    """
    told = judged(parsed, token)
    if token is None:
        return told
    news, talk, which = judges()
    judge = news if which.score(manner(parsed)) >= which.high else talk
    found = CLASSES[judge.answer(features(parsed, token))]
    if told.status in found:
        return told
    return Certainty(found[0], Why("certainty.learned.v1", token.span))
