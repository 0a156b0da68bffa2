"""Who does something to a deed has not done the deed: "a raid condemned by Foo"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.model import Action, Parsed, Span, Token, Why

UNDERGOES = frozenset(("passive-subject",))


def undergone(parsed: Parsed, actions: Sequence[Action]) -> Iterator[Action]:
    """Yield actions, a noun's deed without who does another to it.

    Of "The raid was condemned by Foo" Foo condemns; "was launched by" is no deed of its
    own, and there he is who raids.
    """
    for action in actions:
        others = [o for o in actions if o.deed != action.deed]
        agents = [w for o in others for w in done_by(parsed, action, o)]
        who = [a for a in action.actors if not any(a.covers(w.span) for w in agents)]
        if len(who) == len(action.actors):
            yield action
        else:
            yield replace(action, actors=tuple(who), why=without_actor(action, who))


def done_by(parsed: Parsed, action: Action, other: Action) -> Iterator[Token]:
    """Yield by whom another deed is done to that of an action."""
    noun = parsed.head_of(action.trigger)
    if noun is None or noun.relation not in UNDERGOES:
        return
    verb = parsed.tokens[noun.head]
    if other.trigger.overlaps(verb.span):
        for by in parsed.below(verb, "agent"):
            yield from parsed.below(by, "oblique")


def without_actor(action: Action, who: Sequence[Span]) -> tuple[tuple[str, Why], ...]:
    """Return an action's reasons, that of its actor for those who are left."""
    kept = [why for why in action.why if why[0] != "actor"]
    return (*kept, *(("actor", Why("reading.actor.v1", span)) for span in who[:1]))
