"""What people in office, their ages and well-known happenings say of a report's day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from dateline.facts.base import Base, base
from dateline.model import Span, Why
from dateline.times.grains import add_days, interval, is_day
from dateline.times.tagging import Timex
from dateline.times.window import EVER, Days, Evidence, since

TITLES = {
    "president": "president", "prime minister": "prime minister", "premier": "premier",
    "chancellor": "chancellor", "secretary of state": "secretary of state",
    "foreign minister": "foreign minister", "secretary general": "secretary-general",
    "secretary-general": "secretary-general", "vice president": "vice president",
    "defense secretary": "secretary of defense", "pope": "pope",
    "defense minister": "defense minister", "king": "king", "chairman": "chairman",
}  # fmt: skip
TITLED = re.compile(
    r"\b(" + "|".join(sorted(TITLES, key=len, reverse=True)) + r")"
    r"((?:[ \n][A-Z][\w.'’-]{0,25}){1,4})",
    re.IGNORECASE,
)
FORMER = re.compile(
    r"\b(?:former|late|ex|then|deputy|vice|ousted|deposed|future|acting|says|assistant"
    r"|under|elect|company|bank|college|university)[- ]$",
    re.IGNORECASE,
)
AGED = re.compile(r"((?:[A-Z][\w.'’-]{1,20} ){1,3}[A-Z][\w'’-]{1,20}), (\d{2}),")
AGED_FIRST = re.compile(r"\b(\d{2})-year-old ((?:[A-Z][\w.'’-]{1,20} ?){1,5})")
BIRTHDAY = re.compile(
    r"((?:[A-Z][\w.-]{1,20} ){0,2}[A-Z][\w.-]{1,20})['’]s "
    r"(?:\d{1,3}(?:st|nd|rd|th) )?birthday"
)
AGO = re.compile(r"\b(\w+|\d+) (day|week|month|year)s? ago\b", re.I)
NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
ACTS = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|says|will|is|has)\b"
)
GONE = re.compile(
    r"\b(?:assassin\w{0,6}|killed|death|died|murder\w{0,4}|ousted|overthr\w{1,5}|coup|deposed"
    r"|toppled|exiled?|shot|widow|successor|succeeded|predecessor|former|late|then)\b",
    re.IGNORECASE,
)
AROUND = 80  # characters beside a name in which its office is told as present or gone
ELECT = 70  # days from an election to the office, at most
SLACK = {"day": 0, "month": 31, "year": 366}
ROUND = {"day": 1, "week": 5, "month": 20, "year": 180}
LENGTH = {"day": 1, "week": 7, "month": 30, "year": 365}
NEAR = 150  # characters between the name of a happening and its relative time
YEAR_AFTER = (
    350  # days in which a month and day without a year still mean the last ones
)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something whose days are known, and the small letters it goes by."""

    first: date
    last: date
    names: re.Pattern[str]


@cache
def happenings() -> tuple[Happening, ...]:
    """Return the happenings of the knowledge base and of our own table."""
    rows = [
        (dated.first, dated.last or dated.first, dated.names)
        for dated in base().dated()
        if dated.precision == "day"
    ]
    table = (files("dateline.times") / "dated.tsv").read_text("utf-8").splitlines()
    for row in table:
        if row and not row.startswith("# "):
            first, last, names = row.split("\t")
            rows.append(
                (
                    date.fromisoformat(first),
                    date.fromisoformat(last),
                    tuple(names.split("|")),
                )
            )
    return tuple(
        Happening(first, last, re.compile(
            r"\b(?:" + "|".join(re.escape(n.lower()) for n in names) + r")\b"))
        for first, last, names in rows if any(names)
    )  # fmt: skip


def happened(text: str, times: tuple[Timex, ...]) -> Iterator[Evidence]:
    """A happening whose days are known, told as past: the report comes after it."""
    low = text.lower()
    for one in happenings():
        hit = one.names.search(low)
        if hit is None:
            continue
        span = Span(*hit.span())
        yield since(one.first, "times.dating.happening.v1", span)
        for timex in times:
            if abs(timex.span.start - hit.start()) < NEAR and same_sentence(
                low, timex.span, span
            ):
                yield from told_of(one, timex, text)


def same_sentence(text: str, a: Span, b: Span) -> bool:
    """Whether no full stop parts two spans."""
    between = text[min(a.end, b.end) : max(a.start, b.start)]
    return not re.search(
        r"[.!?]\s", re.sub(r"\b(?:u\.s|u\.n|sept|oct|jan|aug)\.", "", between)
    )


def told_of(one: Happening, timex: Timex, text: str) -> Iterator[Evidence]:
    """Yield what a time beside a known happening says of the report's day."""
    words = timex.span.of(text)
    if hit := re.fullmatch(r"XXXX-(\d\d)-(\d\d)", timex.value):
        if (int(hit[1]), int(hit[2])) == (one.first.month, one.first.day):
            days = (one.first, add_days(one.first, YEAR_AFTER) or one.first)
            yield Evidence((days,), Why("times.dating.happening.day.v1", timex.span))
    elif hit := re.fullmatch(r"(?i)last (\w+)", words):
        if days_after := month_after(one, timex.value):
            yield Evidence(
                (days_after,), Why("times.dating.happening.last.v1", timex.span)
            )
        elif hit[1].lower() == "year":
            year = one.first.year + 1
            days = (date(year, 1, 1), date(year, 12, 31))
            yield Evidence((days,), Why("times.dating.happening.last.v1", timex.span))
    elif hit := AGO.search(words):
        yield from back_from(one, hit, timex.span)


