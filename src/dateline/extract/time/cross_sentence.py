"""The time of an act that its own sentence leaves open, told elsewhere in the report.

Which of a report's times is meant, if any, was learned from annotated reports: what is
weighed stands in `OF_TIME` and `OF_ACT`, and training/choose fits it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from math import isnan, log1p
from operator import itemgetter
from pathlib import Path

from dateline.extract.time import attach
from dateline.extract.time.attach import NOUNS, Deed
from dateline.extract.time.contradictions import (
    contradicts_status,
    is_of_other_deed,
    is_time_of_another,
    may_fall_on,
)
from dateline.extract.time.direction import year_back
from dateline.extract.time.event_times import EventTimes, unknown_time
from dateline.extract.time.grains import timex_interval
from dateline.extract.time.meaning import meaning_of_time
from dateline.extract.time.tagging import Timex
from dateline.ml.feature_table import Feature, Table, describe_statuses, describe_traits
from dateline.ml.ranker import Choice, Open
from dateline.model import Action, Claim, Parsed, When, Why

RULE = "times.elsewhere.v1"
READ = ("reading.time.v1", "times.so-far.v1")
SURE = 0.15  # how likely the likeliest time must be, beside that none is
NEAR, EARLY = 8, 3  # a time so many sentences off, or among the first, is asked about
UNDONE = ("denied", "negated", "possible", "hypothetical")
YEAR = 366  # days
FAR = 30  # sentences to an act of a time that no act was read with
LINE_ENDS = re.compile("\n{2,}")
GRAINS = ("day", "week", "month", "season", "year", "range", "unknown")
TENSES = ("past", "present", "perfect", "ahead", "")
TRAITS = ("by-word", "talk", "force", "ground")


def told_elsewhere(asked: Callable[[Action], When], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return claims, those without a time with one told elsewhere, where it is likely.

    Each such time carries the words it was read from, which stand outside the sentence
    that tells the act. Where another part answers when, nothing is added.
    """
    if not isinstance(asked, EventTimes):
        return tuple(claims)
    found = list(keep_own_days(asked, claims))
    for each in open_times(Story(asked, tuple(found))):
        n, odds = each.claim, WHEN.share(each.rows, each.act, each.states)
        best = int(odds.argmax())
        if odds[best] >= SURE:
            when = each.some[best].when
            why = Why(RULE, when.span)
            when = replace(when, why=why, answer="told_elsewhere")
            found[n] = found[n].answered("when", when)
    return tuple(found)


