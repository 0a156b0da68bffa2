"""The rounds of attention for one act, against the same worked out number by number."""

import math

import numpy as np
import pytest

from dateline.encoder.rounds import looked, normed

WIDE, VIEWS = 8, 2
RNG = np.random.default_rng(5)
SHAPES = {
    "first.weight": (WIDE,),
    "first.bias": (WIDE,),
    "second.weight": (WIDE,),
    "second.bias": (WIDE,),
    "look.weight": (3 * WIDE, WIDE),
    "look.bias": (3 * WIDE,),
    "seen.weight": (WIDE, WIDE),
    "seen.bias": (WIDE,),
    "up.weight": (2 * WIDE, WIDE),
    "up.bias": (2 * WIDE,),
    "down.weight": (WIDE, 2 * WIDE),
    "down.bias": (WIDE,),
}


def weights(rounds: int) -> dict[str, np.ndarray]:
    return {
        f"rounds.{n}.{name}": RNG.normal(0, 0.4, shape).astype(np.float32)
        for n in range(rounds)
        for name, shape in SHAPES.items()
    }


def linear(at: dict[str, np.ndarray]):  # type: ignore[no-untyped-def]
    return lambda name, x: x @ at[f"{name}.weight"].T + at[f"{name}.bias"]


def slowly(at: dict[str, np.ndarray], x: np.ndarray, name: str) -> np.ndarray:
    """One round over one act's pieces, by plain sums."""
    told = linear(at)(f"{name}.look", normed(at, f"{name}.first", x))
    size, part = len(x), WIDE // VIEWS
    seen = np.zeros((size, WIDE))
    for view in range(VIEWS):
        own = slice(view * part, (view + 1) * part)
        asks, keys, values = (
            told[:, n * WIDE : (n + 1) * WIDE][:, own] for n in range(3)
        )
        for i in range(size):
            odds = [math.exp(asks[i] @ keys[j] / math.sqrt(part)) for j in range(size)]
            seen[i, own] = sum(o * values[j] for j, o in enumerate(odds)) / sum(odds)
    x = x + linear(at)(f"{name}.seen", seen)
    up = linear(at)(f"{name}.up", normed(at, f"{name}.second", x))
    cubed = up + 0.044715 * up**3
    return x + linear(at)(f"{name}.down", up / 2 * (1 + np.tanh(0.7978845608 * cubed)))


@pytest.mark.parametrize("rounds", [1, 2])
def test_each_act_looks_at_its_sentence_by_itself(rounds: int) -> None:
    at = weights(rounds)
    near = RNG.normal(0, 1, (3, 5, WIDE)).astype(np.float32)
    found = looked(at, linear(at), near, VIEWS)
    for act, rows in enumerate(near):
        slow = rows
        for n in range(rounds):
            slow = slowly(at, slow, f"rounds.{n}")
        assert np.allclose(found[act], slow, atol=1e-4)


def test_weights_without_rounds_leave_the_pieces_as_they_are() -> None:
    near = RNG.normal(0, 1, (2, 4, WIDE)).astype(np.float32)
    assert looked({}, linear({}), near, VIEWS) is near


def test_numbers_come_out_of_mean_nought_and_variance_one() -> None:
    at = {"n.weight": np.ones(WIDE, "f4"), "n.bias": np.zeros(WIDE, "f4")}
    out = normed(at, "n", RNG.normal(7, 3, (4, WIDE)).astype(np.float32))
    assert np.allclose(out.mean(-1), 0, atol=1e-5)
    assert np.allclose(out.std(-1), 1, atol=1e-3)
