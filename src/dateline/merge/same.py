"""Claims of one report that tell the same happening get one event id."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b

from dateline.model import Actor, Claim, When

STAGES = {
    "happened": "real",
    "ongoing": "real",
    "recurring": "often",
    "planned": "ahead",
    "expected": "ahead",
    "possible": "ahead",
    "hypothetical": "ahead",
    "denied": "not",
    "negated": "not",
}


def within(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims of one report, each with the id of the event it tells.

    A claim joins the earliest event whose every claim it can be the same as.
    """
    events: list[list[Claim]] = []
    home: list[int] = []
    for claim in claims:
        fits = (i for i, told in enumerate(events) if all(same(claim, t) for t in told))
        found = next(fits, len(events))
        if found == len(events):
            events.append([])
        events[found].append(claim)
        home.append(found)
    names = [event_id(told[0]) for told in events]
    return tuple(
        replace(claim, event=names[i]) for claim, i in zip(claims, home, strict=True)
    )


def event_id(first: Claim) -> str:
    """Return the id of the event that a claim is the first to tell."""
    return blake2b(
        f"event|{first.report_id}|{first.id}".encode(), digest_size=8
    ).hexdigest()


def same(a: Claim, b: Claim) -> bool:
    """Whether two claims can tell one happening: same deed and stage, nothing apart."""
    if a.action.deed != b.action.deed:
        return False
    if STAGES[a.certainty.status] != STAGES[b.certainty.status]:
        return False
    if not meet(a.when, b.when) or not one_place(a, b):
        return False
    if a.action.mutual or b.action.mutual:
        return together(a.actors + a.recipients, b.actors + b.recipients)
    return together(a.actors, b.actors) and together(a.recipients, b.recipients)


def one_place(a: Claim, b: Claim) -> bool:
    """Whether two claims can be of one place, as far as either tells."""
    x, y = a.where, b.where
    if not (x.known and y.known) or x.country != y.country:
        return not (x.known and y.known and x.country and y.country)
    exact = {"site", "city"}
    if x.precision in exact and y.precision in exact:
        return x.name == y.name or x.geonameid == y.geonameid
    return True


def meet(a: When, b: When) -> bool:
    """Whether two intervals share a day, as far as they are told."""
    if not (a.known and b.known):
        return True
    apart = a.last and b.first and a.last < b.first
    return not (apart or (b.last and a.first and b.last < a.first))


def together(some: Sequence[Actor], others: Sequence[Actor]) -> bool:
    """Whether two lists of parties share one, as far as both are told."""
    known, told = identities(some), identities(others)
    if not known or not told:
        return True
    return any(alike(a, b) for a in known for b in told)


def identities(parties: Sequence[Actor]) -> list[Actor]:
    """Return the parties that can be told apart."""
    return [a for a in parties if a.country or a.entity or a.name]


def alike(a: Actor, b: Actor) -> bool:
    """Whether two parties can be one: same entity, or country and a sector shared."""
    if a.entity and b.entity and a.entity == b.entity:
        return True
    if a.country != b.country:
        return False
    if a.country is None:
        return a.name.lower() == b.name.lower()
    return not a.sectors or not b.sectors or bool(set(a.sectors) & set(b.sectors))
