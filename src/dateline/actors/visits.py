"""Who visits and who receives, where two meet in the country of one of them."""

from collections.abc import Sequence
from dataclasses import replace

from dateline.model import Action, Actor, Place, Span

Sides = tuple[Action, tuple[Actor, ...], tuple[Actor, ...]]


def at_home(
    action: Action,
    actors: tuple[Actor, ...],
    recipients: tuple[Actor, ...],
    where: Place,
) -> Sides:
    """Return a meeting as a visit where the place is one side's own country."""
    hosts = tuple(a for a in actors if a.country == where.country)
    guests = tuple(a for a in actors if a.country != where.country)
    told = where.span is not None and not within(where.span, actors)
    mere = action.deed == "CONSULT" and action.mutual and not action.modes
    known = all(a.country for a in actors) and where.country is not None
    if not (mere and told and known and hosts and guests) or recipients:
        return action, actors, recipients
    return replace(action, modes=("visit",)), guests, hosts


def within(place: Span, actors: Sequence[Actor]) -> bool:
    """Whether a place is a word of a party: "the mayor of Rome"."""
    return any(a.span is not None and a.span.overlaps(place) for a in actors)
