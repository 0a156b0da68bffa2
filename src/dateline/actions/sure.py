"""How likely type and both parties of a claim are right: a calibrated probability."""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from dateline.model import Act, Action, Actor, Meant, Words

TABLE = Path(__file__).parent / "sure.json"
LEAST, MOST = 1e-4, 1 - 1e-4
CLEAR, SPARED = 0.96, 0.04
ANSWERS = ("resolved", "guess", "unknown")


def confidence(
    action: Action, actors: Sequence[Actor], recipients: Sequence[Actor]
) -> float:
    """Return the probability that the type and both parties are right.

    A logistic model over what the reader and the resolver say of themselves, fitted by
    cross-validation within the annotated reports (training/coder/calibrate.py).
    """
    if action.act is None or action.act.asked:
        return action.sure
    weights = table()
    told = features(action, action.act, actors, recipients)
    score = weights["bias"] + sum(weights.get(k, 0.0) * v for k, v in told.items())
    return 1 / (1 + math.exp(-score))


def enough(action: Action, sure: float, least: float) -> bool:
    """Whether a claim is sure enough to be told, `least` being what is asked of most.

    Less is asked where the act itself is told clearly, nothing of what a sentence's own
    verb says: that it was done is worth telling though nobody knows by whom.
    """
    if action.main:
        return True
    clear = action.act is not None and action.act.sure >= CLEAR
    return sure >= (min(SPARED, least) if clear else least)


def features(
    action: Action, act: Act, actors: Sequence[Actor], recipients: Sequence[Actor]
) -> dict[str, float]:
    """Return what the confidence is worked out from."""
    chances = dict(act.deeds)
    deed = max(chances.values(), default=0.0)
    second = sorted(chances.values())[-2] if len(chances) > 1 else 0.0
    return {
        "act": logit(act.sure),
        "deed": logit(deed),
        "margin": deed - second,
        "mutual": float(action.mutual),
        f"deed {action.read_as or action.deed}": 1.0,
        **side("actor", act.actors, act.actor_meant, actors),
        **side("recipient", act.recipients, act.recipient_meant, recipients),
        **itself(action, actors, recipients),
    }


def itself(
    action: Action, actors: Sequence[Actor], recipients: Sequence[Actor]
) -> dict[str, float]:
    """Return whether one party is on both sides: by one word for both, or by two."""
    words = {who.span for who in actors if who.span} & {who.span for who in recipients}
    names = {who.name for who in actors} & {who.name for who in recipients}
    twice = bool(names) and not words and not action.mutual
    return {"same words": float(bool(words)), "same name": float(twice)}


def side(
    name: str, words: Sequence[Words], meant: Meant, found: Sequence[Actor]
) -> dict[str, float]:
    """Return what is known of one side's parties."""
    told = {
        f"{name} none": float(not found),
        f"{name} several": float(len(found) > 1),
        f"{name} nobody": meant.nobody,
        f"{name} implied": meant.implied,
        f"{name} none though told": meant.told * (not found),
        f"{name} words": logit(min((w.sure for w in words), default=0.5)),
        f"{name} sure": logit(min((a.sure for a in found), default=0.5)),
    }
    worst = max((ANSWERS.index(a.answer) for a in found), default=-1)
    if worst >= 0:
        told[f"{name} {ANSWERS[worst]}"] = 1.0
    return told


def logit(chance: float) -> float:
    """Return the logarithm of the odds, kept within bounds.

    >>> round(logit(0.5), 3)
    0.0
    """
    held = min(MOST, max(LEAST, chance))
    return math.log(held / (1 - held))


@cache
def table() -> Mapping[str, float]:
    """Read the weights once."""
    found: dict[str, float] = json.loads(TABLE.read_text("utf-8"))
    return found
