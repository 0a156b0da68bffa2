"""Rounds in which the pieces of a sentence look at one another, each time for one act.

Whose words a piece is of depends on the act in question: "Kenya said Somalia shelled
its post" has two acts and two actors. So each act has its own look at the sentence,
as in predicate-aware role labelling (He et al., 2017), by attention over the pieces.
"""

from collections.abc import Callable, Mapping

import numpy as np

from dateline.encoder.heads import Floats, gelu, softmax_rows

TINY = 1e-5  # beside a variance, as in training
Linear = Callable[[str, Floats], Floats]


def looked(
    at: Mapping[str, Floats], linear: Linear, near: Floats, views: int
) -> Floats:
    """Return acts x pieces x width after all rounds that the weights have."""
    for n in range(sum(name.endswith(".seen.bias") for name in at)):
        near = run_round(at, linear, near, f"rounds.{n}", views)
    return near


def run_round(
    at: Mapping[str, Floats], linear: Linear, x: Floats, name: str, views: int
) -> Floats:
    """Return the pieces after one round."""
    told = linear(f"{name}.look", normed(at, f"{name}.first", x))
    asks, keys, values = told.reshape(*x.shape[:2], 3, views, -1).transpose(
        2, 0, 3, 1, 4
    )
    scale = np.float32(keys.shape[-1] ** -0.5)
    weight = softmax_rows(asks @ keys.swapaxes(-1, -2) * scale)
    seen = (weight @ values).transpose(0, 2, 1, 3).reshape(x.shape)
    x = x + linear(f"{name}.seen", seen)
    hidden = gelu(linear(f"{name}.up", normed(at, f"{name}.second", x)))
    out: Floats = x + linear(f"{name}.down", hidden)
    return out


def normed(at: Mapping[str, Floats], name: str, x: Floats) -> Floats:
    """Return numbers of mean nought and variance one, scaled and shifted as learned."""
    share = np.float32(1 / x.shape[-1])
    mean: Floats = np.add.reduce(x, -1, keepdims=True) * share
    apart: Floats = x - mean
    spread = np.einsum("...i,...i->...", apart, apart) * share + np.float32(TINY)
    apart *= (1 / np.sqrt(spread))[..., None]
    apart *= at[f"{name}.weight"]
    apart += at[f"{name}.bias"]
    return apart
