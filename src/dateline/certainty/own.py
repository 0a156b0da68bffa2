"""What hangs on the act's own word: modals, negation, adverbs, adjectives."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from dateline.certainty.saying import is_in_own_saying, planned_or_expected
from dateline.certainty.signatures import signature
from dateline.model import SUBJECTS, Parsed, Token, Why

PARTIES = (*SUBJECTS, "object")


@dataclass(frozen=True, slots=True)
class Operator:
    """What one word says of all that stands under it: when affirmed, when negated."""

    affirmed: str
    negated: str
    why: Why
    at: int = -1
    kind: str = ""


def own_operators(parsed: Parsed, token: Token, walked: Set[int]) -> Iterator[Operator]:
    """Yield the operators that hang on the word itself."""
    yield from fronted(parsed, token)
    # what was walked has had its say: "no raid had begun" says "no" once
    for child in (c for c in parsed.below(token) if c.i not in walked):
        if child.relation == "auxiliary":
            yield from modal_operators(parsed, token, child)
        elif negative(parsed, token, child):
            yield negation(parsed, token, child)
        elif child.relation in PARTIES and is_nobody_party(parsed, child):
            yield Operator("-", "+", Why("certainty.nobody.v1", child.span), token.i)
        elif child.relation in ("adverb", "adjective", "noun-modifier"):
            yield from modified(parsed, token, child)
        elif child.relation in ("relative-clause", "adnominal-clause", "preposition"):
            for clause in misplaced_clauses(parsed, child):
                yield from operators_in_description(parsed, token, clause)


def fronted(parsed: Parsed, token: Token) -> Iterator[Operator]:
    """Yield the condition that a main clause is in truth: "Only if he asks will X"."""
    turned = (
        any(aux.i < s.i for aux in parsed.below(c, "auxiliary"))
        for c in parsed.below(token, "content-clause")
        for s in parsed.below(c, *SUBJECTS)
    )
    condition = parsed.words("certainty.condition")
    for mark in parsed.below(token, "subordinator") if any(turned) else ():
        if mark.text.lower() in condition and mark.i < token.i:
            reason = Why("certainty.condition.v1", mark.span)
            yield Operator("hypothetical", "hypothetical", reason, token.i)


def misplaced_clauses(parsed: Parsed, prep: Token) -> Iterator[Token]:
    """Yield a clause, and one on a wrong noun: "a summit with X that could happen"."""
    if prep.relation != "preposition":
        yield prep
    happen = parsed.words("certainty.may-happen")
    for noun in parsed.below(prep, "oblique"):
        clauses = parsed.below(noun, "relative-clause")
        yield from (c for c in clauses if c.lemma in happen)


def modal_operators(parsed: Parsed, verb: Token, aux: Token) -> Iterator[Operator]:
    """Yield what a modal verb says of the act."""
    word = aux.text.lower()
    modals = parsed.lexicon.senses["certainty.modal"]
    would = word in parsed.words("certainty.would")
    reason = Why("certainty.modal.v1", aux.span)
    if is_inverted_condition(parsed, verb, aux):
        reason = Why("certainty.inverted-condition.v1", aux.span)
        yield Operator("hypothetical", "hypothetical", reason, verb.i, "modal")
    elif word in modals:
        yield Operator("possible", modals[word], reason, verb.i, "modal")
    elif will(parsed, aux) or (would and verb.form != "participle"):
        told, reason = future(parsed, verb, aux)
        yield Operator(told, "-", reason, verb.i, "modal")
    elif would and has_have(parsed, verb):
        reason = Why("certainty.would-have.v1", aux.span)
        yield Operator("hypothetical", "hypothetical", reason, verb.i, "modal")
    elif would and aux.form == "modal":
        told, reason = future(parsed, verb, aux)
        yield Operator(told, "-", reason, verb.i, "modal")
    elif aux.form == "infinitive-marker" and is_headline_infinitive(parsed, verb):
        reason = Why("certainty.headline-to.v1", aux.span)
        yield Operator("planned", "negated", reason, verb.i, "modal")


def future(parsed: Parsed, verb: Token, aux: Token) -> tuple[str, Why]:
    """Judge "will" and "would": planned by whose act it is, else expected.

    Under a condition both are hypothetical; so is "would" that nobody says.
    """
    if conditioned(parsed, verb):
        return "hypothetical", Why("certainty.if-clause.v1", aux.span)
    told = planned_or_expected(parsed, verb)
    if told:
        status = "expected" if told == "foretold" else told
        return status, Why(f"certainty.said-{told}.v1", aux.span)
    if will(parsed, aux):
        return "planned", Why("certainty.will.v1", aux.span)
    return "hypothetical", Why("certainty.would.v1", aux.span)


def will(parsed: Parsed, aux: Token) -> bool:
    """Whether a helping verb is "will" in one of its forms."""
    return aux.text.lower() in parsed.words("certainty.future")


def has_have(parsed: Parsed, verb: Token) -> bool:
    """Whether "have" stands among the auxiliaries."""
    have = parsed.words("certainty.have-form")
    return any(a.text.lower() in have for a in parsed.below(verb, "auxiliary"))


def conditioned(parsed: Parsed, verb: Token) -> bool:
    """Whether an "if" clause, or an inverted one, hangs on the verb."""
    condition = parsed.words("certainty.condition")
    for clause in parsed.below(verb, "adverbial-clause"):
        for child in parsed.below(
            clause, "subordinator", "auxiliary", "adverb", "passive-auxiliary"
        ):
            if child.text.lower() in condition or is_inverted_condition(
                parsed, clause, child
            ):
                return True
    return False


def is_inverted_condition(parsed: Parsed, verb: Token, aux: Token) -> bool:
    """Whether "had", "were" or "should" stands before its subject as a condition."""
    if aux.text.lower() not in parsed.words("certainty.inverted"):
        return False
    sentence = parsed.sentence_at(verb.start)
    if sentence is None or sentence.span.of(parsed.text).rstrip("\"'”’) ")[-1:] == "?":
        return False
    return any(s.i > aux.i for s in parsed.below(verb, *SUBJECTS))


def is_headline_infinitive(parsed: Parsed, verb: Token) -> bool:
    """Whether a "to" infinitive is the sentence's own verb: "Kim to visit China"."""
    subject = any(True for _ in parsed.below(verb, *SUBJECTS))
    return verb.relation == "root" and verb.form == "base" and subject


