"""What goes wrong, out of fold: by kind of mention, and by what was wrong of it."""

from __future__ import annotations

from collections import Counter

import numpy as np

LEVELS = (0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.06)
COLUMNS = (*("asked", "right", "wrong land", "unknown", "missing", "too bold", "sector"), "linked")


def best_of(every, likely):
    """Return each party's likeliest candidate, None without any, and how likely."""
    best = np.zeros(len(every.parties))
    code = [None] * len(best)
    for i, c, p in zip(every.of, every.codes, likely, strict=True):
        if p > best[i]:
            best[i], code[i] = p, c
    return best, code


def curve(every, likely, sorted_right):
    """Print which share is right, and answered, at a given share of wrong countries."""
    best, code = best_of(every, likely)
    told = zip(code, every.parties, strict=True)
    right = np.array([c in p["countries"] for c, p in told])
    silent = np.array([None in p["countries"] for p in every.parties])
    mine = every.asked
    best, right, silent, kind = (x[mine] for x in (best, right, silent, sorted_right))
    order = np.argsort(-best)
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    for most in LEVELS:
        n = (wrong <= most).nonzero()[0].max(initial=-1) + 1
        if not n:
            continue
        told = np.zeros(len(order), bool)
        told[order[:n]] = True
        fine = (told & right) | (~told & silent)
        print(
            f"wrong <= {most:.3f}: answered {n / len(order):.3f}, country right or "
            f"rightly unknown {fine.mean():.3f}, both {(fine & kind).mean():.3f}, "
            f"threshold {best[order[n - 1]]:.3f}"
        )
    for least in (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.84, 0.9):
        told = best >= least
        fine = (told & right) | (~told & silent)
        print(
            f"at {least}: answered {told.mean():.3f}, "
            f"wrong {(~right[told]).mean():.3f}, "
            f"country {fine.mean():.3f}, both {(fine & kind).mean():.3f}"
        )
    shares = np.histogram(best, 10, (0, 1), weights=right.astype(float))[0]
    counts = np.histogram(best, 10, (0, 1))[0]
    print("right by tenth of sureness", np.round(shares / np.maximum(counts, 1), 3))


def kinds(every, likely, sorted_right, least):
    """Print by kind of mention what was wrong, as shares of all asked."""
    best, code = best_of(every, likely)
    n: dict[str, Counter[str]] = {}
    for i, party in enumerate(every.parties):
        if not every.asked[i]:
            continue
        for kind in (party["kind"], "all"):
            here = n.setdefault(kind, Counter())
            here.update(judged(party, code[i] if best[i] >= least else None))
            here["linked"] += party["linked"]
            here["sector"] += not sorted_right[i]
    total = n["all"]["asked"]
    print(f"{'at ' + str(least):12}" + "".join(f"{name:>11}" for name in COLUMNS))
    for kind, here in sorted(n.items(), key=lambda pair: -pair[1]["asked"]):
        told = "".join(f"{here[name] / total:11.4f}" for name in COLUMNS)
        print(f"{kind:12}{told}")


def judged(party, code):
    """Yield what to count of one answer's country."""
    yield "asked"
    lands = party["countries"]
    if code in lands:
        yield "right"
    elif code is None:
        yield "unknown"
    else:
        yield "wrong land"
        if lands == {None}:
            yield "too bold"
    if None not in lands and not lands & set(party["codes"]):
        yield "missing"
