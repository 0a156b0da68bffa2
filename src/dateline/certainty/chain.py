"""The operators that stand over an act, innermost first, each with its reason.

A hedge belongs to the smallest clause that it modifies: the walk from the act to the
root takes up what modifies each word on its way, and stops where a clause is taken for
granted ("after the attack", "condemned the attack").
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.certainty.lexicon import modifiers, signature
from dateline.model import Parsed, Token, Why

CLASS = {"VERB": "V", "AUX": "V", "NOUN": "N", "ADJ": "A", "PROPN": "N", "ADP": "I"}
CLAUSES = ("ccomp", "xcomp", "pcomp", "acl", "csubj", "csubjpass")
TAKEN = ("relcl", "advcl", "parataxis", "meta", "appos")
IF = ("if", "unless", "whether", "once", "should")
NOT_YET = ("without", "instead", "rather")
PRESUPPOSED = ("after", "during", "since", "following", "amid", "by", "from", "in", "over")
AHEAD = ("before", "ahead")
MODALS = {
    "will": ("planned", "negated"),
    "shall": ("planned", "negated"),
    "’ll": ("planned", "negated"),
    "'ll": ("planned", "negated"),
    "would": ("hypothetical", "negated"),
    "'d": ("hypothetical", "negated"),
    "can": ("possible", "negated"),
    "could": ("possible", "negated"),
    "may": ("possible", "possible"),
    "might": ("possible", "possible"),
    "should": ("possible", "possible"),
    "must": ("possible", "possible"),
    "ought": ("possible", "possible"),
}


@dataclass(frozen=True, slots=True)
class Operator:
    """What one word says of all that stands under it: when affirmed, when negated."""

    affirmed: str
    negated: str
    why: Why


def operators(parsed: Parsed, token: Token) -> list[Operator]:
    """Return the operators over `token`, innermost first."""
    found: list[Operator] = []
    seen: set[int] = set()
    while token.i not in seen:
        seen.add(token.i)
        found += own(parsed, token)
        step = upward(parsed, token)
        if step is None:
            break
        token, between = step
        found += between
    return found


def own(parsed: Parsed, token: Token) -> Iterator[Operator]:
    """Yield the operators that hang on the word itself: modals, negation, adverbs."""
    for child in parsed.below(token):
        word = child.text.lower()
        if child.dep == "aux" and word in MODALS:
            yield Operator(*MODALS[word], Why("certainty.modal.v1", child.span))
        elif child.dep == "neg" or (child.dep in ("det", "preconj") and word == "no"):
            yield Operator("-", "+", Why("certainty.negation.v1", child.span))
        elif child.dep in ("nsubj", "nsubjpass") and nobody(parsed, child):
            yield Operator("-", "+", Why("certainty.nobody.v1", child.span))
        elif child.dep in ("advmod", "amod", "nmod") and (told := modifiers().get(word)):
            yield from modified(parsed, child, told)


def modified(parsed: Parsed, child: Token, told: str) -> Iterator[Operator]:
    """Yield what an adverb or adjective says of the act."""
    if any(parsed.below(child, "neg")):
        told = "negated" if told == "expected" else told
    back = "+" if told == "-" else told
    yield Operator(told, back, Why("certainty.modifier.v1", child.span))


def nobody(parsed: Parsed, subject: Token) -> bool:
    """Whether a subject is "no one", "nobody", "none of them", "no troops"."""
    if subject.lemma in ("nobody", "none", "neither", "nothing"):
        return True
    return any(d.text.lower() == "no" for d in parsed.below(subject, "det", "neg"))


def upward(parsed: Parsed, token: Token) -> tuple[Token, list[Operator]] | None:
    """Return the next word up that may bear on the act, with what links the two."""
    head = parsed.tokens[token.head]
    if head.i == token.i:
        return None
    if token.dep == "conj":
        return joined(parsed, token, head)
    if token.dep in TAKEN or (token.dep == "acl" and token.tag != "VB"):
        return aside(parsed, token, head)
    if token.dep in CLAUSES:
        return under(parsed, token, head, "c")
    if token.dep in ("dobj", "attr", "oprd"):
        return under(parsed, token, head, "o")
    if token.dep in ("nsubj", "nsubjpass"):
        return under(parsed, token, head, "s")
    if token.dep == "pobj":
        return after(parsed, token, head)
    if token.dep in ("compound", "amod", "poss", "nmod"):
        return head, []
    return None


def joined(parsed: Parsed, token: Token, head: Token) -> tuple[Token, list[Operator]] | None:
    """Follow a conjunction: what stands over the first part stands over the second."""
    subject = any(parsed.below(token, "nsubj", "nsubjpass"))
    if not subject or not any(parsed.below(head, "aux", "neg")):
        return head, []
    return upward(parsed, head)


def aside(parsed: Parsed, token: Token, head: Token) -> tuple[Token, list[Operator]] | None:
    """Judge a clause set beside another: conditions and purposes are not facts."""
    for child in parsed.below(token, "mark", "advmod"):
        word = child.text.lower()
        if word in IF:
            reason = Why("certainty.condition.v1", child.span)
            return token_end(head), [Operator("hypothetical", "hypothetical", reason)]
        if word in ("before", "until") and token.dep == "advcl":
            return None
    if token.dep == "advcl" and token.tag == "VB":
        reason = Why("certainty.purpose.v1", token.span)
        return token_end(head), [Operator("possible", "possible", reason)]
    return None


def token_end(head: Token) -> Token:
    """Return the word above, from which nothing more is taken."""
    return Token(-1, head.start, head.end, head.text, "", "X", "X", "ROOT", -1)


def under(
    parsed: Parsed, token: Token, head: Token, frame: str
) -> tuple[Token, list[Operator]] | None:
    """Follow a complement to its governor, with what the governor implies of it."""
    lemma = particle(parsed, head)
    found = signature(lemma, CLASS.get(head.pos, "X"), frame)
    if found is None and frame == "o" and head.lemma == "be":
        return head, []
    if found is None and frame == "c" and infinitive(parsed, token):
        if token.dep == "acl" or head.pos == "NOUN":
            reason = Why("certainty.infinitive.v1", token.span)
            return head, [Operator("possible", "negated", reason)]
    if found is None:
        return (head, []) if frame == "c" and token.dep != "acl" else None
    if found.affirmed == "0":
        return None
    reason = Why("certainty.governor.v1", head.span)
    return head, [Operator(found.affirmed, found.negated, reason)]


def infinitive(parsed: Parsed, token: Token) -> bool:
    """Whether a verb is a "to" infinitive."""
    return token.tag == "VB" and any(c.tag == "TO" for c in parsed.below(token, "aux"))


def particle(parsed: Parsed, head: Token) -> str:
    """Return a verb's lemma with its particle ("call off")."""
    for child in parsed.below(head, "prt"):
        return f"{head.lemma} {child.lemma}"
    return head.lemma


def after(parsed: Parsed, token: Token, prep: Token) -> tuple[Token, list[Operator]] | None:
    """Follow a preposition: "without talks", "plans for talks", "ahead of the summit"."""
    head = parsed.tokens[prep.head]
    word = prep.lemma
    if word in NOT_YET or head.lemma in NOT_YET:
        return token_end(head), [Operator("-", "+", Why("certainty.without.v1", prep.span))]
    if word in AHEAD or head.lemma in AHEAD:
        reason = Why("certainty.ahead.v1", prep.span)
        return token_end(head), [Operator("planned", "planned", reason)]
    lemma = particle(parsed, head)
    found = signature(lemma, CLASS.get(head.pos, "X"), "p")
    if found is None or (word not in ("for", "of", "to", "on", "with", "about", "against")):
        return None
    reason = Why("certainty.governor.v1", head.span)
    return head, [Operator(found.affirmed, found.negated, reason)]
