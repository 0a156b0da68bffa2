"""What a reader infers where no words tell when: of these days, or background.

It is the last step: what is told stands as it is, and what is inferred is marked so.
How wide an interval must be was measured on annotated reports (docs/measures.md): in a
report that tells of a day of its last week, what is told in the bare past happened from
two days before that day on, where it is told in the report's first half, or by a verb
of speech, among acts of these days. Elsewhere nothing is inferred: it may be history.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dateline.model import Action, Claim, Span, When, Why
from dateline.times import anchored, attach
from dateline.times.events import EventTimes
from dateline.times.grains import timex_interval
from dateline.times.happenings import FORETOLD, index_happenings, load_happenings
from dateline.times.lifespans import likely

YEAR_TOLD = re.compile(r"(?<!\d)\d{4}(?!\d)")
DONE = ("happened", "ongoing")
WEEK = timedelta(days=7)
SLACK = timedelta(days=2)
YEAR = timedelta(days=366)
LEAD = 2  # sentences, the title among them, whose bare present tells the news
NEAR = 300  # characters in which a time told before an act is of its story
Lately = tuple[date | None, Sequence[tuple[int, bool]]]
"""The freshest day of the last week that is told; where acts stand, if of it."""
MAIN = ("root", "conjunct", "content-clause")


def infer_days(
    asked: Callable[[Action], When], claims: Sequence[Claim]
) -> tuple[Claim, ...]:
    """Return claims with the days that a reader infers, and the background marked.

    Where another part answers when, or nothing tells the report's day, all stays.
    """
    if not isinstance(asked, EventTimes) or (day := asked.day) is None:
        return tuple(claims)
    done = [each for claim in claims if (each := claim_done_by(claim))]
    days = (last for claim, last in done if claim.when.precision == "day")
    freshest = max((d for d in days if day - WEEK <= d <= day), default=None)
    news = [(c.action.trigger.start, last >= day - WEEK) for c, last in done]
    past = list(old_names(asked, day))
    return tuple(settle_inferred(asked, c, (freshest, news), past) for c in claims)


def claim_done_by(claim: Claim) -> tuple[Claim, date] | None:
    """Return a claim of something done with the last day that is told of it."""
    last = claim.when.last or claim.when.first
    told = last is not None and claim.certainty.status in DONE
    return (claim, last) if told and last is not None else None


def settle_inferred(
    asked: EventTimes, claim: Claim, lately: Lately, past: Sequence[Span]
) -> Claim:
    """Return a claim as background, or with the days that are inferred, or as it is."""
    assert asked.day is not None
    if why := background(claim, asked.day, past):
        return replace(claim, background=why, when=based(asked, claim.when))
    if claim.when.known:
        return replace(claim, when=based(asked, claim.when))
    if not (when := inferred(asked, claim, lately)):
        return claim
    return claim.answered("when", when)


def based(asked: EventTimes, when: When) -> When:
    """Return a time with the report's day, where its words are counted from that.

    What has its own year, or leans on another day of the story, is not.
    """
    if when.span is None or YEAR_TOLD.search(when.span.of(asked.parsed.text)):
        return when
    timex = next((t for t in asked.times if t.span == when.span), None)
    leans = timex is None or timex.why.rule in (anchored.RULE, anchored.BESIDE)
    return when if leans else replace(when, base=asked.day)


def background(claim: Claim, day: date, past: Sequence[Span]) -> Why | None:
    """Return why an act is no news of its report, None where it may be."""
    last = claim.when.last
    if last is not None and last < day - YEAR:
        return Why("times.background.long-ago.v1", claim.when.span)
    if claim.when.known:
        return None
    named = (span for span in past if span.overlaps(claim.action.trigger))
    if (span := next(named, None)) is not None:
        return Why("times.background.named.v1", span)
    return None


def old_names(asked: EventTimes, day: date) -> Iterator[Span]:
    """Yield where a report names a known war, coup or attack of over a year ago."""
    low = asked.parsed.text.lower()
    for one in (load_happenings()[n] for n in likely(index_happenings(), low)):
        if one.kind not in FORETOLD and one.last < day - YEAR:
            yield from (Span(*hit.span()) for hit in one.names.finditer(low))


def inferred(asked: EventTimes, claim: Claim, lately: Lately) -> When | None:
    """Return the days that a reader infers of an act without any, None for none."""
    day, status = asked.day, claim.certainty.status
    if day is None or claim.when.why.rule != "times.none.v1":
        return None
    at = claim.action.trigger
    if status == "ongoing":
        why = Why("times.inferred.goes-on.v1", at)
        return When(day, day, "range", None, why, "inferred", day)
    freshest, news = lately
    if status != "happened" or freshest is None or not as_news(asked, claim):
        return None
    if not min(news, key=lambda told: abs(told[0] - at.start))[1]:
        return None  # the nearest act of a known day is of before
    if (before := last_day_before(asked, at.start)) and before < day - WEEK:
        return None
    why = Why("times.inferred.news.v1", at)
    return When(freshest - SLACK, day, "range", None, why, "inferred", day)


def as_news(asked: EventTimes, claim: Claim) -> bool:
    """Whether an act is told as the news: in the bare past, or in a headline."""
    doer = attach.parse_deed(asked.parsed, claim.action)
    if doer is None or doer.verb is None or attach.pluperfect(doer):
        return False
    tense = attach.finite(asked.parsed, doer.verb)
    number = asked.number(claim.action.trigger.start)
    if tense == "past":
        early = number < len(asked.parsed.sentences) / 2 or doer.verbal
        return early and doer.verb.relation in MAIN
    return number < LEAD and tense in ("present", "")


def last_day_before(asked: EventTimes, at: int) -> date | None:
    """Return the last day of the time told last before a character, if that is near."""
    near = (t for t in asked.times if at - NEAR <= t.span.start < at)
    days = [timex_interval(t.value) for t in near if t.kind in ("DATE", "TIME")]
    known = [each for each in days if each]
    return known[-1][1] if known else None


RULES = {
    "times.background.long-ago.v1": (
        "Its own day is over a year before the report's: background, not its news."
    ),
    "times.background.named.v1": (
        "The words name a war, coup or attack that is known to be over a year old."
    ),
    "times.inferred.goes-on.v1": "Told as going on: on the report's day, inferred.",
    "times.inferred.news.v1": (
        "No words tell when. A bare past tense among acts of the report's last week: "
        "inferred to be from two days before the freshest of them up to the report's."
    ),
}
