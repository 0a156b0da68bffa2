"""Which event another is part of: a call of many and the call of one of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from dateline.merge import agree
from dateline.merge.sides import SIDES, parties
from dateline.model.fold import key

Record = dict[str, Any]


def whole_of(event: Record, others: Sequence[Record]) -> str | None:
    """Return the event that one is part of, by what its own reports tell; None if none.

    `others` are claims of its reports, of any event. The whole is of the same type, its
    days hold the part's, and on one side it names all whom the part names and more, on
    the other no fewer. Of several the one that names most, the first of equals.
    """
    found: dict[str, list[Record]] = {}
    for claim in others:
        if claim["event"] != event["event"]:
            found.setdefault(claim["event"], []).append(claim)
    wholes = [
        (-len({*told["actors"], *told["recipients"]}), name)
        for name, claims in found.items()
        if agree.commonest(claims, "type") == event["type"]
        and days_within(event["when"], agree.when(claims))
        and is_part(named(event), told := named(parties(claims)))
    ]
    return min(wholes)[1] if wholes else None


def named(told: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return who stands on either side, by who they are."""
    return {
        side: {who["entity"] or key(who["name"]) for who in told[side]}
        for side in SIDES
    }


def is_part(part: Mapping[str, set[str]], whole: Mapping[str, set[str]]) -> bool:
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
    (first, last), (start, end) = agree.ends(part), agree.ends(whole)
    return start <= first and last <= end
