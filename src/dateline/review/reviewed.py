"""What the record is once people's decisions are heard; the program's stays beside."""

from collections.abc import Iterable, Sequence
from typing import Any

from dateline.review.forms import QUESTIONS

Record = dict[str, Any]
NO: frozenset[str] = frozenset()


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


def rejected(decisions: Iterable[Record]) -> bool:
    """Whether a claim is held to be none."""
    return latest_decisions(decisions).get("", {}).get("kind") == "reject"


def reviewed_claim(
    claim: Record, decisions: Iterable[Record], book: Any = None
) -> Record | None:
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
            made = {**made, question: row["answer"]}
    made = derived(claim, made, book)
    why = [
        decision_as_reason(question, row) for question, row in held.items() if question
    ]
    judged = all(question in held for question in ("type", "actors", "recipients"))
    sure = 1.0 if judged else claim["confidence"]
    return {**made, "confidence": sure, "why": [*claim["why"], *why]}


def decision_as_reason(question: str, row: Record) -> Record:
    """Return a decision as one of a claim's reasons."""
    rule = "review.decision.v1" if row["kind"] == "correct" else "review.confirmed.v1"
    return {"question": question, "rule": rule, "start": None, "end": None}


def derived(claim: Record, made: Record, book: Any) -> Record:
    """Return a corrected claim with what follows from its type and mode."""
    if (made["type"], made["mode"]) == (claim["type"], claim["mode"]):
        return made
    from dateline.parts import choose_codebook

    book = book or choose_codebook("plover")
    kind = made["type"]
    deed = kind if kind != claim["type"] else made["deed"]
    same = {"quad": book.quad(kind), "score": book.score(kind, made["mode"])}
    if deed != made["deed"]:
        made = {name: value for name, value in made.items() if name != "read_as"}
    return {**made, **same, "deed": deed, "cameo": book.refined(kind, made["mode"], NO)}


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
    return [
        row["answer"] for row in standing_decisions(decisions) if row["kind"] == "add"
    ]
