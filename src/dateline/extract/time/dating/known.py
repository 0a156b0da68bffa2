"""What is known of people, names and happenings says of the day of a report.

People hold an office, have an age and a birthday; states, bodies and firms have a name
from one day to another; what has happened was news before it was history.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice

from dateline.extract.time.dating.window import (
    EVER,
    Days,
    Evidence,
    dated_in,
    dated_since,
    dated_until,
)
from dateline.extract.time.grains import add_days, is_day
from dateline.extract.time.tagging import Timex
from dateline.extract.time.tagging.words import load_number_words
from dateline.model import Lexicon, Span, Why
from dateline.resources.knowledge_base.base import base

STOP = re.compile(r"[.;!?\n]")
ALONG = 110  # characters after a name in which its holder acts
BESIDE = 80  # characters beside a name in which its office is told as present or gone
CANDIDATE = 366  # days before a term in which "a President Smith" is spoken of
ELECT = 70  # days from an election to the office, at most
SLACK = {"day": 0, "month": 31, "year": 366}

TITLE = "title"  # of somebody for a season: no report uses it later
YEAR_NEAR = 120  # characters about a title in which its year makes it history
MOST, AROUND, GOING = 20, 70, 60
WORD = re.compile(r"\w+")
OPEN, UNKNOWN = "-", date(1960, 1, 1)

BEHIND = 30  # characters before a happening in which a time is told
LARGEST = 12  # units that are counted in words
ROUND = {"D": 1, "W": 5, "M": 20, "Y": 180}
LENGTH = {"D": 1, "W": 7, "M": 30, "Y": 365}
YEAR_AFTER = 350  # days in which a day without a year still means the last one
NEAR = 150  # characters between the name of a happening and its relative time
# Kinds that are named long before they come
FORETOLD = ("election", "games", "summit", "visit", "planned", "treaty", "independence")
FEW = 2  # happenings in a text beside which a bare day of the year still names one
CLOSE = 150  # days within which two happenings are of one season
AHEAD = 40  # characters before a name in which it is told as ahead
Hit = re.Match[str]


@dataclass(frozen=True, slots=True)
class Called:
    """Something by the names that it goes by, its kind, its first and last day.

    A name that is still in use has no last day.
    """

    called: tuple[str, ...]
    kind: str
    first: date
    last: date | None

    @property
    def names(self) -> re.Pattern[str]:
        """Return a pattern for any of its names, made when first asked for."""
        return whole_words_pattern(self.called)

    def search(self, low: str) -> Hit | None:
        """Return where a text in small letters names it first.

        >>> kyiv = Called(("kyiv", "kiev"), "city", date(2000, 1, 1), None)
        >>> kyiv.search("in chickiev and kiev")[0]
        'kiev'
        """
        places = [at for name in self.called if (at := low.find(name.lower())) >= 0]
        return self.names.search(low, min(places)) if places else None


@cache
def whole_words_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of some names, in small letters, as whole words."""
    every = "|".join(re.escape(name.lower()) for name in names if name)
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)")


@dataclass(frozen=True, slots=True)
class Index:
    """Things that have names, and where among them names with each word stand."""

    things: tuple[Called, ...]
    by_word: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, things: Iterable[Called]) -> "Index":
        """Return things under the longest word of each of their names."""
        every, found = tuple(things), dict[str, list[int]]()
        for n, one in enumerate(every):
            for name in one.called:
                longest = max(WORD.findall(name.lower()), key=len)
                found.setdefault(longest, []).append(n)
        return cls(every, {word: tuple(places) for word, places in found.items()})

    def likely(self, low: str) -> list[Called]:
        """Return the things that a text in small letters may name, in order."""
        words = self.by_word.keys() & set(WORD.findall(low))
        places = sorted({n for word in words for n in self.by_word[word]})
        return [self.things[n] for n in places]


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
    near = text[max(0, span.start - BESIDE) : span.end + BESIDE]
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
    """Return the days on which people of a name may be called by an office's title.

    "President Clinton" is said from the election on.
    """
    facts, patterns = base(), lexicon.patterns
    office = lexicon.senses["times.office"].get(title, title)
    below = [w for w in lexicon.words["times.below-office"] if w not in office]
    alone = len(names) > 1 and not patterns["times.no-name"].match(names[1])
    for size in range(len(names), alone, -1):
        form = patterns["times.owner"].sub("", " ".join(names[:size])).rstrip(".,")
        roles = (
            role
            for entity in facts.find(form)
            if entity.kind == "person"
            for role in facts.roles(entity.id)
            if "ELI" not in role.sectors and office and office in role.title.lower()
        )
        found: list[Days] = []
        for role in roles:
            lesser = any(word in role.title.lower() for word in below)
            if role.since and not lesser:  # "deputy president" is below the office
                slack = SLACK[role.precision]
                end = add_days(role.until, slack + 1) if role.until else None
                first = add_days(role.since, -slack - ELECT) or role.since
                found.append((first, end or EVER[0][1]))
        if found:
            return tuple(sorted(found))
    return ()


