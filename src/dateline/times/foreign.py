"""Times of a sentence that are told of another doing than the one asked about."""

from collections.abc import Sequence

from dateline.model import Span, Token
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.grains import timex_interval
from dateline.times.tagging import Timex


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
    governor = next((up for up in chain if up.pos in attach.VERBS), None)
    own = head in chain and head != governor  # "the Monday attack"
    over = governor is not None and not own and over_by(doer, governor, timex)
    over = over or of_a_noun(doer, chain, at)
    if over or head.pos not in attach.VERBS:
        return over
    if (
        governor is None
        or governor in (head, doer.verb)
        or not attach.is_in_lower_clause(doer, governor)
    ):
        return said_then(doer, governor, timex)
    return in_clause(doer, governor, timex)


def in_clause(doer: Deed, governor: Token, timex: Timex) -> bool:
    """Whether a time hangs on a verb, below the deed, with a story of its own."""
    parsed, head = doer.parsed, doer.head
    chain = [governor, *parsed.above(governor)]
    for clause in (
        up for up in chain[: chain.index(head)] if up.relation == "relative-clause"
    ):
        if attach.set_off(parsed, clause, head) or over_before(doer, clause):
            return True  # "shot a man who had drawn them years ago"
    between = parsed.tokens_in(Span(governor.end, timex.span.start))
    if governor.relation in ("relative-clause", "adnominal-clause") and all(
        t.pos == "ADP" for t in between
    ):
        return True  # "broke a deal reached on Monday"
    infinitive = governor.form == "base" and governor.relation == "open-clause"
    return doer.verbal and infinitive and governor.end < timex.span.start


def of_a_noun(doer: Deed, chain: Sequence[Token], at: Token) -> bool:
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


def over_before(doer: Deed, verb: Token) -> bool:
    """Whether a verb tells what was over when the deed was done."""
    over = Deed(doer.parsed, doer.action, verb, verb)
    return attach.pluperfect(over) and not attach.pluperfect(doer)


def over_by(doer: Deed, governor: Token, timex: Timex) -> bool:
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
    if any(attach.is_perfect(parsed, up) for up in chain[: chain.index(governor)]):
        return True
    if "force" in doer.action.traits and reason(doer, governor, timex):
        return True
    known = "force" in doer.action.traits and any(
        t.text.lower() in parsed.words("times.definite")
        for t in parsed.below(doer.head, "determiner")
    )
    if not known or doer.head == governor:
        return False
    return governor.lemma in parsed.words("times.speech")


def reason(doer: Deed, governor: Token, timex: Timex) -> bool:
    """Whether a deed is why something was done, or tells more of who did it."""
    parsed = doer.parsed
    chain = [doer.head, *parsed.above(doer.head)]
    inner = chain[: chain.index(governor)]
    after = (t for t in inner if t.start >= timex.span.end)
    reasons = parsed.words("times.reason")
    if any(t.pos == "ADP" and t.text.lower() in reasons for t in after):
        return True
    if any(
        t.relation == "adnominal-clause" and any(parsed.below(t, "subordinator"))
        for t in inner
    ):
        return True  # "repeated on Monday the view that an attack was staged"
    who = inner[-1] if inner else doer.head
    told = (
        t
        for t in inner
        if t.relation in ("adnominal-clause", "relative-clause") and t.head == who.i
    )
    subject = (
        who.relation in ("subject", "passive-subject")
        and timex.span.start > governor.start
    )
    return subject and any(t.form in ("participle", "past") for t in told)


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
    own = (doer.head, *parsed.above(doer.head))
    inside = any(c in own and timex.span.end <= c.start for c in clauses)
    return inside and "force" in doer.action.traits
