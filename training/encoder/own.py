"""Our own corpus, filled and read into rows."""

from __future__ import annotations

import hashlib
import random
import sys
from pathlib import Path

from rows import Deal, Row

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "corpus"))
import check  # noqa: E402
import corpus  # noqa: E402


def part(marked: str) -> int:
    """Return which tenth a template is of; tenth 0 is held out."""
    return int(hashlib.sha1(marked.encode()).hexdigest()[:8], 16) % 10


def lines(held: bool) -> list[corpus.Line]:
    return [
        line
        for line in corpus.everything()
        if (part(line.marked) == 0) == held
        and not any(check.act_faults(act) for act in line.acts)
        and not check.mark_faults(line)
    ]


def rows(held: bool, seed: int, times: int) -> list[Row]:
    """Fill every template `times` times, other words each time."""
    rng = random.Random(f"corpus {seed}")
    return [
        read(corpus.fill(corpus.dress(line, rng), rng))
        for line in lines(held)
        for _ in range(times)
    ]


def read(line: corpus.Line) -> Row:
    text, spans = line.plain()
    at: dict[str, list[tuple[int, int]]] = {}
    for label, a, b in spans:
        at.setdefault(label, []).append((a, b))
    row = Row(text, "own")
    nothing = all(act.type == "NONE" for act in line.acts)
    for n, act in enumerate(line.acts, 1):
        tail = "" if n == 1 else str(n)
        get = lambda label, tail=tail: at.get(label + tail, [])  # noqa: E731
        deal = Deal(get("a") + get("b"), get("r"), get("t"), (act.type,), (act.deed,))
        deal.modes, deal.contexts = act.modes, act.contexts
        if act.status != "-" and deal.triggers:
            deal.statuses = (act.status,)
        row.deals.append(deal)
        if deal.triggers and act.type != "NONE":
            row.parties.append((deal.triggers, deal.actors, deal.recipients))
    row.tags["act"] = [s for k, v in at.items() if k[0] == "t" for s in v]
    if nothing:
        row.tags["act"] = []
        row.parties.append(([], [], []))
    elif len(line.acts) == 1:
        row.parties.append(([], row.deals[0].actors, row.deals[0].recipients))
    tell(row, line.where, at)
    return row


def tell(row: Row, where: str, at: dict[str, list[tuple[int, int]]]) -> None:
    """Add source and cue where the line marks its reported speech whole."""
    if "c" in at:
        row.tags["source"] = at.get("s", []) + at.get("o", [])
        row.tags["cue"] = at.get("q", []) + at.get("p", [])
        row.tags["content"] = at["c"]