@cache
def births() -> dict[str, date]:
    """Return days of birth by full name."""
    return {birth.name: birth.born for birth in base().births()}


def year_from_age(text: str, lexicon: Lexicon) -> Iterator[Evidence]:
    """The age of somebody whose day of birth is known leaves one year."""
    for pattern, name_at, age_at in (("times.aged", 1, 2), ("times.aged-first", 2, 1)):
        for hit in lexicon.patterns[pattern].finditer(text):
            whole = pattern == "times.aged-first"
            name = find_person(hit[name_at], text, lexicon, whole)
            if name is None:
                continue
            age, day = int(hit[age_at]), births()[name]
            first, last = anniversary(day, age), anniversary(day, age + 1)
            if first and last:
                days = ((first, last - timedelta(days=1)),)
                yield Evidence(days, Why("times.dating.age.v1", Span(*hit.span())))


def find_person(words: str, text: str, lexicon: Lexicon, whole: bool) -> str | None:
    """Return the full name, of known birth, with which some words end or begin.

    Where they need not tell the `whole` name, also that of one who is "Mr. Sharon, 72"
    and is told by the full name in the text.
    """
    born, parts = births(), words.replace("’", "'").split()
    for first in range(len(parts)):
        for last in range(len(parts), first + 1, -1):
            if (name := " ".join(parts[first:last])) in born:
                return name
    *title, surname = words.split()
    if whole or (title and " ".join(title) not in lexicon.words["times.mr"]):
        return None
    every = [name for name in born if name.endswith(" " + surname)]
    return every[0] if len(every) == 1 and every[0] in text else None


def anniversary(day: date, years: int) -> date | None:
    """Return a day some years on; 29 February moves to 1 March."""
    year = day.year + years
    month, number = day.month, day.day
    if not is_day(year, month, number):
        month, number = 3, 1
    return date(year, month, number) if is_day(year, month, number) else None


def birthdays(text: str, lexicon: Lexicon) -> Iterator[tuple[Span, date]]:
    """Yield the birthdays that a text speaks of, of people whose birth is known."""
    for hit in lexicon.patterns["times.birthday"].finditer(text):
        words = hit[1].split()
        for name, born in births().items():
            full = name.split()
            same = full == words or words in ([full[0]], [full[-1]])
            if same and name in text:
                yield Span(*hit.span()), born


@cache
def load_lifespans(lexicon: Lexicon) -> Index:
    """Return the table of names with their days; a year stands for its first day."""
    found = []
    for kind, first, last, names in lexicon.tables["times.lifespans"]:
        begun = date.fromisoformat((first + "-01-01")[:10])
        gone = None if last == OPEN else date.fromisoformat((last + "-01-01")[:10])
        found.append(Called(tuple(names.split("|")), kind, begun, gone))
    return Index.of(found)


