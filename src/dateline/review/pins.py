"""What decisions about two events do to the pins between claims, and how to undo it.

A decision to join or to part is one, however many claims it holds together or apart:
beside it stands which pins it made or lifted. What holds between two claims is what
the last decision about them says that was not taken back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.review.reviewed import standing_decisions

Record = dict[str, Any]
PINS = {"merge": "must", "split": "never"}


@dataclass(frozen=True, slots=True)
class Pin:
    """What is decided of two claims, and what was before; "" is nothing."""

    a: str
    b: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision about two events: its number, and what became of it.

    `lifted` are the pairs of claims that were held apart till then.
    """

    number: int
    together: bool
    lifted: tuple[tuple[str, str], ...] = ()


def joining(one: str, other: str, sides: Sequence[set[str]], pins: Any) -> list[Pin]:
    """Return what joining two events does: all that held their claims apart goes.

    `sides` are the claims of either event, `pins` those of the store.
    """
    near, far = sides
    lifted = [
        Pin(p["a"], p["b"], p["kind"], "")
        for p in pins
        if p["kind"] == "never"
        and ((p["a"] in near and p["b"] in far) or (p["b"] in near and p["a"] in far))
        and {p["a"], p["b"]} != {one, other}
    ]
    return [pin_change(one, other, "must", pins), *lifted]


def parting(one: str, others: Sequence[str], pins: Sequence[Record]) -> list[Pin]:
    """Return what holding a claim apart from others does."""
    return [pin_change(one, other, "never", pins) for other in others]


def pin_change(one: str, other: str, kind: str, pins: Iterable[Record]) -> Pin:
    """Return what one pin changes."""
    a, b = sorted((one, other))
    before = (p["kind"] for p in pins if (p["a"], p["b"]) == (a, b))
    return Pin(a, b, next(before, ""), kind)


def pins_by_decision(decision: Record) -> list[Pin]:
    """Return the pins that a decision made and lifted."""
    if decision["kind"] not in PINS:
        return []
    if kept := (decision["answer"] or {}).get("pins"):
        return [Pin(*row) for row in kept]
    return [
        pin_change(decision["claim"], decision["other"], PINS[decision["kind"]], ())
    ]


def undoing(number: int, decisions: Sequence[Record]) -> list[Pin]:
    """Return what taking a decision back does to pins.

    Where a later decision is about the same claims, that one holds; else what an
    earlier one says, or what was before all of them.
    """
    undone = next(row for row in decisions if row["number"] == number)
    left = [row for row in standing_decisions(decisions) if row["number"] != number]
    said = {(p.a, p.b): p.after for row in left for p in pins_by_decision(row)}
    first = {
        (p.a, p.b): p.before for row in decisions[::-1] for p in pins_by_decision(row)
    }
    return [
        Pin(p.a, p.b, p.after, said.get((p.a, p.b), first[p.a, p.b]))
        for p in pins_by_decision(undone)
    ]


def latest_about(one: str, other: str, decisions: Sequence[Record]) -> Record | None:
    """Return the last decision that stands and pinned two claims."""
    asked = tuple(sorted((one, other)))
    told = (
        row
        for row in standing_decisions(decisions)[::-1]
        if any((p.a, p.b) == asked and p.after for p in pins_by_decision(row))
    )
    return next(told, None)
