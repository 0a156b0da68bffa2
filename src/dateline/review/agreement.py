"""How far two reviewers agree, beyond what chance would give: Cohen's kappa."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from dateline.review.forms import QUESTIONS, WRITE
from dateline.review.reviewed import by_claim, latest_decisions

Record = dict[str, Any]
Item = tuple[str, str]


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
                figures = observed(pairs), kappa(pairs)
                found.append(Agreement(one, other, question, len(pairs), *figures))
    return found


def answers_of_reviewer(decisions: Sequence[Record], reviewer: str) -> dict[Item, str]:
    """Return what one reviewer holds of each claim's questions, in writing."""
    found: dict[Item, str] = {}
    own = [row for row in decisions if row["reviewer"] == reviewer]
    for claim, rows in by_claim(own).items():
        for question, row in latest_decisions(rows).items():
            found |= dict(verdict_and_answer(claim, question, row))
    return found


def verdict_and_answer(
    claim: str, question: str, row: Record
) -> Iterable[tuple[Item, str]]:
    """Yield the verdict and the answer that one decision gives."""
    if row["kind"] == "reject":
        yield (claim, "right?"), "no claim"
    elif question and row["kind"] in ("confirm", "correct"):
        told = row["told"][question] if row["question"] == "" else row["answer"]
        yield (claim, question), WRITE[question](told)
        if question == "type":
            yield (claim, "right?"), "a claim"


def observed(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the share of pairs that are alike."""
    return sum(a == b for a, b in pairs) / len(pairs)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa: 1 full agreement, 0 what chance gives, None undefined.

    >>> kappa([("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no")])
    0.5
    """
    n = len(pairs)
    one, other = (Counter(side) for side in zip(*pairs, strict=True))
    chance = sum(one[name] * other[name] for name in one) / (n * n)
    return None if chance == 1 else round((observed(pairs) - chance) / (1 - chance), 6)
