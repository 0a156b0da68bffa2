"""Which way a time lies from the report's day: back for what was done, else ahead."""

from datetime import date

from dateline.extract.time import attach
from dateline.extract.time.attach import Deed
from dateline.extract.time.grains import Interval, timex_interval
from dateline.extract.time.tagging import Timex
from dateline.model import Token

NEAR = 45  # days within which a tense may choose the other month or weekday
LONG_AGO = 365 - 31  # days after which news tells the year of a day
DONE = frozenset(("happened", "ongoing"))
AHEAD = frozenset(("planned", "expected"))
LIKELY = 0.6


def status_chance(doer: Deed, names: frozenset[str]) -> float:
    """Return how likely the reader finds the act of one of some statuses."""
    read = doer.action.act.statuses if doer.action.act else ()
    return sum(chance for name, chance in read if name in names)


def inclined(doer: Deed) -> str:
    """Return "past" or "ahead" where the reader is sure enough of the act's status."""
    if doer.verb and doer.verb.form == "past" and doer.head.relation == "subject":
        return "past"  # "the trip began on Monday"
    for way, names in (("past", DONE), ("ahead", AHEAD)):
        if status_chance(doer, names) >= LIKELY:
            return way
    return ""


def directed(doer: Deed, timex: Timex, day: date | None) -> str:
    """Return the value of a time that goes with the status or the tense of a deed."""
    days = timex_interval(timex.value)
    second = timex.alternatives[0] if timex.alternatives else ""
    other = timex_interval(second)
    if day is None or days is None or other is None:
        return timex.value
    if other[0] == day == other[1]:  # "on Thursday", told on a Thursday
        return second
    way = inclined(doer)
    if way == "past" and other[1] <= day < days[0]:
        # a day ahead may be meant, and not that of the year before: "they meet on
        # June 15"
        ahead = told_ahead(doer, timex) and not is_noun_of_time(doer, timex)
        meant = year_back(timex) is not None and (ahead or yearless(doer, timex, day))
        return timex.value if meant else second
    if way == "ahead" and days[1] < day < other[0] and gap_days(other, day) <= NEAR:
        verb = attach.verb_of_timex(doer.parsed, timex)
        past = verb is not None and verb.form == "past"
        be = verb is not None and verb.lemma in doer.parsed.words("times.be")
        return timex.value if past and not be else second  # "said Monday that it will"
    return second if asks_for_other(doer, days, other, day) else timex.value


def asks_for_other(doer: Deed, days: Interval, other: Interval, day: date) -> bool:
    """Whether the tense of the deed's own verb asks for the other of two times."""
    verb = doer.verb
    if verb is None or doer.head != verb or gap_days(other, day) > NEAR:
        return False
    if any(up.form == "past" for up in doer.parsed.above(verb)):
        return False
    tense = attach.verb_tense(doer.parsed, verb)
    if tense in ("present", "ahead"):
        return days[1] < day < other[0]
    return tense == "past" and days[0] > day > other[1]


def gap_days(days: Interval, day: date) -> int:
    """Return how far an interval lies from a day."""
    return min(abs((days[0] - day).days), abs((days[1] - day).days))


def yearless(doer: Deed, timex: Timex, day: date | None) -> bool:
    """Whether a verb that tells what was done has a day just ahead, or a year back.

    News names the year of a day so long gone, so that neither is meant. "The October 7
    attacks" go by their day.
    """
    back = year_back(timex)
    days = timex_interval(timex.value)
    if day is None or days is None or back is None or days[0] <= day:
        return False
    if inclined(doer) != "past" or attach.within_since(doer, timex):
        return False
    own, verb = doer.verb, attach.verb_of_timex(doer.parsed, timex)
    ahead = told_ahead(doer, timex)
    if own and verb and verb != own and own.form == "past" and ahead:
        return True  # the day is the other verb's: "he quit and leaves on June 30"
    if (day - back).days <= LONG_AGO:
        return False
    if verb is None:  # "talks in Oslo on June 15"
        return not attributive(doer, timex)
    past = verb.form in ("past", "participle")
    done = past or attach.verb_tense(doer.parsed, verb) == "past"
    return done and not ahead and not is_noun_of_time(doer, timex)


def year_back(timex: Timex) -> date | None:
    """Return the other day that is meant, if it is the same day of another year."""
    days = timex_interval(timex.value)
    other = timex_interval(timex.alternatives[0]) if timex.alternatives else None
    if days is None or other is None or days[0] != days[1]:
        return None
    one, two = days[0], other[0]
    return two if (one.month, one.day) == (two.month, two.day) else None


def is_noun_of_time(doer: Deed, timex: Timex) -> bool:
    """Whether a noun is told of a time: "the June 3 attack", "the attack of June 3".

    Not so the object of a deed's verb: "recalls its envoy on June 15".
    """
    chain, head = words_over_time(doer, timex), doer.head
    if not chain or attributive(doer, timex):
        return bool(chain)
    upon = [
        up
        for up in chain
        if doer.action.trigger.covers(up.span) or (up.head, up.relation) == (head.i, "object")
    ]
    acted = upon if head.pos == "VERB" else []
    nouns = [up for up in chain if up.pos == "NOUN" and up not in acted]
    light = doer.parsed.words("times.light")
    return bool(nouns) and chain[-1].lemma not in light  # "hold talks on June 15"


def attributive(doer: Deed, timex: Timex) -> bool:
    """Whether a time stands before a noun that goes by it: "the June 3 attack"."""
    at, chain = doer.parsed.head_of(timex.span), words_over_time(doer, timex)
    if at is None or not chain:
        return False
    return attach.modifies_another(doer.parsed, chain, at)


def words_over_time(doer: Deed, timex: Timex) -> list[Token]:
    """Return the words that a time hangs on, up to its verb."""
    at = doer.parsed.head_of(timex.span)
    return list(attach.timex_governors(doer.parsed, at, timex.span)) if at else []


def told_ahead(doer: Deed, timex: Timex) -> bool:
    """Whether a time hangs on a verb that speaks of now or of what will be."""
    parsed, verb = doer.parsed, attach.verb_of_timex(doer.parsed, timex)
    if verb is None:
        return False
    tense, helped = attach.verb_tense(parsed, verb), parsed.below(verb, "auxiliary")
    bare = not tense and verb.form == "base"
    will = tense == "ahead" and any(up.form == "modal" for up in helped)
    return bare or will or tense == "present"
