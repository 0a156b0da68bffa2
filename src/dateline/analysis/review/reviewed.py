"""What the record is once people's decisions are heard; the program's stays beside.

A decision to join or to part events is one, however many claims it holds together or
apart: beside it stands which pins it made or lifted. What holds between two claims is
what the last decision about them says that was not taken back.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from dateline.analysis.review.forms import QUESTIONS, RULE, WRITE

Record = dict[str, Any]
NO: frozenset[str] = frozenset()
CONFIRMED = "review.confirmed.v1"
PINS = {"merge": "must", "split": "never"}


def standing_decisions(decisions: Iterable[Record]) -> list[Record]:
    """Return decisions, oldest first, without those taken back, and what took them."""
    every = list(decisions)
    gone = {row["other"] for row in every if row["kind"] == "undo"}
    kept = (row for row in every if row["kind"] != "undo")
    return [row for row in kept if str(row["number"]) not in gone]


def latest_decisions(decisions: Iterable[Record]) -> dict[str, Record]:
    """Return the decision that holds of each question of one claim; "" is the whole.

    The latest holds, whoever made it. Who confirms or rejects a whole claim judges
    each of its answers anew.
    """
    found: dict[str, Record] = {}
    for row in standing_decisions(decisions):
        if row["kind"] == "reject":
            found = {"": row}
        elif row["question"] == "" and row["kind"] == "confirm":
            found = {"": row} | dict.fromkeys(QUESTIONS, row)
        elif row["kind"] in ("confirm", "correct"):
            if found.get("", {}).get("kind") == "reject":
                del found[""]  # an answer of it is right or put right: it stands
            found[row["question"]] = row
    return found


def reviewed_claim(claim: Record, decisions: Iterable[Record], book: Any = None) -> Record | None:
    """Return a claim as corrected, None where it is rejected.

    `book` is the ontology, PLOVER where none is given. What was corrected says so in
    `why`; confidence is 1 where type and both parties were judged.
    """
    held = latest_decisions(decisions)
    if held.get("", {}).get("kind") == "reject":
        return None
    made = dict(claim)
    for question, row in held.items():
        if row["kind"] == "correct":
            made[question] = row["answer"]
    if (made["type"], made["mode"]) != (claim["type"], claim["mode"]):
        from dateline.pipeline.factory import choose_codebook

        book = book or choose_codebook("plover")
        kind, mode = made["type"], made["mode"]
        if kind not in (claim["type"], made["deed"]):
            made.pop("read_as", None)
        made |= {"quad": book.quad(kind), "score": book.score(kind, mode)}
        made["deed"] = kind if kind != claim["type"] else made["deed"]
        made["cameo"] = book.refined(kind, mode, NO)
    why = [
        {
            "question": question,
            "rule": RULE if row["kind"] == "correct" else CONFIRMED,
            "start": None,
            "end": None,
        }
        for question, row in held.items()
        if question
    ]
    judged = all(question in held for question in ("type", "actors", "recipients"))
    sure = 1.0 if judged else claim["confidence"]
    return {**made, "confidence": sure, "why": [*claim["why"], *why]}


def by_claim(decisions: Sequence[Record]) -> dict[str, list[Record]]:
    """Return decisions by the claim that they are about."""
    found: dict[str, list[Record]] = {}
    undone = {str(row["number"]): row["claim"] for row in decisions}
    for row in decisions:
        name = undone.get(row["other"], "") if row["kind"] == "undo" else row["claim"]
        found.setdefault(name, []).append(row)
    return found


def added_claims(decisions: Iterable[Record]) -> list[Record]:
    """Return the claims that people added, as they first told them."""
    return [row["answer"] for row in standing_decisions(decisions) if row["kind"] == "add"]


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
    return [pin_change(decision["claim"], decision["other"], PINS[decision["kind"]], ())]


def undoing(number: int, decisions: Sequence[Record]) -> list[Pin]:
    """Return what taking a decision back does to pins.

    Where a later decision is about the same claims, that one holds; else what an
    earlier one says, or what was before all of them.
    """
    undone = next(row for row in decisions if row["number"] == number)
    left = [row for row in standing_decisions(decisions) if row["number"] != number]
    said = {(p.a, p.b): p.after for row in left for p in pins_by_decision(row)}
    first = {(p.a, p.b): p.before for row in decisions[::-1] for p in pins_by_decision(row)}
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


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two reviewers say of the same answers; kappa is None where chance is all."""

    one: str
    other: str
    question: str
    items: int
    observed: float
    kappa: float | None


def agreements(decisions: Sequence[Record]) -> list[Agreement]:
    """Return how far each two reviewers agree, question by question.

    Of `right?` the verdicts are compared, of the others the answers that stand.
    """
    found = []
    names = sorted({row["reviewer"] for row in decisions})
    said = {name: answers_of_reviewer(decisions, name) for name in names}
    for one, other in combinations(names, 2):
        for question in ("right?", *QUESTIONS):
            a, b = (
                {item: v for item, v in said[name].items() if item[1] == question}
                for name in (one, other)
            )
            both = sorted(a.keys() & b.keys())
            if both:
                pairs = [(a[item], b[item]) for item in both]
                alike = sum(x == y for x, y in pairs) / len(pairs)
                figures = len(pairs), alike, kappa(pairs)
                found.append(Agreement(one, other, question, *figures))
    return found


def answers_of_reviewer(decisions: Sequence[Record], reviewer: str) -> dict[tuple[str, str], str]:
    """Return what one reviewer holds of each claim's questions, in writing."""
    found: dict[tuple[str, str], str] = {}
    own = [row for row in decisions if row["reviewer"] == reviewer]
    for claim, rows in by_claim(own).items():
        for question, row in latest_decisions(rows).items():
            if row["kind"] == "reject":
                found[claim, "right?"] = "no claim"
            elif question and row["kind"] in ("confirm", "correct"):
                answer = row["told"][question] if not row["question"] else row["answer"]
                found[claim, question] = WRITE[question](answer)
                if question == "type":
                    found[claim, "right?"] = "a claim"
    return found


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa: 1 full agreement, 0 what chance gives, None undefined.

    >>> kappa([("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no")])
    0.5
    """
    n = len(pairs)
    one, other = (Counter(side) for side in zip(*pairs, strict=True))
    chance = sum(one[name] * other[name] for name in one) / (n * n)
    alike = sum(a == b for a, b in pairs) / n
    return None if chance == 1 else round((alike - chance) / (1 - chance), 6)
