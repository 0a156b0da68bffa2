"""The day or moment that a stamp tells, in the forms that data use without doubt.

A day as 03/04/2019 is two days, one for Americans and one for others: it is refused.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

EARLIEST, LATEST = 1800, 2200  # years: a stamp outside is no date of news
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?!\d)")
UNIVERSAL = re.compile(r"(?<=\d) ?(?:UTC|GMT|Z)$")
OF_MAIL = re.compile(r"(?:[A-Z][a-z]{2},? )?\d\d? [A-Z][a-z]{2} \d{4} \d\d?:\d\d")
OF_FOUR = re.compile(r" (\d{4}) \d\d?:")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?")
CLOCK = re.compile(
    r"(?:^|[ t])(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)? ?([ap])?(?:\.?m\.?)?"
    r" ?(z|utc|gmt|[ecmp][sd]t|[+-]\d\d:?\d\d)?(?= |$)"
)
AMERICAN = {"E": 5, "C": 6, "M": 7, "P": 8}  # hours behind in winter, as in mail
DAY_LAST = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PER_SECOND = {9: 1, 10: 1, 13: 1000, 16: 10**6}  # by digits; 12 may be 201901080930
OF_MONGO = ("$date", "$numberLong")
MONTH = re.compile(
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
BETWEEN = re.compile(r",|-(?=[a-z])|(?<=[a-z])-")
NUMBER = re.compile(r"(\d{1,2}|\d{4})(?:st|nd|rd|th)?")


class TwoDays(ValueError):
    """A stamp that is one day for Americans and another for others."""


def parse_moment(told: Any, day_first: bool | None = None) -> date | datetime | None:
    """Return the day or moment that a stamp tells.

    `day_first` is how a day like 04/02/2019 is to be read, None where nobody knows.
    Raises ValueError for what tells none or two, and for a year that is none of news.

    >>> parse_moment("2019-01-08"), parse_moment("2019/1/8 09:00 UTC").isoformat()
    (datetime.date(2019, 1, 8), '2019-01-08T09:00:00+00:00')
    >>> parse_moment("Jan. 8, 2019")
    datetime.date(2019, 1, 8)
    >>> parse_moment("8.1.2019")
    datetime.date(2019, 1, 8)
    >>> parse_moment(1546938000).isoformat()
    '2019-01-08T09:00:00+00:00'
    """
    for name in OF_MONGO:
        if isinstance(told, Mapping) and set(told) == {name}:
            return parse_moment(told[name], day_first)
    if told is None or told == "":
        return None
    if isinstance(told, date):
        found = told
    elif isinstance(told, bool) or not isinstance(told, str | int | float):
        raise ValueError(told)
    else:
        figures = f"{told:.0f}" if isinstance(told, float) else str(told)
        words = " ".join(figures.split())
        if words.isdecimal() and len(words) in PER_SECOND:
            found = EPOCH + timedelta(seconds=int(words) / PER_SECOND[len(words)])
        else:
            found = read_stamp(words, day_first)
    if not EARLIEST < found.year < LATEST:
        raise ValueError(told)
    return found


def read_stamp(words: str, day_first: bool | None) -> date | datetime:
    """Return the day or moment of a stamp as in mail, in ISO 8601 or in words."""
    if OF_MAIL.match(words):
        return of_mail(words)
    if not YEAR_FIRST.match(words) and not words.isdecimal():
        return parse_worded_moment(words, day_first)
    words = YEAR_FIRST.sub(lambda m: f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}", words, 1)
    if len(words) == len("2019-01-08") or len(words) == len("20190108"):
        return date.fromisoformat(words)
    if words.isdecimal() and len(words) == len("20190108093000"):
        return datetime.strptime(words, "%Y%m%d%H%M%S")  # noqa: DTZ007  tells no zone
    if clock := CLOCK.fullmatch(words.lower(), len("2019-01-08")):
        return at_clock(date.fromisoformat(words[: clock.start()]), clock)
    return datetime.fromisoformat(UNIVERSAL.sub("+00:00", words))


def parse_worded_moment(told: str, day_first: bool | None = None) -> date | datetime:
    """Return the day or moment of a stamp with its month in words, or its year last.

    With points the day stands first, everywhere; with strokes where it cannot be the
    month, or is the same number; else TwoDays is raised where `day_first` is None.

    >>> parse_worded_moment("Tuesday, 8 January 2019, 9:05 PM").isoformat()
    '2019-01-08T21:05:00'
    >>> parse_worded_moment("Tue Jan 08 09:00:00 +0000 2019").isoformat()
    '2019-01-08T09:00:00+00:00'
    """
    words = " ".join(BETWEEN.sub(" ", told.lower()).split())
    clock = CLOCK.search(words)
    rest = words.replace(clock[0], " ", 1) if clock else words
    if found := DAY_LAST.fullmatch(rest.strip()):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] != "." and first <= len(MONTHS) and first != second:
            if second <= len(MONTHS) and day_first is None:
                raise TwoDays(found[0])
            if second > len(MONTHS) or not day_first:
                first, second = second, first
        day = date(year, second, first)
    else:
        day = parse_named_month(rest)
    return at_clock(day, clock) if clock else day


def parse_named_month(told: str) -> date:
    """Return the day of words like "jan 8 2019". Raises ValueError for others."""
    numbers, months = [], []
    for word in told.split():
        bare = word.rstrip(".")
        if bare[:3] in MONTHS and MONTH.fullmatch(bare):
            months.append(1 + MONTHS.index(bare[:3]))
        elif number := NUMBER.fullmatch(bare):
            numbers.append(number[1])
        elif not WEEKDAY.fullmatch(bare) and bare != "at":
            raise ValueError(told)
    years = [n for n in numbers if len(n) == len("2019")]
    days = [n for n in numbers if n not in years]
    if [len(each) for each in (years, months, days)] != [1, 1, 1]:
        raise ValueError(told)
    return date(int(years[0]), months[0], int(days[0]))


def order_of_days(stamps: Iterable[Any]) -> tuple[bool, str] | None:
    """Return whether days stand before months in some stamps, and one that shows it.

    None where none of them can be read in one way alone, or two contradict.

    >>> order_of_days(["04/02/2019", "13/01/2019"]), order_of_days(["04/02/2019"])
    ((True, '13/01/2019'), None)
    """
    shown: dict[bool, str] = {}
    for told in stamps:
        found = DAY_LAST.match(told.strip()) if isinstance(told, str) else None
        if found is None or found[2] == ".":
            continue
        first, second = int(found[1]), int(found[3])
        if (first > len(MONTHS)) != (second > len(MONTHS)):
            shown.setdefault(first > second, found[0])
    return next(iter(shown.items())) if len(shown) == 1 else None


def at_clock(day: date, clock: re.Match[str]) -> datetime:
    """Return the moment of a day at which a clock stands, in the zone it tells."""
    hour, zone = int(clock[1]), (clock[5] or "").upper()
    if clock[4]:
        if not 1 <= hour <= 12:  # noqa: PLR2004  a clock's face
            raise ValueError(clock[0])
        hour = hour % 12 + 12 * (clock[4] == "p")
    time = f"{hour:02}:{clock[2]}:{clock[3] or '00'}"
    if zone[1:] in ("ST", "DT"):
        zone = f"-{AMERICAN[zone[0]] - (zone[1] == 'D'):02}:00"
    zone = "+00:00" if zone in ("Z", "UTC", "GMT") else zone
    return datetime.fromisoformat(f"{day}T{time}{zone}")


def of_mail(told: str) -> datetime:
    """Return the moment of a stamp as in mail; one of an unknown zone has none.

    >>> of_mail("Tue, 08 Jan 2019 09:00:00 -0500").isoformat()
    '2019-01-08T09:00:00-05:00'
    """
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(told)
    except (ValueError, OverflowError, TypeError, IndexError):
        raise ValueError(told) from None
    year = OF_FOUR.search(told)
    if year and int(year[1]) != found.year:  # the library makes 2001 of 0001
        raise ValueError(told)
    return found


def parse_stamp(told: str | None) -> date | datetime | None:
    """Return the day or moment of a stamp in a page or feed; None for what is none.

    >>> parse_stamp("Tue, 08 Jan 2019 09:00:00 GMT").isoformat(), parse_stamp("soon")
    ('2019-01-08T09:00:00+00:00', None)
    """
    words = (told or "").strip()
    for reading in (str, of_mail):
        try:
            return parse_moment(reading(words))
        except (ValueError, OverflowError):
            continue
    return None
