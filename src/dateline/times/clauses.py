"""Days told by a clause: "in May, when he fled", "a day after he fled"."""

import re
from collections.abc import Sequence
from datetime import date

from dateline.model import Span, Token, When, Why
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.grains import add_days, interval, shift_day
from dateline.times.meaning import grain
from dateline.times.tagging import Timex

COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
BEFORE = re.compile(
    r"\b(?:(?P<count>a|one|two|three|four|five|six) days?|hours|minutes) $",
    re.IGNORECASE,
)
LASTED = re.compile(r"^P(\d{1,3})([DWMY])$")


def opener(doer: Deed, *words: str) -> Token | None:
    """Return the word that opens the clause of a deed, shared by a verb beside it."""
    parsed, verb = doer.parsed, doer.verb
    while verb is not None and verb.dep == "conj":
        verb = attach.verb_over(parsed, parsed.tokens[verb.head])
    opening = parsed.below(verb, "advmod", "mark") if verb is not None else ()
    return next((t for t in opening if t.text.lower() in words), None)


def when_clause(doer: Deed, here: Sequence[Timex]) -> When | None:
    """What a clause with "when" tells fell on the date before it: "in May, when"."""
    word = opener(doer, "when")
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


def main_clause(doer: Deed) -> tuple[Deed, Span, int] | None:
    """Return the deed that came so many days after another's, and those words.

    "Rebels attacked a day after the army withdrew": the attack, "a day", 1.
    """
    word = opener(doer, "after")
    hit = BEFORE.search(doer.parsed.text, 0, word.start) if word is not None else None
    if word is None or hit is None or doer.verb is None:
        return None
    clause = doer.parsed.tokens[word.head]
    above = attach.verb_over(doer.parsed, doer.parsed.tokens[clause.head])
    if above is None or above == clause:
        return None
    count = COUNTS[hit["count"].lower()] if hit["count"] else 0
    return Deed(doer.parsed, doer.action, above, above), Span(*hit.span()), count


def stepped(found: When, span: Span, count: int) -> When | None:
    """Return the day that lies so many days before another."""
    if found.precision != "day" or found.first is None:
        return None
    first = add_days(found.first, -count)
    return When(first, first, "day", span, Why("times.after-clause.v1", span))


def so_long(doer: Deed, here: Sequence[Timex], day: date | None) -> When | None:
    """What has gone on "for three weeks" began so long before the report's day."""
    verb = doer.verb
    if verb is None or day is None or attach.finite(doer.parsed, verb) != "perfect":
        return None
    for timex in here:
        hit = LASTED.match(timex.value) if timex.kind == "DURATION" else None
        head = doer.parsed.text[max(0, timex.span.start - 4) : timex.span.start]
        if hit is None or head != "for " or attach.rank(doer, timex) > attach.CLAUSE:
            continue
        first = shift_day(day, hit[2], -int(hit[1]))
        why = Why("times.so-long.v1", timex.span)
        return When(first, day, "range", timex.span, why)
    return None
