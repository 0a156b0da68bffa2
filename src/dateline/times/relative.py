"""Readers of times told from the report's day or from the last time told."""

import re
from datetime import date

from dateline.times.dates import hint
from dateline.times.grains import (
    add_days,
    quarter_of_day,
    shift,
    timex_interval,
    week_of,
)
from dateline.times.match import Match, Value

WEEKDAY = "XXXX-WXX-"
YEARS = re.compile(r"\d{4}(?:$|-)")
LONGEST = {"D": 1, "W": 7, "2W": 14, "M": 31, "Q": 92, "H": 184, "Y": 366}  # days
EVER = 100_000
VAGUE = {"A": "PAST_REF", "b": "PAST_REF", "g": "FUTURE_REF"}


def vague_time(at: Match) -> Value | None:
    """A word for now, some time ago or some time ahead."""
    ahead = at.value("r") == "FUTURE_REF"
    if ahead and at.after() in at.listed("times.not-soon"):
        return None
    return Value("DATE", at.value("r"))


def unnumbered_past(at: Match) -> Value:
    """The past, without a number of years."""
    return Value("DATE", "PAST_REF")


def current(at: Match) -> Value | None:
    """What is current is of the present."""
    return Value("DATE", "PRESENT_REF")


def recent_time(at: Match) -> Value:
    """What is recent is of the past."""
    return Value("DATE", "PAST_REF")


def day_word(at: Match) -> Value:
    """Today, yesterday, tomorrow: counted from the report's day."""
    found = add_days(at.day, int(at.value("D"))) if at.day else None
    unknown = "PRESENT_REF" if at.value("D") == "0" else "XXXX-XX-XX"
    return Value("DATE", found.isoformat() if found else unknown)


def nearest_weekday(at: Match) -> Value | None:
    """A weekday: the last up to the report's, or the next if the verb looks ahead."""
    number = int(at.value("W"))
    if at.day is None:
        return Value("DATE", f"{WEEKDAY}{number}")
    back = add_days(at.day, -((at.day.isoweekday() - number) % 7))
    ahead = add_days(at.day, (number - at.day.isoweekday()) % 7 or 7)
    if back is None or ahead is None:
        return Value("DATE", f"{WEEKDAY}{number}")
    best, other = (back, ahead) if weekday_lean(at) <= 0 else (ahead, back)
    if (at.has("L") or at.has("P")) and best == at.day:
        best = add_days(best, -7) or best
    return Value("DATE", best.isoformat(), (other.isoformat(),))


def weekday_lean(at: Match) -> int:
    """Return the direction in which a weekday is to be sought."""
    if at.has("E") or at.has("F") or at.has("B"):
        return 1
    if at.has("L") or at.has("P"):
        return -1
    return hint(at) or at.lean()


def calendar_unit(at: Match) -> Value | None:
    """The last, this or the next week, month, quarter or year."""
    name, step = (
        at.value("U"),
        int(at.value("L", "P", "l", "E", "F", "B", "i", "c") or 0),
    )
    if name == "D":
        return nearby_day(at, step)
    if name == "E" and at.has("E"):  # "in the next decade": no decade told before it
        return Value("DATE", "FUTURE_REF", ("P10Y",))
    if at.has("e") and at.has("E") or at.has("P") and at.has("e"):
        return following_unit(at, step)
    if at.has("l"):
        return latest_quarter(at)
    if name[0] in "TH2":
        return None
    found = shift(at.day, name, step) if at.day else None
    return Value("DATE", found or "XXXX")


def nearby_day(at: Match, step: int) -> Value | None:
    """The next, the previous or this day, from the last day told."""
    if at.has("i"):
        return None
    if at.has("L"):
        return None
    base = at.told.day or at.day
    found = add_days(base, step) if base else None
    return Value("DATE", found.isoformat() if found else "XXXX-XX-XX")


def following_unit(at: Match, step: int) -> Value:
    """The following or previous unit, from the last time told, if it is as fine.

    "Votes are due in 2031. In the past week": no week is counted from a year.
    """
    days, longest = timex_interval(at.told.last), LONGEST.get(at.value("U"), EVER)
    fine = days is not None and (days[1] - days[0]).days < longest
    base = days[0] if days and fine else at.day
    found = shift(base, at.value("U"), step) if base else None
    return Value("DATE", found or "XXXX")


def latest_quarter(at: Match) -> Value:
    """The latest quarter: the one the text is about, else the last completed."""
    if at.value("U", "p") == "Y":
        year = shift(at.day, "Y", -1 if at.has("z") else 0) if at.day else None
        return Value("DATE", year or "XXXX")
    found = at.told.quarter or (shift(at.day, "Q", -1) if at.day else None)
    return Value("DATE", found or "XXXX-QX")


def period(at: Match) -> Value | None:
    """A period of business: the year-ago quarter, the 1988 period."""
    quarter = at.told.quarter
    if at.has("l"):
        return latest_quarter(at)
    if at.has("'") and quarter:
        return step_quarter(quarter, at)
    if not quarter:
        told = at.value("Y") or (shift(at.day, "Y", -1) if at.day else None)
        return Value("DATE", told or "XXXX")
    year = at.number("Y") or int(quarter[:4]) - 1
    return Value("DATE", f"{year:04d}{quarter[4:]}")


def step_quarter(quarter: str, at: Match) -> Value | None:
    """The same quarter of last or next year."""
    year = shift(at.day, "Y", int(at.value("i", "L", "E"))) if at.day else None
    return Value("DATE", f"{year or 'XXXX'}{quarter[4:]}")


