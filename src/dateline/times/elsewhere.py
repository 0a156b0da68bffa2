"""The time of an act that its own sentence leaves open, told elsewhere in the report.

Which of a report's times is meant, if any, was learned from annotated reports
(training/times/elsewhere.py): how far off it stands, what else was done then, whether
that was told of the same happening or by the same people, how the act is told, and what
the encoder read in the words of both.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import accumulate
from math import isnan, log1p
from pathlib import Path

import numpy as np

from dateline.infer.choose import choose_one
from dateline.infer.layers import Floats
from dateline.model import Action, Claim, Parsed, Span, When, Why
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.direction import as_hung
from dateline.times.events import EventTimes
from dateline.times.fitting import UNDONE, long_past, of_before, possible, turned
from dateline.times.foreign import foreign
from dateline.times.grains import interval
from dateline.times.meaning import told, unmatched
from dateline.times.one_day import one_day
from dateline.times.others import of_another
from dateline.times.tagging import Timex

RULE = "times.elsewhere.v1"
LEARNED = Path(__file__).with_name("elsewhere.npz")
FAR = 30  # sentences to an act of a time that no act was read with
SURE = 0.15  # how likely the likeliest time must be, beside that none is
LINE_ENDS = re.compile("\n{2,}")
NEAR, EARLY = 8, 3  # a time so many sentences off, or among the first, is asked about
WIDTH = 384  # numbers of a state
GRAINS = ("day", "week", "month", "season", "year", "range", "unknown")
TENSES = ("past", "present", "perfect", "ahead", "")
TRAITS = ("by-word", "talk", "force", "ground")
STATUSES = (
    "happened ongoing planned expected possible hypothetical denied negated recurring"
).split()
OF_ACT = (
    *TRAITS,
    *STATUSES,
    *"tense narrated pluperfect noun speakers sentence part sure dated times".split(),
    *("times beside", "tellings"),
)
OF_TIME = (
    *"gap distance paragraphs letters grain from to".split(),
    *("from told", "to told", "in", "place"),
    *("acts then", "same happening", "same deed", "same actor", "same actor's state"),
    *("same party", "nearest act then", "share of acts then", "said", "back", "on"),
    *("time of day", "word then", "days between"),
)
FIGURES = (*OF_TIME, *OF_ACT)


@dataclass(frozen=True, slots=True)
class Open:
    """A claim without a time: its number, the times it may have, what is weighed.

    `rows` are times x figures; `act` is the state of its words, `states` those of the
    times.
    """

    claim: int
    times: Sequence[When]
    rows: Floats
    act: Floats
    states: Floats


@dataclass(eq=False)
class Story:
    """One report's claims and times, as the question sees them."""

    asked: EventTimes
    claims: Sequence[Claim]

    @cached_property
    def times(self) -> list[Timex]:
        """The times that tell days, in text order."""
        dated = (t for t in self.asked.times if t.kind in ("DATE", "TIME"))
        return [t for t in dated if interval(t.value)]

    @cached_property
    def at(self) -> list[int]:
        """The number of the sentence in which each time stands."""
        return [self.sentence(t.span.start) for t in self.times]

    @cached_property
    def begins(self) -> list[int]:
        """Where the times start, in order."""
        return sorted(t.span.start for t in self.times)

    @cached_property
    def then(self) -> list[list[Claim]]:
        """The claims that each time was read for."""
        known = [c for c in self.claims if c.when.known and c.when.span]
        return [
            [c for c in known if c.when.span and c.when.span.overlaps(t.span)]
            for t in self.times
        ]

    @cached_property
    def common(self) -> Counter[tuple[date | None, date | None]]:
        """How many claims fall on the same days."""
        return Counter(days(c.when) for c in self.claims if c.when.known)

    @cached_property
    def dated(self) -> list[tuple[int, tuple[date | None, date | None]]]:
        """The days of the claims that have any, with the sentences that tell them."""
        known = (c for c in self.claims if c.when.known)
        return [(self.sentence(c.action.trigger.start), days(c.when)) for c in known]

    @cached_property
    def tellings(self) -> Counter[str]:
        """How many claims tell each happening."""
        return Counter(c.event for c in self.claims)

    @cached_property
    def said(self) -> list[bool]:
        """Whether each time is the time of a saying."""
        return [self.is_said(t.span) for t in self.times]

    def is_said(self, span: Span) -> bool:
        """Whether words stand with a verb of saying."""
        parsed = self.asked.parsed
        head = parsed.head_of(span)
        verb = attach.verb_over(parsed, head) if head else None
        return verb is not None and verb.lemma in parsed.words("times.saying")

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that a character stands in."""
        return self.asked.number(at)

    def open(self) -> Iterator[Open]:
        """Yield each claim without a time that the report tells times for."""
        for n, claim in enumerate(self.claims):
            doer = attach.deed(self.asked.parsed, claim.action)
            undone = claim.certainty.status in UNDONE
            if claim.when.known or undone or doer is None:
                continue
            found = list(self.candidates(claim, doer))
            if found:
                own = self.of_act(claim, doer)
                rows = [self.of_time(claim, k, when) + own for k, when in found]
                spans = [claim.action.trigger, *(self.times[k].span for k, _ in found)]
                act, *states = self.asked.parsed.states.of(spans, WIDTH)
                whens = [when for _, when in found]
                told = np.array(rows, np.float32), act, np.stack(states)
                yield Open(n, whens, *told)

    def candidates(self, claim: Claim, doer: Deed) -> Iterator[tuple[int, When]]:
        """Yield the times that may be meant, each as it was read where it stands."""
        for k, timex in enumerate(self.times):
            if not self.near(claim, k) or self.another(claim, doer, k):
                continue
            when = self.read(claim, k) or self.as_told(doer, timex)
            if when is None or not when.known or turned(self.asked, timex, when):
                continue
            if long_past(self.asked, claim, when, self.then[k]):
                continue
            if possible(claim, doer, when, self.asked.day):
                yield k, when

    def near(self, claim: Claim, k: int) -> bool:
        """Whether a time is near an act, among the first, or that of some act."""
        return self.gap(claim, k) <= NEAR or k < EARLY or bool(self.then[k])

    def gap(self, claim: Claim, k: int) -> int:
        """Return how many sentences off an act a time is told."""
        return abs(self.at[k] - self.sentence(claim.action.trigger.start))

    def another(self, claim: Claim, doer: Deed, k: int) -> bool:
        """Whether the words around a time tell it of another act."""
        timex = self.times[k]
        if foreign(doer, timex) or of_before(doer, timex):
            return True
        if self.gap(claim, k):
            return False
        told_of = self.asked, self.claims, claim, timex.span
        return unmatched(doer, timex) or of_another(*told_of)

    def as_told(self, doer: Deed, timex: Timex) -> When | None:
        """Return a time that was read for no act, as its own clause tells it."""
        day = self.asked.day
        return told(doer, [as_hung(timex, day)], 0, RULE, day)

    def read(self, claim: Claim, k: int) -> When | None:
        """Return a time as it was read for another act: of one happening, else near."""
        at = claim.action.trigger.start

        def order(other: Claim) -> tuple[bool, int]:
            apart = abs(other.action.trigger.start - at)
            return other.event != claim.event, apart

        return min(self.then[k], key=order).when if self.then[k] else None

    def of_time(self, claim: Claim, k: int, when: When) -> list[float]:
        """Return the figures of one time beside one act."""
        timex, then = self.times[k], self.then[k]
        at, where = claim.action.trigger.start, timex.span.start
        here, there = self.sentence(at), self.at[k]
        low, high = sorted((at, where))
        first, last = when.first or when.last, when.last or when.first
        everyone = {who.name for who in (*claim.actors, *claim.recipients)}
        names = {who.name for who in claim.actors}
        states = {who.country for who in claim.actors if who.country}
        known = max(1, self.common.total())
        earlier = bisect_left(self.begins, at)
        return [
            there - here,
            abs(there - here),
            count_breaks(self.asked.parsed, low, high),
            log1p(high - low),
            GRAINS.index(when.precision),
            *self.away(first, last),
            there,
            k,
            len(then),
            any(c.event == claim.event for c in then),
            any(c.action.deed == claim.action.deed for c in then),
            any(names & {who.name for who in c.actors} for c in then),
            any(states & {who.country for who in c.actors} for c in then),
            any(
                everyone & {w.name for w in (*c.actors, *c.recipients)} for c in then
            ),
            self.nearest(then, here),
            self.common[days(when)] / known,
            self.said[k],
            earlier - 1 - k if k < earlier else -1,
            k - earlier if k >= earlier else -1,
            timex.kind == "TIME",
            any("by-word" in c.action.traits for c in then),
            len(self.between(here, there)),
        ]  # fmt: skip

    def away(self, *days: date | None) -> list[float]:
        """Return how many days off each day is, 0 where untold, and whether told."""
        told = [self.asked.away(day) for day in days]
        known = [0.0 if isnan(each) else each for each in told]
        return [*known, *(float(not isnan(each)) for each in told)]

    def nearest(self, some: Sequence[Claim], here: int) -> int:
        """Return how many sentences off the nearest of some acts is told."""
        told_in = (self.sentence(c.action.trigger.start) for c in some)
        return min((abs(n - here) for n in told_in), default=FAR)

    def between(self, here: int, there: int) -> set[tuple[date | None, date | None]]:
        """Return the days of the claims told between two sentences, theirs included."""
        low, high = sorted((here, there))
        return {when for at, when in self.dated if low <= at <= high}

    def of_act(self, claim: Claim, doer: Deed) -> list[float]:
        """Return the figures of how an act is told."""
        action, parsed = claim.action, self.asked.parsed
        status = dict(action.act.statuses) if action.act else {}
        here = self.sentence(action.trigger.start)
        beside = self.at.count(here)
        tense = attach.finite(parsed, doer.verb) if doer.verb else ""
        return [
            *(float(trait in action.traits) for trait in TRAITS),
            *(status.get(name, 0.0) for name in STATUSES),
            TENSES.index(tense),
            attach.narrated(doer),
            attach.pluperfect(doer),
            doer.head.pos in ("NOUN", "PROPN"),
            len(claim.attribution.speakers),
            here,
            here / max(1, len(parsed.sentences)),
            action.sure,
            self.asked.day is not None,
            len(self.times),
            beside,
            self.tellings[claim.event],
        ]


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


def days(when: When) -> tuple[date | None, date | None]:
    """Return the first and the last day of a time."""
    return when.first, when.last


def told_elsewhere(
    asked: Callable[[Action], When], claims: Sequence[Claim]
) -> tuple[Claim, ...]:
    """Return claims, those without a time with one told elsewhere, where it is likely.

    Each such time carries the words it was read from, which stand outside the sentence
    that tells the act. Where another part answers when, nothing is added.
    """
    if not isinstance(asked, EventTimes):
        return tuple(claims)
    claims = one_day(asked, claims)
    found = list(claims)
    for each in Story(asked, claims).open():
        n, odds = each.claim, choose_one(LEARNED, each.rows, each.act, each.states)
        best = int(odds.argmax())
        if odds[best] >= SURE:
            why = Why(RULE, each.times[best].span)
            when = replace(each.times[best], why=why, answer="told_elsewhere")
            whys = tuple((q, when.why if q == "when" else w) for q, w in claims[n].why)
            found[n] = replace(claims[n], when=when, why=whys)
    return tuple(found)