def negative(parsed: Parsed, token: Token, child: Token) -> bool:
    """Whether a word below negates the act; "not only", "or not", "until" do not."""
    word = child.text.lower()
    if word in parsed.words("certainty.never") and child.relation in (
        "negation",
        "adverb",
        "conjunction",
        "preconjunction",
    ):
        return child.relation != "conjunction"
    none = word in parsed.words("certainty.no")
    if none and child.relation in ("determiner", "preconjunction"):
        return True
    if child.relation != "negation":
        return False
    after = parsed.tokens[child.i + 1] if child.i + 1 < len(parsed.tokens) else child
    before = parsed.tokens[max(child.i - 1, 0)]
    either = before.text.lower() in parsed.words("certainty.or")
    if either or after.text.lower() in parsed.words("certainty.not-only"):
        return False
    till = parsed.words("certainty.until")
    return not any(c.text.lower() in till for c in until_phrases(parsed, token))


def until_phrases(parsed: Parsed, token: Token) -> Iterator[Token]:
    """Yield what may open an "until" phrase under the word, in the past alone."""
    past = parsed.words("certainty.past")
    if any(a.text.lower() in past for a in parsed.below(token, "auxiliary")):
        yield from parsed.below(token, "preposition")
        for clause in parsed.below(token, "adverbial-clause"):
            yield from parsed.below(clause, "subordinator")


def negation(parsed: Parsed, token: Token, child: Token) -> Operator:
    """Tell the report's negation from a party's denial of a deed of its own."""
    helping = parsed.below(token, "auxiliary", "passive-auxiliary")
    past = any(a.text.lower() in parsed.words("certainty.past") for a in helping)
    doing = token.lemma not in parsed.words("certainty.be")
    # "said it was not able to" is no denial
    if (
        child.relation == "negation"
        and past
        and doing
        and is_in_own_saying(parsed, token)
    ):
        reason = Why("certainty.own-denial.v1", child.span)
        return Operator("denied", "+", reason, token.i, "neg")
    return Operator("-", "+", Why("certainty.negation.v1", child.span), token.i, "neg")


def modified(parsed: Parsed, token: Token, child: Token) -> Iterator[Operator]:
    """Yield what an adverb or adjective says of the act."""
    told = parsed.lexicon.senses["certainty.modifier"].get(child.text.lower())
    after = parsed.tokens[min(child.i + 1, len(parsed.tokens) - 1)]
    if not told or (told == "-" and after.pos in ("NUM", "ADV", "ADJ")):
        return  # "nearly 200 attacks", "almost weekly raids"
    if any(parsed.below(child, "negation")) and told == "expected":
        told = "negated"
    back = {"-": "+", "planned": "negated"}.get(told, told)  # "axed a planned visit"
    reason = Why("certainty.modifier.v1", child.span)
    yield Operator(told, back, reason, token.i, "modifier")


def operators_in_description(
    parsed: Parsed, token: Token, clause: Token
) -> Iterator[Operator]:
    """Yield what "talks scheduled for May", "a summit that could happen" say."""
    if token.pos not in ("NOUN", "PROPN"):
        return
    if clause.relation == "adnominal-clause" and clause.form == "participle":
        found = signature(parsed.lexicon, clause.lemma, "V", "o")
        if found and found.affirmed in ("planned", "expected", "-"):
            reason = Why("certainty.described.v1", clause.span)
            yield Operator(found.affirmed, found.negated, reason, token.i)
        return
    happen = parsed.words("certainty.may-happen")
    if clause.relation == "relative-clause" and clause.lemma in happen:
        for child in parsed.below(clause, "auxiliary"):
            for told in modal_operators(parsed, clause, child):
                open_to = told.affirmed == "possible"
                reason = Why("certainty.may-happen.v1", told.why.span)
                yield replace(told, why=reason) if open_to else told


def is_nobody_party(parsed: Parsed, party: Token) -> bool:
    """Whether a party is "no one", "none of them", "no troops", "zero people"."""
    if party.lemma.lower() in parsed.words("certainty.nobody"):
        return True
    told = parsed.below(party, "determiner", "negation", "preconjunction", "number")
    no = parsed.words("certainty.no-party")
    return any(d.text.lower() in no for d in told)