def this_unit(at: Match) -> Value | None:
    """The day, the week, the quarter, the year: the one the text is about."""
    name = at.value("U")
    following = at.words.letters[at.last : at.last + 2]
    if following in ("-A", "-b") or following[:1] in ("Y", "N"):
        return None
    if at.has("h"):
        return that_unit(at, name)
    if name == "Y" and at.after() in at.listed("times.year-up-to"):
        return Value("DURATION", "P1Y")
    if name == "Q":
        return latest_quarter(at)
    base = (at.told.day or at.day) if name == "D" else at.day
    loose = name == "D" and at.after() in at.listed("times.day-of")
    if name not in ("Y", "W", "M", "D") or base is None or loose:
        return None
    return Value("DATE", shift(base, name, 0) or "XXXX")


def that_unit(at: Match, name: str) -> Value | None:
    """That day, that year: the one told last."""
    days = timex_interval(at.told.last)
    if name == "D":
        return Value("DATE", at.told.day.isoformat()) if at.told.day else None
    if days is None or name not in ("Y", "M", "W", "Q"):
        return None
    return Value("DATE", shift(days[0], name, 0) or "XXXX")


def ago(at: Match) -> Value | None:
    """So many units before or after the report's day, or the last day told."""
    name = at.value("U", "V")
    side = at.value("A", "b", "g")
    if name[0] == "T":
        return hours_ago(at, name)
    base = at.day if at.has("A") else (at.told.day or at.day)
    count = number_of_units(at)
    if count is None or name == "2W":
        return Value("DATE", VAGUE[next(x for x in at.letters if x in VAGUE)])
    if (
        name == "Y"
        and count == 1
        and not at.has("g")
        and (quarter := at.near_quarter())
    ):
        return Value("DATE", f"{int(quarter[:4]) - 1:04d}{quarter[4:]}")
    if at.has("b") and name == "Y" and YEARS.match(at.told.last):
        base = (timex_interval(at.told.last) or (base, base))[0]
    later = at.spelling(at.last - 1).lower() in at.listed("times.later")
    if name in ("Y", "M") and later:
        base = of_old(at) or base
    found = shift(base, name, int(side) * count) if base else None
    return Value("DATE", found or VAGUE["g" if int(side) > 0 else "A"])


def of_old(at: Match) -> date | None:
    """Return the first day told last, where it is past: "In 1945 ... A year later"."""
    days = timex_interval(at.told.last)
    return days[0] if days and at.day and days[1] < at.day else None


def hours_ago(at: Match, name: str) -> Value:
    """So many hours ago: that day, as the hour of the report is not told."""
    count = number_of_units(at)
    known = count is not None and at.day is not None and name == "TH"
    if not known or at.day is None:
        return Value("DATE", VAGUE["A"] if not at.has("g") else VAGUE["g"])
    return Value("TIME", f"{at.day.isoformat()}TXX")


def number_of_units(at: Match) -> int | None:
    """Return the number of units of a match, None where it is vague."""
    if at.has("q"):
        found = at.value("q")
        return int(found) if found.isdigit() else None
    if at.has("n") or at.has("N"):
        return at.number("n", "N") or None
    return 1 if at.has("a") or at.has("U") else None


def quarter(at: Match) -> Value | None:
    """A quarter of a year: the one of the year named, else the last one begun."""
    number = at.number("O", "n") or int(at.value("~") or 0)
    if "Q" not in at.values("U") or not 1 <= number <= 4:  # noqa: PLR2004 (quarters)
        return None
    if year := at.number("Y"):
        return Value("DATE", f"{year:04d}-Q{number}")
    if at.day is None:
        return Value("DATE", f"XXXX-Q{number}")
    year, now = at.day.year, quarter_of_day(at.day)
    if any(map(at.has, "iLE")):
        year += int(at.value("i", "L", "E"))
    elif at.has("A") or at.has("b"):
        year -= 1 + (number > now)
    elif (
        number > now
        and not (number == now + 1 or at.lean() > 0)
        or number > now
        and number == now + 1
        and at.lean() < 0
        and not at.has("z")
    ):
        year -= 1
    return Value("DATE", f"{year:04d}-Q{number}")


def half(at: Match) -> Value | None:
    """A half of a year."""
    which = at.number("O") or (2 if at.has("L") else 1)
    year = at.number("Y") or (at.day.year if at.day else 0)
    return Value("DATE", f"{year:04d}-H{which}") if year and which in (1, 2) else None


def year_end(at: Match) -> Value:
    """The end of the year."""
    return Value("DATE", f"{at.day.year:04d}" if at.day else "XXXX")


def weekend(at: Match) -> Value:
    """A weekend: the last one before the report's day unless the verb looks ahead."""
    if at.day is None:
        return Value("DATE", "XXXX-WXX-WE")
    step = 0
    if at.has("E") or at.has("F"):
        step = 1 if at.day.isoweekday() > 5 else 0  # noqa: PLR2004 (Friday)
        step = 1 if at.has("E") else step
    elif (
        at.has("L")
        or at.has("P")
        or not at.has("i")
        and at.lean() <= 0
        and at.day.isoweekday() < 6
    ):
        step = -1
    moved = add_days(at.day, 7 * step)
    return Value("DATE", f"{week_of(moved)}-WE" if moved else "XXXX-WXX-WE")
