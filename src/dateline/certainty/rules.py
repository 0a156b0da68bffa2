"""The status of an act: the operators over it, composed from outside in."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from dateline.certainty.chain import operators
from dateline.certainty.clauses import among_those, denier
from dateline.certainty.coming import foretold
from dateline.certainty.own import Operator
from dateline.certainty.tense import (
    came_about,
    judge_plain_act,
    judge_question,
    verb_telling_noun,
)
from dateline.model import (
    Act,
    Action,
    Certainty,
    Parsed,
    Setting,
    Span,
    Status,
    Token,
    Why,
)
from dateline.model.record import STATUSES

TURNED = "certainty.turned.v1"
KEPT_OPEN = "certainty.kept-open.v1"
CONSIDERED = "certainty.considered.v1"
FIRM = frozenset(  # grammar alone decides, whatever the words around it are
    f"certainty.{name}.v1"
    for name in (
        *("turned", "whether", "asked", "headline-to", "kept-open"),
        *("was-to-have", "would-have", "inverted-condition", "may-happen"),
    )
)
AHEAD = frozenset(  # tense tells that it is to come, not whether its doer says so
    f"certainty.{name}.v1"
    for name in ("will", "is-to", "headline-to", "said-foretold", "kept-open")
)
WEIGHTS = {  # of a rule's status beside the model's, by cross-validation within train
    "negated": 6.0,
    "denied": 6.0,
    "hypothetical": 3.0,
    "expected": 3.0,
    "recurring": 3.0,
    "planned": 2.0,
    "ongoing": 2.0,
    "possible": 1.0,
}
SPOKEN = 0.3  # share of it for what is done by saying it: its content is not the act
LEAST = 1e-6
ORDER = ("", "recurring", "planned", "expected", "possible", "hypothetical")
SAID = ("by-word", "assent")
UNDER = ("open-clause", "content-clause", "oblique-clause")
OWN = ("neg", "modal")
PLAIN = ("happened", "ongoing")
UNDOING = ("-", "negated", "denied")
COMING: tuple[Status, ...] = ("planned", "expected")
DONE = ("happened", "ongoing", "recurring")
UNSURE = ("planned", "expected", "possible", "hypothetical")


def judge_status_of_act(parsed: Parsed, action: Action, setting: Setting) -> Certainty:
    """Judge an act by what stands over its trigger, and by what the model read."""
    head = parsed.head_of(action.trigger)
    told = judge_event_word(parsed, head, refusal_words(action))
    told = judge_undone_by_words(parsed, action, head, told) or told
    if head and told.status in PLAIN and not is_act_of_saying(action):
        coming = foretold(parsed, action, verb_telling_noun(parsed, head), setting.day)
        if coming is not None:
            return coming
    left_out = head is not None and among_those(parsed, parsed.tokens[head.head])
    if action.act is None or not action.act.statuses:
        return told
    if told.status == "negated" and left_out:
        return told  # "not among those arrested"
    spoken = not action.traits.isdisjoint(SAID)
    act = undenied(parsed, action.act, head, told)
    nouns = parsed.tokens_in(action.trigger)
    if told.status == "happened" and any(came_about(parsed, noun) for noun in nouns):
        sure = tuple((name, p) for name, p in act.statuses if name not in UNSURE)
        act = replace(act, statuses=sure)
    if told.why.rule == CONSIDERED:
        some = tuple(each for each in act.statuses if each[0] in UNSURE)
        act = replace(act, statuses=some or act.statuses)
    firm = told.why.rule in FIRM
    if of_chance(parsed, head, told) and not spoken:
        some = tuple(each for each in act.statuses if each[0] not in DONE)
        act = replace(act, statuses=some or act.statuses)
    return weigh_status(told, act, SPOKEN if spoken and not firm else 1.0)


def is_act_of_saying(action: Action) -> bool:
    """Whether one side does an act by saying it: of its day the words say nothing."""
    return "by-word" in action.traits and "mutual" not in action.traits


def of_chance(parsed: Parsed, head: Token | None, told: Certainty) -> bool:
    """Whether an act's own verb stands under "may" or "might", and so is not done."""
    own = parsed.below(head, "auxiliary") if head and told.status == "possible" else ()
    chance = parsed.words("certainty.chance")
    return any(c.span == told.why.span and c.lemma in chance for c in own)


def undenied(parsed: Parsed, act: Act, head: Token | None, told: Certainty) -> Act:
    """Return an act that is not denied because another denies it beside it.

    Of "Kyiv says they shelled it, which Moscow denies" it is Kyiv that tells the act.
    """
    if told.status == "denied" or (head and denier(parsed, head)):
        return act
    kept = tuple(each for each in act.statuses if each[0] != "denied")
    return replace(act, statuses=kept or act.statuses)


