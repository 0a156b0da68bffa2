"""A sentence printed twice tells its acts once."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from dateline.model import Claim, Span
from dateline.model.record import claim_record

OWN = frozenset("id trigger confidence why start end".split())
"""What each print of the same words has of its own."""


def drop_repeated_claims(claims: Iterable[Claim], text: str) -> tuple[Claim, ...]:
    """Return claims without those that tell in equal words what an earlier one told.

    Two acts of one clause are two, however much alike.
    """
    every = [(c, (c.event, c.type, c.action.evidence.of(text))) for c in claims]
    many = Counter(alike for _, alike in every)
    first: dict[Any, Span] = {}
    kept = []
    for claim, alike in every:
        at = claim.action.evidence
        if many[alike] > 1:
            key = (*alike, repr(answers_of_words(claim_record(claim, text))))
            if first.setdefault(key, at) != at:
                continue
        kept.append(claim)
    return tuple(kept)


def answers_of_words(told: Any) -> Any:
    """Return a record as any print of its words gives it."""
    if isinstance(told, dict):
        return {
            name: answers_of_words(part)
            for name, part in told.items()
            if name not in OWN
        }
    return [answers_of_words(part) for part in told] if isinstance(told, list) else told
