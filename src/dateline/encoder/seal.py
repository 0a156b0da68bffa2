"""What a weights file tells of itself, held against what is in it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = Mapping[str, npt.NDArray[Any]]
Record = dict[str, Any]


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
        raise ValueError(
            f"weights of form {told.get('form')}; this program reads {form}"
        )
    for name, labels in told.get("labels", {}).items():
        rows = arrays.get(f"say.{name}.weight")
        if rows is not None and len(rows) != len(labels):
            raise ValueError(
                f"weights with {len(labels)} labels for the {len(rows)} of {name}"
            )
    if told.get("digest", "") not in ("", digest_weights(told, arrays)):
        raise ValueError(
            f"weights {told.get('version', '')} are not as they were written: "
            "their digest is another; install the program again"
        )
    return told
