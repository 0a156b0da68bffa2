"""The small matrices behind the encoder's answers, in NumPy."""

from functools import cache
from pathlib import Path

import numpy as np

from dateline.ml.encoder.heads import Arrays, Floats, gelu, softmax_rows


class Heads:
    """Turns pooled or single states into probabilities; weights by their names."""

    def __init__(self, weights: Arrays) -> None:
        """Keep the weights as 32-bit floats and the labels as tuples of strings."""
        self.at: dict[str, Floats] = {}
        self.labels: dict[str, tuple[str, ...]] = {}
        for name, value in weights.items():
            if value.dtype.kind == "U":
                self.labels[name] = tuple(str(word) for word in value)
            else:
                self.at[name] = value.astype(np.float32)

    def linear(self, name: str, given: Floats) -> Floats:
        """Apply one layer."""
        out: Floats = given @ self.at[f"{name}.weight"].T
        bias = self.at.get(f"{name}.bias")
        return out if bias is None else out + bias

    def kinds(self, name: str, parts: Floats) -> Floats:
        """Return the probabilities of event types (name "kind") or deeds ("deed")."""
        both = np.concatenate([gelu(self.linear("mix", parts)), parts], -1)
        return softmax_rows(self.linear(name, both) / self.at[f"{name}.temperature"])

    def statuses(self, close: Floats) -> Floats:
        """Return the probabilities of the nine statuses."""
        hidden = gelu(self.linear("status.0", close))
        return softmax_rows(self.linear("status.2", hidden) + self.at["status.shift"])

    def several(self, name: str, close: Floats) -> Floats:
        """Return probabilities of labels that do not exclude each other."""
        raw = np.exp(-self.linear(name, close))
        out: Floats = (1 / (1 + raw)).astype(np.float32)
        return out

    def tags(self, states: Floats) -> Floats:
        """Return states x tags x (O, B, I)."""
        out = self.linear("tag", states)
        return softmax_rows(out.reshape(len(states), len(self.labels["tag"]), 3))

    def parties(self, states: Floats, trigger: Floats) -> Floats:
        """Return states x (O, B-actor, I-actor, B-recipient, I-recipient)."""
        near = self.linear("near", states) + self.linear("trigger", trigger)
        return softmax_rows(self.linear("party", np.tanh(near)))


@cache
def load_heads(path: Path) -> Heads:
    """Read the heads once a process."""
    with np.load(path, allow_pickle=False) as file:
        return Heads(dict(file))
