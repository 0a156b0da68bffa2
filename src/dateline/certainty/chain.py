"""The operators that stand over an act, innermost first, each with its reason.

A hedge belongs to the smallest clause that it modifies: the walk from the act to the
root takes up what modifies each word on its way, and stops where a clause is taken for
granted ("after the attack", "condemned the attack").
"""

from dateline.certainty.clauses import (
    among_those,
    beside,
    infinitive,
    question_word,
    undecided,
    whether,
)
from dateline.certainty.lexicon import Signature, signature, words
from dateline.certainty.own import Operator, own
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
CLAUSES = (
    "content-clause",
    "open-clause",
    "adnominal-clause",
    "clausal-subject",
    "passive-clausal-subject",
)
TAKEN = ("relative-clause", "adverbial-clause", "parataxis", "meta", "apposition")
PREPOSITIONS = ("for", "of", "to", "on", "with", "about", "against", "in", "at", "into")
UNDONE = (("instead", "of"), ("rather", "than"), ("short", "of"))
PASSED = ("conjunct", "compound", "adjective", "noun-modifier", "predicate-adjective")
Step = tuple[Token, list[Operator]] | None


def operators(parsed: Parsed, token: Token) -> list[Operator]:
    """Return the operators over `token`, innermost first."""
    found: list[Operator] = []
    seen: set[int] = set()
    skip = False
    while token.i >= 0 and token.i not in seen:
        seen.add(token.i)
        found += [] if skip else own(parsed, token, seen)
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
    if token.relation in TAKEN or (
        token.relation == "adnominal-clause" and token.tag != "VB"
    ):
        return aside(parsed, token, head)
    if token.relation in CLAUSES:
        return None if beside(parsed, token, head) else under(parsed, token, head)
    return as_noun(parsed, token, head)


