"""Times that are told of another doing, or cannot be of the act asked about."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile

from dateline.extract.time import attach
from dateline.extract.time.attach import CLAUSES, NOUNS, VERBS, Deed
from dateline.extract.time.direction import AHEAD
from dateline.extract.time.grains import timex_interval
from dateline.extract.time.tagging import Timex
from dateline.model import SUBJECTS, Claim, Parsed, Span, Token, When

SHORT = 8  # days: what is done "three times" and told of no day took longer
RECENT = timedelta(days=2)  # what goes on may be told of the last days


def is_of_other_deed(doer: Deed, timex: Timex) -> bool:
    """Whether a time is told of another doing: of a clause that describes a party.

    "The rebels, who had fled on Monday, attacked": Monday is when they had fled; in
    "threatened to strike on Monday" it is when they would strike.
    """
    parsed, head = doer.parsed, doer.head
    at = parsed.head_of(timex.span)
    own = doer.action.trigger.overlaps(timex.span)
    if at is None or own or attach.heads_line(parsed, timex.span):
        return False
    chain = list(attach.timex_governors(parsed, at, timex.span))
    governor = next((up for up in chain if up.pos in VERBS), None)
    own = head in chain and head != governor  # "the Monday attack"
    if governor is not None and not own and was_over_by(doer, governor, timex):
        return True
    if owns_another_noun(doer, chain, at):
        return True
    if head.pos not in VERBS:
        return False
    inside = governor not in (None, head, doer.verb)
    if governor is not None and inside and head in parsed.above(governor):
        return is_of_clause_below(doer, governor, timex)
    return said_then(doer, governor, timex)


def is_of_clause_below(doer: Deed, governor: Token, timex: Timex) -> bool:
    """Whether a time hangs on a verb, below the deed, with a story of its own."""
    parsed, head = doer.parsed, doer.head
    chain = [governor, *parsed.above(governor)]
    for clause in chain[: chain.index(head)]:
        if clause.relation != "relative-clause":
            continue
        apart = attach.set_off(parsed, clause, head)
        if apart or attach.was_over_before(doer, clause):
            return True  # "shot a man who had drawn them years ago"
    between = parsed.tokens_in(Span(governor.end, timex.span.start))
    if governor.relation in CLAUSES and all(t.pos == "ADP" for t in between):
        return True  # "broke a deal reached on Monday"
    infinitive = governor.form == "base" and governor.relation == "open-clause"
    return doer.verbal and infinitive and governor.end < timex.span.start


def owns_another_noun(doer: Deed, chain: Sequence[Token], at: Token) -> bool:
    """Whether a time owns a noun that other words part from the deed.

    "The raid forced an end to campaigning in Sunday's vote" is none of Sunday; "shot
    at Sunday's rally" may be.
    """
    parsed, head = doer.parsed, doer.head
    beside = parsed.sentence_at(at.start) == parsed.sentence_at(head.start)
    if at.relation != "owner" or not beside or len(chain) <= 1:
        return False
    noun, host = chain[0], chain[1]
    if head in chain or noun in parsed.above(head):
        return False
    return host not in (head, doer.verb)


def was_over_by(doer: Deed, governor: Token, timex: Timex) -> bool:
    """Whether a deed was over by the one day that a verb above it is told of.

    "They rallied on Monday where gunmen had shot ten", "said on Monday that the attack
    was a crime", "marched on Monday over the attack", "men wounded in it left on
    Monday". In one week or month both may fall.
    """
    parsed, verb, days = doer.parsed, doer.verb, timex_interval(timex.value)
    if verb is None or doer.verbal or days is None or days[0] != days[1]:
        return False
    chain = [verb, *parsed.above(verb)]
    if governor not in chain:
        return False
    have = parsed.words("times.have")
    for up in chain[: chain.index(governor)]:  # "had moved", "has moved": over by then
        helped = parsed.below(up, "auxiliary")
        if up.form == "participle" and any(c.lemma in have for c in helped):
            return True
    if "force" not in doer.action.traits:
        return False
    if is_reason_of_act(doer, governor, timex):
        return True
    known = any(
        t.text.lower() in parsed.words("times.definite")
        for t in parsed.below(doer.head, "determiner")
    )
    said = governor.lemma in parsed.words("times.speech")
    return known and doer.head != governor and said


def is_reason_of_act(doer: Deed, governor: Token, timex: Timex) -> bool:
    """Whether a deed is why something was done, or tells more of who did it."""
    parsed = doer.parsed
    inner = doer.chain[: doer.chain.index(governor)]
    reasons = parsed.words("times.reason")
    after = (t for t in inner if t.start >= timex.span.end and t.pos == "ADP")
    if any(t.text.lower() in reasons for t in after):
        return True
    clauses = [t for t in inner if t.relation == "adnominal-clause"]
    if any(any(parsed.below(t, "subordinator")) for t in clauses):
        return True  # "repeated on Monday the view that an attack was staged"
    who = inner[-1] if inner else doer.head
    if who.relation not in SUBJECTS or timex.span.start <= governor.start:
        return False
    described = (t for t in inner if t.relation in CLAUSES and t.head == who.i)
    return any(t.form in ("participle", "past") for t in described)


def said_then(doer: Deed, governor: Token | None, timex: Timex) -> bool:
    """Whether a time is that of saying so: "said on Monday that it had left".

    So too in "it has left, the army said on Monday".
    """
    parsed = doer.parsed
    if governor is None or doer.verbal or governor.end > timex.span.start:
        return False
    if attach.is_reporting_verb(doer, governor) and doer.head.start < governor.start:
        return True
    clauses = parsed.below(governor, "content-clause")
    inside = any(c in doer.chain and timex.span.end <= c.start for c in clauses)
    return inside and "force" in doer.action.traits


def is_time_of_another(parsed: Parsed, claims: Sequence[Claim], claim: Claim, span: Span) -> bool:
    """Whether words of its sentence tell when another act was done than a claim's.

    "Aides condemned Monday's attack", "they swayed the 2016 vote", "the talks came
    after clashes on Monday", "they left the pact, which was signed in June".
    """
    doer, at = attach.parse_deed(parsed, claim.action), parsed.head_of(span)
    if doer is None or at is None or doer.action.trigger.overlaps(span):
        return False
    between = parsed.tokens_in(Span(span.end, max(span.end, doer.head.start)))
    openers = parsed.words("times.opener")
    opened = any(t.text.lower() in openers for t in between)
    if opened or attach.heads_line(parsed, span):
        return False  # "the raid in May, in which ten were killed and six abducted"
    named = noun_with_time(doer, at, span)
    if named is not None:
        others = [c for c in claims if parsed.head_of(c.action.trigger) == named]
        word = attach.word_before_time(parsed.text, span)
        named_so = attach.modifies_another(parsed, [named], at)
        named_so = named_so and word not in parsed.words("times.on")
        apart = all(c.event != claim.event for c in others)
        if apart and (others or named_so):  # "on Friday President Ng" is none
            return True
    over = takewhile(lambda up: up not in doer.chain, (at, *parsed.above(at)))
    outside = list(over)  # the words over the time, up to where they reach the deed's
    if came_after(doer, at, outside, claim) or is_time_of_reporting(doer, at):
        return True
    clause = next((t for t in outside if t.relation in CLAUSES), None)
    if clause is None or clause.pos not in VERBS:
        return False
    told_of = parsed.tokens[clause.head]  # a clause, set off, tells more of it
    return told_of not in doer.chain and attach.set_off(parsed, clause, told_of)


def noun_with_time(doer: Deed, at: Token, span: Span) -> Token | None:
    """Return the noun, not of the deed, that a time is told of: "the May 25 death"."""
    parsed, head = doer.parsed, doer.head
    chain = list(attach.timex_governors(parsed, at, span))
    named = chain[0] if chain and chain[0].pos in NOUNS else None
    if named is None or named in doer.chain:
        return None
    over = parsed.tokens[named.head]
    joined = head.head == named.i or named.head == head.i
    beside = joined and "conjunct" in (head.relation, named.relation)
    both = named.relation, head.relation
    held = both == ("subject", "object") and head.head == over.i
    word = over.text.lower() if named.relation == "oblique" else ""
    beyond = parsed.words("times.in-wake") | parsed.words("times.ahead-of")
    within = word in parsed.words("times.within")
    inside = within or (word in beyond and is_soon(parsed, over))
    return None if beside or held or inside else named


def is_soon(parsed: Parsed, after: Token) -> bool:
    """Whether something came "shortly after", "hours after"."""
    before = parsed.tokens[after.i - 1].relation
    return after.i > 0 and before in ("adverb", "adverbial-noun")


def came_after(doer: Deed, at: Token, over: Sequence[Token], claim: Claim) -> bool:
    """Whether a time stands in words of what the deed came after, or before.

    Not so of a year.
    """
    if claim.when.precision == "year":
        return False
    parsed, forceful = doer.parsed, "force" in doer.action.traits
    in_wake, ahead = parsed.words("times.in-wake"), parsed.words("times.ahead-of")
    for up in over:
        before = up.relation != "subordinator" and up.text.lower() in ahead
        if before and at.head != up.i:
            far = parsed.tokens[up.i - 1].lemma in parsed.words("times.long")
            return far or not is_soon(parsed, up)  # "ahead of Monday's talks"
        clause = up.relation == "adverbial-clause"
        words = (up, *(parsed.below(up, "subordinator") if clause else ()))
        after = next((w for w in words if w.text.lower() in in_wake), None)
        if after is not None:  # "ten were killed after rebels struck on Monday"
            return not ((clause and forceful) or is_soon(parsed, after))
    return False


def is_time_of_reporting(doer: Deed, at: Token) -> bool:
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
        if verb.pos in VERBS and any(parsed.below(verb, *SUBJECTS))
    ]
    if doer.verbal:
        return any(verb.lemma in saying for verb in between)
    own = doer.verb is not None and any(parsed.below(doer.verb, *SUBJECTS))
    within = [verb for verb in between if verb != doer.verb]
    return len(within) > (0 if own else 1)


def may_fall_on(claim: Claim, doer: Deed, when: When, day: date | None) -> bool:
    """Whether an act can be of a time: none done is to come, none planned is past.

    What was done "three times" was not done on one day. `day` is the report's.
    """
    first, last = when.first or when.last, when.last or when.first
    if first is None or last is None:
        return True
    often = (last - first).days < SHORT and is_counted_deed(doer)
    once = when.why.rule == "times.since.v2" and attach.narrated(doer)
    if often or once:  # "since he took power in 2011": he met her on one day of it
        return False
    status, begun = claim.certainty.status, when.first
    if day is None:
        return True
    if status in AHEAD and "by-word" not in claim.action.traits:
        return last >= day
    if status == "ongoing" and begun == last:
        return last >= day - RECENT
    return status != "happened" or (begun is not None and begun <= day)


def is_counted_deed(doer: Deed) -> bool:
    """Whether a deed is told as done so many times: "three times he visited"."""
    parsed, verb = doer.parsed, doer.verb or doer.head
    some = parsed.below(verb, "adverbial-noun", "adverb", "object", "unclear")
    twice, time = parsed.words("times.twice"), parsed.words("times.time")
    return any(
        c.lemma in twice or (c.lemma in time and any(parsed.below(c, "number"))) for c in some
    )


def contradicts_status(claim: Claim, parsed: Parsed, day: date | None) -> bool:
    """Whether what was done is of a day to come, or what goes on of days long past.

    "Ministers agreed on talks next week": the talks are next week, not the deal. But
    "the embargo imposed in 2007" goes on since then: a verb in the past tells when it
    began. `day` is the report's.
    """
    status, when = claim.certainty.status, claim.when
    if day is None:
        return False
    if status == "happened":
        return when.first is not None and when.first > day
    if status != "ongoing" or when.last is None or when.last >= day - RECENT:
        return False
    doer = attach.parse_deed(parsed, claim.action)
    past = doer is not None and doer.head.form in ("past", "participle")
    return not (past and when.why.rule == "reading.time.v1")
