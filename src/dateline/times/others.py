"""Whether words that tell a time tell it of another act than the one asked about."""

from collections.abc import Sequence

from dateline.model import Claim, Parsed, Span, Token
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.events import EventTimes
from dateline.times.meaning import word_before_time

NOUNS = ("NOUN", "PROPN")
CLAUSES = frozenset(("relative-clause", "adnominal-clause"))


def of_another(
    asked: EventTimes, claims: Sequence[Claim], claim: Claim, span: Span
) -> bool:
    """Whether words of its sentence tell when another act was done than a claim's.

    "Aides condemned Monday's attack", "they swayed the 2016 vote", "the talks came
    after clashes on Monday", "they left the pact, which was signed in June".
    """
    parsed, doer = asked.parsed, attach.parse_deed(asked.parsed, claim.action)
    at = parsed.head_of(span)
    if doer is None or at is None or doer.action.trigger.overlaps(span):
        return False
    if attach.heads_line(parsed, span):
        return False
    between = parsed.tokens_in(Span(span.end, max(span.end, doer.head.start)))
    openers = parsed.words("times.opener")
    if any(t.text.lower() in openers for t in between):
        return False  # "the raid in May, in which ten were killed and six abducted"
    named = named_by(doer, at, span)
    if named is not None:
        others = [c for c in claims if parsed.head_of(c.action.trigger) == named]
        named_so = attach.modifies_another(parsed, [named], at)
        word = word_before_time(parsed.text, span)
        named_so = named_so and word not in parsed.words("times.on")
        apart = all(c.event != claim.event for c in others)
        if apart and (others or named_so):  # "on Friday President Ng" is none
            return True
    return (
        came_after(doer, at, claim)
        or is_in_describing_clause(doer, at)
        or reported(doer, at)
    )


def named_by(doer: Deed, at: Token, span: Span) -> Token | None:
    """Return the noun, not of the deed, that a time is told of: "the May 25 death"."""
    parsed, head = doer.parsed, doer.head
    chain = list(attach.timex_governors(parsed, at, span))
    named = chain[0] if chain and chain[0].pos in NOUNS else None
    if named is None or named == head or named in parsed.above(head):
        return None
    over = parsed.tokens[named.head]
    joined = head.head == named.i or named.head == head.i
    beside = joined and "conjunct" in (head.relation, named.relation)
    held = (
        named.relation == "subject"
        and head.relation == "object"
        and head.head == over.i
    )
    word = over.text.lower() if named.relation == "oblique" else ""
    beyond = parsed.words("times.in-wake") | parsed.words("times.ahead-of")
    within = word in parsed.words("times.within")
    inside = within or (word in beyond and soon(parsed, over))
    return None if beside or held or inside else named


def soon(parsed: Parsed, after: Token) -> bool:
    """Whether something came "shortly after", "hours after"."""
    return after.i > 0 and parsed.tokens[after.i - 1].relation in (
        "adverb",
        "adverbial-noun",
    )


def came_after(doer: Deed, at: Token, claim: Claim) -> bool:
    """Whether a time stands in words of what the deed came after, or before.

    Not so of a year.
    """
    if claim.when.precision == "year":
        return False
    parsed, forceful = doer.parsed, "force" in doer.action.traits
    in_wake, ahead = parsed.words("times.in-wake"), parsed.words("times.ahead-of")
    for up in governors_outside_deed(doer, at):
        clause = up.relation == "adverbial-clause"
        if (
            up.relation != "subordinator"
            and up.text.lower() in ahead
            and at.head != up.i
        ):
            far = parsed.tokens[up.i - 1].lemma in parsed.words("times.long")
            return far or not soon(parsed, up)  # "ahead of Monday's talks"
        words = (up, *(parsed.below(up, "subordinator") if clause else ()))
        after = next((w for w in words if w.text.lower() in in_wake), None)
        if after is not None:  # "ten were killed after rebels struck on Monday"
            return not ((clause and forceful) or soon(parsed, after))
    return False


def is_in_describing_clause(doer: Deed, at: Token) -> bool:
    """Whether a time stands in a clause, set off, that tells more of something else."""
    parsed = doer.parsed
    clause = next(
        (t for t in governors_outside_deed(doer, at) if t.relation in CLAUSES), None
    )
    if clause is None or clause.pos not in attach.VERBS:
        return False
    named = parsed.tokens[clause.head]
    own = (doer.head, *parsed.above(doer.head))
    return named not in own and attach.set_off(parsed, clause, named)


def reported(doer: Deed, at: Token) -> bool:
    """Whether a time is that of saying what another clause, between, tells or says.

    "Pence said on Sunday that they keep the pact that Kim had said he would leave".
    """
    parsed, over = doer.parsed, attach.nearest_verb(doer.parsed, at)
    chain = list(parsed.above(doer.head))
    saying = parsed.words("times.saying")
    if over is None or over not in chain or over.lemma not in saying:
        return False
    if doer.action.trigger.overlaps(over.span):
        return False
    between = [
        verb
        for verb in chain[: chain.index(over)]
        if verb.pos in attach.VERBS
        and any(parsed.below(verb, "subject", "passive-subject"))
    ]
    if doer.verbal:
        return any(verb.lemma in saying for verb in between)
    own = doer.verb is not None and any(
        parsed.below(doer.verb, "subject", "passive-subject")
    )
    within = [verb for verb in between if verb != doer.verb]
    return len(within) > (0 if own else 1)


def governors_outside_deed(doer: Deed, at: Token) -> list[Token]:
    """Return a time's word and those above it, up to where they reach the deed's."""
    parsed: Parsed = doer.parsed
    own, found = (doer.head, *parsed.above(doer.head)), []
    for up in (at, *parsed.above(at)):
        if up in own:
            break
        found.append(up)
    return found
