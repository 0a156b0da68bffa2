"""From the shares of choices to the decisions of a report, each with its reason."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from dateline.decide.features import (
    FEATURES,
    LISTED,
    NOBODY,
    SIDES,
    UNLISTED,
    Real,
    Seen,
    code_of,
    columns,
    see,
)
from dateline.decide.second import Scored, second_reading
from dateline.model import decisions as kinds
from dateline.model.decisions import Decision, Decisions, Question, Side

WEIGHTS = Path(__file__).with_name("weights.json")
LEAST, MOST = 1e-4, 1 - 1e-4
FEW = 0.005  # a share below it is not kept
ANSWERS = ("resolved", "guess", "unknown")


@dataclass(frozen=True, slots=True)
class Weights:
    """What training/decide/stack.py fitted.

    `choices` weigh FEATURES; `told` and `sure` are logistic models over what
    `act_features` tells; an act is told where both reach their `bars`. Of a side,
    parties of at least `joint` of the first one's share stand beside it; `hostile` is
    the share from which a deed that does harm is put on somebody whom its own words do
    not name.
    """

    choices: Real
    told: Mapping[str, float]
    sure: Mapping[str, float]
    joint: float
    hostile: float
    bars: tuple[float, float] = (0.5, 0.2)


@cache
def fitted_weights(path: Path = WEIGHTS) -> Weights:
    """Return the weights of a file.

    Raises ValueError where they were fitted for other features.
    """
    kept = json.loads(path.read_text("utf-8"))
    names = [feature.__name__ for feature in FEATURES]
    if list(kept["choices"]) != names:
        raise ValueError("decide/weights.json was fitted for other features")
    choices = np.array([kept["choices"][name] for name in names])
    bars = kept["bars"]["told"], kept["bars"]["sure"]
    told, sure = kept["told"], kept["sure"]
    return Weights(choices, told, sure, kept["joint"], kept["hostile"], bars)


def decide(question: Question) -> Decisions:
    """Return what is told of a report's acts, and who stands on each side.

    The port `ports.Decide`: a language model may be asked the same question.
    """
    scored = second_reading()(question)
    return decide_scored(question, scored, fitted_weights())


def decide_scored(question: Question, scored: Scored, weights: Weights) -> Decisions:
    """Return the decisions that the second reading and the features lead to."""
    acts = [question.acts[n] for n in scored.index]
    own = [question.own[n] for n in scored.index]
    spans = [s.span for s in question.parsed.sentences if s.parsed]
    found: dict[int, Decision] = {}
    if acts:
        seen = see(acts, question.parties, own, spans, scored.choices)
        shares = share_choices(columns(seen) @ weights.choices)
        for row, n in enumerate(scored.index):
            found[n] = decide_act(seen, shares[row], row, scored.told[row], weights)
    every = range(len(question.acts))
    lone = len(question.parsed.sentences) == 1
    rows = (found.get(n, undecided(question, n)) for n in every)
    both = zip(question.acts, rows, strict=True)
    return tuple(replace(d, tell=act.clear) if lone else d for act, d in both)


def undecided(question: Question, n: int) -> Decision:
    """Return the decision of an act that no reading saw: by its own words."""
    act, own = question.acts[n], question.own[n]
    both = (Side(side, {}, act.sure) for side in (own.actors, own.recipients))
    return Decision(act.clear, act.sure, act.sure, *both)


def share_choices(scores: Real) -> Real:
    """Return scores of choices as shares that sum to 1."""
    odds = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(odds / odds.sum(-1, keepdims=True))


def decide_act(
    seen: Seen, shares: Real, row: int, told: float, weights: Weights
) -> Decision:
    """Return the decision of one act from the shares of its sides' choices."""
    act = seen.acts[row]
    numbers = [choose_parties(shares[s], seen, row, s, weights) for s in (0, 1)]
    if not act.mutual:
        numbers = apart_sides(seen, shares, row, numbers)
    known = act_features(seen, shares, row, told, numbers)
    sides = (settle_side(seen, shares[s], numbers[s]) for s in (0, 1))
    told_, sure = logistic(weights.told, known), logistic(weights.sure, known)
    tell = told_ >= weights.bars[0] and sure >= weights.bars[1]
    if act.act is not None and act.act.asked:  # the user's own pattern
        tell, told_, sure = True, 1.0, act.sure
    return Decision(tell, told_, sure, *sides)


