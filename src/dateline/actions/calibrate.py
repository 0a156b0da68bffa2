"""The confidence of an act, true to its word: fitted on sentences of our own."""

import json
import math
from dataclasses import replace
from functools import cache
from pathlib import Path

from dateline.model import Action

TABLE = Path(__file__).parent / "sure.json"


def calibrated(act: Action) -> Action:
    """Return an act with the probability that its type and both parties are right."""
    weights = table()
    told = weights[0] + sum(
        w * x for w, x in zip(weights[1:], features(act), strict=True)
    )
    return replace(act, sure=round(1 / (1 + math.exp(-told)), 3))


def features(act: Action) -> tuple[float, ...]:
    """Return what tells a sound act: the mixed share, who decided, who is told."""
    share = min(max(act.sure, 0.02), 0.98)
    decided = act.why[0][1].rule if act.why else ""
    return (
        math.log(share / (1 - share)),
        float(decided == "actions.both.v1"),
        float(decided == "actions.model-act.v1"),
        float(bool(act.actors)),
        float(bool(act.recipients) or act.mutual),
    )


@cache
def table() -> tuple[float, ...]:
    """Return the fitted weights, the constant first."""
    return tuple(json.loads(TABLE.read_text(encoding="utf-8")))