def in_their_days(text: str, lexicon: Lexicon) -> Iterator[Evidence]:
    """A name has its days: no report uses it before, nor has it act when gone."""
    low = text.lower()
    for one in load_lifespans(lexicon).likely(low):
        if not (hit := one.search(low)):
            continue
        span = Span(*hit.span())
        if one.first > UNKNOWN:
            yield dated_since(one.first, "times.dating.name.v1", span)
        if one.last is None:
            continue
        if one.kind == TITLE:
            if is_held_season(one, low, lexicon, hit):
                yield dated_until(one.last, "times.dating.name.gone.v1", span)
        elif is_told_as_active(one, low, lexicon):
            last = add_days(one.last, GOING) or one.last
            yield dated_until(last, "times.dating.name.gone.v1", span)


def is_held_season(one: Called, low: str, lexicon: Lexicon, hit: Hit) -> bool:
    """Whether a title of a season is told as held, not as history.

    "Former nominee" and "the 2004 nominee" are history, and so is what is told "in
    2012": reports do not name their own year.
    """
    near = low[max(0, hit.start() - YEAR_NEAR) : hit.end() + YEAR_NEAR]
    years = {in_year[1] for in_year in lexicon.patterns["times.in-year"].finditer(near)}
    named_year = one.last is not None and str(one.last.year) in years
    head = low[max(0, hit.start() - AROUND) : hit.start()]
    return not (named_year or lexicon.patterns["times.passed"].search(head))


def is_told_as_active(one: Called, low: str, lexicon: Lexicon) -> bool:
    """Whether something is told as there: it says, does; nothing tells it gone."""
    gone, there = lexicon.patterns["times.gone"], lexicon.patterns["times.still-there"]
    hits = list(islice(one.names.finditer(low), MOST))
    about = (low[max(0, h.start() - AROUND) : h.end() + AROUND] for h in hits)
    if any(gone.search(words) for words in about):
        return False
    return any(there.match(low[h.end() : h.end() + AROUND]) for h in hits)


@cache
def load_happenings() -> Index:
    """Return the happenings of the knowledge base whose days are known."""
    return Index.of(
        Called(
            tuple(map(str.lower, dated.names)), dated.kind, dated.first, dated.last or dated.first
        )
        for dated in base().dated()
        if dated.precision == "day"
    )


def happened(text: str, lexicon: Lexicon, times: tuple[Timex, ...]) -> Iterator[Evidence]:
    """A happening whose days are known, told as past: the report comes after it."""
    low = text.lower()
    some = load_happenings().likely(low)
    found = [(one, hit) for one in some if (hit := one.search(low))]
    found = [(one, hit) for one, hit in found if not is_still_ahead(low, lexicon, hit)]
    starts = [timex.span.start for timex in times]
    yield from cluster(found)
    for one, hit in found:
        if one.kind not in FORETOLD:
            yield dated_since(one.first, "times.dating.happening.v2", Span(*hit.span()))
        # news told "two weeks after" it is of that day, unless years went by
        for at in one.names.finditer(low, hit.start()):
            head = low[max(0, at.start() - BEHIND) : at.start()]
            if after := lexicon.patterns["times.so-long-after"].search(head):
                yield from back_from(one, after, Span(*at.span()), lexicon)
        named = islice(mentions_of_happening(low, lexicon, hit, found), MOST)
        own = f"XXXX-{one.first:%m-%d}"
        near = {
            n
            for at in named
            for n in times_around(starts, at)
            if near_by(low, lexicon, times[n].span, at)
        }
        if len(found) <= FEW:
            near |= {n for n, timex in enumerate(times) if timex.value == own}
        # "Sept. 11", which goes by its day, is no day of this year
        numbers = re.findall(r"\d+", " ".join(one.called))
        called = str(one.first.day) in numbers
        for timex in (times[n] for n in sorted(near)):
            if not (called and timex.value == own):
                yield from evidence_beside_happening(one, timex, text, lexicon)


def times_around(starts: Sequence[int], at: Span) -> range:
    """Return the numbers of the times that start near a span; starts are in order.

    >>> times_around([10, 900, 1000], Span(950, 960))
    range(1, 3)
    """
    low = bisect_right(starts, at.start - NEAR)
    return range(low, bisect_left(starts, at.start + NEAR))


