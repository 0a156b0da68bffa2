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

MOST = 500  # events of one deed and stage that a claim is held against


def within(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims of one report, each with the id of the event it tells.

    A claim joins the earliest event whose every claim it can be the same as.
    """
    events: list[Told] = []
    near: dict[tuple[str, str], list[int]] = {}
    home: list[int] = []
    for claim in claims:
        rivals = near.setdefault(drawer(claim), [])
        found = next((i for i in rivals if events[i].fits(claim)), len(events))
        if found == len(events):
            events.append(Told(claim))
            if len(rivals) < MOST:
                rivals.append(found)
        events[found].add(claim)
        home.append(found)
    names = [event_id(told.first) for told in events]
    return tuple(
        replace(claim, event=names[i]) for claim, i in zip(claims, home, strict=True)
    )


class Told:
    """The claims that tell one event; those alike in all that counts are kept once."""

    def __init__(self, first: Claim) -> None:
        """Start with the claim that tells it first."""
        self.first = first
        self.kept: dict[tuple[object, ...], Claim] = {}

    def add(self, claim: Claim) -> None:
        """Add a claim."""
        self.kept.setdefault(outline(claim), claim)

    def fits(self, claim: Claim) -> bool:
        """Whether a claim can be the same as every claim here."""
        return all(same(claim, told) for told in self.kept.values())


def drawer(claim: Claim) -> tuple[str, str]:
    """Return what two claims of one happening always share: deed and stage."""
    return claim.action.deed, STAGES[claim.certainty.status]


def outline(claim: Claim) -> tuple[object, ...]:
    """Return all of a claim that `same` looks at."""
    at, day = claim.where, claim.when
    place = (at.known, at.country, at.precision, at.name, at.geonameid)
    sides = ((*map(identity, ps),) for ps in (claim.actors, claim.recipients))
    told = (day.known, day.first, day.last, claim.action.mutual)
    return (*drawer(claim), *place, *told, *sides)


def identity(who: Actor) -> tuple[object, ...]:
    """Return all of a party that `alike` looks at."""
    return who.entity, who.country, who.name, who.sectors


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
