"""The operators that stand over an act, innermost first, each with its reason.

A hedge belongs to the smallest clause that it modifies: the walk from the act to the
root takes up what modifies each word on its way, and stops where a clause is taken for
granted ("after the attack", "condemned the attack").
"""

from dateline.extract.factuality.act_status import Operator, Signature, own_operators, signature
from dateline.model import SUBJECTS, Parsed, Token, Why

CLAUSES = (
    "content-clause",
    "open-clause",
    "adnominal-clause",
    "clausal-subject",
    "passive-clausal-subject",
)
TAKEN = ("relative-clause", "adverbial-clause", "parataxis", "meta", "apposition")
OPPOSITE = {"+": "-", "-": "+"}
SUBORDINATE = (
    "content-clause",
    "oblique-clause",
    "adnominal-clause",
    "clausal-subject",
    "passive-clausal-subject",
    "open-clause",
)
PASSED = ("conjunct", "compound", "adjective", "noun-modifier", "predicate-adjective")
CLASS = {"VERB": "V", "AUX": "V", "NOUN": "N", "ADJ": "A", "ADV": "A", "PROPN": "N", "ADP": "I"}
Step = tuple[Token, list[Operator]] | None


def operators(parsed: Parsed, token: Token) -> list[Operator]:
    """Return the operators over `token`, innermost first."""
    found: list[Operator] = []
    seen: set[int] = set()
    skip = False
    while token.i >= 0 and token.i not in seen:
        seen.add(token.i)
        found += [] if skip else own_operators(parsed, token, seen)
        step = upward(parsed, token)
        if step is None:
            break
        skip = separate(parsed, token)
        token, between = step
        found += between
    return found


def upward(parsed: Parsed, token: Token) -> Step:
    """Return the next word up that may bear on the act, with what links the two."""
    head = parsed.tokens[token.head]
    if head.i == token.i:
        return None
    if token.relation in TAKEN or (token.relation == "adnominal-clause" and token.form != "base"):
        return judge_side_clause(parsed, token, head)
    if token.relation in CLAUSES:
        # "..., he denied it" does not govern the clause before it
        denies = token.i < head.i and head.lemma in parsed.words("certainty.deny")
        apart = denies and any(parsed.below(head, "object"))
        return None if apart else follow_to_governor(parsed, token, head)
    return as_noun(parsed, token, head)


def separate(parsed: Parsed, token: Token) -> bool:
    """Whether a verb has its own tense: what stands on the verb over it is not its own.

    "Could not confirm that he had left" does not tell that he had not.
    """
    head = parsed.tokens[token.head]
    finite = any(parsed.below(token, *SUBJECTS))
    if token.relation != "conjunct":
        said = token.relation == "content-clause" and head.pos == "VERB"
        own = said and finite and not has_to_infinitive(parsed, token)
        return own and implied_signature(parsed, head, "c") is None
    if finite:
        return True
    return token.form in ("past", "present-third", "present") and any(
        parsed.below(head, "auxiliary", "negation")
    )


def judge_side_clause(parsed: Parsed, token: Token, head: Token) -> Step:
    """Judge a clause set beside another: conditions and purposes are not facts."""
    if (word := whether(parsed, token)) is not None:
        return last_operator(head, "possible", Why("certainty.whether.v1", word.span))
    condition = parsed.words("certainty.condition")
    for child in parsed.below(token, "subordinator", "adverb"):
        if child.text.lower() in condition and child.i < token.i:
            reason = Why("certainty.condition.v1", child.span)
            return last_operator(head, "hypothetical", reason)
    if token.relation == "adverbial-clause" and token.form == "base":
        return last_operator(head, "possible", Why("certainty.purpose.v1", token.span))
    return follow_loose_clause(parsed, token, head)


