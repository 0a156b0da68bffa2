"""What people in office, their ages and birthdays say of a report's day."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from dateline.facts.base import Base, base
from dateline.model import Span, Why
from dateline.times.grains import add_days, is_day
from dateline.times.window import EVER, Days, Evidence, since

TITLES = {
    "president": "president", "prime minister": "prime minister", "premier": "premier",
    "chancellor": "chancellor", "secretary of state": "secretary of state",
    "foreign minister": "foreign minister", "secretary general": "secretary-general",
    "secretary-general": "secretary-general", "vice president": "vice president",
    "defense secretary": "secretary of defense", "pope": "pope", "king": "king",
    "secretary of defense": "secretary of defense", "chairman": "chairman",
    "defense minister": "defense minister", "finance minister": "finance minister",
    "interior minister": "interior minister", "foreign secretary": "foreign secretary",
    "treasury secretary": "treasury secretary", "attorney general": "attorney general",
    "national security adviser": "national security adviser", "emir": "emir",
    "national security advisor": "national security adviser", "speaker": "speaker",
    "cia director": "CIA director", "fbi director": "FBI director",
    "crown prince": "crown prince", "ambassador": "ambassador", "envoy": "envoy",
    "house speaker": "speaker", "u.s. ambassador": "ambassador", "mayor": "mayor",
    "sen.": "senator", "senator": "senator", "rep.": "congressman",
    "homeland security secretary": "secretary of homeland security",
    "home secretary": "home secretary", "trade representative": "trade representative",
    "opposition leader": "opposition leader", "first lady": "first lady",
}  # fmt: skip
TITLED = re.compile(
    r"\b(" + "|".join(map(re.escape, sorted(TITLES, key=len, reverse=True))) + r")"
    r"((?:[ \n][A-Z][\w.'’-]{0,25}){1,4})",
    re.IGNORECASE,
)
FORMER = re.compile(
    r"\b(?:former|late|ex|then|deputy|vice|ousted|deposed|future|acting|says|assistant"
    r"|under|elect|a|if|would-be|potential|company|bank|college|university)[- ]$",
    re.IGNORECASE,
)
DAY = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z]+$|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)
AGED = re.compile(r"((?:[A-Z][\w.'’-]{1,20} ){0,3}[A-Z][\w'’-]{1,20}), (\d{2}),")
AGED_FIRST = re.compile(r"\b(\d{2})-year-old ((?:[A-Z][\w.'’-]{1,20} ?){1,5})")
BIRTHDAY = re.compile(
    r"((?:[A-Z][\w.-]{1,20} ){0,2}[A-Z][\w.-]{1,20})['’]s "
    r"(?:\d{1,3}(?:st|nd|rd|th) )?birthday"
)
ACTS = re.compile(
    r",? (?:said|says|told reporters|has said|will|is expected|plans|arrives|is to)\b",
    re.IGNORECASE,
)
ON_A_DAY = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tonight"
    r"|this (?:week|weekend|morning|month))\b",
    re.IGNORECASE,
)
STOP = re.compile(r"[.;!?\n]")
DOES = re.compile(
    r",? (?:met|is|has|have|are|arrived|left|visited|warned|urged|called|rejected"
    r"|accused|vowed|ordered|announced|welcomed|condemned|pledged|promised|agreed|flew|held"
    r"|insisted|added|described|dismissed|defended|appealed|demanded|opened)\b",
    re.IGNORECASE,
)
KEPT = ("president", "vice president", "senator", "sen.", "pope", "king", "ambassador")
GONE = re.compile(
    r"\b(?:assassin\w{0,6}|killed|death|died|murder\w{0,4}|ousted|overthr\w{1,5}|coup|deposed"
    r"|toppled|exiled?|shot|widow|would|could|under|by|appointed|like|successor|succeeded|predecessor|former|late|then)\b",
    re.IGNORECASE,
)
ALONG = 110  # characters after a name in which its holder acts
AROUND = 80  # characters beside a name in which its office is told as present or gone
CANDIDATE = 366  # days before a term in which "a President Smith" is spoken of
ELECT = 70  # days from an election to the office, at most
SLACK = {"day": 0, "month": 31, "year": 366}


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
            first = add_days(days[0][0], -CANDIDATE) or days[0][0]
            yield since(first, "times.dating.office.since.v2", span)


def in_office_now(text: str, span: Span) -> bool:
    """Whether the holder of an office acts on the report's own days, alive and in it.

    "President Lincoln's assassin" tells nothing of the end of a term.
    """
    near = text[max(0, span.start - AROUND) : span.end + AROUND]
    after = text[span.end :][:ALONG]
    stays = not span.of(text).lower().startswith(KEPT)
    does = (
        ACTS.match(after)
        or ON_A_DAY.search(STOP.split(after, maxsplit=1)[0])
        or (DOES.match(after) if stays else None)
    )
    return does is not None and not GONE.search(near)


def terms(facts: Base, names: list[str], title: str) -> tuple[Days, ...]:
    """Return the days on which people of a name held an office of a title."""
    alone = len(names) > 1 and not DAY.match(names[1])
    for size in range(len(names), alone, -1):
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
    below = ("deputy", "vice", "former", "under", "assistant", "acting", "opposition")
    extra = any(word in low and word not in title for word in below)
    return title in low and not extra


def aged(text: str) -> Iterator[Evidence]:
    """The age of somebody whose day of birth is known leaves one year."""
    for pattern, name_at, age_at in ((AGED, 1, 2), (AGED_FIRST, 2, 1)):
        for hit in pattern.finditer(text):
            name = person(hit[name_at], births())
            if name is None and pattern is AGED:
                name = by_surname(hit[name_at].split(), text)
            if name is None:
                continue
            age, day = int(hit[age_at]), births()[name]
            first, last = anniversary(day, age), anniversary(day, age + 1)
            if first and last:
                days = ((first, last - timedelta(days=1)),)
                yield Evidence(days, Why("times.dating.age.v1", Span(*hit.span())))


def by_surname(words: list[str], text: str) -> str | None:
    """Return the full name, told in the text, of one who is "Mr. Sharon, 72"."""
    if len(words) > 1 and words[:-1] not in (["Mr."], ["Mrs."], ["Ms."]):
        return None
    every = [name for name in births() if name.endswith(" " + words[-1])]
    return every[0] if len(every) == 1 and every[0] in text else None


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
