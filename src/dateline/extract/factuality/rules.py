"""The status of an act: the operators over it, composed from outside in.

With what each rule of certainty found, in words for whoever reads a claim's reasons.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from dateline.extract.factuality.act_status import Operator
from dateline.extract.factuality.chain import among_those, denier, operators
from dateline.extract.factuality.tense import (
    came_about,
    judge_day_to_come,
    judge_plain_act,
    judge_question,
    verb_telling_noun,
)
from dateline.model import Act, Action, Certainty, Parsed, Setting, Span, Status, Token, Why
from dateline.model.record import STATUSES

RULES = {
    "certainty.ahead.v1": "It is still to come: told as 'ahead of' it or on its eve.",
    "certainty.asked.v1": "It is asked whether it is so: 'was he arrested?'.",
    "certainty.awaited.v1": ("Something to come waits for it: 'will not talk until he leaves'."),
    "certainty.being-planned.v1": ("It is being planned or prepared, as the word before it tells."),
    "certainty.bound-for.v1": "Somebody is on the way to it: 'left for talks'.",
    "certainty.condition.v1": ("It stands in a condition ('if', 'unless'), which is no fact."),
    "certainty.considered.v1": "It is only thought of: 'weighs', 'is considering'.",
    "certainty.continues.v1": "It goes on: 'continues to', 'keeps', 'is still'.",
    "certainty.day-to-come.v1": (
        "A present tense with a day of the calendar after the report's: 'hold talks on June 15'."
    ),
    "certainty.degree.v1": (
        "'Too weak to' tells that it was not done, 'strong enough to' that it was."
    ),
    "certainty.described.v1": (
        "Words after it describe it: 'talks scheduled for May', 'a summit that could happen'."
    ),
    "certainty.false.v1": "The report or claim of it is called false.",
    "certainty.governor.v1": (
        "The verb, noun or adjective over it decides: 'refused to', 'the plan to', 'is likely to'."
    ),
    "certainty.has-to.v1": "'Had to' tells that it was done, 'has to' that it may be.",
    "certainty.headline-to.v1": ("A headline's bare 'to' announces it: 'Ministers to meet'."),
    "certainty.if-clause.v1": ("'Will' or 'would' under a condition: it would happen only then."),
    "certainty.imperative.v1": ("It is demanded in the imperative, so it is not done yet."),
    "certainty.in-case.v1": "It stands after 'in case of' or 'in the event of'.",
    "certainty.infinitive.v1": (
        "A bare 'to' after a word that does not tell whether it came about: possible, no more."
    ),
    "certainty.inverted-condition.v1": (
        "'Were they to', 'had they', 'should they': a condition without 'if'."
    ),
    "certainty.is-to.v1": "'Is to' or 'are to' tells of a plan.",
    "certainty.kept-open.v1": "It may be cancelled or was not, so it is still due.",
    "certainty.learned.v2": (
        "A model trained on readers' judgements takes it for another status than "
        "the words over it tell."
    ),
    "certainty.may-happen.v1": (
        "'Could', 'may' or 'might happen', 'take place' and the like leave it open."
    ),
    "certainty.modal.v1": ("'Can', 'could', 'may', 'might', 'should' or 'must' leaves it open."),
    "certainty.modifier.v1": (
        "An adverb or adjective beside it decides: 'planned', 'possible', 'never'."
    ),
    "certainty.negation.v1": (
        "'Not', 'no' or 'never' stands with it: the report says that it did not happen."
    ),
    "certainty.nobody.v1": "'Nobody' or 'no …' did it: it did not happen.",
    "certainty.own-denial.v1": "Whoever is said to have done it denies it.",
    "certainty.plain.v1": (
        "It is told as a plain fact: no word over it plans, doubts or denies it."
    ),
    "certainty.progressive.v1": "It is told as under way: 'are shelling'.",
    "certainty.purpose.v1": (
        "It is what somebody acts for ('in order to', 'so that'): possible, no more."
    ),
    "certainty.question.v1": "It stands in a question: possible, no more.",
    "certainty.repeated.v1": ("It happens again and again: 'every Friday', 'twice a year'."),
    "certainty.said-expected.v1": "A watcher foretells what others will do: expected.",
    "certainty.said-foretold.v1": (
        "Somebody tells what another will do: expected, or planned where he speaks for the other."
    ),
    "certainty.said-planned.v1": "Whoever will do it says so: planned.",
    "certainty.scheduled.v1": (
        "A present tense with a day to come: 'is travelling to Cairo next week'."
    ),
    "certainty.turned.v1": (
        "A negation turns what the word over it tells: 'did not rule out' leaves it possible."
    ),
    "certainty.under-way.v1": (
        "It is called under way, or to be still so: 'is still held', 'remains deployed'."
    ),
    "certainty.unknown-act.v1": (
        "An act that is not known of yet ('an attack') would do something."
    ),
    "certainty.unread.v1": (
        "No word of the sentence could be judged: it is taken to have happened."
    ),
    "certainty.was-to-have.v1": (
        "'Was to have' or 'was due to have' tells that it did not come about."
    ),
    "certainty.whether.v1": ("It is asked or left open 'whether' it is so: possible, no more."),
    "certainty.will.v1": "'Will' announces it: planned.",
    "certainty.without.v1": "'Without' or 'instead of' tells that it was not done.",
    "certainty.would-have.v1": "'Would have' tells that it did not come about.",
    "certainty.would.v1": ("'Would' that nobody is said to say: it depends on something."),
    "certainty.yet-to.v1": "'Has yet to' tells that it is not done.",
}
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
    # of a refusal, its "will not" is the refusal itself
    refusal = action.trigger if "refusal" in action.traits else None
    told = judge_event_word(parsed, head, refusal)
    told = judge_undone_by_words(parsed, action, head, told) or told
    # of the day of what one side does by saying it the words say nothing
    saying = "by-word" in action.traits and "mutual" not in action.traits
    if head and told.status in PLAIN and not saying:
        verb = verb_telling_noun(parsed, head)
        if coming := judge_day_to_come(parsed, action, verb, setting.day):
            return coming
    left_out = head is not None and among_those(parsed, parsed.tokens[head.head])
    if action.act is None or not action.act.statuses:
        return told
    if told.status == "negated" and left_out:
        return told  # "not among those arrested"
    spoken = not action.traits.isdisjoint(SAID)
    act = limit_statuses(parsed, action, action.act, told)
    share = SPOKEN if spoken and told.why.rule not in FIRM else 1.0
    # a reader may tell of an act those statuses alone that its sentence rules out
    return weigh_status(told, act, share) if act.statuses else told


def limit_statuses(parsed: Parsed, action: Action, act: Act, told: Certainty) -> Act:
    """Return an act with those statuses alone that its sentence leaves to it."""
    head, some = parsed.head_of(action.trigger), act.statuses
    if told.status != "denied" and not (head and denier(parsed, head)):
        # of "Kyiv says they shelled it, which Moscow denies" it is Kyiv that tells it
        some = tuple(each for each in some if each[0] != "denied") or some
    nouns = parsed.tokens_in(action.trigger)
    if told.status == "happened" and any(came_about(parsed, noun) for noun in nouns):
        some = tuple(each for each in some if each[0] not in UNSURE)
    if told.why.rule == CONSIDERED:
        some = tuple(each for each in some if each[0] in UNSURE) or some
    if head and told.status == "possible" and action.traits.isdisjoint(SAID):
        # its own verb stands under "may" or "might", and so it is not done
        chance, own = parsed.words("certainty.chance"), parsed.below(head, "auxiliary")
        if any(c.span == told.why.span and c.lemma in chance for c in own):
            some = tuple(each for each in some if each[0] not in DONE) or some
    return replace(act, statuses=some)


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


def judge_event_word(parsed: Parsed, token: Token | None, own: Span | None = None) -> Certainty:
    """Judge the event whose word `token` is, by the words over it alone.

    A modal or a negation that is one of the `own` words of the act is not over it.
    """
    if token is None:
        return Certainty("happened", Why("certainty.unread.v1"))
    over = operators(parsed, token)
    if own is not None:
        mine = [o for o in over if o.why.span and own.covers(o.why.span)]
        over = [o for o in over if o.kind not in OWN or o not in mine]
    told = kept_open(over) or composed(over)
    if told is None or told.status in UNSURE:
        return judge_question(parsed, token) or told or judge_plain_act(parsed, token)
    return told


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
        open_ = stage in ("denied", "possible", "hypothetical")
        return Certainty(cast(Status, stage if open_ else "negated"), why)
    return Certainty(cast(Status, stage), why) if stage in STATUSES else None


def stronger(outer: str, inner: str) -> str:
    """Return the status of an act under two: the one that leaves it less sure."""
    if outer not in ORDER:
        return outer
    if inner not in ORDER:
        return inner
    return max(outer, inner, key=ORDER.index)
