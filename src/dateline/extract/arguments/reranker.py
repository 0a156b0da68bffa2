"""The second reading: a small encoder over a whole report, its question in view.

The states that the reader's lower layers gave of each sentence and its neighbours are
marked at acts and at the words of parties; three layers of their own then read the
report as a whole, up to 510 pieces at a time, the last for marked pieces alone. Every
mention is scored against every act and side; a party has what its mentions have
together (the logarithm of their summed exponents).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.ml.encoder.heads import check_seal, double_gelu, gelu
from dateline.ml.encoder.reader import WEIGHTS
from dateline.ml.encoder.sessions import run_on_several
from dateline.model import Action
from dateline.model.decisions import Party, Question
from dateline.model.encoder_output import Stretch

FORM = 2
FILES = ("decide.onnx.gz", "decide.npz")
NAMES = 64  # names of parties told apart at once
BEFORE, AFTER = 5, 4  # sentences told apart
STEPS = (1, 3, 6, 12, 25)  # pieces told apart within a sentence
NEVER = -1e4
WINDOW, LEAD = 510, 62
"""Pieces of one pass; of them, in later passes, those of the report's head again."""
BLOCK = 128  # mentions scored at once: what they need fits a core's cache
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where acts and parties' words stand among the pieces of a report.

    `windows` are runs of pieces; `acts` rows of (first piece, past-last, sentence), of
    those acts whose numbers are in `index`; `mentions` of (first, past-last, sentence,
    party).
    """

    windows: tuple[tuple[int, int], ...]
    acts: Ints
    index: tuple[int, ...]
    mentions: Ints


def lay_out_report(
    stretches: Sequence[Stretch], acts: Sequence[Action], parties: Sequence[Party]
) -> Layout:
    """Return the layout of what was read of a report; acts outside of it are left."""
    starts = [at for part in stretches for at in part.at.starts]
    ends = [at for part in stretches for at in part.at.ends]
    first, last = np.array(starts, np.int64), np.array(ends, np.int64)
    sentence: list[int] = []
    bounds: list[int] = []
    for number, (_, parts) in enumerate(groupby(stretches, key=lambda p: p.sentence)):
        bounds.append(len(sentence))
        sentence += [number] * sum(len(part.at.starts) for part in parts)
    bounds.append(len(sentence))
    of = np.array([*sentence, -1], np.int64)
    words = [party.mentions for party in parties]
    spans = [a.trigger for a in acts] + [span for some in words for span in some]
    begin = np.array([span.start for span in spans], np.int64)
    end = np.array([span.end for span in spans], np.int64)
    low = last.searchsorted(begin, "right")
    high = first.searchsorted(end, "left")
    inside = low < high
    at = np.stack([low, high, of[low]], 1)
    sizes = np.array([len(some) for some in words], np.int64)
    whose = np.repeat(np.arange(len(parties)), sizes)
    many = len(acts)
    mentions = np.concatenate([at[many:], whose[:, None]], 1)
    return Layout(
        tuple(cut_windows(bounds)),
        at[:many][inside[:many]],
        tuple(np.flatnonzero(inside[:many]).tolist()),
        mentions[inside[many:]],
    )


def cut_windows(bounds: Sequence[int]) -> list[tuple[int, int]]:
    """Return runs of pieces that fit one pass, cut between sentences where they can be.

    >>> cut_windows([0, 300, 600, 1300])
    [(0, 300), (300, 600), (600, 1048), (1048, 1300)]
    """
    found: list[tuple[int, int]] = []
    first = 0

    def room() -> int:
        return WINDOW - LEAD if found else WINDOW

    for low, high in zip(bounds[:-1], bounds[1:], strict=True):
        if high - first > room() and low > first:
            found.append((first, low))
            first = low
        while high - first > room():
            found.append((first, first + room()))
            first = found[-1][1]
    if first < bounds[-1]:
        found.append((first, bounds[-1]))
    return found


@dataclass(frozen=True, slots=True)
class Scored:
    """What the second reading says of the acts whose numbers are in `index`.

    `choices` are logits of acts x sides x (nobody, unlisted, each party), `told` of
    being told at all.
    """

    index: tuple[int, ...]
    choices: NDArray[np.float64]
    told: NDArray[np.float64]


class SecondReading:
    """The weights of the second reading, and what they make of a question."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        """Take the weights of a folder. Raises LookupError where they are missing."""
        if missing := [name for name in FILES if not (path / name).exists()]:
            raise LookupError(f"no {missing[0]} in {path}")
        self.files = {name: path / name for name in FILES}
        with np.load(self.files["decide.npz"], allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files if name != "told"}
            told = check_seal(json.loads(str(kept["told"])), arrays, FORM)
        self.deeds: list[str] = told["deeds"]
        self.sectors: list[str] = told["sectors"]
        self.version: str = told["version"]
        self.at = {name: value.astype(np.float32) for name, value in arrays.items()}

    def __call__(self, question: Question) -> Scored:
        """Score every choice of every act of a report."""
        asked = {sentence.span for sentence in question.parsed.sentences}
        every = question.parsed.states.stretches
        stretches = [part for part in every if part.sentence in asked]
        parties = question.parties
        found = lay_out_report(stretches, question.acts, parties)
        if not found.index:
            return Scored((), np.zeros((0, 2, 2 + len(parties))), np.zeros(0))
        row, marks = self.marks(found, question)
        before = np.concatenate([[0], np.cumsum(row >= 0)])  # marked ones, of each
        acts, words = (before[each[:, :2]] for each in (found.acts, found.mentions))
        bounds = np.unique(np.concatenate([acts, words]))
        states = self.states(found, stretches, (row, marks))
        total = sum_before_bounds(states, bounds)
        means = [mean_between(total, bounds, each) for each in (acts, words)]
        choices, told = self.heads(found, means, len(parties))
        return Scored(found.index, choices.astype(float), told.astype(float))

    def marks(self, found: Layout, question: Question) -> tuple[Ints, Floats]:
        """Return what is added to marked pieces: which acts and whose words they are.

        First, of each piece, the number of its row, -1 of those that nothing marks.
        """
        given: list[Floats] = []
        for n in found.index:
            deed = question.acts[n].read_as or question.acts[n].deed
            known = self.deeds.index(deed) + 1 if deed in self.deeds else 0
            given.append(self.at["act.weight"][known])
        for n, party in enumerate(question.parties):
            first = next(iter(party.who.sectors), "")
            sector = self.sectors.index(first) + 1 if first in self.sectors else 0
            given.append(
                self.at["name.weight"][n % NAMES]
                + self.at["sector.weight"][sector]
                + self.at["known.weight"][int(bool(party.who.country))]
            )
        acts, words = found.acts, found.mentions
        spans = [(low, high, n) for n, (low, high, _) in enumerate(acts)]
        spans += [(low, high, len(acts) + n) for low, high, _, n in words]
        row = np.full(found.windows[-1][1], -1, np.int64)
        for low, high, _ in spans:
            row[low:high] = 0
        row[row == 0] = np.arange(np.count_nonzero(row == 0))
        out = np.zeros((row.max() + 1, len(given[0])), np.float32)
        for low, high, n in spans:
            out[row[low] : row[low] + high - low] += given[n]
        return row, out

    def states(
        self, found: Layout, stretches: Sequence[Stretch], marks: tuple[Ints, Floats]
    ) -> Iterator[Floats]:
        """Yield the states of each window's own marked pieces, read on from marks."""
        kept = [part.below for part in stretches if part.below is not None]
        below, (row, added) = np.concatenate(kept), marks
        lead = np.arange(min(LEAD, found.windows[0][1]))
        for n, (low, high) in enumerate(found.windows):
            at = np.concatenate([lead[: len(lead) if n else 0], np.arange(low, high)])
            marked = row[at] >= 0
            own = np.flatnonzero(marked & (np.arange(len(at)) >= len(at) - high + low))
            if not len(own):
                continue
            given = below[at].astype(np.float32)
            given[marked] += added[row[at][marked]]
            given += self.at["spot.weight"][: len(at)]
            asked = {"embedded": given[None], "wanted": own}
            states: Floats = run_on_several(self.files["decide.onnx.gz"], asked)
            yield states[0]

    def linear(self, name: str, given: Floats) -> Floats:
        """Apply one layer."""
        out: Floats = given @ self.at[f"{name}.weight"].T + self.at[f"{name}.bias"]
        return out

    def heads(self, found: Layout, means: Sequence[Floats], parties: int) -> tuple[Floats, Floats]:
        """Return the logits of choices, and of being told.

        `means` are the mean states of acts, and those of mentions.
        """
        acts, words, (h, m) = found.acts, found.mentions, means
        t = self.linear("trigger", h)
        told = self.linear("keep", gelu(t))[:, 0]
        none = self.linear("none", gelu(t)).reshape(len(acts), 2, 2)
        pooled = np.full((len(acts), 2, parties), NEVER, np.float32)
        if len(words):  # those of one party stand together
            of = words[:, 3]
            first = np.flatnonzero(np.diff(of, prepend=-1))
            size = np.diff(first, append=len(of))
            summed_up = np.add.reduceat(m, first, 0) / size[:, None]
            whole = np.asarray(summed_up, np.float32)
            near = self.linear("mention", m)
            near += np.repeat(self.linear("party", whole), size, 0)
            gates, places = 1 + self.linear("gate", h), places_of(acts, words)
            for a in range(len(acts)):
                scores = self.score_words(near, gates[a], t[a], places[a])
                top = np.maximum.reduceat(scores, first, 1)
                odds = np.exp(scores - np.repeat(top, size, 1))
                summed = np.add.reduceat(odds, first, 1)
                pooled[a][:, of[first]] = top + np.log(summed)
        return np.concatenate([none, pooled], 2), told

    def score_words(self, near: Floats, gate: Floats, act: Floats, places: Ints) -> Floats:
        """Return sides x mentions: what each mention scores against one act.

        `near` are mentions x numbers, `places` says where each lies from the act.
        """
        lies = self.at["place.weight"] + act
        out = np.empty((2, len(near)), np.float32)
        inner, some = np.empty((2, min(len(near), BLOCK), near.shape[1]), np.float32)
        for low in range(0, len(near), BLOCK):
            own = slice(low, low + BLOCK)
            n = len(near[own])
            np.take(lies, places[own], axis=0, out=some[:n], mode="clip")
            z = np.multiply(near[own], gate, out=inner[:n])
            z += some[:n]
            out[:, own] = self.sides @ double_gelu(z, some[:n]).T
        return out

    @cached_property
    def sides(self) -> Floats:
        """Sides x numbers: half of what each number of a mention adds to each side."""
        score = self.at["score"] * np.float32(0.5)
        none = np.zeros_like(score[0])
        both = [score[0], none], [none, score[1]]
        return np.array([np.concatenate(side) for side in both])


