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
from dateline.certainty.nouns import as_noun
from dateline.certainty.own import Operator, own
from dateline.certainty.steps import Step, auxiliary, governed, implied, stop
from dateline.model import SUBJECTS, Parsed, Token, Why

CLAUSES = (
    "content-clause",
    "open-clause",
    "adnominal-clause",
    "clausal-subject",
    "passive-clausal-subject",
)
TAKEN = ("relative-clause", "adverbial-clause", "parataxis", "meta", "apposition")


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
        token.relation == "adnominal-clause" and token.form != "base"
    ):
        return aside(parsed, token, head)
    if token.relation in CLAUSES:
        return None if beside(parsed, token, head) else under(parsed, token, head)
    return as_noun(parsed, token, head)


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
        return finite and implied(parsed, head, "c") is None
    if token.relation != "conjunct":
        return False
    if any(True for _ in parsed.below(token, *SUBJECTS)):
        return True
    return token.form in ("past", "present-third", "present") and any(
        parsed.below(head, "auxiliary", "negation")
    )


def aside(parsed: Parsed, token: Token, head: Token) -> Step:
    """Judge a clause set beside another: conditions and purposes are not facts."""
    if (word := whether(parsed, token)) is not None:
        return stop(head, "possible", Why("certainty.whether.v1", word.span))
    condition = parsed.words("certainty.condition")
    for child in parsed.below(token, "subordinator", "adverb"):
        if child.text.lower() in condition and child.i < token.i:
            reason = Why("certainty.condition.v1", child.span)
            return stop(head, "hypothetical", reason)
    if token.relation == "adverbial-clause" and token.form == "base":
        return stop(head, "possible", Why("certainty.purpose.v1", token.span))
    return loose(parsed, token, head)


def loose(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow a clause that the parser hangs loosely on what it completes."""
    found = implied(parsed, head, "c")
    bare = not any(True for _ in parsed.below(token, "subordinator", *SUBJECTS))
    gerund = token.form == "gerund" and bare
    risk = head.lemma in parsed.words("certainty.risk")
    if found and (
        (risk and token.relation == "relative-clause")
        or (gerund and head.i < token.i <= head.i + 2)
    ):
        return governed(parsed, head, found)
    content = parsed.words("certainty.content")
    if token.relation == "adnominal-clause" and head.lemma in content:
        return governed(parsed, head, found) if found else (head, [])
    if (over := among_those(parsed, head)) is not None:
        return over, []
    return (
        (head, [])
        if token.relation == "adverbial-clause" and gerund and token.i > head.i
        else None
    )


def under(parsed: Parsed, token: Token, head: Token) -> Step:
    """Follow a clause to its governor, with what the governor implies of it."""
    if (word := whether(parsed, token)) is not None:
        return stop(head, "possible", Why("certainty.whether.v1", word.span))
    helping = head.lemma in parsed.words("certainty.be-or-have")
    if helping and infinitive(parsed, token):
        return auxiliary(parsed, token, head)
    if head.lemma in parsed.words("certainty.stop") and token.form == "gerund":
        return None  # "did not stop shelling", "agreed to stop shelling": they shelled
    known = question_word(parsed, token) and not infinitive(parsed, token)
    found = None if known else implied(parsed, head, "c")
    if measured := undecided(parsed, token, head, found):
        return head, [measured]
    if found is not None:
        return governed(parsed, head, found)
    apart = token.relation == "adnominal-clause" and head.pos != "NOUN"
    return None if apart or known else (head, [])
