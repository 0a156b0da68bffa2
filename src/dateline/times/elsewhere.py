"""The time of an act that its own sentence leaves open, told elsewhere in the report.

Which of a report's times is meant, if any, was learned from annotated reports
(`which.py`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from dateline.infer.choose import Open
from dateline.model import Action, Claim, When, Why
from dateline.times import attach
from dateline.times.direction import as_hung
from dateline.times.events import EventTimes
from dateline.times.fitting import UNDONE, long_past, of_before, possible
from dateline.times.foreign import is_of_other_deed
from dateline.times.meaning import meaning_of_time
from dateline.times.one_day import keep_own_days
from dateline.times.tagging import Timex
from dateline.times.which import WHEN, Beside, Story, Undated

RULE = "times.elsewhere.v1"
SURE = 0.15  # how likely the likeliest time must be, beside that none is
NEAR, EARLY = 8, 3  # a time so many sentences off, or among the first, is asked about


def open_times(story: Story) -> Iterator[Open[Beside]]:
    """Yield each claim without a time that the report tells times for."""
    parsed = story.asked.parsed
    for n, claim in enumerate(story.claims):
        doer = attach.parse_deed(parsed, claim.action)
        undone = claim.certainty.status in UNDONE
        if claim.when.known or undone or doer is None:
            continue
        act = Undated(story, claim, doer)
        if some := list(likely_times(act)):
            spans = [claim.action.trigger, *(one.timex.span for one in some)]
            yield WHEN.open(n, act, some, parsed.states, spans)


def likely_times(act: Undated) -> Iterator[Beside]:
    """Yield the times that may be meant, each as it was read where it stands."""
    asked, claim = act.story.asked, act.claim
    for k, timex in enumerate(act.story.times):
        if not is_near(act, k) or of_before(act.doer, timex):
            continue
        when = read_nearby(act, k) or read_there(act, timex)
        if is_of_other_deed(act.doer, timex) or when is None or not when.known:
            continue
        if long_past(asked, claim, when, act.story.then[k]):
            continue
        if possible(claim, act.doer, when, asked.day):
            yield Beside(act, k, when)


def is_near(act: Undated, k: int) -> bool:
    """Whether a time is near an act, among the first, or that of some act."""
    apart = abs(act.story.at[k] - act.here)
    return apart <= NEAR or k < EARLY or bool(act.story.then[k])


def read_there(act: Undated, timex: Timex) -> When | None:
    """Return a time that was read for no act, as its own clause tells it."""
    day = act.story.asked.day
    return meaning_of_time(act.doer, [as_hung(timex, day)], 0, RULE, day)


def read_nearby(act: Undated, k: int) -> When | None:
    """Return a time as it was read for another act: of one happening, else near."""

    def order(other: Claim) -> tuple[bool, int]:
        apart = abs(other.action.trigger.start - act.start)
        return other.event != act.claim.event, apart

    then = act.story.then[k]
    return min(then, key=order).when if then else None


def told_elsewhere(
    asked: Callable[[Action], When], claims: Sequence[Claim]
) -> tuple[Claim, ...]:
    """Return claims, those without a time with one told elsewhere, where it is likely.

    Each such time carries the words it was read from, which stand outside the sentence
    that tells the act. Where another part answers when, nothing is added.
    """
    if not isinstance(asked, EventTimes):
        return tuple(claims)
    claims = keep_own_days(asked, claims)
    found = list(claims)
    for each in open_times(Story(asked, claims)):
        n, odds = each.claim, WHEN.share(each.rows, each.act, each.states)
        best = int(odds.argmax())
        if odds[best] >= SURE:
            when = each.some[best].when
            why = Why(RULE, when.span)
            when = replace(when, why=why, answer="told_elsewhere")
            found[n] = claims[n].answered("when", when)
    return tuple(found)
