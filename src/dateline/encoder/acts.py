"""The heads that read acts from the states of a sentence's pieces, in NumPy."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.encoder.heads import Floats, gelu, softmax
from dateline.model import Act, Meant, Span, Words
from dateline.model.reading import Chances

Ints = npt.NDArray[np.int64]
Piece = tuple[int, int]  # first and past-last piece
FORM = 1  # of the weights file: a program of another form refuses it
ROLES = ("actor", "recipient", "place", "time", "speaker")
FEW = 1e-6
PARTIES, OTHERS = (tuple(enumerate(ROLES))[i] for i in (slice(2), slice(2, None)))
SAID = ("told", "status", "mode", "context", "mutual")


class Heads:
    """The matrices by their names, the labels, and what the training told of them."""

    def __init__(self, weights: Mapping[str, npt.NDArray[Any]]) -> None:
        """Take the arrays of a weights file.

        Raises ValueError where the file is of another form.
        """
        told = json.loads(str(weights["told"]))
        if told["form"] != FORM:
            raise ValueError(
                f"weights of form {told['form']}; this program reads {FORM}"
            )
        self.labels: dict[str, list[str]] = told["labels"]
        self.version: str = told["version"]
        self.window: int = told["window"]
        self.floor: float = told["floor"]
        self.far: int = told["far"]
        self.at: dict[str, Floats] = {
            name: value.astype(np.float32)
            for name, value in weights.items()
            if value.dtype.kind == "f"
        }

    def linear(self, name: str, given: Floats) -> Floats:
        """Apply one layer."""
        out: Floats = given @ self.at[f"{name}.weight"].T
        bias = self.at.get(f"{name}.bias")
        return out if bias is None else out + bias

    def found(self, states: Floats) -> Floats:
        """Return of each piece: in an act, begins one, and each deed."""
        return sigmoid(self.linear("find.2", gelu(self.linear("find.0", states))))


@cache
def load(path: Path) -> Heads:
    """Read the heads once a process."""
    with np.load(path, allow_pickle=False) as file:
        return Heads(dict(file))


class Sense:
    """The states of one sentence, and what the heads say of them."""

    def __init__(
        self,
        heads: Heads,
        spans: Sequence[Span],
        states: Floats,
        phrases: Sequence[tuple[Span, Span]] = (),
    ) -> None:
        """Judge every piece at once; phrases are (their words, their head)."""
        self.phrases = [
            (words, within(spans, words), within(spans, head))
            for words, head in phrases
        ]
        self.heads = heads
        self.spans = spans
        self.states = states
        self.found = heads.found(states)

    def triggers(
        self, asked: Sequence[Span], least: float = 0
    ) -> list[tuple[Piece, bool]]:
        """Return the runs of pieces that tell an act, and those asked for."""
        own = runs(self.found[:, 0], self.found[:, 1], self.heads.floor)
        some = [(run, False) for run in own if self.sure(run) >= least]
        return [*some, *((self.pieces(s), True) for s in asked)]

    def sure(self, run: Piece) -> float:
        """Return how sure it is that a run of pieces tells an act."""
        return float(self.found[slice(*run), 0].max())

    def pieces(self, span: Span) -> Piece:
        """Return the pieces that overlap a span; the first where none does."""
        low, high = within(self.spans, span)
        return (low, high) if high > low else (0, 1)

    def acts(
        self, sentence: Span, triggers: Sequence[tuple[Piece, bool]]
    ) -> Iterator[Act]:
        """Yield an act for each trigger."""
        at = [run for run, _ in triggers]
        mean = np.stack([self.states[a:b].mean(0) for a, b in at])
        around = np.broadcast_to(self.states.mean(0), mean.shape)
        hidden = gelu(self.heads.linear("look", np.concatenate([mean, around], 1)))
        deeds = self.deeds(at, hidden)
        roles = self.roles(at, mean, deeds)
        said = {name: self.said(name, hidden) for name in SAID}
        for n, ((low, high), asked) in enumerate(triggers):
            words = {name: self.words(roles[n, :, r]) for r, name in OTHERS}
            words |= {name: self.parties(roles[n, :, r]) for r, name in PARTIES}
            meant = softmax(said["told"][n].reshape(2, 3))
            yield Act(
                trigger=Span(self.spans[low].start, self.spans[high - 1].end),
                sentence=sentence,
                sure=self.sure((low, high)),
                deeds=self.named("deed", deeds[n]),
                statuses=self.named("status", softmax(said["status"][n])),
                modes=self.named("mode", softmax(said["mode"][n])),
                contexts=self.named("context", sigmoid(said["context"][n])),
                mutual=float(sigmoid(said["mutual"][n])[0]),
                actors=words["actor"],
                recipients=words["recipient"],
                places=words["place"],
                times=words["time"],
                speakers=words["speaker"],
                actor_meant=Meant(*map(float, meant[0])),
                recipient_meant=Meant(*map(float, meant[1])),
                asked=asked,
            )

    def said(self, name: str, hidden: Floats) -> Floats:
        """Return what one head says."""
        return self.heads.linear(f"say.{name}", hidden)

    def deeds(self, at: Sequence[Piece], hidden: Floats) -> Floats:
        """Return acts x deeds: the mean of what the pieces and the whole act say."""
        whole = softmax(self.said("deed", hidden))
        parts = np.stack([self.found[a:b, 2:].mean(0) for a, b in at])
        parts = parts / np.maximum(parts.sum(1, keepdims=True), FEW)
        out: Floats = (whole + parts) / 2
        return out

    def roles(self, at: Sequence[Piece], mean: Floats, deeds: Floats) -> Floats:
        """Return acts x pieces x roles x (O, B, I)."""
        heads, size = self.heads, len(self.spans)
        steps = distances(at, size)
        given = heads.linear("trigger", mean) + heads.linear("deed", deeds)
        near = heads.linear("piece", self.states)[None]
        near = near * (1 + heads.linear("gate", mean)[:, None]) + given[:, None]
        far = np.clip(steps, -heads.far, heads.far) + heads.far
        logits = heads.linear("role", gelu(near + heads.at["place.weight"][far]))
        return softmax(logits.reshape(len(at), size, len(ROLES), 3))

    def words(self, rows: Floats) -> tuple[Words, ...]:
        """Return the runs of pieces that a role holds more likely than not."""
        return tuple(
            Words(Span(self.spans[a].start, self.spans[b - 1].end), sure)
            for a, b, sure in chunks(rows)
        )

    def parties(self, rows: Floats) -> tuple[Words, ...]:
        """Return the words of a party: runs of pieces, as noun phrases where they are.

        A run that holds the head of a phrase stands for the whole phrase; one that
        holds none ("Israeli" of "Israeli strikes") for itself, unless it lies within
        a phrase that is told already.
        """
        inside = (1 - rows[:, 0]).tolist()
        heads = [(words, c, d) for words, _, (c, d) in self.phrases if d > c]
        found: list[Words] = []
        loose: list[Words] = []
        for run in self.words(rows):
            held = [
                Words(words, max(run.sure, *inside[c:d]))
                for words, c, d in heads
                if max(inside[c:d]) > 0.5 and run.span.overlaps(self.spans[c])
            ]
            found.extend(held)
            loose.extend([] if held else [run])
        best = max(heads, key=lambda h: max(inside[h[1] : h[2]]), default=None)
        maybe = [Words(best[0], max(inside[best[1] : best[2]]))] if best else []
        kept: list[Words] = []
        longest = sorted(found, key=lambda w: (w.span.start - w.span.end, w.span))
        for one in (*longest, *loose, *maybe):
            if not any(one.span.overlaps(other.span) for other in kept):
                kept.append(one)
        return tuple(sorted(kept, key=lambda w: w.span))

    def named(self, name: str, chances: Floats) -> Chances:
        """Pair labels with their probabilities, the likeliest first."""
        pairs = zip(self.heads.labels[name], chances.tolist(), strict=True)
        return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def within(spans: Sequence[Span], span: Span) -> Piece:
    """Return the first and past-last piece that overlap a span."""
    low = bisect_right(spans, span.start, key=lambda s: s.end)
    high = bisect_left(spans, span.end, lo=low, key=lambda s: s.start)
    return (low, high) if low < high else (0, 0)


def runs(act: Floats, begin: Floats, floor: float) -> list[Piece]:
    """Return runs of pieces that reach the floor; a sure beginning parts two.

    >>> runs(np.array([0.1, 0.9, 0.8, 0.2]), np.array([0.0, 0.9, 0.1, 0.0]), 0.5)
    [(1, 3)]
    """
    out: list[Piece] = []
    start: int | None = None
    for n in range(len(act) + 1):
        inside = n < len(act) and act[n] >= floor
        anew = inside and begin[n] > 0.5 and (n == 0 or begin[n - 1] <= 0.5)
        if start is not None and (not inside or anew):
            out.append((start, n))
            start = None
        if inside and start is None:
            start = n
    return out


def chunks(rows: Floats) -> list[tuple[int, int, float]]:
    """Return (first, past last, how sure) of runs of pieces by their O, B, I."""
    out: list[tuple[int, int, float]] = []
    start: int | None = None
    held = rows[:, 0] <= 0.5  # noqa: PLR2004
    for n in range(len(rows) + 1) if held.any() else ():
        inside = n < len(rows) and held[n]
        anew = inside and rows[n, 1] > max(rows[n, 2], 0.5)
        if start is not None and (not inside or anew):
            out.append((start, n, float(1 - rows[start:n, 0].min())))
            start = None
        if inside and start is None:
            start = n
    return out


def distances(at: Sequence[Piece], size: int) -> Ints:
    """Return acts x pieces: how many pieces left (-) or right of the trigger."""
    steps = np.arange(size)
    return np.stack(
        [np.where(steps < a, steps - a, np.maximum(0, steps - b + 1)) for a, b in at]
    ).astype(np.int64)


def sigmoid(x: Floats) -> Floats:
    """Return probabilities of things that do not exclude each other."""
    out: Floats = (1 / (1 + np.exp(-x))).astype(np.float32)
    return out
