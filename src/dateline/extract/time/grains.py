"""The calculus of grains: TIMEX3 values from days, days from TIMEX3 values."""

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from dateline.model.answers import Grain

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # their first months
YEARS = re.compile(r"(?:\d{4}|\d{3}X?|\d\d(?:XX)?)$")
MONTH = re.compile(r"(\d{4})-(\d\d)$")
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?$")
PART = re.compile(r"(\d{4})-(Q\d|H\d|SP|SU|FA|WI)$")
GRAINS: tuple[tuple[re.Pattern[str], Grain], ...] = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "day"),
    (re.compile(r"\d{4}-W\d\d"), "week"),
    (re.compile(r"\d{4}-\d\d$"), "month"),
    (re.compile(r"\d{4}-(?:SP|SU|FA|WI)"), "season"),
    (re.compile(r"\d{4}$"), "year"),
)
Interval = tuple[date, date]


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has such a day (it has no 31 June).

    >>> is_day(2020, 2, 29), is_day(2019, 2, 29)
    (True, False)
    """
    known = MINYEAR <= year <= MAXYEAR and 1 <= month <= 12
    return known and 1 <= day <= monthrange(year, month)[1]


def add_days(day: date, count: int) -> date | None:
    """Return the day `count` days on, None beyond the calendar's ends."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Return year and month `count` months on."""
    at = year * 12 + month - 1 + count
    return at // 12, at % 12 + 1


def week_of(day: date) -> str:
    """Return the ISO week of a day as a TIMEX3 value."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def shift(day: date, unit: str, count: int) -> str | None:
    """Return the value of the unit that lies `count` units from the one `day` is in.

    >>> shift(date(1998, 3, 1), "W", -1), shift(date(2019, 1, 8), "Q", -1)
    ('1998-W08', '2018-Q4')
    """
    if unit in ("D", "W"):
        moved = add_days(day, count * (7 if unit == "W" else 1))
        if moved is None:
            return None
        return moved.isoformat() if unit == "D" else week_of(moved)
    if unit in ("M", "Q"):
        year, month = add_months(day.year, day.month, count * (3 if unit == "Q" else 1))
        if not MINYEAR <= year <= MAXYEAR:
            return None
        part = f"Q{(month + 2) // 3}" if unit == "Q" else f"{month:02d}"
        return f"{year:04d}-{part}"
    size = {"Y": 1, "E": 10, "C": 100}.get(unit)
    year = day.year + count * (size or 0)
    if size is None or not MINYEAR <= year <= MAXYEAR:
        return None
    return f"{year:04d}"[: {"Y": 4, "E": 3, "C": 2}[unit]]


def shift_day(day: date, unit: str, count: int) -> date | None:
    """Return the day `count` units on; a month on from 31 January is 28 February."""
    if unit in ("D", "W"):
        return add_days(day, count * (7 if unit == "W" else 1))
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(unit)
    if months is None:
        return None
    year, month = add_months(day.year, day.month, months * count)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def timex_interval(value: str) -> Interval | None:
    """Return the first and last day of a TIMEX3 value, None where it names none.

    >>> [str(day) for day in timex_interval("2019-W03")]
    ['2019-01-14', '2019-01-20']
    """
    try:
        return calendar_interval(value)
    except (ValueError, OverflowError):
        return None


def calendar_interval(value: str) -> Interval | None:
    """Return the days of a well-formed value; a day that is none raises ValueError."""
    if hit := DAY.match(value):
        day = date(*map(int, hit.groups()))
        return day, day
    if hit := MONTH.match(value):
        return months_interval(int(hit[1]), int(hit[2]), 1)
    if hit := WEEK.match(value):
        monday = date.fromisocalendar(int(hit[1]), int(hit[2]), 1)
        return monday + timedelta(days=5 if hit[3] else 0), monday + timedelta(days=6)
    if hit := PART.match(value):
        year, name = int(hit[1]), hit[2]
        count = {"Q": 3, "H": 6}.get(name[0], 3)
        first = count * (int(name[1]) - 1) + 1 if name[1].isdigit() else SEASONS[name]
        return months_interval(year, first, count)
    if hit := YEARS.match(value):
        known = hit[0].rstrip("X")
        gap = len("1999") - len(known)
        return date(int(known + "0" * gap), 1, 1), date(int(known + "9" * gap), 12, 31)
    return None


def grain_of_timex(value: str) -> Grain:
    """Return how fine a TIMEX3 value is."""
    return next((name for pattern, name in GRAINS if pattern.match(value)), "range")


def months_interval(year: int, month: int, count: int) -> Interval:
    """Return the first and last day of `count` months."""
    last_year, last = add_months(year, month, count - 1)
    end = date(last_year, last, monthrange(last_year, last)[1])
    return date(year, month, 1), end


def easter(year: int) -> date:
    """Return the western Easter Sunday of a year.

    >>> easter(2019)
    datetime.date(2019, 4, 21)
    """
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def holiday(told: str, year: int) -> date | None:
    """Return the day of a holiday in a year, as the vocabulary tells it.

    >>> holiday("weekday 11 4 4", 2018), holiday("easter -2", 2019)
    (datetime.date(2018, 11, 22), datetime.date(2019, 4, 19))
    """
    if not MINYEAR < year < MAXYEAR:
        return None
    kind, *figures = told.split()
    numbers = tuple(map(int, figures))
    if kind == "day":
        return date(year, *numbers)
    if kind == "easter":
        return easter(year) + timedelta(days=numbers[0])
    month, weekday, which = numbers  # the last one of its month is -1
    every = (date(year, month, d + 1) for d in range(monthrange(year, month)[1]))
    days = [day for day in every if day.isoweekday() == weekday]
    return days[which - 1 if which > 0 else which]
