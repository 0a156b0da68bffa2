"""What hangs on the act's own word: modals, negation, adverbs, adjectives.

Of what is to come it matters who says so: whoever does it, whoever announces it, or a
watcher.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from functools import cache

from dateline.model import SUBJECTS, Lexicon, Parsed, Relations, Token, Why

PARTIES = (*SUBJECTS, "object")
SAYERS: Relations = (*SUBJECTS, "agent")
NOUNS = ("NOUN", "PROPN")
HEADLINE = ("infinitive-marker", "base", "root")  # "Kim to visit China"
DESCRIBING = ("relative-clause", "adnominal-clause", "preposition")
HOLDING = ("content-clause", "adnominal-clause", "oblique-clause", "open-clause")


@dataclass(frozen=True, slots=True)
class Signature:
    """The effect of a governing word, affirmed and negated, and the frames it needs."""

    frames: str
    affirmed: str
    negated: str


@cache
def signatures(lexicon: Lexicon) -> dict[tuple[str, str], tuple[Signature, ...]]:
    """Return the signatures by lemma and word class."""
    found: dict[tuple[str, str], tuple[Signature, ...]] = {}
    for lemma, kind, *told in lexicon.tables["certainty.signatures"]:
        key = (lemma, kind)
        found[key] = (*found.get(key, ()), Signature(*told))
    return found


def signature(lexicon: Lexicon, lemma: str, kind: str, frame: str) -> Signature | None:
    """Return what `lemma` implies of what stands under it in `frame`.

    >>> table = (("fail", "V", "c", "-", "+"),)
    >>> lexicon = Lexicon(tables={"certainty.signatures": table})
    >>> signature(lexicon, "fail", "V", "c").affirmed
    '-'
    """
    for found in signatures(lexicon).get((lemma, kind), ()):
        if frame in found.frames:
            return found
    return None


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
        elif child.relation in DESCRIBING and token.pos in NOUNS:
            yield from operators_in_description(parsed, token, child)


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


def modal_operators(parsed: Parsed, verb: Token, aux: Token) -> Iterator[Operator]:
    """Yield what a modal verb says of the act."""
    word = aux.text.lower()
    modals = parsed.lexicon.senses["certainty.modal"]
    would = word in parsed.words("certainty.would")
    have = parsed.words("certainty.have-form")
    headline = (aux.form, verb.form, verb.relation) == HEADLINE
    reason = Why("certainty.modal.v1", aux.span)
    if is_inverted_condition(parsed, verb, aux):
        reason = Why("certainty.inverted-condition.v1", aux.span)
        yield Operator("hypothetical", "hypothetical", reason, verb.i, "modal")
    elif word in modals:
        yield Operator("possible", modals[word], reason, verb.i, "modal")
    elif will(parsed, aux) or (would and verb.form != "participle"):
        told, reason = future(parsed, verb, aux)
        yield Operator(told, "-", reason, verb.i, "modal")
    elif would and any(a.text.lower() in have for a in parsed.below(verb, "auxiliary")):
        reason = Why("certainty.would-have.v1", aux.span)
        yield Operator("hypothetical", "hypothetical", reason, verb.i, "modal")
    elif would and aux.form == "modal":
        told, reason = future(parsed, verb, aux)
        yield Operator(told, "-", reason, verb.i, "modal")
    elif headline and any(parsed.below(verb, *SUBJECTS)):
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


def conditioned(parsed: Parsed, verb: Token) -> bool:
    """Whether an "if" clause, or an inverted one, hangs on the verb."""
    condition = parsed.words("certainty.condition")
    marks: Relations = ("subordinator", "auxiliary", "adverb", "passive-auxiliary")
    return any(
        mark.text.lower() in condition or is_inverted_condition(parsed, clause, mark)
        for clause in parsed.below(verb, "adverbial-clause")
        for mark in parsed.below(clause, *marks)
    )


def is_inverted_condition(parsed: Parsed, verb: Token, aux: Token) -> bool:
    """Whether "had", "were" or "should" stands before its subject as a condition."""
    if aux.text.lower() not in parsed.words("certainty.inverted"):
        return False
    sentence = parsed.sentence_at(verb.start)
    if sentence is None or sentence.span.of(parsed.text).rstrip("\"'”’) ")[-1:] == "?":
        return False
    return any(s.i > aux.i for s in parsed.below(verb, *SUBJECTS))


def negative(parsed: Parsed, token: Token, child: Token) -> bool:
    """Whether a word below negates the act; "not only", "or not", "until" do not."""
    word = child.text.lower()
    never = word in parsed.words("certainty.never")
    if never and child.relation in ("negation", "adverb", "preconjunction"):
        return True
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
    # "did not leave until May" left then: so in the past alone
    past, till = parsed.words("certainty.past"), parsed.words("certainty.until")
    if all(a.text.lower() not in past for a in parsed.below(token, "auxiliary")):
        return True
    clauses = parsed.below(token, "adverbial-clause")
    marks = (mark for c in clauses for mark in parsed.below(c, "subordinator"))
    opening = (*parsed.below(token, "preposition"), *marks)
    return all(word.text.lower() not in till for word in opening)


def negation(parsed: Parsed, token: Token, child: Token) -> Operator:
    """Tell the report's negation from a party's denial of a deed of its own."""
    helping = parsed.below(token, "auxiliary", "passive-auxiliary")
    past = any(a.text.lower() in parsed.words("certainty.past") for a in helping)
    # "said it was not able to" is no denial
    doing = past and token.lemma not in parsed.words("certainty.be")
    if child.relation == "negation" and doing and is_in_own_saying(parsed, token):
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


def operators_in_description(parsed: Parsed, noun: Token, child: Token) -> Iterator[Operator]:
    """Yield what "talks scheduled for May", "a summit that could happen" say."""
    happen = parsed.words("certainty.may-happen")
    if child.form == "participle" and child.relation == "adnominal-clause":
        found = signature(parsed.lexicon, child.lemma, "V", "o")
        if found and found.affirmed in ("planned", "expected", "-"):
            reason = Why("certainty.described.v1", child.span)
            yield Operator(found.affirmed, found.negated, reason, noun.i)
    clauses = [child]
    if child.relation == "preposition":
        # one on a wrong noun: "a summit with X that could happen"
        nouns = parsed.below(child, "oblique")
        clauses = [c for other in nouns for c in parsed.below(other, "relative-clause")]
    for clause in clauses:
        if clause.relation != "relative-clause" or clause.lemma not in happen:
            continue
        for aux in parsed.below(clause, "auxiliary"):
            for told in modal_operators(parsed, clause, aux):
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


def verb_of_that_clause(parsed: Parsed, verb: Token) -> Token | None:
    """Return the verb whose "that" clause holds `verb`, or None."""
    verb = (verb, *joined_verbs(parsed, verb))[-1]
    if verb.relation in HOLDING and verb.head != verb.i:
        return parsed.tokens[verb.head]
    say = parsed.words("certainty.say")
    below = parsed.below(verb, "parataxis", "content-clause")
    return next((c for c in below if c.lemma in say), None)


def planned_or_expected(parsed: Parsed, verb: Token) -> str:
    """Return planned where its doer or an announcer says so, expected where a watcher.

    "" where nobody says it; foretold where another does, who may speak for the doer.
    """
    said = verb_of_that_clause(parsed, verb)
    if said is None:
        return ""
    speaker = subject_of_verb(parsed, said)
    if speaker is None:
        return "planned" if said.pos == "NOUN" else "foretold"
    doer = subject_of_verb(parsed, verb)
    # what the speaker is: "party spokesman Lund"
    below = parsed.below(speaker, "compound", "apposition", "adjective")
    roles = {speaker.lemma.lower(), *(t.lemma.lower() for t in below)}
    if roles & parsed.words("certainty.watcher"):
        return "expected"
    if doer is None or doer_is_speaker(parsed, doer, speaker):
        return "planned"
    return "planned" if roles & parsed.words("certainty.announcer") else "foretold"


def is_in_own_saying(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb stands in what its own subject says."""
    said, doer = verb_of_that_clause(parsed, verb), subject_of_verb(parsed, verb)
    if said is None or doer is None or said.lemma not in parsed.words("certainty.say"):
        return False
    speaker = subject_of_verb(parsed, said)
    return speaker is not None and doer_is_speaker(parsed, doer, speaker)


def subject_of_verb(parsed: Parsed, verb: Token) -> Token | None:
    """Return the subject of a verb, shared with an earlier verb where need be."""
    for step in (verb, *joined_verbs(parsed, verb)):
        for child in parsed.below(step, *SAYERS, "owner"):
            if child.relation == "agent":
                return next(parsed.below(child, "oblique"), None)
            return child
    return None


def joined_verbs(parsed: Parsed, verb: Token) -> Iterator[Token]:
    """Yield the verbs that `verb` is joined to."""
    while verb.relation == "conjunct":
        verb = parsed.tokens[verb.head]
        yield verb


def doer_is_speaker(parsed: Parsed, doer: Token, speaker: Token) -> bool:
    """Whether the doer is a pronoun, the speaker's own, or the speaker's namesake."""
    pronoun = doer.text.lower() in parsed.words("certainty.pronoun")
    if pronoun or doer.lemma == speaker.lemma:
        return True
    owning = parsed.words("certainty.possessive")
    return any(p.text.lower() in owning for p in parsed.below(doer, "owner"))