def weigh_status(told: Certainty, act: Act, share: float) -> Certainty:
    """Return the likelier status, where a rule that sees more than "done" has weight.

    Where both agree the rule's words are the reason, else the model's.
    """
    weight = WEIGHTS.get(told.status, 0.0)
    told_by = told.why.rule
    names: tuple[Status, ...] = (told.status,)
    if told_by in AHEAD and told.status in COMING:
        weight, names = WEIGHTS["planned"], COMING
    if told_by in FIRM:
        weight = WEIGHTS["negated"]
    scores = {
        name: math.log(max(chance, LEAST)) + share * weight * (name in names)
        for name, chance in act.statuses
    }
    best = max(scores, key=lambda name: scores[name])
    if best == told.status:
        return told
    return Certainty(cast(Status, best), Why("reading.status.v1", act.trigger))


def refusal_words(action: Action) -> Span | None:
    """Return the words of a refusal: its "will not" is the refusal itself."""
    return action.trigger if "refusal" in action.traits else None


def judge_undone_by_words(
    parsed: Parsed, action: Action, head: Token | None, outer: Certainty
) -> Certainty | None:
    """Judge an act whose own words undo it: "denied meeting", "chose not to shoot".

    So do "cancelled" and "called off" of what two do together: "cancelled drills". What
    is only thought of is open, as in "mulls tariffs", and "has not ruled out sending".
    """
    words = [t for t in parsed.tokens_in(action.trigger) if t.relation in UNDER]
    words = words if action.traits.isdisjoint(SAID) else []
    if head and head.pos == "VERB" and "mutual" in action.traits:
        words = [*parsed.below(head, "object", "passive-subject")] or words
    ponder = parsed.words("certainty.ponder")
    if head and head.lemma in ponder and action.traits.isdisjoint(SAID):
        words = [*parsed.below(head, "object", "open-clause")]
    if not words:
        return None
    told = judge_event_word(parsed, words[-1])
    open_now = told.why.rule == CONSIDERED or outer.status == "negated"
    return told if open_now or told.status in ("negated", "denied") else None


def judge_event_word(
    parsed: Parsed, token: Token | None, own: Span | None = None
) -> Certainty:
    """Judge the event whose word `token` is, by the words over it alone.

    A modal or a negation that is one of the `own` words of the act is not over it.
    """
    if token is None:
        return Certainty("happened", Why("certainty.unread.v1"))
    over = operators(parsed, token)
    if own is not None:
        over = [o for o in over if not (o.kind in OWN and is_operator_of_words(o, own))]
    told = kept_open(over) or composed(over)
    if told is None or told.status in UNSURE:
        return judge_question(parsed, token) or told or judge_plain_act(parsed, token)
    return told


def is_operator_of_words(operator: Operator, words: Span) -> bool:
    """Whether an operator is one of some words."""
    return operator.why.span is not None and words.covers(operator.why.span)


def kept_open(over: Sequence[Operator]) -> Certainty | None:
    """Judge what is not cancelled yet: "may cancel the talks", which are due so far."""
    for n, operator in enumerate(over):
        if (operator.affirmed, operator.negated) == ("-", "planned"):
            told = composed(over[n + 1 :])
            if told and told.status in (*UNSURE, "negated", "denied"):
                return Certainty("planned", Why(KEPT_OPEN, operator.why.span))
    return None


def composed(over: Sequence[Operator]) -> Certainty | None:
    """Compose operators from the outermost in; None where the act is simply told.

    "failed to prevent" comes out as done, "not expected to" as negated; "kept its
    promise to" makes good the promise.
    """
    positive, stage, kept, why = True, "", False, Why("certainty.plain.v1")
    for operator in reversed(over):
        effect = operator.affirmed if positive else operator.negated
        if kept and effect in UNSURE:
            effect, kept = "+", False
        if effect in ("+", "="):
            positive, kept = True, kept or effect == "="
        elif effect == "-":
            positive, why = False, operator.why
        else:
            told = stronger(stage, effect)
            if told != stage:
                twice = not positive and operator.affirmed in UNDOING
                why = Why(TURNED, operator.why.span) if twice else operator.why
            stage, positive = told, True
    if not positive:
        return Certainty(negated_status(stage), why)
    return Certainty(cast(Status, stage), why) if stage in STATUSES else None


def negated_status(stage: str) -> Status:
    """Return the status of an act that is negated under another status."""
    if stage in ("denied", "possible", "hypothetical"):
        return cast(Status, stage)
    return "negated"


def stronger(outer: str, inner: str) -> str:
    """Return the status of an act under two: the one that leaves it less sure."""
    if outer not in ORDER:
        return outer
    if inner not in ORDER:
        return inner
    return max(outer, inner, key=ORDER.index)
