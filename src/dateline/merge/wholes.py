"""Which event another is part of: a call of many and the call of one of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from dateline.merge import agree
from dateline.merge.sides import SIDES
from dateline.model import Event
from dateline.model.fold import fold_name

Record = dict[str, Any]


def whole_of(event: Event, others: Iterable[Event]) -> str | None:
    """Return the event that one is part of, None if of none.

    `others` are the events that its reports tell beside it, as the record sums them up.
    The whole is of the same type, its days hold the part's, and on one side it names
    all whom the part names and more, on the other no fewer. Of several the one that
    names most, the first of equals. `research.frame.PARTS` asks the same of all events
    of a store at once.
    """
    part = identify_sides(event)
    wholes = [
        (-len({*whole["actors"], *whole["recipients"]}), other["event"])
        for other in others
        if other["event"] != event["event"]
        and other["type"] == event["type"]
        and days_within(event["when"], other["when"])
        and holds_part(whole := identify_sides(other), part)
    ]
    return min(wholes)[1] if wholes else None


def identify_sides(event: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return who stands on either side, by who they are."""
    return {
        side: {who["entity"] or fold_name(who["name"]) for who in event[side]}
        for side in SIDES
    }


def holds_part(whole: Mapping[str, set[str]], part: Mapping[str, set[str]]) -> bool:
    """Whether one side of a whole names more than a part's, and the other no fewer."""
    actors, recipients = (part[side] for side in SIDES)
    if not actors:
        return False
    more = actors < whole["actors"] and recipients <= whole["recipients"]
    if more and (recipients or not whole["recipients"]):
        return True
    return (
        bool(recipients)
        and actors <= whole["actors"]
        and recipients < whole["recipients"]
    )


def days_within(part: Record | None, whole: Record | None) -> bool:
    """Whether days are told for both and one's lie within the other's."""
    if not part or not whole:
        return False
    (first, last), (start, end) = agree.bound_days(part), agree.bound_days(whole)
    return start <= first and last <= end
