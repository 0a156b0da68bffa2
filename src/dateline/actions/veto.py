"""The few rules that forbid an act which the model has read."""

from collections.abc import Sequence

from dateline.model import Act, Parsed, Why

POINTING = frozenset(("DET", "PRON"))
NAMED = frozenset(("PERSON", "DATE", "TIME", "MONEY", "CARDINAL", "WORK_OF_ART"))


def vetoed(parsed: Parsed, act: Act) -> Why | None:
    """Return the rule that forbids an act, or None.

    A trigger that is all of a name or a date tells nothing: "March", "Gen. Battle".
    """
    if not any(map(str.isalpha, act.trigger.of(parsed.text))):
        return Why("actions.no-word.v1", act.trigger)
    if all(w.pos in POINTING for w in parsed.tokens_in(act.trigger)):
        return Why("actions.small-word.v1", act.trigger)
    entity = parsed.entity_of(act.trigger)
    named = entity is not None and entity.label in NAMED
    return Why("actions.name.v1", act.trigger) if named else None


def whole_acts(parsed: Parsed, acts: Sequence[Act]) -> tuple[Act, ...]:
    """Return acts without a "may" or "will" taken for another act than its verb tells.

    Of "may lift its sanctions" the reader may take "may" for a threat.
    """
    return tuple(act for act in acts if act.asked or not modal(parsed, act, acts))


def modal(parsed: Parsed, act: Act, others: Sequence[Act]) -> bool:
    """Whether an act is told by a modal alone, its verb telling one of another type."""
    words = parsed.tokens_in(act.trigger)
    if not words or any(w.form != "modal" for w in words):
        return False
    verbs = [parsed.tokens[w.head].span for w in words]
    rest = [o for o in others if o.deeds[0][0] != act.deeds[0][0]]
    return any(o.trigger.covers(verb) for o in rest for verb in verbs)
