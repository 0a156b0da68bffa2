"""The operators that stand over an act, innermost first, each with its reason.

A hedge belongs to the smallest clause that it modifies: the walk from the act to the
root takes up what modifies each word on its way, and stops where a clause is taken for
granted ("after the attack", "condemned the attack").
"""

from dateline.certainty.clauses import (
    among_those,
    denies_clause,
    has_to_infinitive,
    judge_clause_form,
    question_word,
    whether,
)
from dateline.certainty.nouns import as_noun
from dateline.certainty.own import Operator, own_operators
from dateline.certainty.steps import (
    Step,
    implied_signature,
    judge_auxiliary,
    last_operator,
    step_to_governor,
)
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
    if token.relation in TAKEN or (
        token.relation == "adnominal-clause" and token.form != "base"
    ):
        return judge_side_clause(parsed, token, head)
    if token.relation in CLAUSES:
        return (
            None
            if denies_clause(parsed, token, head)
            else follow_to_governor(parsed, token, head)
        )
    return as_noun(parsed, token, head)


def separate(parsed: Parsed, token: Token) -> bool:
    """Whether a verb has its own tense: what stands on the verb over it is not its own.

    "Could not confirm that he had left" does not tell that he had not.
    """
    head = parsed.tokens[token.head]
    if (
        token.relation == "content-clause"
        and head.pos == "VERB"
        and not has_to_infinitive(parsed, token)
    ):
        finite = any(True for _ in parsed.below(token, *SUBJECTS))
        return finite and implied_signature(parsed, head, "c") is None
    if token.relation != "conjunct":
        return False
    if any(True for _ in parsed.below(token, *SUBJECTS)):
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
    bare = not any(True for _ in parsed.below(token, "subordinator", *SUBJECTS))
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
        (head, [])
        if token.relation == "adverbial-clause" and gerund and token.i > head.i
        else None
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
