"""Readers of calendar dates: days, months, years, decades, seasons, holidays."""

from datetime import date

from dateline.extract.time.grains import holiday, is_day, shift
from dateline.extract.time.tagging.match import Match, Value
from dateline.extract.time.tagging.words import Words

LATER_YEAR, CENTURY_TURN = 100, 50  # '89 is 1989, '07 is 2007
LEAP, DAYS_MOST = 2000, 31
FARTHEST_AHEAD, FARTHEST_BACK = 170, 250  # days: nearest day of a month and day named
LAST_CENTURY = 22
WINTER_ENDS = 2  # the month: January is of the winter of the year before


def numeric_date(at: Match) -> Value | None:
    """A date in figures: 2019-01-08, 01/08/2019, 8-1-19; month first if it can be.

    With stops the day comes first: 8.1.2019.
    """
    word = at.value("I").split("T")[0]
    parts = word.replace("/", "-").replace(".", "-").split("-")
    if "/" in word and "-" in word or not all(part.isdigit() for part in parts):
        return None
    a, b, c = map(int, parts)
    if len(parts[0]) == len("2019"):
        return Value("DATE", f"{a:04d}-{b:02d}-{c:02d}") if is_day(a, b, c) else None
    if len(parts[2]) not in (2, 4):
        return None
    year = c if len(parts[2]) == len("2019") else full_year(c, at.day)
    month_first = f"{year:04d}-{a:02d}-{b:02d}" if is_day(year, a, b) else ""
    day_first = f"{year:04d}-{b:02d}-{a:02d}" if is_day(year, b, a) else ""
    if "." in word:
        month_first = ""
    value = month_first or day_first
    others = (day_first,) if month_first and day_first not in ("", value) else ()
    return Value("DATE", value, others) if value else None