def places_of(acts: Ints, words: Ints) -> Ints:
    """Return where each mention lies from each act: sentences, or pieces within one."""
    far = np.clip(words[None, :, 2] - acts[:, None, 2], -BEFORE, AFTER) + BEFORE
    before = acts[:, None, 0] - words[None, :, 1]
    after = words[None, :, 0] - acts[:, None, 1]
    base = BEFORE + AFTER + 1
    left = base + np.searchsorted(STEPS, np.maximum(before, 0))
    right = base + len(STEPS) + 1 + np.searchsorted(STEPS, np.maximum(after, 0))
    same = np.where(before >= 0, left, right)
    out: Ints = np.where(words[None, :, 2] == acts[:, None, 2], same, far)
    return out


def mean_between(total: NDArray[np.float64], bounds: Ints, spans: Ints) -> Floats:
    """Return the mean state of each span, whose ends are among the bounds.

    `total` are the summed states of all pieces before each of the bounds.
    """
    low, high = np.searchsorted(bounds, spans).T
    out = (total[high] - total[low]) / (spans[:, 1] - spans[:, 0])[:, None]
    return np.asarray(out, np.float32)


def sum_before_bounds(windows: Iterable[Floats], bounds: Ints) -> NDArray[np.float64]:
    """Return the summed states of all pieces before each bound, window by window.

    >>> windows = [np.ones((3, 1)), np.ones((2, 1))]
    >>> sum_before_bounds(windows, np.array([0, 2, 5])).tolist()
    [[0.0], [2.0], [5.0]]
    """
    parts: list[NDArray[np.float64]] = []
    before, done = np.zeros(1), 0
    for states in windows:
        last = done + len(states)
        inside = bounds[(done < bounds) & (bounds < last)] - done
        sums = np.add.reduceat(states, [0, *inside], 0).astype(np.float64)
        sums[0] += before
        total = sums.cumsum(0)
        parts.append(total if last in bounds else total[:-1])
        before, done = total[-1], last
    first = np.zeros((int(bounds[0] == 0), len(before)))
    return np.concatenate([first, *parts])


@cache
def second_reading() -> SecondReading:
    """Return the second reading that ships, read once a process."""
    return SecondReading()
