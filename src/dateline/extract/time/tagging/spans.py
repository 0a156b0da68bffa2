"""Readers of durations, of sets (what comes back) and of times of day."""

from datetime import date

from dateline.extract.time.grains import add_days
from dateline.extract.time.tagging.dates import month_day
from dateline.extract.time.tagging.match import Match, Value
from dateline.extract.time.tagging.relative import day_word, nearest_weekday

UNIT = {"2W": "W", "H": "M"}
NOON = 12
COUNTS = "nN$°"
BACK = 4  # words in which "a year" after a count is "each year"


def amount(number: str, unit: str) -> str:
    """Return a TIMEX3 duration.

    >>> amount("2.5", "Y"), amount("20", "TM"), amount("2", "E"), amount("1.5", "TM")
    ('P2Y6M', 'PT20M', 'P20Y', 'PT1M30S')
    """
    unit = UNIT.get(unit, unit)
    number = number.removesuffix(".0")
    prefix, unit = ("PT", unit[1]) if unit[0] == "T" else ("P", unit)
    if unit == "E" and number.isdigit() and int(number) > 1:
        return f"P{int(number) * 10}Y"
    if unit == "C" and number.isdigit():
        return f"P{int(number) * 100}Y"
    if number.endswith(".5"):
        whole = number.removesuffix(".5") or "0"
        smaller = {"Y": "6M", "D": "T12H", "H": "30M", "M": "30S", "W": "3D"}
        half = smaller.get(unit) if prefix == "PT" or unit != "M" else "15D"
        if half:
            return f"{prefix}{whole}{unit}{half}"
    return f"{prefix}{number}{unit}"


def duration(at: Match) -> Value | None:
    """A number of units: "two years", "a four-day", "several months"."""
    unit = at.value("U", "V")
    number = at.value("n", "N", "q") or ("1" if at.has("a", "U") else "X")
    of = at.after() in at.listed("times.of")
    if unit == "Q" and (at.has("-") or not at.has("n", "N", "q") or of):
        return None
    if at.has("u") or at.words.letters[at.last : at.last + 2] in ("-A", "-b"):
        return None
    if number == "1" and unit == "D" and at.has("N") and at.lean() > 0:
        return Value("DATE", "FUTURE_REF", ("P1D",))
    if at.letters.endswith("V") and at.after() in at.listed("times.old"):
        return None
    if at.has("X") and at.letters.find("X") > 0:
        number = f"{int(float(number)) if number.replace('.', '').isdigit() else 0}.5"
    if unit == "Q" and number.isdigit() and at.has("O", "E"):
        return Value("DURATION", f"P{3 * int(number)}M")
    if not number.replace(".", "", 1).isdigit():
        number = "X"
    return Value("DURATION", amount(number, unit))


def bare_units(at: Match) -> Value | None:
    """Units without a number: "in years", "within weeks"."""
    if at.after() in at.listed("times.old") or at.before() == "-":
        return None
    return Value("DURATION", amount("X", at.value("V")))


def recent_units(at: Match) -> Value:
    """Recent or coming units: a time without a number."""
    vague = "PAST_REF" if at.has("R", "P") else "FUTURE_REF"
    return Value("DATE", vague, (amount("X", at.value("V")),))


def per_unit(at: Match) -> Value | None:
    """A unit after a count comes back each time: "50,000 a year"."""
    before = at.words.letters[max(0, at.first - BACK) : at.first]
    for stop in ".;!?¶":
        before = before.rpartition(stop)[2]
    noun = at.before()
    plural = (
        noun.endswith(tuple(at.listed("times.plural-ending")))
        or before[-1:] in ("n", "N", "°")
        or noun in at.listed("times.counted-per")
    )
    counted = plural and any(letter in COUNTS for letter in before)
    following = at.words.letters[at.last : at.last + 1]
    other = noun in at.listed("times.not-per") or following in ("A", "b", "g", "-")
    return Value("SET", amount("1", at.value("U"))) if counted and not other else None


def recurring_unit(at: Match) -> Value | None:
    """What is told of each unit comes back."""
    if at.has("W"):
        return Value("SET", f"XXXX-WXX-{at.value('W')}")
    if at.has("M"):
        return Value("SET", f"XXXX-{at.number('M'):02d}")
    if at.has("T"):
        return Value("SET", f"T{at.value('T')}")
    other = at.words.lower[at.last - 2] in at.listed("times.other")
    number = at.value("n", "N") or ("2" if other else "1")
    return Value("SET", amount(number, at.value("U", "V")))


def adverb(at: Match) -> Value:
    """Daily, weekly, yearly."""
    return Value("SET", at.value("G"))


def recurring_weekdays(at: Match) -> Value:
    """Mondays come back each week, and so do Monday nights and mornings."""
    part = f"T{at.value('t')}" if at.has("t") else ""
    return Value("SET", f"XXXX-WXX-{at.value('W', 'w')}{part}")


def part_of_day(at: Match) -> Value | None:
    """A part of a day: "Friday evening", "last night", "the night of March 3"."""
    name = at.value("T")
    if at.has("M"):
        dated = month_day(day_part(at))
        return Value("TIME", f"{dated.value}T{name}") if dated else None
    if at.has("W"):
        found = nearest_weekday(at) or Value("DATE", "XXXX-XX-XX")
        others = tuple(f"{day}T{name}" for day in found.others)
        return Value("TIME", f"{found.value}T{name}", others)
    if at.has("D"):
        return Value("TIME", f"{day_word(at).value}T{name}")
    base = moved_day(at, -1 if at.has("L") else 1 if at.has("E") else 0)
    return Value("TIME", f"{base.isoformat() if base else 'XXXX-XX-XX'}T{name}")


def moved_day(at: Match, step: int) -> date | None:
    """Return the report's day, or the last day told, some days on."""
    base = (at.told.day or at.day) if at.has("h", "e") else at.day
    return add_days(base, step) if base else None


def tonight(at: Match) -> Value:
    """Tonight is the report's night, overnight the one before it."""
    back = -1 if at.value("d").endswith("-") and at.lean() <= 0 else 0
    found = moved_day(at, back)
    return Value("TIME", f"{found.isoformat() if found else 'XXXX-XX-XX'}TNI")


def clock(at: Match) -> Value | None:
    """A time of the clock, with its day where one is told."""
    hour = clock_hour(at)
    if hour is None:
        return None
    found = Value("DATE", "XXXX-XX-XX")
    if at.has("M"):
        found = month_day(day_part(at)) or found
    elif at.has("W"):
        found = nearest_weekday(at) or found
    elif at.has("D"):
        found = day_word(at)
    elif known := at.told.day or at.day:
        found = Value("DATE", known.isoformat())
    others = tuple(f"{day}T{hour}" for day in found.others)
    return Value("TIME", f"{found.value}T{hour}", others)


def day_part(at: Match) -> Match:
    """Return the part of a match that names month and day."""
    first = at.first + at.letters.index("M")
    return Match(at.words, first, at.last, at.day, at.told)


def clock_hour(at: Match) -> str | None:
    """Return hour and minute of a match in 24 hours, None where no clock shows it."""
    if noon := at.value("H"):
        return noon
    parts = at.value("@", "n").split(":")
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    half = at.value("m")
    if half and not 1 <= hour <= NOON or hour > 2 * NOON or minute > 59:  # noqa: PLR2004
        return None
    if half:
        hour = hour % NOON + (NOON if half == "PM" else 0)
    return f"{hour:02d}:{minute:02d}"