def full_year(short: int, day: date | None) -> int:
    """Return the year that two figures stand for, at most twenty years ahead."""
    pivot = (day.year % LATER_YEAR + 20) if day else CENTURY_TURN
    century = (day.year // LATER_YEAR * LATER_YEAR) if day else 2000
    return century + short - (LATER_YEAR if short > pivot else 0)


def year_in_figures(at: Match) -> int:
    """Return the year that a match names in figures, 0 where it names none."""
    if full := at.number("Y"):
        return full
    if at.has("y"):
        return full_year(at.number("y"), at.day)
    tail = at.letters.rstrip(",")
    if tail.endswith("MN") or tail.endswith("Mn") and tail[:1] in "nO":
        return full_year(int(at.words.values[at.last - 1]), at.day)
    return 0


def month_day(at: Match) -> Value | None:
    """A day of a month; without a year, the nearest one that the verb allows."""
    month, day = at.number("M"), at.number("n", "O")
    year = year_in_figures(at)
    if not year and at.day is not None and at.value("U") == "Y":
        year = at.day.year + at.step("i", "L", "E")  # "7 October last year"
    if year:
        known = is_day(year, month, day)
        return Value("DATE", f"{year:04d}-{month:02d}-{day:02d}") if known else None
    if not is_day(LEAP, month, day) or far_year(at.words, at.last):
        return None
    if at.day is None:
        return Value("DATE", f"XXXX-{month:02d}-{day:02d}")
    near = range(at.day.year - 8, at.day.year + 9)
    days = [date(y, month, day) for y in near if is_day(y, month, day)]
    best, other = nearest_days(days, at.day)
    if at.has("W"):  # "Monday, June 15" is of the one year that has it
        same = [d for d in (best, other) if d.isoweekday() == int(at.value("W"))]
        if len(same) == 1:
            return Value("DATE", same[0].isoformat())
    gap = (best - at.day).days
    far = gap > FARTHEST_AHEAD / 2 or gap < -FARTHEST_BACK / 2
    verb = (at.hint() or at.lean()) if far else 0
    if (gap > 0 and verb < 0) or (gap < 0 and verb > 0):
        best, other = other, best
    return Value("DATE", best.isoformat(), (other.isoformat(),))


def nearest_days(days: list[date], day: date) -> tuple[date, date]:
    """Return the nearest of some days and the next best."""
    ranked = sorted(days, key=lambda one: abs(one - day))
    return ranked[0], ranked[min(1, len(ranked) - 1)]


def month_year(at: Match) -> Value:
    """A month with its year, or of last, this or next year."""
    year: str | None = f"{year_in_figures(at):04d}"
    if at.has("U"):
        year = shift(at.day, "Y", at.step("i", "L", "E")) if at.day else None
    return Value("DATE", f"{year or 'XXXX'}-{at.number('M'):02d}")


def bare_month(at: Match) -> Value | None:
    """A month alone: the last one gone by, or the next where the verb looks ahead."""
    month = at.number("M")
    if not month_is_meant(at) or is_no_date(at, month):
        return None
    if at.day is None:
        return Value("DATE", f"XXXX-{month:02d}")
    this = at.day.year
    back = this if month <= at.day.month else this - 1
    ahead = this if month >= at.day.month else this + 1
    verb = at.lean() or at.hint()
    near = (ahead - this) * 12 + month - at.day.month
    best, other = (ahead, back) if verb > 0 and near < LATER_YEAR else (back, ahead)
    others = (f"{other:04d}-{month:02d}",) if other != best else ()
    return Value("DATE", f"{best:04d}-{month:02d}", others)


def month_is_meant(at: Match) -> bool:
    """Whether a month's name is no verb, no first name and no bare abbreviation."""
    word, spelt = at.words.lower[at.first], at.spelling(at.first)
    if at.before() in at.listed("times.before-month"):
        return word not in at.listed("times.month-of-three") or spelt.endswith(".")
    cut = word in at.listed("times.month-cut") and not spelt.endswith(".")
    if cut or word in at.listed("times.month-or-word"):
        return False
    following = at.spelling(at.last)
    return not (following[:1].isupper() and at.words.letters[at.last] == "x")


def is_no_date(at: Match, month: int) -> bool:
    """Whether a month stands in a date that is none: "June 31", "May 1, 0001"."""
    words = at.words
    beside = [i for i in (at.first - 1, at.last) if words.letters[i : i + 1] == "n"]
    days = [int(words.values[i]) for i in beside if words.values[i].isdigit()]
    dated = words.letters[at.last + 1 : at.last + 3] == ",Y"
    year = int(words.values[at.last + 2]) if dated else LEAP
    unknown = any(0 < d <= DAYS_MOST and not is_day(year, month, d) for d in days)
    return unknown or far_year(words, at.last + 1)


def far_year(words: Words, at: int) -> bool:
    """Whether a comma and a year that is out of reach follow: ", 0001", ", 9999"."""
    year = "".join(words.lower[at + 1 : at + 2])
    out = len(year) == len("0001") and (year[0] == "0" or year == "9999")
    return words.letters[at : at + 1] == "," and out and year.isdecimal()


def near_month(at: Match) -> Value | None:
    """The month nearest before ("last June"), after ("next June") or of this year."""
    month = at.number("M")
    if at.day is None:
        return Value("DATE", f"XXXX-{month:02d}")
    year, now = at.day.year, at.day.month
    if at.has("E", "F"):
        year += month <= now
    elif at.has("L", "P"):
        year -= month >= now - 1  # a month ago is "last month"
    return Value("DATE", f"{year:04d}-{month:02d}")


def bare_year(at: Match) -> Value | None:
    """A year alone, where the number counts nothing."""
    year, before, after = at.number("Y"), at.before(), at.after()
    symbol = at.words.letters[at.first - 1] if at.first else ""
    counts = symbol in ("$", "#", "/") or after in at.listed("times.counted")
    if other_era(at) or counts or before in at.listed("times.numbered"):
        return None
    recent = 1900 <= year <= 2100  # noqa: PLR2004 (counts of this size are rare in news)
    if not recent and before not in at.listed("times.before-month"):
        return None
    if at.words.letters[at.last : at.last + 1] in ("°", "-") and after == "%":
        return None
    return Value("DATE", f"{year:04d}")


def named_year(at: Match) -> Value | None:
    """A year said to be one: "the year 2000", "fiscal 1990", "'89"."""
    if other_era(at):
        return None
    return Value("DATE", f"{year_in_figures(at) or at.number('N', 'n'):04d}")


def other_era(at: Match) -> bool:
    """Whether a year is of another era ("1440 AH", "B.E."): it is left alone."""
    parted = " ".join((at.after(), at.after(1), at.after(2)))
    return (
        at.after() in at.listed("times.era")
        or at.spelling(at.last) in at.listed("times.era-capital")
        or parted in at.listed("times.era-parted")
    )


def decade(at: Match) -> Value:
    """A decade: "the 1990s", "the '80s", "the nineties"."""
    return Value("DATE", at.value("C"))


def century(at: Match) -> Value | None:
    """A century: the 20th is the years that begin with 19."""
    number = at.number("O")
    if at.value("U") != "C" or not 1 <= number <= LAST_CENTURY:
        return None
    return Value("DATE", f"{number - 1:02d}")


def season(at: Match) -> Value | None:
    """A season with its year, or the nearest one that the words allow."""
    name = at.value("S")
    if year := at.number("Y"):
        return Value("DATE", f"{year:04d}-{name}")
    words = " ".join(at.words.lower[at.first : at.last + 1])
    if any(word in words for word in at.listed("times.no-season")):
        return None  # "the fall of Kabul"
    both = at.spelling(at.last - 1), at.spelling(at.last)
    if not at.has("L", "E", "i") and all(word[:1].isupper() for word in both):
        return None  # "the Winter Olympics"
    if at.day is None:
        return Value("DATE", f"XXXX-{name}")
    order = ["SP", "SU", "FA", "WI"]
    now, wanted = (at.day.month // 3 - 1) % 4, order.index(name)  # March: spring
    year = at.day.year - (at.day.month <= WINTER_ENDS)
    if at.has("L") or (not at.has("i", "E") and at.lean() <= 0):
        year -= wanted > now or (wanted == now and at.has("L"))
    elif at.has("E") or at.lean() > 0:
        year += wanted < now or (wanted == now and at.has("E"))
    return Value("DATE", f"{year:04d}-{name}")


def feast(at: Match) -> Value | None:
    """A holiday, in the year named or in the year nearest to the report."""
    name = at.value("J")
    if year := at.number("Y"):
        found = holiday(name, year)
        return Value("DATE", found.isoformat()) if found else None
    if at.day is None:
        return Value("DATE", "XXXX-XX-XX")
    years = range(max(1, at.day.year - 1), at.day.year + 2)
    days = [found for y in years if (found := holiday(name, y))]
    if at.has("L"):
        days = [d for d in days if d < at.day]
    if at.has("E"):
        days = [d for d in days if d > at.day]
    return Value("DATE", nearest_days(days, at.day)[0].isoformat()) if days else None
