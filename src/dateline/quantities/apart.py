"""Counts that two acts of one sentence cannot share."""

from collections.abc import Sequence
from dataclasses import replace

from dateline.model import Claim, Parsed, Quantity, Span

FAR = 99  # steps between words that no grammar joins
HURT = {"killed", "injured"}
STEPS = 3  # words up and down the grammar that join an act and its count
UNDONE = ("planned", "expected", "hypothetical")


def counted_apart(parsed: Parsed, claims: Sequence[Claim]) -> list[Claim]:
    """Return claims, each count kept by the nearest act and by those it can be of.

    "Rebels killed nine men, two days after they freed a judge": the nine are not of
    the freeing, which was on another day.
    """
    nearest: dict[tuple[Span, str], Claim] = {}
    for claim in claims:
        for many in claim.quantities:
            key = many.span, many.what
            best = nearest.setdefault(key, claim)
            if gap(parsed, claim, many) < gap(parsed, best, many):
                nearest[key] = claim
    kept: list[Claim] = []
    for claim in claims:
        every = ((q, nearest[q.span, q.what]) for q in claim.quantities)
        own = tuple(q for q, near in every if shared(parsed, claim, near, q))
        kept.append(replace(claim, quantities=own))
    return kept


def gap(parsed: Parsed, claim: Claim, many: Quantity) -> int:
    """Return how many steps of grammar lie between an act and what tells a count."""
    act = parsed.head_of(claim.action.trigger)
    teller = parsed.head_of(many.why.span or many.span)
    if act is None or teller is None:
        return FAR
    up = {token.i: n for n, token in enumerate((act, *parsed.above(act)))}
    chain = enumerate((teller, *parsed.above(teller)))
    return min((n + up[token.i] for n, token in chain if token.i in up), default=FAR)


def shared(parsed: Parsed, claim: Claim, nearest: Claim, many: Quantity) -> bool:
    """Whether an act may have the count of the act that is nearest to it."""
    steps = gap(parsed, claim, many)
    own = {q.what for q in claim.quantities if tells(claim, q)}
    if own and many.what not in own and not own | {many.what} <= HURT:
        return False  # "arrested six" does not tell of the dead
    close = steps <= STEPS or steps == gap(parsed, nearest, many)
    return close and not apart(claim, nearest)


def tells(claim: Claim, many: Quantity) -> bool:
    """Whether an act's own words tell a count: "killed nine"."""
    return bool(many.why.span and claim.action.trigger.overlaps(many.why.span))


def apart(one: Claim, two: Claim) -> bool:
    """Whether two acts are of two days, or one is done and one is not yet."""
    undone = [c.certainty.status in UNDONE for c in (one, two)]
    if undone[0] != undone[1]:
        return True
    a, b = one.when, two.when
    if None in (a.first, a.last, b.first, b.last):
        return False
    assert a.first and a.last and b.first and b.last
    return a.last < b.first or b.last < a.first
