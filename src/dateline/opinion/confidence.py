"""How sure a claim is that a language model was asked about: fitted for each case.

`training/opinion/confidence.py` fits two numbers a case on recorded answers to reports
that the program has not learnt from: odds = exp(a + b · logit of the program's own
confidence). Where the model alone tells an act the program has none worth the name.
"""

import json
from collections.abc import Mapping
from functools import cache
from math import exp, log
from pathlib import Path

from dateline.model import Decider

FITTED = Path(__file__).with_name("confidence.json")
LEAST = 0.02  # a chance that is nearer to none or all says no more


def rate_opinion(reader: Decider, own: float) -> float:
    """Return the chance that type and both parties are right, by who decided.

    `own` is the program's own confidence in its own answer.

    >>> rate_opinion("own", 0.7)
    0.7
    """
    if reader not in fitted_cases():
        return own
    a, b = fitted_cases()[reader]
    held = min(max(own, LEAST), 1 - LEAST)
    return 1 / (1 + exp(-(a + b * log(held / (1 - held)))))


@cache
def fitted_cases() -> Mapping[str, tuple[float, float]]:
    """Return the two numbers of each case."""
    told = json.loads(FITTED.read_text("utf-8"))
    return {case: (float(a), float(b)) for case, (a, b) in told["cases"].items()}
