"""Whether a time that is told elsewhere in a report can be that of an act."""

from collections.abc import Sequence
from datetime import date, timedelta

from dateline.model import Claim, When
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.direction import AHEAD, verb_of_timex
from dateline.times.events import EventTimes
from dateline.times.tagging import Timex

UNDONE = ("denied", "negated", "possible", "hypothetical")
YEAR = 366  # days
RECENT = timedelta(days=2)  # what goes on may be told of the last days


def of_before(doer: Deed, timex: Timex) -> bool:
    """Whether a time is told of what lay before the story, and not of the act.

    "They burned the post. Troops had left it on Monday": it burned after that.
    """
    verb = verb_of_timex(doer, timex)
    if verb is None:
        return False
    above = Deed(doer.parsed, doer.action, verb, verb)
    return attach.pluperfect(above) and not attach.pluperfect(doer)


def long_past(
    asked: EventTimes, claim: Claim, when: When, then: Sequence[Claim]
) -> bool:
    """Whether a time of another year, told after an act, is another's.

    "Soldiers held two men. The country left the union in 1974."
    """
    later = bool(when.span and when.span.start > claim.action.trigger.start)
    far = bool(asked.away(when.last) < -YEAR)
    deed = claim.action.deed
    same = any(c.event == claim.event or c.action.deed == deed for c in then)
    return later and far and not same


def possible(claim: Claim, doer: Deed, when: When, day: date | None) -> bool:
    """Whether an act can be of a time: none done is to come, none planned is past.

    What was done "three times" was not done on one day.
    """
    first, last = when.first or when.last, when.last or when.first
    if first is None or last is None:
        return True
    often = attach.is_counted_deed(doer) and (last - first).days < attach.SHORT
    once = when.why.rule == "times.since.v2" and attach.narrated(doer)
    if often or once:  # "since he took power in 2011": he met her on one day of it
        return False
    return day is None or fits_status(claim, when.first, last, day)


def contradicts_status(claim: Claim, asked: EventTimes) -> bool:
    """Whether what was done is of a day to come, or what goes on of days long past.

    "Ministers agreed on talks next week": the talks are next week, not the deal. But
    "the embargo imposed in 2007" goes on since then.
    """
    status, when, day = claim.certainty.status, claim.when, asked.day
    if day is None:
        return False
    if status == "happened":
        return when.first is not None and when.first > day
    long_past = when.last is not None and when.last < day - RECENT
    return status == "ongoing" and long_past and not tells_beginning(claim, asked)


def tells_beginning(claim: Claim, asked: EventTimes) -> bool:
    """Whether a verb that is told as past tells when an act began."""
    doer = attach.parse_deed(asked.parsed, claim.action)
    own = claim.when.why.rule == "reading.time.v1"
    return own and doer is not None and doer.head.form in ("past", "participle")


def fits_status(claim: Claim, first: date | None, last: date, day: date) -> bool:
    """Whether days fit how far an act has come by the report's day."""
    status = claim.certainty.status
    if status in AHEAD and "by-word" not in claim.action.traits:
        return last >= day
    if status == "ongoing" and first == last:
        return last >= day - RECENT
    return status != "happened" or (first is not None and first <= day)
