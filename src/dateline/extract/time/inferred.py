"""What a reader infers where no words tell when: of these days, or background.

It is the last step: what is told stands as it is, and what is inferred is marked so.
How wide an interval must be was measured on annotated reports (docs/measures.md): in a
report that tells of a day of its last week, what is told in the bare past happened from
two days before that day on, where it is told in the report's first half, or by a verb
of speech, among acts of these days. Elsewhere nothing is inferred: it may be history.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.extract.time import attach
from dateline.extract.time.dating.known import FORETOLD, load_happenings
from dateline.extract.time.event_times import EventTimes
from dateline.extract.time.grains import timex_interval
from dateline.extract.time.report_times import ANCHORED, BESIDE
from dateline.model import Action, Claim, Span, When, Why

YEAR_TOLD = re.compile(r"(?<!\d)\d{4}(?!\d)")
DONE = ("happened", "ongoing")
WEEK = timedelta(days=7)
SLACK = timedelta(days=2)
YEAR = timedelta(days=366)
LEAD = 2  # sentences, the title among them, whose bare present tells the news
NEAR = 300  # characters in which a time told before an act is of its story
MAIN = ("root", "conjunct", "content-clause")


@dataclass(frozen=True, slots=True)
class Lately:
    """What a report of a known day tells of its last days, and of the past.

    The freshest day of the last week that is told; where the acts that have days
    stand, and whether they are of that week; the names of what is over a year old.
    """

    asked: EventTimes
    day: date
    freshest: date | None
    acts: Sequence[tuple[int, bool]]
    old_names: Sequence[Span]


def infer_days(asked: Callable[[Action], When], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return claims with the days that a reader infers, and the background marked.

    Where another part answers when, or nothing tells the report's day, all stays.
    """
    if not isinstance(asked, EventTimes) or (day := asked.day) is None:
        return tuple(claims)
    done = [
        (claim, last)
        for claim in claims
        if (last := claim.when.last or claim.when.first) is not None
        and claim.certainty.status in DONE
    ]
    days = (last for claim, last in done if claim.when.precision == "day")
    freshest = max((d for d in days if day - WEEK <= d <= day), default=None)
    acts = [(c.action.trigger.start, last >= day - WEEK) for c, last in done]
    # the known wars, coups and attacks of over a year ago that it names
    low = asked.parsed.text.lower()
    old = [
        Span(*hit.span())
        for one in load_happenings().likely(low)
        if one.kind not in FORETOLD and (one.last or one.first) < day - YEAR
        for hit in one.names.finditer(low)
    ]
    lately = Lately(asked, day, freshest, acts, old)
    return tuple(settle_inferred(lately, claim) for claim in claims)


def settle_inferred(lately: Lately, claim: Claim) -> Claim:
    """Return a claim as background, or with the days that are inferred, or as it is."""
    when, at = claim.when, claim.action.trigger
    based = with_base(lately.asked, when)
    if when.last is not None and when.last < lately.day - YEAR:
        why = Why("times.background.long-ago.v1", when.span)
        return replace(claim, background=why, when=based)
    if when.known:
        return replace(claim, when=based)
    span = next((span for span in lately.old_names if span.overlaps(at)), None)
    if span is not None:
        why = Why("times.background.named.v1", span)
        return replace(claim, background=why, when=based)
    inferred = infer_untold(lately, claim)
    return claim.answered("when", inferred) if inferred else claim


def with_base(asked: EventTimes, when: When) -> When:
    """Return a time with the report's day, where its words are counted from that.

    What has its own year, or leans on another day of the story, is not.
    """
    if when.span is None or YEAR_TOLD.search(when.span.of(asked.parsed.text)):
        return when
    timex = next((t for t in asked.times if t.span == when.span), None)
    leans = timex is None or timex.why.rule in (ANCHORED, BESIDE)
    return when if leans else replace(when, base=asked.day)


def infer_untold(lately: Lately, claim: Claim) -> When | None:
    """Return the days that a reader infers of an act without any, None for none."""
    day, status, at = lately.day, claim.certainty.status, claim.action.trigger
    if claim.when.why.rule != "times.none.v1":
        return None
    if status == "ongoing":
        why = Why("times.inferred.goes-on.v1", at)
        return When(day, day, "range", None, why, "inferred", day)
    asked, freshest = lately.asked, lately.freshest
    if status != "happened" or freshest is None or not is_told_as_news(asked, claim):
        return None
    if not min(lately.acts, key=lambda told: abs(told[0] - at.start))[1]:
        return None  # the nearest act of a known day is of before
    near = (t for t in asked.times if at.start - NEAR <= t.span.start < at.start)
    dated = (timex_interval(t.value) for t in near if t.kind in ("DATE", "TIME"))
    before = [each[1] for each in dated if each]
    if before and before[-1] < day - WEEK:
        return None  # so is the time told last before it
    why = Why("times.inferred.news.v1", at)
    return When(freshest - SLACK, day, "range", None, why, "inferred", day)


def is_told_as_news(asked: EventTimes, claim: Claim) -> bool:
    """Whether an act is told as the news: in the bare past, or in a headline."""
    doer = attach.parse_deed(asked.parsed, claim.action)
    if doer is None or doer.verb is None or attach.pluperfect(doer):
        return False
    tense = attach.verb_tense(asked.parsed, doer.verb)
    number = asked.number(claim.action.trigger.start)
    if tense == "past":
        early = number < len(asked.parsed.sentences) / 2 or doer.verbal
        return early and doer.verb.relation in MAIN
    return number < LEAD and tense in ("present", "")
