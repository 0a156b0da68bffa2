"""The arithmetic of the networks' heads, in NumPy, and the seal of a weights file.

A weights file tells of itself what is in it; that is held against what is.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Arrays = Mapping[str, npt.NDArray[Any]]
Record = dict[str, Any]
FEW = 3  # probabilities beside each other: outside, begins, inside


def gelu(x: Floats, into: Floats | None = None) -> Floats:
    """Return the Gaussian error linear unit, by its usual approximation.

    The answer is written `into` an array of the same shape where one is given.
    """
    out = double_gelu(x, into)
    out *= 0.5
    return out


def double_gelu(x: Floats, into: Floats | None = None) -> Floats:
    """Return twice as much, for whoever halves it in the weights that it meets next."""
    out: Floats = np.multiply(x, x, out=into)
    out *= 0.044715 * 0.7978845608
    out += 0.7978845608
    out *= x
    np.tanh(out, out=out)
    out += 1
    out *= x
    return out


def softmax_rows(x: Floats) -> Floats:
    """Return probabilities along the last axis."""
    if x.shape[-1] != FEW:
        grown = np.exp(x - x.max(-1, keepdims=True))
        out: Floats = grown / grown.sum(-1, keepdims=True)
        return out
    top = x[..., 0]  # an axis so short that NumPy is slow to reduce it
    for n in range(1, FEW):
        top = np.maximum(top, x[..., n])
    grown = np.exp(x - top[..., None])
    whole = grown[..., 0]
    for n in range(1, FEW):
        whole = whole + grown[..., n]
    return np.asarray(grown / whole[..., None], np.float32)


def sealed(told: Record, arrays: Arrays) -> Record:
    """Return what is told of weights, with the digest of it and of the arrays.

    >>> sealed({"form": 1}, {})["digest"] == sealed({"form": 2}, {})["digest"]
    False
    """
    return {**told, "digest": digest_weights(told, arrays)}


def digest_weights(told: Record, arrays: Arrays) -> str:
    """Return the SHA-256 of what is told and of the arrays, by name."""
    rest = {name: value for name, value in told.items() if name != "digest"}
    made = hashlib.sha256(json.dumps(rest, sort_keys=True).encode())
    for name in sorted(arrays):
        made.update(f"{name} {arrays[name].dtype} {arrays[name].shape}".encode())
        made.update(np.ascontiguousarray(arrays[name]).tobytes())
    return made.hexdigest()


def check_seal(told: Record, arrays: Arrays, form: int) -> Record:
    """Return what is told of weights.

    Raises ValueError where the file is of another form, where a head has other labels
    than it has rows, or where anything is not as it was when the file was written.
    """
    if told.get("form") != form:
        raise ValueError(f"weights of form {told.get('form')}; this program reads {form}")
    for name, labels in told.get("labels", {}).items():
        rows = arrays.get(f"say.{name}.weight")
        if rows is not None and len(rows) != len(labels):
            raise ValueError(f"weights with {len(labels)} labels for the {len(rows)} of {name}")
    if told.get("digest", "") not in ("", digest_weights(told, arrays)):
        raise ValueError(
            f"weights {told.get('version', '')} are not as they were written: "
            "their digest is another; install the program again"
        )
    return told
