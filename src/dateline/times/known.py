"""What people in office, their ages and birthdays say of a report's day."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from dateline.facts.base import base
from dateline.model import Lexicon, Span, Why
from dateline.times.grains import add_days, is_day
from dateline.times.window import EVER, Days, Evidence, dated_since

STOP = re.compile(r"[.;!?\n]")
ALONG = 110  # characters after a name in which its holder acts
AROUND = 80  # characters beside a name in which its office is told as present or gone
CANDIDATE = 366  # days before a term in which "a President Smith" is spoken of
ELECT = 70  # days from an election to the office, at most
SLACK = {"day": 0, "month": 31, "year": 366}


@cache
def with_title(lexicon: Lexicon) -> re.Pattern[str]:
    """Return a pattern for an office and the name after it."""
    titles = sorted(lexicon.senses["times.office"], key=len, reverse=True)
    return re.compile(
        r"\b(" + "|".join(map(re.escape, titles)) + r")"
        r"((?:[ \n][A-Z][\w.'’-]{0,25}){1,4})",
        re.IGNORECASE,
    )


def in_office(text: str, lexicon: Lexicon) -> Iterator[Evidence]:
    """Somebody named with an office: the report falls in the years it was held."""
    not_now = lexicon.patterns["times.not-in-office"]
    for hit in with_title(lexicon).finditer(text):
        if not_now.search(text[max(0, hit.start() - 12) : hit.start()]):
            continue
        days = terms(lexicon, hit[2].split(), hit[1].lower())
        if not days:
            continue
        span = Span(hit.start(), hit.start(2) + len(hit[2]))
        if in_office_now(text, lexicon, span):
            yield Evidence(days, Why("times.dating.office.v1", span))
        else:
            first = add_days(days[0][0], -CANDIDATE) or days[0][0]
            yield dated_since(first, "times.dating.office.since.v2", span)


def in_office_now(text: str, lexicon: Lexicon, span: Span) -> bool:
    """Whether the holder of an office acts on the report's own days, alive and in it.

    "President Lincoln's assassin" tells nothing of the end of a term.
    """
    near = text[max(0, span.start - AROUND) : span.end + AROUND]
    after = text[span.end :][:ALONG]
    patterns, kept = lexicon.patterns, tuple(lexicon.words["times.kept-office"])
    stays = not span.of(text).lower().startswith(kept)
    does = (
        patterns["times.acts-in-office"].match(after)
        or patterns["times.on-a-day"].search(STOP.split(after, maxsplit=1)[0])
        or (patterns["times.acted-in-office"].match(after) if stays else None)
    )
    return does is not None and not patterns["times.out-of-office"].search(near)


def terms(lexicon: Lexicon, names: list[str], title: str) -> tuple[Days, ...]:
    """Return the days on which people of a name held an office of a title."""
    facts, patterns = base(), lexicon.patterns
    alone = len(names) > 1 and not patterns["times.no-name"].match(names[1])
    for size in range(len(names), alone, -1):
        form = patterns["times.owner"].sub("", " ".join(names[:size])).rstrip(".,")
        found = [
            term(role.since, role.until, SLACK[role.precision])
            for entity in facts.find(form)
            if entity.kind == "person"
            for role in facts.roles(entity.id)
            if role.since and "ELI" not in role.sectors
            and role_has_title(lexicon, role.title, title)
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


def role_has_title(lexicon: Lexicon, role: str, title: str) -> bool:
    """Whether a role is the office that a title names, not one below it."""
    low, office = role.lower(), lexicon.senses["times.office"].get(title, title)
    below = lexicon.words["times.below-office"]
    extra = any(word in low and word not in office for word in below)
    return bool(office) and office in low and not extra


def year_from_age(text: str, lexicon: Lexicon) -> Iterator[Evidence]:
    """The age of somebody whose day of birth is known leaves one year."""
    for pattern, name_at, age_at in (("times.aged", 1, 2), ("times.aged-first", 2, 1)):
        for hit in lexicon.patterns[pattern].finditer(text):
            name = find_person(hit[name_at], births())
            if name is None and pattern == "times.aged":
                name = by_surname(hit[name_at].split(), text, lexicon)
            if name is None:
                continue
            age, day = int(hit[age_at]), births()[name]
            first, last = anniversary(day, age), anniversary(day, age + 1)
            if first and last:
                days = ((first, last - timedelta(days=1)),)
                yield Evidence(days, Why("times.dating.age.v1", Span(*hit.span())))


def by_surname(words: list[str], text: str, lexicon: Lexicon) -> str | None:
    """Return the full name, told in the text, of one who is "Mr. Sharon, 72"."""
    if len(words) > 1 and " ".join(words[:-1]) not in lexicon.words["times.mr"]:
        return None
    every = [name for name in births() if name.endswith(" " + words[-1])]
    return every[0] if len(every) == 1 and every[0] in text else None


@cache
def births() -> dict[str, date]:
    """Return days of birth by full name."""
    return {birth.name: birth.born for birth in base().births()}


def find_person(words: str, born: dict[str, date]) -> str | None:
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


def birthdays(text: str, lexicon: Lexicon) -> Iterator[tuple[Span, date]]:
    """Yield the birthdays that a text speaks of, of people whose birth is known."""
    for hit in lexicon.patterns["times.birthday"].finditer(text):
        words = hit[1].split()
        for name, born in births().items():
            full = name.split()
            same = full == words or (full[0] == words[-1] and len(words) == 1) or (
                full[-1] == words[-1] and len(words) == 1)  # fmt: skip
            if same and name in text:
                yield Span(*hit.span()), born
