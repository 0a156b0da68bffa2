"""What the form of a clause tells of it: asked about, undone by its tense, measured."""

from dateline.certainty.own import Operator
from dateline.certainty.signatures import Signature
from dateline.model import SUBJECTS, Parsed, Token, Why

OPPOSITE = {"+": "-", "-": "+"}
SUBORDINATE = (
    "content-clause",
    "oblique-clause",
    "adnominal-clause",
    "clausal-subject",
    "passive-clausal-subject",
    "open-clause",
)


def question_word(parsed: Parsed, token: Token) -> bool:
    """Whether a clause asks "who shot him", "why he left": the act is taken as done.

    Not so of "yet to decide what arms it will send", which asks of the arms alone.
    """
    before = [c for c in parsed.below(token) if c.i < token.i]
    asking = parsed.words("certainty.question-word")
    asked = (c.text.lower() in asking or asks_which(parsed, c) for c in before)
    return token.relation == "content-clause" and any(asked)


def asks_which(parsed: Parsed, noun: Token) -> bool:
    """Whether it is asked which or what a noun is: "what arms it will send"."""
    return any(
        c.form in ("relative-determiner", "relative-pronoun")
        for c in parsed.below(noun, "determiner")
    )


def whether(parsed: Parsed, token: Token) -> Token | None:
    """Return the word that leaves a clause open: "not clear whether he had met them".

    So does an "if" in what somebody asks, or after "it is" and an adjective. "Whether
    or not" opens no question beside another clause.
    """
    for child in parsed.below(token, "subordinator", "adverb"):
        word = child.text.lower()
        if child.i > token.i or word not in parsed.words("certainty.whether"):
            continue
        after = parsed.tokens[child.i + 1].text.lower()
        or_not = after in parsed.words("certainty.or")
        open_to = word not in parsed.words("certainty.if") and not or_not
        if token.relation in SUBORDINATE or open_to or unclear(parsed, token):
            return child
    return None


def unclear(parsed: Parsed, token: Token) -> bool:
    """Whether a clause completes "it was not clear": no comma, no modal before it."""
    head = parsed.tokens[token.head]
    below = list(parsed.below(head))
    its = parsed.words("certainty.impersonal")
    it = any(c.relation in SUBJECTS and c.text.lower() in its for c in below)
    told = [
        c
        for c in (head, *below)
        if c.form in ("adjective", "participle") and c.i < token.i
    ]
    barred = any(c.form == "modal" or c.text == "," for c in below)
    return it and bool(told) and head.i < token.i and not barred


def is_past_infinitive(parsed: Parsed, token: Token) -> bool:
    """Whether a verb is a past infinitive: "to have met"."""
    below = {c.text.lower() for c in parsed.below(token, "auxiliary")}
    to, have = parsed.words("certainty.infinitive"), parsed.words("certainty.have")
    return token.form == "participle" and bool(below & to) and bool(below & have)


def has_to_infinitive(parsed: Parsed, token: Token) -> bool:
    """Whether a verb is a "to" infinitive."""
    return token.form == "base" and any(
        c.form == "infinitive-marker" for c in parsed.below(token, "auxiliary")
    )


def judge_clause_form(
    parsed: Parsed, token: Token, head: Token, found: Signature | None
) -> Operator | None:
    """Judge what the form of a clause decides, whatever the word over it implies."""
    if is_past_infinitive(parsed, token) and missed(parsed, head, found):
        reason = Why("certainty.was-to-have.v1", token.span)
        return Operator("-", "+", reason, head.i, "governor")
    if not has_to_infinitive(parsed, token):
        return None
    measured = degree(parsed, head)
    if (
        measured is None
        and found is None
        and token.relation in ("adnominal-clause", "open-clause")
    ):
        reason = Why("certainty.infinitive.v1", token.span)
        return Operator("possible", "negated", reason, head.i, "governor")
    return measured


def missed(parsed: Parsed, head: Token, found: Signature | None) -> bool:
    """Whether a past infinitive tells what was not done: "was (due) to have met"."""
    planned = found is not None and found.affirmed == "planned"
    due = planned and head.form in ("participle", "adjective")
    return due or head.lemma in parsed.words("certainty.be")


def degree(parsed: Parsed, head: Token) -> Operator | None:
    """Judge "too weak to resist", "strong enough to resist": undone, done."""
    for child in parsed.below(head, "adverb"):
        told = parsed.lexicon.senses["certainty.degree"].get(child.text.lower())
        if told:
            reason = Why("certainty.degree.v1", child.span)
            return Operator(told, OPPOSITE[told], reason, head.i)
    return None


def denies_clause(parsed: Parsed, token: Token, head: Token) -> bool:
    """Whether a verb denies a clause that it does not govern: "..., he denied it"."""
    before = token.i < head.i and head.lemma in parsed.words("certainty.deny")
    return before and any(True for _ in parsed.below(head, "object"))


def denier(parsed: Parsed, token: Token) -> Token | None:
    """Return the verb of denying before an act that stands over it, if there is one."""
    for head in parsed.above(token):
        if token.relation == "conjunct" and any(
            True for _ in parsed.below(token, *SUBJECTS)
        ):
            return None
        if head.lemma in parsed.words("certainty.deny") and head.i < token.i:
            return head
        token = head
    return None


def among_those(parsed: Parsed, head: Token) -> Token | None:
    """Return the word over "those" that a "not" may hang on: "not among those held"."""
    among = parsed.tokens[head.head]
    if head.relation != "oblique" or among.text.lower() not in parsed.words(
        "certainty.among"
    ):
        return None
    verb = parsed.tokens[among.head]
    return verb if verb.lemma in parsed.words("certainty.be") else among