def as_noun(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow an act told as a noun, or a part of one, to the word it hangs on."""
    if token.relation in ("object", "predicate", "object-predicate"):
        return thing(parsed, token, head, "o")
    if token.relation in SUBJECTS:
        return as_subject(parsed, token, head)
    if token.relation in ("oblique", "oblique-clause"):
        return after(parsed, token, head) or unlimited(parsed, token, head)
    return (head, []) if token.relation in PASSED else None


def separate(parsed: Parsed, token: Token) -> bool:
    """Whether a verb has its own tense: what stands on the verb over it is not its own.

    "Could not confirm that he had left" does not tell that he had not.
    """
    head = parsed.tokens[token.head]
    if (
        token.relation == "content-clause"
        and head.pos == "VERB"
        and not infinitive(parsed, token)
    ):
        finite = any(True for _ in parsed.below(token, *SUBJECTS))
        return finite and signature(particle(parsed, head), "V", "c") is None
    if token.relation != "conjunct":
        return False
    if any(True for _ in parsed.below(token, *SUBJECTS)):
        return True
    return token.tag in ("VBD", "VBZ", "VBP") and any(
        parsed.below(head, "auxiliary", "negation")
    )


def aside(parsed: Parsed, token: Token, head: Token) -> Step:
    """Judge a clause set beside another: conditions and purposes are not facts."""
    if (word := whether(parsed, token)) is not None:
        return stop(head, "possible", Why("certainty.whether.v1", word.span))
    for child in parsed.below(token, "subordinator", "adverb"):
        if child.text.lower() in words("if") and child.i < token.i:
            reason = Why("certainty.condition.v1", child.span)
            return stop(head, "hypothetical", reason)
    if token.relation == "adverbial-clause" and token.tag == "VB":
        return stop(head, "possible", Why("certainty.purpose.v1", token.span))
    return loose(parsed, token, head)


def loose(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow a clause that the parser hangs loosely on what it completes."""
    found = signature(particle(parsed, head), CLASS.get(head.pos, "X"), "c")
    bare = not any(True for _ in parsed.below(token, "subordinator", *SUBJECTS))
    gerund = token.tag == "VBG" and bare
    if found and (
        (token.relation == "relative-clause" and head.lemma in words("risk"))
        or (gerund and head.i < token.i <= head.i + 2)
    ):
        return governed(head, found)
    if token.relation == "adnominal-clause" and head.lemma in words("content"):
        return governed(head, found) if found else (head, [])
    if (over := among_those(parsed, head)) is not None:
        return over, []
    return (
        (head, [])
        if token.relation == "adverbial-clause" and gerund and token.i > head.i
        else None
    )


def stop(head: Token, told: str, reason: Why, back: str = "") -> Step:
    """Return one last operator, above which nothing more is taken."""
    end = Token(-1, head.start, head.end, head.text, "", "X", "X", "root", -1)
    return end, [Operator(told, back or told, reason, head.i)]


def under(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow a clause to its governor, with what the governor implies of it."""
    if (word := whether(parsed, token)) is not None:
        return stop(head, "possible", Why("certainty.whether.v1", word.span))
    if infinitive(parsed, token) and head.lemma in ("be", "have"):
        return auxiliary(parsed, token, head)
    if head.lemma in ("stop", "cease", "quit") and token.tag == "VBG":
        return None  # "did not stop shelling", "agreed to stop shelling": they shelled
    known = question_word(parsed, token) and not infinitive(parsed, token)
    kind = CLASS.get(head.pos, "X")
    found = None if known else signature(particle(parsed, head), kind, "c")
    if measured := undecided(parsed, token, head, found):
        return head, [measured]
    if found is not None:
        return governed(head, found)
    apart = token.relation == "adnominal-clause" and head.pos != "NOUN"
    return None if apart or known else (head, [])


def auxiliary(parsed: Parsed, token: Token, head: Token) -> Step:
    """Judge "are to meet", "has yet to sign", "had to flee": planned, not, done."""
    yet = [c for c in parsed.below(head, "adverb") if c.lemma == "yet"]
    if yet:
        reason = Why("certainty.yet-to.v1", yet[0].span)
        return head, [Operator("-", "+", reason, head.i)]
    reason = Why("certainty.is-to.v1", head.span)
    if any(s.i > head.i for s in parsed.below(head, *SUBJECTS)) and head.tag == "VBD":
        reason = Why("certainty.inverted-condition.v1", head.span)
        return stop(head, "hypothetical", reason)
    if head.lemma == "be":
        if any(c.text.lower() == "if" for c in parsed.below(head, "subordinator")):
            return head, []
        return head, [Operator("planned", "negated", reason, head.i, "governor")]
    reason = Why("certainty.has-to.v1", head.span)
    told = "+" if head.tag in ("VBD", "VBN") else "possible"
    return head, [Operator(told, "negated", reason, head.i, "governor")]


def governed(head: Token, found: Signature) -> Step:
    """Return a governor with what it implies; None where it presupposes the act."""
    if found.affirmed == "0":
        return None
    rule = "considered" if head.lemma in words("ponder") else "governor"
    reason = Why(f"certainty.{rule}.v1", head.span)
    return head, [Operator(found.affirmed, found.negated, reason, head.i, "governor")]


def thing(parsed: Parsed, token: Token, head: Token, frame: str) -> Step:
    """Follow an act told as a noun to the verb whose object it is."""
    lemma = particle(parsed, head)
    if lemma == "announce" and token.lemma in words("past-news"):
        return head, []
    if head.lemma in words("deny") and token.lemma in words("content"):
        return governed(head, Signature("o", "denied", "+"))
    found = signature(lemma, CLASS.get(head.pos, "X"), frame)
    if lemma in words("deny") and signature(token.lemma, "N", "c"):
        return None  # "rejected the offer": there was one
    if found is None:
        return (head, []) if head.lemma == "be" else modal_thing(parsed, token, head)
    return governed(head, found)


def as_subject(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow an act told as a noun to the verb whose subject it is."""
    if head.lemma == "be":
        return predicate(parsed, token, head)
    if token.relation == "passive-subject":
        if head.lemma in words("light"):
            return head, []
        return thing(parsed, token, head, "s") or thing(parsed, token, head, "o")
    return thing(parsed, token, head, "s")


def predicate(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow "the talks are due", "war is likely", "the report is false"."""
    for child in parsed.below(head, "predicate-adjective", "predicate", "open-clause"):
        if child.relation == "open-clause" and infinitive(parsed, child):
            return auxiliary(parsed, child, head)
        if token.lemma in words("content") and child.lemma in words("false"):
            return head, [
                Operator("denied", "+", Why("certainty.false.v1", child.span))
            ]
        found = signature(child.lemma, "A", "s")
        last = any(c.lemma == "be" for c in parsed.below(child, "open-clause"))
        if found and not last:  # "unlikely to be the last": there was one
            step = governed(child, found)
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
        word = aux.text.lower()
        if token.i < head.i and word in ("will", "would"):
            told = "expected" if word == "will" else "hypothetical"
            return stop(head, told, Why("certainty.unknown-act.v1", aux.span))
    return None


def indefinite(parsed: Parsed, token: Token) -> bool:
    """Whether a noun is told as one not known of: "an attack", "any raid"."""
    below = [d.text.lower() for d in parsed.below(token, "determiner", "owner")]
    if below:
        return below[0] in ("a", "an", "any", "another")
    return token.tag in ("NN", "NNS") and not any(parsed.below(token, "number"))


def particle(parsed: Parsed, head: Token) -> str:
    """Return a verb's lemma with its particle ("call off", "take place")."""
    for child in parsed.below(head, "particle"):
        return f"{head.lemma} {child.lemma}"
    if head.lemma == "take" and any(c.lemma == "place" for c in parsed.below(head)):
        return "take place"
    return head.lemma


def after(parsed: Parsed, token: Token, prep: Token) -> Step:
    """Follow a preposition: "without talks", "ahead of the summit"."""
    head = parsed.tokens[prep.head]
    word = prep.lemma.lower()
    before = parsed.tokens[prep.i - 1] if prep.i else prep
    pair = (before.text.lower(), word)
    if word == "without" or pair in UNDONE:
        reason = Why("certainty.without.v1", prep.span)
        return stop(head, "-", reason, "+")
    if pair == ("ahead", "of") or head.lemma == "eve":
        return stop(head, "planned", Why("certainty.ahead.v1", prep.span))
    if head.lemma in ("case", "event") and word == "of" and head.relation == "oblique":
        return stop(head, "hypothetical", Why("certainty.in-case.v1", head.span))
    return linked(parsed, token, prep, head)


def unlimited(parsed: Parsed, token: Token, prep: Token) -> Step:
    """Follow "any" to the word that may deny it: "did not lead to any arrests"."""
    some = (d.text.lower() for d in parsed.below(token, "determiner"))
    return (parsed.tokens[prep.head], []) if "any" in some else None


def linked(parsed: Parsed, token: Token, prep: Token, head: Token) -> Step:
    """Follow a preposition to the word that it completes."""
    word, kind = prep.lemma.lower(), CLASS.get(head.pos, "X")
    lemma = particle(parsed, head)
    if word == "of" and head.lemma in words("container"):
        return head, []
    if word == "from":
        found = signature(lemma, kind, "c")
        return governed(head, found) if found and found.affirmed == "-" else None
    if word == "for" and head.lemma in words("travel") and kind == "V":
        return stop(head, "planned", Why("certainty.bound-for.v1", prep.span))
    if word in ("of", "for") and head.lemma in words("planning"):
        reason = Why("certainty.being-planned.v1", head.span)
        return stop(head, "planned", reason) if indefinite(parsed, token) else None
    found = signature(lemma, kind, "p")
    if (
        found is None
        and word == "of"
        and token.relation == "oblique-clause"
        and kind in "NA"
    ):
        found = signature(lemma, kind, "c")
    if found is None or word not in PREPOSITIONS:
        return None
    return governed(head, found)
