"""Windows laid side by side, and the acts that they tell, as tensors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from data import CONTEXTS, DEEDS, MODES, ROLES, STATUSES, Telling, Window, at

Piece = tuple[int, int]
BLANK = 103  # the word piece [MASK]


@dataclass
class Batch:
    """[windows, pieces] of the text, and [acts, …] of what is told in it.

    `act` is 1, 0, between where a teacher says so, or -1 where nothing is learnt;
    `roles` are shares of O, B and I, all nought where nothing is learnt.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    act: torch.Tensor
    begin: torch.Tensor
    kinds: torch.Tensor
    inside: torch.Tensor
    which: torch.Tensor
    trigger: torch.Tensor
    around: torch.Tensor
    deed: torch.Tensor
    status: torch.Tensor
    mode: torch.Tensor
    context: torch.Tensor
    mutual: torch.Tensor
    told: torch.Tensor
    weight: torch.Tensor
    pieces: torch.Tensor
    there: torch.Tensor
    distance: torch.Tensor
    roles: torch.Tensor


@dataclass
class Told:
    """A telling and the pieces of its trigger and its sentence in one window."""

    window: int
    telling: Telling
    trigger: Piece
    sentence: Piece


def blanked(shown: Batch, share: float) -> Batch:
    """Put a blank for a share of the pieces, so that no one word is leant upon."""
    hidden = (torch.rand(shown.ids.shape) < share) & (shown.inside > 0)
    return replace(shown, ids=torch.where(hidden, BLANK, shown.ids))


def batch(windows: Sequence[Window]) -> Batch:
    """Lay windows side by side."""
    acts = [told for n, w in enumerate(windows) for told in tellings(n, w)]
    wide = max(len(w.ids) for w in windows)
    longest = max((t.sentence[1] - t.sentence[0] for t in acts), default=1)
    whole = {**texts(windows, wide), **marks(windows, acts, wide)}
    whole |= {**targets(acts), **places(acts, wide, longest)}
    whole["roles"] = roles(windows, acts, longest)
    return Batch(**{name: torch.from_numpy(value) for name, value in whole.items()})


def tellings(n: int, window: Window) -> Iterator[Told]:
    """Yield the tellings of a window whose trigger is not cut off."""
    where = dict(zip(window.bounds, window.sentences, strict=True))
    for one in window.page.tellings:
        if one.sentence not in where:
            continue
        first, last = where[one.sentence]
        low, high = at(window, one.trigger)
        low, high = max(low, first), min(high, last)
        if high > low:
            yield Told(n, one, (low, high), (first, last))


def texts(windows: Sequence[Window], wide: int) -> dict[str, np.ndarray]:
    ids, mask = (np.zeros((len(windows), wide), np.int64) for _ in range(2))
    inside = np.zeros((len(windows), wide), np.float32)
    for n, w in enumerate(windows):
        ids[n, : len(w.ids)] = w.ids
        mask[n, : len(w.ids)] = 1
        inside[n, 1 : len(w.ids) - 1] = 1
    return {"ids": ids, "mask": mask, "inside": inside}


def marks(windows: Sequence[Window], acts: Sequence[Told], wide: int) -> dict[str, np.ndarray]:
    """Return what each piece is to be found as."""
    act, begin = (np.zeros((len(windows), wide), np.float32) for _ in range(2))
    kinds = np.zeros((len(windows), wide, len(DEEDS)), np.float32)
    for n, w in enumerate(windows):
        if not w.page.whole:
            act[n] = -1
        for bounds, (first, last) in zip(w.bounds, w.sentences, strict=True):
            if (soft := w.page.soft.get(bounds)) is not None:
                rows = soft[: last - first]
                act[n, first:last], begin[n, first:last] = rows[:, 0], rows[:, 1]
                kinds[n, first:last] = rows[:, 2:]
    for told in acts:
        if told.telling.soft is not None:
            continue
        n, (low, high) = told.window, told.trigger
        unsure = told.telling.gold["importance"] == "arguable"
        before = act[n, low:high]
        act[n, low:high] = np.where(before == 1, 1, -1 if unsure else 1)
        begin[n, low] = 1
        deed = told.telling.deed > 0
        kinds[n, low:high] = np.maximum(kinds[n, low:high], deed)
    return {"act": act, "begin": begin, "kinds": kinds}


def targets(acts: Sequence[Told]) -> dict[str, np.ndarray]:
    """Return what is to be said of each act."""
    sizes = {"deed": DEEDS, "status": STATUSES, "mode": MODES}

    def stack(name: str, size: int) -> np.ndarray:
        rows = [getattr(t.telling, name) for t in acts]
        return np.array(rows, np.float32).reshape(len(acts), size)

    none = np.full(len(CONTEXTS), -1, np.float32)
    about = [none if (c := t.telling.contexts) is None else c for t in acts]
    return {
        **{name: stack(name, len(labels)) for name, labels in sizes.items()},
        "mutual": stack("mutual", 1),
        "weight": stack("weight", 1)[:, 0],
        "told": np.array([t.telling.told for t in acts], np.float32).reshape(-1, 2, 3),
        "context": np.array(about, np.float32).reshape(len(acts), len(CONTEXTS)),
    }


def places(acts: Sequence[Told], wide: int, longest: int) -> dict[str, np.ndarray]:
    """Return where each act's trigger and sentence lie in its window."""
    trigger, around = (np.zeros((len(acts), wide), np.float32) for _ in range(2))
    pieces, distance = (np.zeros((len(acts), longest), np.int64) for _ in range(2))
    there = np.zeros((len(acts), longest), np.float32)
    for k, told in enumerate(acts):
        (low, high), (first, last) = told.trigger, told.sentence
        trigger[k, low:high] = 1 / (high - low)
        around[k, first:last] = 1 / (last - first)
        steps = np.arange(first, last)
        pieces[k, : last - first] = steps
        there[k, : last - first] = 1
        after = np.maximum(0, steps - high + 1)
        distance[k, : last - first] = np.where(steps < low, steps - low, after)
    which = np.array([t.window for t in acts], np.int64)
    found = {"trigger": trigger, "around": around, "pieces": pieces}
    return {**found, "distance": distance, "there": there, "which": which}


def roles(windows: Sequence[Window], acts: Sequence[Told], longest: int) -> np.ndarray:
    """Return [acts, pieces of the sentence, roles, (O, B, I)]."""
    out = np.zeros((len(acts), longest, len(ROLES), 3), np.float32)
    for k, told in enumerate(acts):
        first, last = told.sentence
        if (soft := told.telling.soft) is not None:
            out[k, : last - first] = soft[: last - first]
            continue
        for r, name in enumerate(ROLES):
            spans = told.telling.roles[name]
            if spans is None:
                continue
            tags = np.zeros(last - first, np.int64)
            for span in spans:
                low, high = at(windows[told.window], span)
                low, high = max(low, first) - first, min(high, last) - first
                if high > low:
                    tags[low:high], tags[low] = 2, 1
            out[k, : last - first, r] = np.eye(3)[tags]
    return out
