"""Read reports in torch and compare with the annotators, word by word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import torch
from batch import batch
from data import DEEDS, MODES, ROLES, STATUSES, Page, Window
from network import Reader


@torch.no_grad()
def read(model: Reader, windows: Sequence[Window], sure: float = 0.3) -> dict:
    """Return for each page the acts read, as plain dictionaries."""
    model.eval()
    out: dict[str, list[dict]] = defaultdict(list)
    for w in windows:
        one = batch([w])
        states = model.states(one.ids, one.mask).float()[0]
        logits = model.find(states)
        p = torch.sigmoid(logits)
        for first, last in w.sentences:
            for low, high in runs(p[first:last, 0].tolist(), p[first:last, 1].tolist(), sure):
                out[w.page.id].append(
                    answer(model, w, states, p, (first + low, first + high), (first, last))
                )
    return out


def runs(act: Sequence[float], begin: Sequence[float], sure: float):
    """Yield runs of pieces above the threshold; a sure beginning parts two."""
    start = None
    for n, (p, b) in enumerate(zip(act, begin, strict=True)):
        if p < sure:
            if start is not None:
                yield start, n
            start = None
        elif start is None:
            start = n
        elif b > 0.5 and act[n - 1] >= sure and begin[n - 1] <= 0.5:
            yield start, n
            start = n
    if start is not None:
        yield start, len(act)


def answer(model, w, states, p, trigger, sentence) -> dict:
    low, high = trigger
    first, last = sentence
    mean = states[low:high].mean(0, keepdim=True)
    hidden = model.acts(mean, states[first:last].mean(0, keepdim=True))
    said = {name: head(hidden)[0] for name, head in model.say.items()}
    deed = torch.softmax(said["deed"], 0)
    kinds = p[low:high, 2:].mean(0)
    both = deed * 0.5 + 0.5 * kinds / kinds.sum().clamp(min=1e-6)
    steps = torch.arange(first, last)
    distance = torch.where(steps < low, steps - low, (steps - high + 1).clamp(min=0))[None]
    roles = torch.softmax(model.roles(states[first:last][None], mean, deed[None], distance)[0], -1)
    spans = {}
    for r, name in enumerate(ROLES):
        spans[name] = list(words(roles[:, r].tolist()))
        spans[name] = [
            (w.spans[first + a][0], w.spans[first + b - 1][1], s) for a, b, s in spans[name]
        ]
    return {
        "trigger": (w.spans[low][0], w.spans[high - 1][1]),
        "act": float(p[low:high, 0].max()),
        "deed": DEEDS[int(both.argmax())],
        "deeds": both.tolist(),
        "status": STATUSES[int(said["status"].argmax())],
        "mode": MODES[int(said["mode"].argmax())],
        "mutual": float(torch.sigmoid(said["mutual"])[0]),
        "told": torch.softmax(said["told"].reshape(2, 3), 1).tolist(),
        **spans,
    }


def words(rows: Sequence[Sequence[float]], sure: float = 0.5):
    """Yield (first, past last, probability) of runs of pieces in a role."""
    start, best = None, 0.0
    for n, (o, b, i) in enumerate(rows):
        if o > sure:
            if start is not None:
                yield start, n, best
            start = None
        elif start is None:
            start, best = n, 1 - o
        elif b > i and b > 0.5:
            yield start, n, best
            start, best = n, 1 - o
        else:
            best = max(best, 1 - o)
    if start is not None:
        yield start, len(rows), best


def overlap(a, b) -> float:
    both = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return both / max(1, min(a[1] - a[0], b[1] - b[0]))


ASKED = "status statusx mode actor recipient place time both speaker".split()


def scores(pages: Sequence[Page], found: dict, sure: float) -> dict[str, float]:
    """Return detection and the share of told answers right, against each telling."""
    n: Counter[str] = Counter()
    for page in pages:
        one([a for a in found.get(page.id, []) if a["act"] >= sure], page, n)
    said = n["said"] - n["free"]
    out = {"P": n["hit"] / max(1, said), "R": n["hit"] / max(1, n["gold"])}
    out["F1"] = 2 * n["hit"] / max(1, said + n["gold"])
    out["seen"] = n["seen"] / max(1, n["gold"])
    out |= {key: n[key] / max(1, n[f"{key}?"]) for key in ASKED}
    out["e2e"] = 2 * n["both"] / max(1, said + n["gold"])
    return {k: round(float(v), 3) for k, v in out.items()}


def one(mine: Sequence[dict], page: Page, n: Counter[str]) -> None:
    """Count one page; arguable tellings are neither rewarded nor punished."""
    used: set[int] = set()
    n["said"] += len(mine)
    for t in page.tellings:
        arguable = t.gold["importance"] == "arguable"
        free = [i for i in range(len(mine)) if i not in used]
        fits = [i for i in free if overlap(mine[i]["trigger"], t.trigger) >= 0.5]
        right = [i for i in fits if t.deed[DEEDS.index(mine[i]["deed"])] > 0]
        n["gold"] += not arguable
        n["seen"] += bool(fits) and not arguable
        if arguable:
            used.update(fits[:1])
            n["free"] += bool(fits)
        elif right:
            used.add(right[0])
            n["hit"] += 1
            compare(n, mine[right[0]], t)


def compare(n: Counter, mine: dict, t) -> None:
    n["status?"] += 1
    ok = t.status[STATUSES.index(mine["status"])] > 0
    n["status"] += ok
    if t.status[0] == 0:
        n["statusx?"] += 1
        n["statusx"] += ok
    if t.mode[0] == 0:
        n["mode?"] += 1
        n["mode"] += t.mode[MODES.index(mine["mode"])] > 0
    good = {}
    for name in ROLES:
        gold = t.roles[name]
        if gold is None:
            continue
        told = [s[:2] for s in mine[name]]
        if t.mutual and name in ("actor", "recipient"):
            gold = (t.roles["actor"] or []) + (t.roles["recipient"] or [])
            told = [s[:2] for s in mine["actor"] + mine["recipient"]]
        hit = [s for s in told if any(overlap(s, g) > 0.5 for g in gold)]
        good[name] = len(hit) == len(told) and (bool(hit) or not gold)
        if gold:
            n[name + "?"] += 1
            n[name] += good[name]
    n["both?"] += 1
    n["both"] += good["actor"] and good["recipient"]