def keep_own_days(asked: EventTimes, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return claims, each day's words left to the acts that they are told of.

    "Rome agreed on Tuesday to free ten men" cannot be Tuesday last and Tuesday next.
    """
    parsed, untold, found = asked.parsed, unknown_time("times.other-act.v1"), []
    for claim in claims:
        span = claim.when.span if claim.when.why.rule in READ else None
        another = span and is_time_of_another(parsed, claims, claim, span)
        wrong = another or contradicts_status(claim, parsed, asked.day)
        found.append(claim.answered("when", untold) if wrong else claim)
    return tuple(found)


def open_times(story: "Story") -> Iterator[Open["Beside"]]:
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


def likely_times(act: "Undated") -> Iterator["Beside"]:
    """Yield the times that may be meant, each as it was read where it stands.

    Those near an act are, those among the first, and those of some act.
    """
    story, doer = act.story, act.doer
    day = story.asked.day
    for k, timex in enumerate(story.times):
        apart = abs(story.at[k] - act.here)
        if apart > NEAR and k >= EARLY and not story.then[k]:
            continue
        # "They burned the post. Troops had left it on Monday": it burned after that
        verb = attach.verb_of_timex(doer.parsed, timex)
        if verb is not None and attach.was_over_before(doer, verb):
            continue
        when = read_nearby(act, k)
        if when is None:  # read for no act: as its own clause tells it
            days = timex_interval(timex.value)
            ahead = day is not None and days is not None and days[0] > day
            # "Police arrested a man. Egypt votes on June 15": that is no year back
            last = ahead and year_back(timex) is not None
            own = replace(timex, alternatives=()) if last else timex
            when = meaning_of_time(doer, [own], 0, RULE, day)
        if when is None or not when.known or is_of_other_deed(doer, timex):
            continue
        long_past = is_long_past(act, when, story.then[k])
        if not long_past and may_fall_on(act.claim, doer, when, day):
            yield Beside(act, k, when)


def read_nearby(act: "Undated", k: int) -> When | None:
    """Return a time as it was read for another act: of one happening, else near."""

    def order(other: Claim) -> tuple[bool, int]:
        apart = abs(other.action.trigger.start - act.start)
        return other.event != act.claim.event, apart

    then = act.story.then[k]
    return min(then, key=order).when if then else None


def is_long_past(act: "Undated", when: When, then: Sequence[Claim]) -> bool:
    """Whether a time of another year, told after an act, is another's.

    "Soldiers held two men. The country left the union in 1974."
    """
    later = bool(when.span and when.span.start > act.start)
    far = act.story.asked.away(when.last) < -YEAR
    event, deed = act.claim.event, act.claim.action.deed
    same = any(c.event == event or c.action.deed == deed for c in then)
    return later and far and not same


@dataclass(eq=False)
class Story:
    """One report's claims and times, as the question sees them."""

    asked: EventTimes
    claims: Sequence[Claim]

    @cached_property
    def times(self) -> list[Timex]:
        """The times that tell days, in text order."""
        dated = (t for t in self.asked.times if t.kind in ("DATE", "TIME"))
        return [t for t in dated if timex_interval(t.value)]

    @cached_property
    def at(self) -> list[int]:
        """The number of the sentence in which each time stands."""
        return [self.asked.number(t.span.start) for t in self.times]

    @cached_property
    def begins(self) -> list[int]:
        """Where the times start, in order."""
        return sorted(t.span.start for t in self.times)

    @cached_property
    def then(self) -> list[list[Claim]]:
        """The claims that each time was read for."""
        found: list[list[Claim]] = [[] for _ in self.times]
        begins = [t.span.start for t in self.times]
        reach = list(accumulate((t.span.end for t in self.times), max))
        for claim in self.claims:
            if (span := claim.when.span) is None or not claim.when.known:
                continue
            last = bisect_left(begins, span.end)
            for k in range(bisect_right(reach, span.start, hi=last), last):
                if span.overlaps(self.times[k].span):
                    found[k].append(claim)
        return found

    @cached_property
    def dated(self) -> list[tuple[int, When]]:
        """The sentences of the claims that have days, in order, with those days."""
        known = (c for c in self.claims if c.when.known)
        told = [(self.asked.number(c.action.trigger.start), c.when) for c in known]
        return sorted(told, key=itemgetter(0))

    @cached_property
    def common(self) -> Counter[object]:
        """How many claims fall on the same days."""
        return Counter((when.first, when.last) for _, when in self.dated)

    @cached_property
    def beside(self) -> Counter[int]:
        """How many times each sentence tells."""
        return Counter(self.at)

    @cached_property
    def tellings(self) -> Counter[str]:
        """How many claims tell each happening."""
        return Counter(c.event for c in self.claims)

    @cached_property
    def said(self) -> list[bool]:
        """Whether each time stands with a verb of saying."""
        parsed = self.asked.parsed
        saying = parsed.words("times.saying")
        verbs = (attach.verb_of_timex(parsed, timex) for timex in self.times)
        return [verb is not None and verb.lemma in saying for verb in verbs]


@dataclass(eq=False)
class Undated:
    """An act whose sentence tells no time, and the deed as it was parsed."""

    story: Story
    claim: Claim
    doer: Deed

    @cached_property
    def start(self) -> int:
        """Where its words start."""
        return self.claim.action.trigger.start

    @cached_property
    def here(self) -> int:
        """The number of its sentence."""
        return self.story.asked.number(self.start)

    @cached_property
    def earlier(self) -> int:
        """How many times stand before it."""
        return bisect_left(self.story.begins, self.start)

    @property
    def tense(self) -> int:
        """The tense of its verb, by number."""
        verb = self.doer.verb
        return TENSES.index(attach.verb_tense(self.doer.parsed, verb) if verb else "")


@dataclass(frozen=True, slots=True)
class Beside:
    """A time beside an act: its number in the report, and the days it tells there."""

    act: Undated
    k: int
    when: When

    @property
    def timex(self) -> Timex:
        """The words of the time."""
        return self.act.story.times[self.k]

    @property
    def then(self) -> Sequence[Claim]:
        """The claims that it was read for."""
        return self.act.story.then[self.k]

    @property
    def there(self) -> int:
        """The number of its sentence."""
        return self.act.story.at[self.k]

    @property
    def apart(self) -> tuple[int, int]:
        """The first characters of both, in order."""
        low, high = sorted((self.act.start, self.timex.span.start))
        return low, high

    @property
    def away(self) -> tuple[float, float]:
        """How many days from the report's it begins and ends; NaN untold."""
        asked, when = self.act.story.asked, self.when
        return asked.away(when.first or when.last), asked.away(when.last or when.first)

    @property
    def nearest(self) -> int:
        """How many sentences off the nearest act of that time is told."""
        number, here = self.act.story.asked.number, self.act.here
        told_in = (number(c.action.trigger.start) for c in self.then)
        return min((abs(n - here) for n in told_in), default=FAR)

    @property
    def share(self) -> float:
        """How much of all that is dated falls on its days."""
        common, when = self.act.story.common, self.when
        return common[when.first, when.last] / max(1, common.total())

    @property
    def between(self) -> int:
        """Of how many days the claims told between both sentences are, with theirs."""
        dated = self.act.story.dated
        low, high = sorted((self.act.here, self.there))
        first = bisect_left(dated, low, key=itemgetter(0))
        last = bisect_right(dated, high, lo=first, key=itemgetter(0))
        return len({(when.first, when.last) for _, when in dated[first:last]})

    def shares(self, what: Callable[[Claim], set[str]]) -> bool:
        """Whether an act of that time has anything in common with this one."""
        mine = what(self.act.claim)
        return any(mine & what(c) for c in self.then)


def count_breaks(parsed: Parsed, low: int, high: int) -> int:
    r"""Return how many empty lines stand between two characters.

    >>> from dateline.model import Report
    >>> count_breaks(Parsed(Report("r", "a\n\nb\n\n\n\nc"), (), (), ()), 2, 7)
    1
    """
    starts, ends, sums = parsed.once("empty lines", empty_lines)
    first, last = bisect_right(ends, low), bisect_left(starts, high)
    total = sums[last] - sums[first] if first < last else 0
    for n in {first, last - 1} if first < last else ():
        whole = (ends[n] - starts[n]) // 2
        total += (min(ends[n], high) - max(starts[n], low)) // 2 - whole
    return total


def empty_lines(parsed: Parsed) -> tuple[list[int], list[int], list[int]]:
    """Return where runs of line ends start and end, and the empty lines before each."""
    found = [hit.span() for hit in LINE_ENDS.finditer(parsed.text)]
    sums = accumulate(((b - a) // 2 for a, b in found), initial=0)
    return [a for a, _ in found], [b for _, b in found], list(sums)


def zero_untold(value: float) -> float:
    """Return a number, 0 where it is untold."""
    return 0.0 if isnan(value) else value


OF_TIME: Table[Beside] = Table.of(
    Feature("gap", "how many sentences after the act it is told", lambda b: b.there - b.act.here),
    Feature("distance", "how many sentences away it is told", lambda b: abs(b.there - b.act.here)),
    Feature(
        "paragraphs",
        "how many empty lines stand between both",
        lambda b: count_breaks(b.act.doer.parsed, *b.apart),
    ),
    Feature(
        "letters",
        "how many characters away it is told (logarithm)",
        lambda b: log1p(b.apart[1] - b.apart[0]),
    ),
    Feature("grain", "how coarse it is: a day to a year", lambda b: GRAINS.index(b.when.precision)),
    Feature("from", "how many days after the report's it begins", lambda b: zero_untold(b.away[0])),
    Feature("to", "how many days after the report's it ends", lambda b: zero_untold(b.away[1])),
    Feature(
        "from told", "it and the report's day are known", lambda b: float(not isnan(b.away[0]))
    ),
    Feature(
        "to told", "its end and the report's day are known", lambda b: float(not isnan(b.away[1]))
    ),
    Feature("in", "the number of its sentence", lambda b: b.there),
    Feature("place", "its number among the report's times", lambda b: b.k),
    Feature("acts then", "how many acts it was read for", lambda b: len(b.then)),
    Feature(
        "same happening",
        "one of them tells the same happening",
        lambda b: any(c.event == b.act.claim.event for c in b.then),
    ),
    Feature(
        "same deed",
        "one of them is of the same deed",
        lambda b: any(c.action.deed == b.act.claim.action.deed for c in b.then),
    ),
    Feature(
        "same actor",
        "one of them has an actor of the act",
        lambda b: b.shares(lambda c: {who.name for who in c.actors}),
    ),
    Feature(
        "same actor's state",
        "one of them has an actor of the same country",
        lambda b: b.shares(lambda c: {who.country for who in c.actors if who.country}),
    ),
    Feature(
        "same party",
        "one of them has a party of the act",
        lambda b: b.shares(lambda claim: claim.party_names),
    ),
    Feature(
        "nearest act then",
        "how many sentences away the nearest of them is told",
        lambda b: b.nearest,
    ),
    Feature(
        "share of acts then", "how much of all that is dated falls on these days", lambda b: b.share
    ),
    Feature("said", "it stands with a verb of saying", lambda b: b.act.story.said[b.k]),
    Feature(
        "back",
        "how many times stand between it and the act after it",
        lambda b: b.act.earlier - 1 - b.k if b.k < b.act.earlier else -1,
    ),
    Feature(
        "on",
        "how many times stand between the act and it",
        lambda b: b.k - b.act.earlier if b.k >= b.act.earlier else -1,
    ),
    Feature("time of day", "it tells a time of day", lambda b: b.timex.kind == "TIME"),
    Feature(
        "word then",
        "one of the acts it was read for is done in words",
        lambda b: any("by-word" in c.action.traits for c in b.then),
    ),
    Feature("days between", "of how many days the acts told between both are", lambda b: b.between),
)
OF_ACT: Table[Undated] = Table.of(
    describe_traits(TRAITS, lambda a: a.claim.action),
    describe_statuses(lambda a: a.claim.action),
    Feature("tense", "the tense of the act's verb", lambda a: a.tense),
    Feature(
        "narrated",
        "a verb in the simple past carries the story on with it",
        lambda a: attach.narrated(a.doer),
    ),
    Feature(
        "pluperfect", "it lies before the story: 'had moved'", lambda a: attach.pluperfect(a.doer)
    ),
    Feature("noun", "a noun tells it", lambda a: a.doer.head.pos in NOUNS),
    Feature(
        "speakers", "how many say that it was done", lambda a: len(a.claim.attribution.speakers)
    ),
    Feature("sentence", "the number of the act's sentence", lambda a: a.here),
    Feature(
        "part",
        "how far through the report it is told",
        lambda a: a.here / max(1, len(a.doer.parsed.sentences)),
    ),
    Feature("sure", "how sure the act is", lambda a: a.claim.action.sure),
    Feature("dated", "the report's day is known", lambda a: a.story.asked.day is not None),
    Feature("times", "how many times the report tells", lambda a: len(a.story.times)),
    Feature("times beside", "how many its sentence tells", lambda a: a.story.beside[a.here]),
    Feature(
        "tellings", "how many claims tell its happening", lambda a: a.story.tellings[a.claim.event]
    ),
)
WHEN: Choice[Beside, Undated] = Choice(
    "Which time of the report is an act's whose own sentence tells none.",
    OF_TIME,
    OF_ACT,
    Path(__file__).with_name("elsewhere.npz"),
)
