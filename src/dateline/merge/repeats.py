"""A sentence printed twice tells its acts once."""

from collections.abc import Iterable
from typing import Any

from dateline.model import Claim
from dateline.model.record import record

OWN = frozenset("id trigger confidence why start end".split())
"""What each print of the same words has of its own."""


def once(claims: Iterable[Claim], text: str) -> tuple[Claim, ...]:
    """Return claims without those that tell in equal words what an earlier one told."""
    first: dict[Any, Claim] = {}
    for claim in claims:
        alike = claim.event, claim.type, claim.action.evidence.of(text)
        first.setdefault((*alike, repr(answers(record(claim, text)))), claim)
    return tuple(first.values())


def answers(told: Any) -> Any:
    """Return a record as any print of its words gives it."""
    if isinstance(told, dict):
        return {name: answers(part) for name, part in told.items() if name not in OWN}
    return [answers(part) for part in told] if isinstance(told, list) else told
