"""The way up from an act told as a noun: "cancelled the talks", "without a raid"."""

from dateline.certainty.clauses import has_to_infinitive
from dateline.certainty.own import Operator
from dateline.certainty.signatures import Signature, signature
from dateline.certainty.steps import (
    CLASS,
    Step,
    implied_signature,
    judge_auxiliary,
    last_operator,
    particle,
    step_to_governor,
)
from dateline.model import SUBJECTS, Parsed, Token, Why

PASSED = ("conjunct", "compound", "adjective", "noun-modifier", "predicate-adjective")


def as_noun(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow an act told as a noun, or a part of one, to the word it hangs on."""
    if token.relation in ("object", "predicate", "object-predicate"):
        return follow_noun(parsed, token, head, "o")
    if token.relation in SUBJECTS:
        return as_subject(parsed, token, head)
    if token.relation in ("oblique", "oblique-clause"):
        return follow_preposition(parsed, token, head) or unlimited(parsed, token, head)
    return (head, []) if token.relation in PASSED else None


def follow_noun(parsed: Parsed, token: Token, head: Token, frame: str) -> Step:
    """Follow an act told as a noun to the verb whose object it is."""
    lemma = particle(parsed, head)
    announced = lemma in parsed.words("certainty.announce")
    if announced and token.lemma in parsed.words("certainty.past-news"):
        return head, []
    deny = parsed.words("certainty.deny")
    if head.lemma in deny and token.lemma in parsed.words("certainty.content"):
        return step_to_governor(parsed, head, Signature("o", "denied", "+"))
    found = implied_signature(parsed, head, frame)
    if lemma in deny and signature(parsed.lexicon, token.lemma, "N", "c"):
        return None  # "rejected the offer": there was one
    if found is None:
        being = head.lemma in parsed.words("certainty.be")
        return (head, []) if being else modal_thing(parsed, token, head)
    return step_to_governor(parsed, head, found)


def as_subject(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow an act told as a noun to the verb whose subject it is."""
    if head.lemma in parsed.words("certainty.be"):
        return predicate(parsed, token, head)
    if token.relation == "passive-subject":
        if head.lemma in parsed.words("certainty.light"):
            return head, []
        return follow_noun(parsed, token, head, "s") or follow_noun(
            parsed, token, head, "o"
        )
    return follow_noun(parsed, token, head, "s")


def predicate(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow "the talks are due", "war is likely", "the report is false"."""
    be = parsed.words("certainty.be")
    content = token.lemma in parsed.words("certainty.content")
    for child in parsed.below(head, "predicate-adjective", "predicate", "open-clause"):
        if child.relation == "open-clause" and has_to_infinitive(parsed, child):
            return judge_auxiliary(parsed, child, head)
        if content and child.lemma in parsed.words("certainty.false"):
            reason = Why("certainty.false.v1", child.span)
            return head, [Operator("denied", "+", reason)]
        found = signature(parsed.lexicon, child.lemma, "A", "s")
        last = any(c.lemma in be for c in parsed.below(child, "open-clause"))
        if found and not last:  # "unlikely to be the last": there was one
            step = step_to_governor(parsed, child, found)
            return (head, step[1]) if step else None
    described = any(parsed.below(head, "predicate-adjective", "predicate"))
    if described and not indefinite(parsed, token):
        return None  # "the raid was no mistake": there was one
    return modal_thing(parsed, token, head) or (head, [])


def modal_thing(parsed: Parsed, token: Token, head: Token) -> Step:
    """Judge an act not yet known of ("an attack") that would do something."""
    if not indefinite(parsed, token):
        return None
    for aux in parsed.below(head, "auxiliary"):
        told = parsed.lexicon.senses["certainty.unknown-act"].get(aux.text.lower())
        if told and token.i < head.i:
            return last_operator(head, told, Why("certainty.unknown-act.v1", aux.span))
    return None


def indefinite(parsed: Parsed, token: Token) -> bool:
    """Whether a noun is told as one not known of: "an attack", "any raid"."""
    below = [d.text.lower() for d in parsed.below(token, "determiner", "owner")]
    if below:
        return below[0] in parsed.words("certainty.indefinite")
    return token.form in ("noun", "plural-noun") and not any(
        parsed.below(token, "number")
    )


def follow_preposition(parsed: Parsed, token: Token, prep: Token) -> Step:
    """Follow a preposition: "without talks", "ahead of the summit"."""
    head = parsed.tokens[prep.head]
    word = prep.lemma.lower()
    before = parsed.tokens[prep.i - 1] if prep.i else prep
    pair = f"{before.text.lower()} {word}"
    if not parsed.words("certainty.without").isdisjoint((word, pair)):
        reason = Why("certainty.without.v1", prep.span)
        return last_operator(head, "-", reason, "+")
    if not parsed.words("certainty.ahead").isdisjoint((pair, head.lemma)):
        return last_operator(head, "planned", Why("certainty.ahead.v1", prep.span))
    in_case = f"{head.lemma} {word}" in parsed.words("certainty.in-case")
    if in_case and head.relation == "oblique":
        return last_operator(
            head, "hypothetical", Why("certainty.in-case.v1", head.span)
        )
    return follow_to_completed(parsed, token, prep, head)


def unlimited(parsed: Parsed, token: Token, prep: Token) -> Step:
    """Follow "any" to the word that may deny it: "did not lead to any arrests"."""
    some = [d.text.lower() for d in parsed.below(token, "determiner")]
    free = not parsed.words("certainty.any").isdisjoint(some)
    return (parsed.tokens[prep.head], []) if free else None


def follow_to_completed(parsed: Parsed, token: Token, prep: Token, head: Token) -> Step:
    """Follow a preposition to the word that it completes."""
    word, kind = prep.lemma.lower(), CLASS.get(head.pos, "X")
    part = word in parsed.words("certainty.of")
    if part and head.lemma in parsed.words("certainty.container"):
        return head, []
    if word in parsed.words("certainty.from"):
        found = implied_signature(parsed, head, "c")
        return (
            step_to_governor(parsed, head, found)
            if found and found.affirmed == "-"
            else None
        )
    bound = word in parsed.words("certainty.for")
    if bound and head.lemma in parsed.words("certainty.travel") and kind == "V":
        return last_operator(head, "planned", Why("certainty.bound-for.v1", prep.span))
    if (part or bound) and head.lemma in parsed.words("certainty.planning"):
        reason = Why("certainty.being-planned.v1", head.span)
        return (
            last_operator(head, "planned", reason)
            if indefinite(parsed, token)
            else None
        )
    found = implied_signature(parsed, head, "p")
    if found is None and part and token.relation == "oblique-clause" and kind in "NA":
        found = implied_signature(parsed, head, "c")
    if found is None or word not in parsed.words("certainty.about"):
        return None
    return step_to_governor(parsed, head, found)
