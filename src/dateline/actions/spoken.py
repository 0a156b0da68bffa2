"""What is done in saying so is told by the saying: "said the vote was a disgrace"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.actions.book import BY_WORD
from dateline.actions.grammar import SAID, spans_holding, steps, words_between
from dateline.model import SUBJECTS, Act, Action, Parsed, Span, Token
from dateline.model.parsed import Filed

NEAR = 6  # words between the saying and what tells the act
OPINION = frozenset((BY_WORD, "talk"))  # told by its saying, however far from it


def tell_by_saying(parsed: Parsed, actions: Sequence[Action]) -> tuple[Action, ...]:
    """Return actions, those that somebody does in saying so told by the saying.

    Of '"It is a disgrace," the minister said' the reader takes "disgrace" or "said" for
    the accusation, or each for one.
    """
    others = Filed((action.trigger, action) for action in actions)
    told = (by_saying(parsed, action, others) for action in actions)
    return tuple(sorted(told, key=lambda action: action.trigger))


def by_saying(parsed: Parsed, action: Action, others: Filed[Action]) -> Action:
    """Return an action told by the verb in which its actor says it, if there is one."""
    own = BY_WORD in action.traits and action.act is not None and not action.act.asked
    verb = (
        reporting_verb_over(parsed, action)
        if own and not by_itself(parsed, action)
        else None
    )
    if verb is None or action.trigger.overlaps(verb.span):
        return action
    if any(o.deed != action.deed for o in others.over(verb.span)):
        return action
    far = len(words_between(parsed, *sorted((action.trigger, verb.span)))) > NEAR
    if far and not action.traits >= OPINION:
        return action
    told = verb.span if far else action.trigger.join(verb.span)
    return replace(action, trigger=told, evidence=action.evidence.join(told))


def by_itself(parsed: Parsed, action: Action) -> bool:
    """Whether an act's own verb is one of saying: "said that he condemned the vote"."""
    verb = parsed.head_of(action.trigger)
    if verb is None or verb.pos != "VERB":
        return False
    subject = next(parsed.below(verb, *SUBJECTS), None)
    if subject is None:
        return verb.relation == "conjunct"
    other = subject.pos != "PRON" or spans_holding(action.recipients, [subject])
    return not other or bool(spans_holding(action.actors, [subject]))


def reporting_verb_over(parsed: Parsed, action: Action) -> Token | None:
    """Return the verb over an act by which one of its actors says something."""
    verbs = reporting_verbs_over(parsed, action.trigger)
    by_actor = (
        v for v in verbs if spans_holding(action.actors, parsed.below(v, "subject"))
    )
    return next(by_actor, None)


def are_saying_and_said(parsed: Parsed, act: Act, other: Act) -> bool:
    """Whether two acts of one deed may be one: what is said, and the saying of it."""
    pairs = ((act.trigger, other.trigger), (other.trigger, act.trigger))
    return act.deeds[0][0] == other.deeds[0][0] and any(
        high.overlaps(verb.span)
        for low, high in pairs
        for verb in reporting_verbs_over(parsed, low)
    )


def reporting_verbs_over(parsed: Parsed, trigger: Span) -> Iterator[Token]:
    """Yield the verbs in whose clause of content words stand, from inside out."""
    head = parsed.head_of(trigger)
    for word, over in steps(parsed, head) if head else ():
        if word.relation in SAID and over.pos == "VERB":
            yield over
