"""What one telling of a happening leaves out is taken from another in the report."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from dateline.model import Actor, Claim, Why

RULE = "merge.elsewhere.v1"


def completed(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return claims of one report, each with what its event's other tellings add.

    Only what a claim has no answer to at all is taken over, from the nearest telling
    that has one, with the words that it was read from. A party is taken over only
    between tellings of one deed, and nobody is put on both sides.
    """
    by_event = sorted(claims, key=lambda claim: claim.event)
    found = {
        (claim.id, claim.action.trigger): claim
        for _, group in groupby(by_event, key=lambda claim: claim.event)
        for claim in each(list(group))
    }
    return tuple(found[claim.id, claim.action.trigger] for claim in claims)


def each(group: Sequence[Claim]) -> list[Claim]:
    """Return the tellings of one event, completed from each other."""
    return [complete(claim, nearest(claim, group)) for claim in group]


def nearest(claim: Claim, group: Sequence[Claim]) -> list[Claim]:
    """Return the other tellings, the one that stands nearest first."""
    at = claim.action.trigger.start
    others = [other for other in group if other is not claim]
    return sorted(others, key=lambda other: abs(other.action.trigger.start - at))


def complete(claim: Claim, others: Sequence[Claim]) -> Claim:
    """Return a claim with what the nearest of other tellings adds to it."""
    alike = [other for other in others if other.action.deed == claim.action.deed]
    actors = side(claim.actors, [o.actors for o in alike], claim.recipients)
    if claim.action.mutual and len(actors) > 1:  # all who take part act
        return replace(claim, actors=actors)
    if "alone" in claim.action.traits:
        return replace(claim, actors=actors)
    recipients = side(claim.recipients, [o.recipients for o in alike], actors)
    return replace(claim, actors=actors, recipients=recipients)


def side(
    own: tuple[Actor, ...],
    told: Sequence[tuple[Actor, ...]],
    other_side: Sequence[Actor],
) -> tuple[Actor, ...]:
    """Return a claim's own side, where it is empty or of no known state, completed."""
    if not own:
        return party(told, other_side)
    if any(who.country for who in own):
        return own
    known = next((one for one in told if matched(own, one)), ())
    pairs = zip(own, known, strict=bool(known))
    return tuple(stated(who, other) for who, other in pairs) if known else own


def matched(own: Sequence[Actor], other: Sequence[Actor]) -> bool:
    """Whether another telling's side may tell the states of a side: as many, alike."""
    return len(own) == len(other) and all(
        b.country and (not a.sectors or not b.sectors or {*a.sectors} & {*b.sectors})
        for a, b in zip(own, other, strict=True)
    )


def stated(who: Actor, other: Actor) -> Actor:
    """Return a party of no known state with that of the same in another telling."""
    why = Why(RULE, other.span or who.span)
    return replace(
        who,
        country=other.country,
        sectors=who.sectors or other.sectors,
        answer="guess",
        why=why,
    )


def party(
    told: Sequence[tuple[Actor, ...]], other_side: Sequence[Actor]
) -> tuple[Actor, ...]:
    """Return the side that most tellings tell by words, if not the claim's other side.

    Of the tellings that agree on its states, the nearest one's.
    """
    every = [side for side in told if side and all(who.span for who in side)]
    agreed = Counter(map(states, every))
    best = max(every, key=lambda side: agreed[states(side)], default=())
    if {who.name for who in other_side} & {who.name for who in best}:
        return ()
    return tuple(replace(who, span=None, why=Why(RULE, who.span)) for who in best)


def states(side: Sequence[Actor]) -> frozenset[str | None]:
    """Return the states of a side."""
    return frozenset(who.country for who in side)