def is_still_ahead(low: str, lexicon: Lexicon, hit: Hit) -> bool:
    """Whether a happening is told as one still to come: "before the Alaska summit"."""
    head = low[max(0, hit.start() - AHEAD) : hit.start()]
    return bool(lexicon.patterns["times.foretold"].search(head))


def cluster(found: list[tuple[Called, Hit]]) -> Iterator[Evidence]:
    """The newest two happenings that are named lie close: both are still news."""
    newest = sorted(found, key=lambda each: each[0].first)[-2:]
    if len(newest) == 1 + 1:
        (one, _), (two, hit) = newest
        gap = (two.first - one.first).days
        if 1 < gap < CLOSE and two.first == two.last:
            days = (two.first, add_days(two.first, YEAR_AFTER) or two.first)
            why = Why("times.dating.happening.cluster.v1", Span(*hit.span()))
            yield Evidence((days,), why)


def mentions_of_happening(
    low: str, lexicon: Lexicon, hit: Hit, found: list[tuple[Called, Hit]]
) -> Iterator[Span]:
    """Yield where a happening is named, then where its head alone names it again."""
    yield Span(*hit.span())
    head = lexicon.patterns["times.happening"].search(hit[0])
    if head is None or sum(head[0] in other[0] for _, other in found) > 1:
        return
    the = "|".join(map(re.escape, lexicon.words["times.the"]))
    for again in re.finditer(rf"\b(?:{the}) {head[0]}\b", low[hit.end() :]):
        yield Span(hit.end() + again.start(), hit.end() + again.end())


def near_by(low: str, lexicon: Lexicon, a: Span, b: Span) -> bool:
    """Whether two spans stand near each other with no full stop between them."""
    if abs(a.start - b.start) >= NEAR:
        return False
    between = low[min(a.end, b.end) : max(a.start, b.start)]
    whole = lexicon.patterns["times.cut-short"].sub("", between)
    return not re.search(r"[.!?]\s", whole)


def evidence_beside_happening(
    one: Called, timex: Timex, text: str, lexicon: Lexicon
) -> Iterator[Evidence]:
    """Yield what a time beside a known happening says of the report's day."""
    words, patterns, span = timex.span.of(text), lexicon.patterns, timex.span
    if hit := re.fullmatch(r"XXXX-(\d\d)-(\d\d)", timex.value):
        if (int(hit[1]), int(hit[2])) == (one.first.month, one.first.day):
            days = (one.first, add_days(one.first, YEAR_AFTER) or one.first)
            yield Evidence((days,), Why("times.dating.happening.day.v1", span))
    elif hit := patterns["times.last-unit"].fullmatch(words):
        rule, month = "times.dating.happening.last.v1", one.first.replace(day=1)
        if timex.value == f"XXXX-{month:%m}":  # "last June" is the June of it
            after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
            if end := add_days(after, 333):
                yield Evidence(((after, end),), Why(rule, span))
        elif lexicon.senses["times.unit"].get(hit[1].lower()) == "Y":
            yield dated_in(one.first.year + 1, rule, span)
    elif hit := patterns["times.ago"].search(words):
        yield from back_from(one, hit, span, lexicon)


def back_from(one: Called, hit: Hit, span: Span, lexicon: Lexicon) -> Iterator[Evidence]:
    """Yield the days from which a happening lies so many units back."""
    word, unit = hit[1].lower(), lexicon.senses["times.unit"][hit[2].lower()]
    if word in lexicon.words["times.or-one"]:
        count = 1
    elif word.isdigit():
        count = int(word)
    else:
        count = load_number_words(lexicon).small.get(word, 0)
        count = count if count <= LARGEST else 0
    if not count or one.first != one.last:
        return
    middle = add_days(one.first, count * LENGTH[unit] + count * (unit == "Y") // 4)
    slack = timedelta(days=ROUND[unit])
    nearly = hit.string.lower().startswith(tuple(lexicon.words["times.nearly"]))
    if middle:
        days = (middle - slack, middle + (timedelta(0) if nearly else slack))
        yield Evidence((days,), Why("times.dating.happening.ago.v1", span))
