"""A step up from an act: the next word that bears on it, and what links the two."""

from dateline.certainty.own import Operator
from dateline.certainty.signatures import Signature, signature
from dateline.model import SUBJECTS, Parsed, Token, Why

CLASS = {
    "VERB": "V",
    "AUX": "V",
    "NOUN": "N",
    "ADJ": "A",
    "ADV": "A",
    "PROPN": "N",
    "ADP": "I",
}
Step = tuple[Token, list[Operator]] | None


def last_operator(head: Token, told: str, reason: Why, back: str = "") -> Step:
    """Return one last operator, above which nothing more is taken."""
    end = Token(-1, head.start, head.end, head.text, "", "X", "unknown", "root", -1)
    return end, [Operator(told, back or told, reason, head.i)]


def step_to_governor(parsed: Parsed, head: Token, found: Signature) -> Step:
    """Return a governor with what it implies; None where it presupposes the act."""
    if found.affirmed == "0":
        return None
    ponder = parsed.words("certainty.ponder")
    rule = "considered" if head.lemma in ponder else "governor"
    reason = Why(f"certainty.{rule}.v1", head.span)
    return head, [Operator(found.affirmed, found.negated, reason, head.i, "governor")]


def judge_auxiliary(parsed: Parsed, token: Token, head: Token) -> Step:
    """Judge "are to meet", "has yet to sign", "had to flee": planned, not, done."""
    yet = parsed.words("certainty.yet")
    for child in parsed.below(head, "adverb"):
        if child.lemma in yet:
            reason = Why("certainty.yet-to.v1", child.span)
            return head, [Operator("-", "+", reason, head.i)]
    reason = Why("certainty.is-to.v1", head.span)
    if any(s.i > head.i for s in parsed.below(head, *SUBJECTS)) and head.form == "past":
        reason = Why("certainty.inverted-condition.v1", head.span)
        return last_operator(head, "hypothetical", reason)
    if head.lemma in parsed.words("certainty.be"):
        marks = parsed.below(head, "subordinator")
        if any(c.text.lower() in parsed.words("certainty.if") for c in marks):
            return head, []
        return head, [Operator("planned", "negated", reason, head.i, "governor")]
    reason = Why("certainty.has-to.v1", head.span)
    told = "+" if head.form in ("past", "participle") else "possible"
    return head, [Operator(told, "negated", reason, head.i, "governor")]


def particle(parsed: Parsed, head: Token) -> str:
    """Return a verb's lemma with its particle ("call off", "take place")."""
    for child in parsed.below(head, "particle"):
        return f"{head.lemma} {child.lemma}"
    told = parsed.words("certainty.two-words")
    pairs = (f"{head.lemma} {c.lemma}" for c in parsed.below(head))
    return next((pair for pair in pairs if pair in told), head.lemma)


def implied_signature(parsed: Parsed, head: Token, frame: str) -> Signature | None:
    """Return what a word implies of what stands under it in `frame`."""
    kind = CLASS.get(head.pos, "X")
    return signature(parsed.lexicon, particle(parsed, head), kind, frame)
