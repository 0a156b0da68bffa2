"""Whether a time that is told elsewhere in a report can be that of an act."""

from datetime import date

from dateline.model import Claim, When
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.direction import AHEAD
from dateline.times.events import EventTimes
from dateline.times.tagging import Timex


def turned(asked: EventTimes, timex: Timex, when: When) -> bool:
    """Whether a day to come is read off words that are told as past."""
    head = asked.parsed.head_of(timex.span)
    verb = attach.verb_over(asked.parsed, head) if head else None
    past = verb is not None and verb.tag == "VBD" and verb.lemma != "be"
    return past and bool(asked.away(when.first) > 0)


def possible(claim: Claim, doer: Deed, when: When, day: date | None) -> bool:
    """Whether an act can be of a time: none done is to come, none planned is past.

    What was done "three times" was not done on one day.
    """
    first, last = when.first or when.last, when.last or when.first
    if first is None or last is None:
        return True
    if attach.counted(doer) and (last - first).days < attach.SHORT:
        return False
    status = claim.certainty.status
    if when.why.rule == "times.since.v2" and attach.narrated(doer):
        return False  # "since he took power in 2011": what he did once was one day
    if day is None:
        return True
    if status in AHEAD and "by-word" not in claim.action.traits:
        return last >= day
    return status != "happened" or (when.first is not None and first <= day)