def choose_parties(
    shares: Real, seen: Seen, row: int, side: int, weights: Weights
) -> list[int]:
    """Return who stands on a side: the likeliest by code, and others as likely.

    A deed that does harm is put on somebody whom the act's own words do not name only
    where that is sure.
    """
    act = seen.acts[row]
    by_code: dict[object, float] = {}
    best: dict[object, tuple[bool, float, int]] = {}
    for n, party in enumerate(seen.parties):
        code = code_of(party)
        share = float(shares[n + LISTED])
        by_code[code] = by_code.get(code, 0.0) + share
        own = bool(seen.named[row, side, n + LISTED])
        best[code] = max(best.get(code, (False, -1.0, 0)), (own, share, n))
    order = sorted(by_code, key=lambda code: -by_code[code])
    if not order or by_code[order[0]] < shares[:LISTED].max():
        return []
    top = by_code[order[0]]
    found = [best[c][2] for c in order if by_code[c] >= max(weights.joint * top, 0.15)]
    if side == 0 and "force" in act.traits and not act.mutual:
        named = seen.named[row, side]
        found = [
            n
            for n in found
            if named[n + LISTED] or by_code[code_of(seen.parties[n])] >= weights.hostile
        ]
    return found


def apart_sides(
    seen: Seen, shares: Real, row: int, numbers: Sequence[list[int]]
) -> list[list[int]]:
    """Return both sides without a party on both, but who acts on himself by words.

    It stays where its share is larger.
    """
    both = set(numbers[0]) & set(numbers[1])
    own = seen.named[row].all(0)
    left: list[list[int]] = [list(numbers[0]), list(numbers[1])]
    for n in both:
        if not own[n + LISTED]:
            out = int(shares[0, n + LISTED] >= shares[1, n + LISTED])
            left[out].remove(n)
    return left


def settle_side(seen: Seen, shares: Real, numbers: Sequence[int]) -> Side:
    """Return one side as a value: who, with which shares."""
    known = {n: float(shares[n + LISTED]) for n in range(len(seen.parties))}
    kept = {n: share for n, share in known.items() if share >= FEW}
    kept |= {kinds.NOBODY: float(shares[NOBODY])}
    kept |= {kinds.UNLISTED: float(shares[UNLISTED])}
    codes = {code_of(seen.parties[n]) for n in numbers[:1]}
    alike = [n for n, p in enumerate(seen.parties) if code_of(p) in codes]
    sure = sum(known[n] for n in alike) if numbers else float(shares[:LISTED].sum())
    return Side(tuple(numbers), kept, min(1.0, sure))


def act_features(
    seen: Seen, shares: Real, row: int, told: float, numbers: Sequence[Sequence[int]]
) -> dict[str, float]:
    """Return what is known of an act, once its sides are decided, by name."""
    act = seen.acts[row]
    chances = sorted((p for _, p in act.act.deeds), reverse=True) if act.act else [1.0]
    known = {
        "bias": 1.0,
        "second reading": float(np.clip(told, -9, 9)),
        "act": logit(act.act.sure if act.act else act.sure),
        "deed": logit(chances[0]),
        "margin": chances[0] - (chances[1] if len(chances) > 1 else 0.0),
        "clear": float(act.clear),
        "main": float(act.main),
        "mutual": float(act.mutual),
        f"deed {act.read_as or act.deed}": 1.0,
    }
    for s, name in enumerate(SIDES):
        known |= side_features(name, seen, shares[s], row, s, numbers[s])
    return known


def side_features(  # noqa: PLR0913, PLR0917
    name: str, seen: Seen, shares: Real, row: int, side: int, numbers: Sequence[int]
) -> dict[str, float]:
    """Return what is known of one side of an act."""
    by_code: dict[object, float] = {}
    for n, party in enumerate(seen.parties):
        code = code_of(party)
        by_code[code] = by_code.get(code, 0.0) + float(shares[n + LISTED])
    order = sorted((*by_code.values(), *map(float, shares[:LISTED])), reverse=True)
    who = [seen.parties[n].who for n in numbers]
    named = seen.named[row, side]
    known = {
        f"{name} first": logit(order[0]),
        f"{name} margin": order[0] - (order[1] if len(order) > 1 else 0.0),
        f"{name} none": float(not numbers),
        f"{name} unlisted": float(shares[UNLISTED]),
        f"{name} sure": logit(min((w.sure for w in who), default=0.5)),
        f"{name} stateless": float(bool(who) and not any(w.country for w in who)),
        f"{name} by words": float(any(named[n + LISTED] for n in numbers)),
        f"{name} none though named": float(not numbers and bool(named.any())),
    }
    worst = max((ANSWERS.index(w.answer) for w in who), default=0)
    return known | {f"{name} {ANSWERS[worst]}": float(worst > 0)}


def logit(chance: float) -> float:
    """Return the logarithm of the odds, kept within bounds."""
    held = min(MOST, max(LEAST, float(chance)))
    return math.log(held / (1 - held))


def logistic(weights: Mapping[str, float], known: Mapping[str, float]) -> float:
    """Return the probability that a logistic model gives."""
    score = sum(weights.get(name, 0.0) * value for name, value in known.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
