"""spaCy's entity tagger, its moves chosen here: all the words of a batch at once.

spaCy's own loop asks 74 moves of every word whether they are allowed, and costs a third
of a whole parse. Most words stand in no name, and what scores highest there can be told
for all of them in one product; only the words of a name are read one after the other.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.language.en.vectors import Vectors

Floats = npt.NDArray[np.float32]
Found = tuple[int, int, str]  # first token, past-last token, label


class Names:
    """The weights of a spaCy entity tagger and the moves that they score."""

    def __init__(self, tagger: Any) -> None:
        """Take the weights of a trained `EntityRecognizer` with three places."""
        vectors, lower, upper = tagger.model.layers
        self.vectors = Vectors(vectors.layers[0])
        self.narrow: Floats = vectors.layers[2].get_param("W").T.copy()
        self.shift: Floats = vectors.layers[2].get_param("b")
        weights = lower.get_param("W")
        places, self.wide, self.pieces, width = weights.shape
        self.lower: Floats = weights.reshape(-1, width).T.copy()
        self.pad: Floats = lower.get_param("pad").reshape(places, -1)
        self.bias: Floats = lower.get_param("b").reshape(-1)
        self.upper: Floats = upper.get_param("W").T.copy()
        self.add: Floats = upper.get_param("b")
        count = tagger.moves.n_moves
        names = [tagger.moves.get_class_name(n) for n in range(count)]
        self.moves = [tuple(name.partition("-")[::2]) for name in names]
        self.at = {move: n for n, move in enumerate(self.moves)}
        self.opening = np.array([m[0] in "BUO" and m != ("U", "") for m in self.moves])
        self.closed = np.array([m[0] in "UO" and m != ("U", "") for m in self.moves])

    @classmethod
    def fits(cls, tagger: Any) -> bool:
        """Whether a tagger is of the make that is read here."""
        vectors, lower, *_ = tagger.model.layers
        names = [layer.name for layer in vectors.layers[1:]]
        sizes = (lower.get_dim("nF"), lower.get_dim("nP"), tagger.cfg.get("beam_width"))
        alike = names == ["list2array", "linear"] and sizes == (3, 2, 1)
        return alike and Vectors.fits(vectors.layers[0])

    def of(self, docs: Sequence[Any]) -> list[list[Found]]:
        """Return the names in each Doc."""
        told = [doc for doc in docs if len(doc)]
        if not told:
            return [[] for _ in docs]
        states: Floats = (
            np.concatenate(self.vectors.of(told)) @ self.narrow + self.shift
        )
        seen = states @ self.lower
        cells = seen.reshape(len(seen), len(self.pad), -1)
        best, single = self.outside(cells[:, 0])
        out, at = [], 0
        for doc in docs:
            part = slice(at, at + len(doc))
            at += len(doc)
            out.append(
                list(self.read_names(doc, cells[part], best[part], single[part]))
            )
        return out

    def outside(self, words: Floats) -> tuple[list[int], list[int]]:
        """Return the best move at each word outside a name, and if none may begin."""
        scores = self.scores(words + self.pad[1:].sum(0))
        barred = np.float32(-np.inf)
        best = np.where(self.opening, scores, barred).argmax(1).tolist()
        return best, np.where(self.closed, scores, barred).argmax(1).tolist()

    def scores(self, summed: Floats) -> Floats:
        """Return the scores of the moves from the summed places of a state."""
        cells = (summed + self.bias).reshape(-1, self.wide, self.pieces)
        out: Floats = cells.max(-1) @ self.upper + self.add
        return out

    def read_names(
        self, doc: Any, cells: Floats, best: list[int], single: list[int]
    ) -> Iterator[Found]:
        """Yield the names of one Doc."""
        at, last = 0, len(doc) - 1
        while at <= last:
            action, label = self.moves[(best if at < last else single)[at]]
            begun = at
            at += 1
            if action == "O" or doc[begun].is_space:
                continue
            if action == "B":
                while at < last and self.goes_on(cells, begun, at, label):
                    at += 1
                at += 1
            yield begun, at, label

    def goes_on(self, cells: Floats, first: int, at: int, label: str) -> bool:
        """Whether word `at` is inside the name that began, and not its last."""
        summed = cells[at, 0] + cells[first, 1] + cells[at - 1, 2]
        scores = self.scores(summed[None])[0]
        return bool(scores[self.at["I", label]] > scores[self.at["L", label]])
