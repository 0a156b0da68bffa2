"""The status of an act: the operators over it, composed from outside in."""

from collections.abc import Sequence
from typing import cast

from dateline.certainty.chain import operators
from dateline.certainty.deeds import spoken
from dateline.certainty.own import Operator
from dateline.certainty.tense import asked, plain
from dateline.model import Action, Certainty, Parsed, Setting, Status, Token, Why
from dateline.model.record import STATUSES

ORDER = ("", "recurring", "planned", "expected", "possible", "hypothetical")
UNSURE = ("planned", "expected", "possible", "hypothetical")


def status(parsed: Parsed, action: Action, setting: Setting) -> Certainty:
    """Judge an act by what stands over its trigger."""
    return judged(parsed, parsed.head_of(action.trigger), action.deed)


def judged(parsed: Parsed, token: Token | None, deed: str = "") -> Certainty:
    """Judge the act whose trigger `token` is, whatever the act or as the deed given."""
    if token is None:
        return Certainty("happened", Why("certainty.unread.v1"))
    over = spoken(parsed, token, deed, operators(parsed, token))
    told = composed(over)
    if told is None or told.status in UNSURE:
        return asked(parsed, token) or told or plain(parsed, token)
    return told


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
            why = operator.why if told != stage else why
            stage, positive = told, True
    if not positive:
        return Certainty(undone(stage), why)
    return Certainty(cast(Status, stage), why) if stage in STATUSES else None


def undone(stage: str) -> Status:
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
