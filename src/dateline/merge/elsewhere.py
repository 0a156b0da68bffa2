"""What one telling of a happening leaves out, another telling of it often says."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from dateline.model import Actor, Claim, Place, When, Why

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
    actors = claim.actors or party([o.actors for o in alike], claim.recipients)
    recipients = claim.recipients or party([o.recipients for o in alike], actors)
    when, where = day(claim, others), place(claim, others)
    new = {"when": when.why, "where": where.why}
    whys = tuple((asked, new.get(asked, why)) for asked, why in claim.why)
    found = replace(claim, when=when, where=where, why=whys)
    return replace(found, actors=actors, recipients=recipients)


def party(
    told: Sequence[tuple[Actor, ...]], other_side: Sequence[Actor]
) -> tuple[Actor, ...]:
    """Return the first side that words tell and that is not the claim's other side."""
    taken = {who.name for who in other_side}
    for side in told:
        if side and all(who.span for who in side):
            if taken.isdisjoint(who.name for who in side):
                return tuple(
                    replace(who, span=None, why=Why(RULE, who.span)) for who in side
                )
            return ()
    return ()


def day(claim: Claim, others: Sequence[Claim]) -> When:
    """Return the claim's own time, or the first that another telling tells."""
    if claim.when.known:
        return claim.when
    known = next((o.when for o in others if o.when.known), None)
    return replace(known, why=Why(RULE, known.span)) if known else claim.when


def place(claim: Claim, others: Sequence[Claim]) -> Place:
    """Return the claim's own place, or the first that another telling tells."""
    if claim.where.known:
        return claim.where
    known = next((o.where for o in others if o.where.known), None)
    return replace(known, why=Why(RULE, known.span)) if known else claim.where
