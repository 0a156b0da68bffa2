"""Days told by a clause: "in May, when he fled", "a day after he fled"."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from dateline.model import Parsed, Span, Token, When, Why
from dateline.model.answers import Grain
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.direction import LIKELY
from dateline.times.grains import interval, shift, shift_day
from dateline.times.meaning import grain
from dateline.times.tagging import Timex

LASTED = re.compile(r"^P(\d{1,3})([DWMY])$")
FINER = {"D": ("day",), "W": ("day",), "M": ("day", "month")}
FINER["Y"] = ("day", "month", "year")
FAR = 20  # characters before "after" in which "a day" stands


def opener(doer: Deed, words: Collection[str]) -> Token | None:
    """Return the word that opens the clause of a deed, shared by a verb beside it."""
    parsed, verb = doer.parsed, doer.verb
    while verb is not None and verb.relation == "conjunct":
        verb = attach.verb_over(parsed, parsed.tokens[verb.head])
    opening = parsed.below(verb, "adverb", "subordinator") if verb is not None else ()
    return next((t for t in opening if t.text.lower() in words), None)


def when_clause(doer: Deed, here: Sequence[Timex]) -> When | None:
    """What a clause with "when" tells fell on the date before it: "in May, when"."""
    word = opener(doer, doer.parsed.words("times.when"))
    for timex in here if word is not None else ():
        days = interval(timex.value) if timex.kind in ("DATE", "TIME") else None
        gap = doer.parsed.text[timex.span.end : word.start] if word else "?"
        if (
            days
            and timex.span.end <= (word.start if word else 0)
            and gap in (" ", ", ")
        ):
            why = Why("times.when-clause.v1", timex.span)
            return When(*days, grain(timex.value), timex.span, why)
    return None


@dataclass(frozen=True, slots=True)
class Apart:
    """A deed that lies so long before or after another's, and the words that say so."""

    other: Deed
    span: Span
    unit: str
    count: int
    word: Token


def apart(doer: Deed, here: Sequence[Timex]) -> Apart | None:
    """Return how far a deed lies from the one beside which it is told.

    "Rebels attacked a day after the army withdrew": the attack, "a day", one back.
    """
    parsed, head = doer.parsed, doer.head
    later = parsed.words("times.after")
    either = later | parsed.words("times.before")
    word = opener(doer, either)
    if word is None and head.relation == "oblique":
        over = parsed.tokens[head.head]
        word = over if over.text.lower() in either else None
    length = long_before(parsed, word, here) if word is not None else None
    if word is None or length is None:
        return None
    clause = parsed.tokens[word.head]
    by_clause = word.relation in ("subordinator", "adverb")
    other = parsed.tokens[clause.head] if by_clause else clause
    above = attach.verb_over(parsed, other)
    if above is None or (by_clause and above == clause):
        return None
    if any(told_within(doer, timex, word) for timex in here):
        return None
    span, unit, count = length
    way = -1 if word.text.lower() in later else 1
    return Apart(Deed(parsed, doer.action, above, above), span, unit, way * count, word)


def long_before(
    parsed: Parsed, word: Token, here: Sequence[Timex]
) -> tuple[Span, str, int] | None:
    """Return the words before "after" that say how long, with the unit and number."""
    text, patterns = parsed.text, parsed.lexicon.patterns
    head = text[max(0, word.start - FAR) : word.start]
    start = word.start - len(head)
    for name, count in (("times.moments", 0), ("times.one-day", 1)):
        if hit := patterns[name].search(head):
            return Span(start + hit.start(), word.start), "D", count
    for timex in here:
        hit = LASTED.match(timex.value) if timex.kind == "DURATION" else None
        if hit and not timex.mod and text[timex.span.end : word.start] == " ":
            return timex.span, hit[2], int(hit[1])
    return None


def told_within(doer: Deed, timex: Timex, word: Token) -> bool:
    """Whether a clause of "after" tells a day of its own."""
    at = doer.parsed.head_of(timex.span)
    if at is None or timex.span.start < word.start or interval(timex.value) is None:
        return False
    return any(up in (doer.head, doer.verb) for up in doer.parsed.above(at)) and (
        doer.head.relation != "oblique" or doer.head in doer.parsed.above(at)
    )


def stepped(found: When, told: Apart) -> When | None:
    """Return the day, month or year that lies so long before or after another."""
    if found.first is None or found.precision not in FINER.get(told.unit, ()):
        return None
    unit = "D" if told.unit == "W" else told.unit
    count = 7 * told.count if told.unit == "W" else told.count
    days = interval(shift(found.first, unit, count) or "")
    why = Why("times.after-clause.v1", told.span)
    grain = {"D": "day", "M": "month", "Y": "year"}[unit]
    return When(*days, cast(Grain, grain), told.span, why) if days else None


def up_to(doer: Deed, here: Sequence[Timex]) -> tuple[Deed, Timex] | None:
    """Return what came "after ten days of protests", and the words of how long.

    The protests are the deed, and they lasted up to then.
    """
    parsed, head = doer.parsed, doer.head
    of = parsed.tokens[head.head]
    units = parsed.tokens[of.head]
    after = parsed.tokens[units.head]
    if (head.relation, units.relation) != ("oblique", "oblique"):
        return None
    if of.text not in parsed.words("times.of"):
        return None
    if after.text not in parsed.words("times.after"):
        return None
    verb = attach.verb_over(parsed, after)
    timex = next((t for t in here if t.span.covers(units.span)), None)
    if verb is None or timex is None or not LASTED.match(timex.value):
        return None
    return Deed(parsed, doer.action, verb, verb), timex


def lasted(found: When, timex: Timex) -> When | None:
    """Return the days from so long before a day, month or year up to it."""
    hit = LASTED.match(timex.value)
    first = found.first and hit and shift_day(found.first, hit[2], -int(hit[1]))
    if not first:
        return None
    return When(
        first, found.last, "range", timex.span, Why("times.lasted.v1", timex.span)
    )


def done_once(doer: Deed) -> bool:
    """Whether the reader takes a deed, told in the passive, for one that was done."""
    read = doer.action.act.statuses if doer.action.act else ()
    passive = doer.verb is not None and any(
        doer.parsed.below(doer.verb, "passive-auxiliary")
    )
    return passive and any(name == "happened" and p >= LIKELY for name, p in read)


def so_long(doer: Deed, here: Sequence[Timex], day: date | None) -> When | None:
    """What has gone on "for three weeks" began so long before the report's day.

    Who "has been jailed for five years" was jailed once.
    """
    verb = doer.verb
    if verb is None or day is None or attach.finite(doer.parsed, verb) != "perfect":
        return None
    if done_once(doer):
        return None
    long = tuple(f"{word} " for word in doer.parsed.words("times.for"))
    for timex in here:
        hit = LASTED.match(timex.value) if timex.kind == "DURATION" else None
        if hit is None or not doer.parsed.text.endswith(long, 0, timex.span.start):
            continue
        if attach.rank(doer, timex) > attach.CLAUSE:
            continue
        first = shift_day(day, hit[2], -int(hit[1]))
        why = Why("times.so-long.v1", timex.span)
        return When(first, day, "range", timex.span, why)
    return None
