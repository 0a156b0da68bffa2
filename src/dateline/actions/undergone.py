"""Who does something to a deed has not done the deed: "a raid condemned by Foo"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.actions.grammar import holding
from dateline.model import Action, Parsed, Token, Why


def undergone(parsed: Parsed, actions: Sequence[Action]) -> Iterator[Action]:
    """Yield actions, a noun's deed without who does another to it.

    Of "The raid was condemned by Foo" Foo condemns; "was launched by" is no deed of its
    own, and there he is who raids.
    """
    for action in actions:
        others = [o for o in actions if o.deed != action.deed]
        agents = [w for o in others for w in done_by(parsed, action, o)]
        if not (held := holding(action.actors, agents)):
            yield action
        else:
            who = [span for span in action.actors if span not in held]
            kept = [why for why in action.why if why[0] != "actor"]
            kept += [("actor", Why("reading.actor.v1", span)) for span in who[:1]]
            yield replace(action, actors=tuple(who), why=tuple(kept))


def done_by(parsed: Parsed, action: Action, other: Action) -> Iterator[Token]:
    """Yield by whom another deed is done to that of an action."""
    noun = parsed.head_of(action.trigger)
    if noun is None or noun.relation != "passive-subject":
        return
    verb = parsed.tokens[noun.head]
    if other.trigger.overlaps(verb.span):
        for by in parsed.below(verb, "agent"):
            yield from parsed.below(by, "oblique")
