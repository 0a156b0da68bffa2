"""The few rules that forbid an act which the model has read."""

from bisect import bisect_right

from dateline.model import Act, Entity, Parsed, Why

NAMED = frozenset(("PERSON", "DATE", "TIME", "MONEY", "CARDINAL", "WORK_OF_ART"))


def vetoed(parsed: Parsed, act: Act) -> Why | None:
    """Return the rule that forbids an act, or None.

    A trigger that is all of a name or a date tells nothing: "March", "Gen. Battle".
    """
    if not any(map(str.isalpha, act.trigger.of(parsed.text))):
        return Why("actions.no-word.v1", act.trigger)
    last = bisect_right(parsed.entities, act.trigger.start, key=start) - 1
    for entity in parsed.entities[max(0, last) : last + 1]:
        if entity.label in NAMED and entity.span.covers(act.trigger):
            return Why("actions.name.v1", act.trigger)
    return None


def start(entity: Entity) -> int:
    """Return where a named thing starts; none lies within another."""
    return entity.span.start