def follow_loose_clause(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow a clause that the parser hangs loosely on what it completes."""
    found = implied_signature(parsed, head, "c")
    bare = not any(parsed.below(token, "subordinator", *SUBJECTS))
    gerund = token.form == "gerund" and bare
    risk = head.lemma in parsed.words("certainty.risk")
    if found and (
        (risk and token.relation == "relative-clause")
        or (gerund and head.i < token.i <= head.i + 2)
    ):
        return step_to_governor(parsed, head, found)
    content = parsed.words("certainty.content")
    if token.relation == "adnominal-clause" and head.lemma in content:
        return step_to_governor(parsed, head, found) if found else (head, [])
    if (over := among_those(parsed, head)) is not None:
        return over, []
    return (
        (head, []) if token.relation == "adverbial-clause" and gerund and token.i > head.i else None
    )


def follow_to_governor(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow a clause to its governor, with what the governor implies of it."""
    if (word := whether(parsed, token)) is not None:
        return last_operator(head, "possible", Why("certainty.whether.v1", word.span))
    helping = head.lemma in parsed.words("certainty.be-or-have")
    if helping and has_to_infinitive(parsed, token):
        return judge_auxiliary(parsed, token, head)
    if head.lemma in parsed.words("certainty.stop") and token.form == "gerund":
        return None  # "did not stop shelling", "agreed to stop shelling": they shelled
    known = question_word(parsed, token) and not has_to_infinitive(parsed, token)
    found = None if known else implied_signature(parsed, head, "c")
    if measured := judge_clause_form(parsed, token, head, found):
        return head, [measured]
    if found is not None:
        return step_to_governor(parsed, head, found)
    apart = token.relation == "adnominal-clause" and head.pos != "NOUN"
    return None if apart or known else (head, [])


def question_word(parsed: Parsed, token: Token) -> bool:
    """Whether a clause asks "who shot him", "why he left": the act is taken as done.

    Not so of "yet to decide what arms it will send", which asks of the arms alone.
    """
    if token.relation != "content-clause":
        return False
    before = [c for c in parsed.below(token) if c.i < token.i]
    asking = parsed.words("certainty.question-word")
    nouns = (d for c in before for d in parsed.below(c, "determiner"))
    which = any(d.form in ("relative-determiner", "relative-pronoun") for d in nouns)
    return which or any(c.text.lower() in asking for c in before)


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
    told = [c for c in (head, *below) if c.form in ("adjective", "participle") and c.i < token.i]
    barred = any(c.form == "modal" or c.text == "," for c in below)
    return it and bool(told) and head.i < token.i and not barred


def has_to_infinitive(parsed: Parsed, token: Token) -> bool:
    """Whether a verb is a "to" infinitive."""
    return token.form == "base" and any(
        c.form == "infinitive-marker" for c in parsed.below(token, "auxiliary")
    )


def judge_clause_form(
    parsed: Parsed, token: Token, head: Token, found: Signature | None
) -> Operator | None:
    """Judge what the form of a clause decides, whatever the word over it implies."""
    if token.form == "participle":
        # a past infinitive tells what was not done: "was (due) to have met"
        below = {c.text.lower() for c in parsed.below(token, "auxiliary")}
        to, have = parsed.words("certainty.infinitive"), parsed.words("certainty.have")
        planned = found is not None and found.affirmed == "planned"
        missed = planned and head.form in ("participle", "adjective")
        missed = missed or head.lemma in parsed.words("certainty.be")
        if not (missed and below & to and below & have):
            return None
        reason = Why("certainty.was-to-have.v1", token.span)
        return Operator("-", "+", reason, head.i, "governor")
    if not has_to_infinitive(parsed, token):
        return None
    for child in parsed.below(head, "adverb"):
        # "too weak to resist", "strong enough to resist": undone, done
        told = parsed.lexicon.senses["certainty.degree"].get(child.text.lower())
        if told:
            reason = Why("certainty.degree.v1", child.span)
            return Operator(told, OPPOSITE[told], reason, head.i)
    if found is None and token.relation in ("adnominal-clause", "open-clause"):
        reason = Why("certainty.infinitive.v1", token.span)
        return Operator("possible", "negated", reason, head.i, "governor")
    return None


def denier(parsed: Parsed, token: Token) -> Token | None:
    """Return the verb of denying before an act that stands over it, if there is one."""
    for head in parsed.above(token):
        if token.relation == "conjunct" and any(parsed.below(token, *SUBJECTS)):
            return None
        if head.lemma in parsed.words("certainty.deny") and head.i < token.i:
            return head
        token = head
    return None


def among_those(parsed: Parsed, head: Token) -> Token | None:
    """Return the word over "those" that a "not" may hang on: "not among those held"."""
    among, words = parsed.tokens[head.head], parsed.words("certainty.among")
    if head.relation != "oblique" or among.text.lower() not in words:
        return None
    verb = parsed.tokens[among.head]
    return verb if verb.lemma in parsed.words("certainty.be") else among


def as_noun(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow an act told as a noun, or a part of one, to the word it hangs on."""
    if token.relation in ("object", "predicate", "object-predicate"):
        return follow_noun(parsed, token, head, "o")
    if token.relation in SUBJECTS:
        return as_subject(parsed, token, head)
    if token.relation in ("oblique", "oblique-clause"):
        if step := follow_preposition(parsed, token, head):
            return step
        # "any" leads to the word that may deny it: "did not lead to any arrests"
        some = {d.text.lower() for d in parsed.below(token, "determiner")}
        free = some & parsed.words("certainty.any")
        return (parsed.tokens[head.head], []) if free else None
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
        step = follow_noun(parsed, token, head, "s")
        return step or follow_noun(parsed, token, head, "o")
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
    return token.form in ("noun", "plural-noun") and not any(parsed.below(token, "number"))


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
        reason = Why("certainty.in-case.v1", head.span)
        return last_operator(head, "hypothetical", reason)
    return follow_to_completed(parsed, token, prep, head)


def follow_to_completed(parsed: Parsed, token: Token, prep: Token, head: Token) -> Step:
    """Follow a preposition to the word that it completes."""
    word, kind = prep.lemma.lower(), CLASS.get(head.pos, "X")
    part = word in parsed.words("certainty.of")
    if part and head.lemma in parsed.words("certainty.container"):
        return head, []
    if word in parsed.words("certainty.from"):
        found = implied_signature(parsed, head, "c")
        undone = found and found.affirmed == "-"
        return step_to_governor(parsed, head, found) if found and undone else None
    bound = word in parsed.words("certainty.for")
    if bound and head.lemma in parsed.words("certainty.travel") and kind == "V":
        return last_operator(head, "planned", Why("certainty.bound-for.v1", prep.span))
    if (part or bound) and head.lemma in parsed.words("certainty.planning"):
        reason = Why("certainty.being-planned.v1", head.span)
        one = indefinite(parsed, token)
        return last_operator(head, "planned", reason) if one else None
    found = implied_signature(parsed, head, "p")
    if found is None and part and token.relation == "oblique-clause" and kind in "NA":
        found = implied_signature(parsed, head, "c")
    if found is None or word not in parsed.words("certainty.about"):
        return None
    return step_to_governor(parsed, head, found)


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
