"""Status from the words that govern the act (first version: tense, modals, negation)."""

from dateline.model import Action, Certainty, Parsed, Setting, Token, Why

AHEAD = {"expect": "expected", "plan": "planned", "schedule": "planned", "due": "planned"}
MODALS = {"could": "possible", "may": "possible", "might": "possible", "will": "planned"}
MODALS |= {"would": "hypothetical", "should": "hypothetical", "can": "possible"}


def status(parsed: Parsed, action: Action, setting: Setting) -> Certainty:
    """Judge an act by the auxiliaries and verbs that govern its trigger."""
    token = parsed.head_of(action.trigger)
    if token is None:
        return Certainty("happened", Why("certainty.plain.v1"))
    for governor in (token, *parsed.above(token)):
        for child in parsed.below(governor, "neg"):
            return Certainty("negated", Why("certainty.negation.v1", child.span))
        for child in parsed.below(governor, "aux"):
            if told := MODALS.get(child.lemma):
                return Certainty(told, Why("certainty.modal.v1", child.span))  # type: ignore[arg-type]
        if governor is not token and (told := AHEAD.get(governor.lemma)):
            return Certainty(told, Why("certainty.ahead.v1", governor.span))  # type: ignore[arg-type]
        if ends_clause(governor):
            break
    return Certainty("happened", Why("certainty.plain.v1", token.span))


def ends_clause(token: Token) -> bool:
    """Whether a token heads a clause of its own."""
    return token.dep in ("ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis")
