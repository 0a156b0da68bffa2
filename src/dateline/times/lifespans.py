"""States, bodies, firms and things that have a name from one day to another."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from dateline.model import Lexicon, Span
from dateline.times.grains import add_days
from dateline.times.window import Evidence, dated_since, dated_until

TITLE = "title"  # of somebody for a season: no report uses it later
YEAR_NEAR = 120  # characters about a title in which its year makes it history
MOST, AROUND, SLACK = 20, 70, 60
WORD = re.compile(r"\w+")
OPEN, UNKNOWN = "-", date(1960, 1, 1)


@dataclass(frozen=True, slots=True)
class Called:
    """Something by the names that it goes by."""

    called: tuple[str, ...]

    @property
    def names(self) -> re.Pattern[str]:
        """Return a pattern for any of its names, made when first asked for."""
        return whole_words_pattern(self.called)

    def search(self, low: str) -> re.Match[str] | None:
        """Return where a text in small letters names it first.

        >>> Called(("kyiv", "kiev")).search("in chickiev and kiev")[0]
        'kiev'
        """
        places = [at for name in self.called if (at := low.find(name.lower())) >= 0]
        return self.names.search(low, min(places)) if places else None


@dataclass(frozen=True, slots=True)
class Named(Called):
    """A kind of thing, the days on which its names fit it, and those names."""

    kind: str
    first: date
    last: date | None


@cache
def whole_words_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for any of some names, in small letters, as whole words."""
    every = "|".join(re.escape(name.lower()) for name in names if name)
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)")


def by_word(every: Iterable[Sequence[str]]) -> dict[str, tuple[int, ...]]:
    """Return the places, in a list of names of things, of each name's longest word."""
    found: dict[str, list[int]] = {}
    for n, names in enumerate(every):
        for name in names:
            longest = max(WORD.findall(name.lower()), key=len)
            found.setdefault(longest, []).append(n)
    return {word: tuple(places) for word, places in found.items()}


def likely(index: Mapping[str, tuple[int, ...]], low: str) -> list[int]:
    """Return the places of the things that a text in small letters may name."""
    words = index.keys() & set(WORD.findall(low))
    return sorted({n for word in words for n in index[word]})


@cache
def index_lifespans(lexicon: Lexicon) -> dict[str, tuple[int, ...]]:
    """Return where in the table names with each word stand."""
    return by_word(one.called for one in load_lifespans(lexicon))


@cache
def load_lifespans(lexicon: Lexicon) -> tuple[Named, ...]:
    """Return the table of names with their days."""
    return tuple(lifespan_row(*each) for each in lexicon.tables["times.lifespans"])


def lifespan_row(kind: str, first: str, last: str, names: str) -> Named:
    """Return a row of the table; a year or a month stands for its first day."""
    called = tuple(names.split("|"))
    end = None if last == OPEN else day_of_partial_date(last)
    return Named(called, kind, day_of_partial_date(first), end)


def day_of_partial_date(told: str) -> date:
    """Return a day from a day, a month or a year."""
    return date.fromisoformat((told + "-01-01")[:10])


def in_their_days(text: str, lexicon: Lexicon) -> Iterator[Evidence]:
    """A name has its days: no report uses it before, nor has it act when gone."""
    low = text.lower()
    every = load_lifespans(lexicon)
    for one in (every[n] for n in likely(index_lifespans(lexicon), low)):
        if hit := one.search(low):
            span = Span(*hit.span())
            if one.first > UNKNOWN:
                yield dated_since(one.first, "times.dating.name.v1", span)
            title = one.kind == TITLE
            if one.last and (
                is_held_season(one, low, lexicon, hit)
                if title
                else is_told_as_active(one, low, lexicon)
            ):
                last = add_days(one.last, 0 if title else SLACK) or one.last
                yield dated_until(last, "times.dating.name.gone.v1", span)


def is_held_season(one: Named, low: str, lexicon: Lexicon, hit: re.Match[str]) -> bool:
    """Whether a title of a season is told as held, not as history.

    "Former nominee" and "the 2004 nominee" are history, and so is what is told "in
    2012": reports do not name their own year.
    """
    near = low[max(0, hit.start() - YEAR_NEAR) : hit.end() + YEAR_NEAR]
    years = {in_year[1] for in_year in lexicon.patterns["times.in-year"].finditer(near)}
    named_year = one.last is not None and str(one.last.year) in years
    head = low[max(0, hit.start() - AROUND) : hit.start()]
    return not (named_year or lexicon.patterns["times.passed"].search(head))


def is_told_as_active(one: Named, low: str, lexicon: Lexicon) -> bool:
    """Whether something is told as there: it says, does; nothing tells it gone."""
    gone, there = lexicon.patterns["times.gone"], lexicon.patterns["times.still-there"]
    hits = list(islice(one.names.finditer(low), MOST))
    if any(
        gone.search(low[max(0, h.start() - AROUND) : h.end() + AROUND]) for h in hits
    ):
        return False
    return any(there.match(low[h.end() : h.end() + AROUND]) for h in hits)
