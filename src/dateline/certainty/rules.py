"""The status of an act: the operators over it, composed from outside in."""

from typing import cast

from dateline.certainty.chain import Operator, operators
from dateline.model import Action, Certainty, Parsed, Setting, Status, Token, Why
from dateline.model.record import STATUSES

PROGRESSIVE = ("is", "are", "am", "'s", "’s", "'re", "’re")


def status(parsed: Parsed, action: Action, setting: Setting) -> Certainty:
    """Judge an act by what stands over its trigger."""
    return judged(parsed, parsed.head_of(action.trigger))


def judged(parsed: Parsed, token: Token | None) -> Certainty:
    """Judge the act whose trigger `token` is."""
    if token is None:
        return Certainty("happened", Why("certainty.unread.v1"))
    over = operators(parsed, token)
    told = composed(over)
    if told is None:
        told = asked(parsed, token) or aspect(parsed, token)
    return told


def composed(over: list[Operator]) -> Certainty | None:
    """Compose operators from the outermost in; None where the act is simply told.

    "failed to prevent" comes out as done, "not expected to" as negated.
    """
    positive, stage, why = True, "", None
    for operator in reversed(over):
        effect = operator.affirmed if positive else operator.negated
        if effect == "+":
            positive = True
        elif effect == "-":
            positive, why = False, operator.why
        else:
            stage, why, positive = stronger(stage, effect), operator.why, True
    if not positive:
        return Certainty("denied" if stage == "denied" else "negated", why or NONE)
    if stage in STATUSES and why:
        return Certainty(cast(Status, stage), why)
    return None


def stronger(outer: str, inner: str) -> str:
    """Return the status of an act under two: the one that leaves it less sure."""
    order = ("", "recurring", "planned", "expected", "possible", "hypothetical")
    if outer not in order or inner not in order:
        return inner if inner in ("negated", "denied") or outer in ("", "recurring") else outer
    return max(outer, inner, key=order.index)


def asked(parsed: Parsed, token: Token) -> Certainty | None:
    """Judge an act in a question: possible, no more."""
    sentence = parsed.sentence_at(token.start)
    if sentence is None:
        return None
    words = sentence.span.of(parsed.text).rstrip("\"'”’) ")
    if words.endswith("?"):
        return Certainty("possible", Why("certainty.question.v1", sentence.span))
    return None


def aspect(parsed: Parsed, token: Token) -> Certainty:
    """Judge a plainly told act by its verb's aspect: still going on, or done."""
    auxiliaries = [c for c in parsed.below(token, "aux", "auxpass")]
    words = [c.text.lower() for c in auxiliaries]
    if token.tag == "VBG" and any(w in PROGRESSIVE for w in words):
        return Certainty("ongoing", Why("certainty.progressive.v1", token.span))
    if token.tag == "VBG" and "been" in words:
        return Certainty("ongoing", Why("certainty.progressive.v1", token.span))
    return Certainty("happened", Why("certainty.plain.v1", token.span))


NONE = Why("certainty.plain.v1")
