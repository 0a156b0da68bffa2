"""Readers of times told from the report's day or from the last time told."""

import re

from dateline.extract.time.grains import add_days, shift, timex_interval, week_of
from dateline.extract.time.tagging.match import NEAR, Match, Value

WEEKDAY = "XXXX-WXX-"
YEARS = re.compile(r"\d{4}(?:$|-)")
LONGEST = {"D": 1, "W": 7, "2W": 14, "M": 31, "Q": 92, "H": 184, "Y": 366}  # days
EVER = 100_000
FRIDAY = 5
VAGUE = {"A": "PAST_REF", "b": "PAST_REF", "g": "FUTURE_REF"}


def vague_time(at: Match) -> Value | None:
    """A word for now, some time ago or some time ahead: "recent" is of the past."""
    told = "PRESENT_REF" if at.has("c") else at.value("r") or "PAST_REF"
    if told == "FUTURE_REF" and at.after() in at.listed("times.not-soon"):
        return None
    return Value("DATE", told)


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
    last = at.has("L", "P")
    lean = -1 if last else 0
    lean = 1 if at.has("E", "F", "B") else lean or at.hint() or at.lean()
    best, other = (back, ahead) if lean <= 0 else (ahead, back)
    if last and best == at.day:
        best = add_days(best, -7) or best
    return Value("DATE", best.isoformat(), (other.isoformat(),))


def calendar_unit(at: Match) -> Value | None:
    """The last, this or the next day, week, month, quarter or year."""
    name, step = at.value("U"), at.step("L", "P", "l", "E", "F", "B", "i", "c")
    if name == "D":  # from the last day told
        if at.has("i", "L"):
            return None
        base = at.told.day or at.day
        found = add_days(base, step) if base else None
        return Value("DATE", found.isoformat() if found else "XXXX-XX-XX")
    if name == "E" and at.has("E"):  # "in the next decade": no decade told before it
        return Value("DATE", "FUTURE_REF", ("P10Y",))
    if at.has("e") and at.has("E", "P"):
        return following_unit(at, step)
    if at.has("l"):
        return latest_quarter(at)
    unit = shift(at.day, name, step) if at.day else None
    return None if name[0] in "TH2" else Value("DATE", unit or "XXXX")


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
    if at.has("'") and quarter:  # the same quarter of last or next year
        told = shift(at.day, "Y", int(at.value("i", "L", "E"))) if at.day else None
        return Value("DATE", f"{told or 'XXXX'}{quarter[4:]}")
    if not quarter:
        told = at.value("Y") or (shift(at.day, "Y", -1) if at.day else None)
        return Value("DATE", told or "XXXX")
    year = at.number("Y") or int(quarter[:4]) - 1
    return Value("DATE", f"{year:04d}{quarter[4:]}")


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
    name, side = at.value("U", "V"), at.value("A", "b", "g")
    count, last = number_of_units(at), at.told.last
    if name[0] == "T":  # that day, as the hour of the report is not told
        if count is None or at.day is None or name != "TH":
            return Value("DATE", VAGUE["g" if at.has("g") else "A"])
        return Value("TIME", f"{at.day.isoformat()}TXX")
    if count is None or name == "2W":
        return Value("DATE", VAGUE[next(x for x in at.letters if x in VAGUE)])
    if name == "Y" and count == 1 and not at.has("g"):
        near = at.words.starts[at.first] - at.told.at < NEAR and "-Q" in last
        if near and (quarter := at.told.quarter):
            return Value("DATE", f"{int(quarter[:4]) - 1:04d}{quarter[4:]}")
    base, days = at.day, timex_interval(last)
    if not at.has("A"):
        base = at.told.day or at.day
    if at.has("b") and name == "Y" and YEARS.match(last) and days:
        base = days[0]
    later = at.spelling(at.last - 1).lower() in at.listed("times.later")
    if name in ("Y", "M") and later and days and at.day and days[1] < at.day:
        base = days[0]  # "In 1945 ... A year later"
    found = shift(base, name, int(side) * count) if base else None
    return Value("DATE", found or VAGUE["g" if int(side) > 0 else "A"])


def number_of_units(at: Match) -> int | None:
    """Return the number of units of a match, None where it is vague."""
    if at.has("q"):
        found = at.value("q")
        return int(found) if found.isdigit() else None
    if at.has("n", "N"):
        return at.number("n", "N") or None
    return 1 if at.has("a", "U") else None


def quarter(at: Match) -> Value | None:
    """A quarter of a year: the one of the year named, else the last one begun."""
    number = at.number("O", "n") or at.step("~")
    if "Q" not in at.values("U") or not 1 <= number <= 4:  # noqa: PLR2004 (quarters)
        return None
    if year := at.number("Y"):
        return Value("DATE", f"{year:04d}-Q{number}")
    if at.day is None:
        return Value("DATE", f"XXXX-Q{number}")
    year, now = at.day.year, (at.day.month + 2) // 3
    if at.has("i", "L", "E"):
        year += int(at.value("i", "L", "E"))
    elif at.has("A", "b"):
        year -= 1 + (number > now)
    elif number == now + 1:  # the next one, unless it is told as past
        year -= at.lean() < 0 and not at.has("z")
    elif number > now:
        year -= at.lean() <= 0
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
    step, weekday = 0, at.day.isoweekday()
    if at.has("E"):
        step = 1
    elif at.has("F"):
        step = 1 if weekday > FRIDAY else 0
    elif at.has("L", "P") or (weekday <= FRIDAY and not at.has("i") and at.lean() <= 0):
        step = -1
    moved = add_days(at.day, 7 * step)
    return Value("DATE", f"{week_of(moved)}-WE" if moved else "XXXX-WXX-WE")