def month_after(one: Happening, value: str) -> Days | None:
    """Return the days on which "last June" is the June of a happening."""
    hit = re.fullmatch(r"XXXX-(\d\d)", value)
    if hit is None or int(hit[1]) != one.first.month:
        return None
    days = interval(f"{one.first.year}-{one.first.month:02d}")
    end = add_days(days[1], 334) if days else None
    return (days[1] + timedelta(days=1), end) if days and end else None


def back_from(one: Happening, hit: re.Match[str], span: Span) -> Iterator[Evidence]:
    """Yield the days from which a happening lies so many units back."""
    word, unit = hit[1].lower(), hit[2].lower()
    count = (
        int(word) if word.isdigit() else NUMBERS.index(word) if word in NUMBERS else 0
    )
    count = 1 if word in ("a", "an") else count
    if not count or one.first != one.last:
        return
    middle = add_days(one.first, count * LENGTH[unit] + count * (unit == "year") // 4)
    slack = timedelta(days=ROUND[unit])
    nearly = (
        timedelta(0) if hit.string.lower().startswith(("nearly", "almost")) else slack
    )
    if middle:
        days = (middle - slack, middle + nearly)
        yield Evidence((days,), Why("times.dating.happening.ago.v1", span))


def in_office(text: str) -> Iterator[Evidence]:
    """Somebody named with an office: the report falls in the years it was held."""
    facts = base()
    for hit in TITLED.finditer(text):
        if FORMER.search(text[max(0, hit.start() - 12) : hit.start()]):
            continue
        names = hit[2].split()
        days = terms(facts, names, TITLES[hit[1].lower()])
        if not days:
            continue
        span = Span(hit.start(), hit.start(2) + len(hit[2]))
        if in_office_now(text, span):
            yield Evidence(days, Why("times.dating.office.v1", span))
        else:
            yield since(days[0][0], "times.dating.office.since.v1", span)


def in_office_now(text: str, span: Span) -> bool:
    """Whether the holder of an office acts on the report's own days, alive and in it.

    "President Lincoln's assassin" tells nothing of the end of a term.
    """
    near = text[max(0, span.start - AROUND) : span.end + AROUND]
    return bool(ACTS.search(text[span.start : span.end + AROUND])) and not GONE.search(
        near
    )


def terms(facts: Base, names: list[str], title: str) -> tuple[Days, ...]:
    """Return the days on which people of a name held an office of a title."""
    for size in range(len(names), 0, -1):
        form = " ".join(names[:size]).removesuffix("'s").removesuffix("’s").rstrip(".,")
        found = [
            term(role.since, role.until, SLACK[role.precision])
            for entity in facts.find(form)
            if entity.kind == "person"
            for role in facts.roles(entity.id)
            if role.since and "ELI" not in role.sectors and titled(role.title, title)
        ]  # fmt: skip
        if found:
            return tuple(sorted(found))
    return ()


def term(first: date, last: date | None, slack: int) -> Days:
    """Return the days on which somebody may be called by an office.

    "President Clinton" is said from the election on.
    """
    end = add_days(last, slack + 1) if last else None
    return add_days(first, -slack - ELECT) or first, end or EVER[0][1]


def titled(role: str, title: str) -> bool:
    """Whether a role is the office that a title names, not one below it."""
    low = role.lower()
    below = ("deputy", "vice", "former", "under", "assistant")
    extra = any(word in low and word not in title for word in below)
    return title in low and not extra


def aged(text: str) -> Iterator[Evidence]:
    """The age of somebody whose day of birth is known leaves one year."""
    born = births()
    for pattern, name_at, age_at in ((AGED, 1, 2), (AGED_FIRST, 2, 1)):
        for hit in pattern.finditer(text):
            name = person(hit[name_at], born)
            if name is None:
                continue
            age, day = int(hit[age_at]), born[name]
            first, last = anniversary(day, age), anniversary(day, age + 1)
            if first and last:
                days = ((first, last - timedelta(days=1)),)
                yield Evidence(days, Why("times.dating.age.v1", Span(*hit.span())))


@cache
def births() -> dict[str, date]:
    """Return days of birth by full name."""
    return {birth.name: birth.born for birth in base().births()}


def person(words: str, born: dict[str, date]) -> str | None:
    """Return the known full name with which some words end or begin."""
    parts = words.replace("’", "'").split()
    for first in range(len(parts)):
        for last in range(len(parts), first + 1, -1):
            if (name := " ".join(parts[first:last])) in born:
                return name
    return None


def anniversary(day: date, years: int) -> date | None:
    """Return a day some years on; 29 February moves to 1 March."""
    year = day.year + years
    return date(year, day.month, day.day) if is_day(year, day.month, day.day) else (
        date(year, 3, 1) if is_day(year, 3, 1) else None)  # fmt: skip


def birthdays(text: str) -> Iterator[tuple[Span, date]]:
    """Yield the birthdays that a text speaks of, of people whose birth is known."""
    for hit in BIRTHDAY.finditer(text):
        words = hit[1].split()
        for name, born in births().items():
            full = name.split()
            same = full == words or (full[0] == words[-1] and len(words) == 1) or (
                full[-1] == words[-1] and len(words) == 1)  # fmt: skip
            if same and name in text:
                yield Span(*hit.span()), born
