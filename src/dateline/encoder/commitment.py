"""A second top for the encoder's lower layers: how far readers take an event as fact.

The lower layers are the shipped encoder's; three of its own follow, taught by a larger
network that had read what readers answered of two kinds of text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dateline.encoder.heads import Floats, Heads, gelu, softmax_rows
from dateline.encoder.sessions import session


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the second top says of an event, and what the lower layers of its sentence.

    `numbers` holds the logarithms of the probabilities of happened, uncertain and not
    by the customs of news readers, the same of readers of talk, and both expected
    values (-3 did not happen .. 3 did); `manner` the sentence's mean lower state.
    """

    numbers: Floats
    manner: Floats


@dataclass(frozen=True, slots=True)
class Top:
    """The upper layers, run over the lower layers' states when they are first asked."""

    path: Path
    lower: Sequence[Floats]  # of each window, its two marks included

    def states(self, wide: int) -> Floats:
        """Return the upper states of every piece, windows end to end."""
        network = session(self.path)
        found = [network.run(None, {"lower": x[None]})[0][0, 1:-1] for x in self.lower]
        return np.concatenate([np.zeros((0, wide), np.float32), *found])

    def beneath(self, wide: int) -> Floats:
        """Return the lower states of every piece, windows end to end."""
        found = [x[1:-1] for x in self.lower]
        return np.concatenate([np.zeros((0, wide), np.float32), *found])


def read_commitment(heads: Heads, close: Floats) -> Floats:
    """Read the heads: of the event's state and its sentence's, side by side."""
    hidden = gelu(heads.linear("commitment.hidden", close))
    chances = softmax_rows(heads.linear("commitment.three", hidden).reshape(2, 3))
    values = heads.linear("commitment.value", hidden)
    out: Floats = np.concatenate([np.log(chances + 1e-9).ravel(), values])
    return out
