"""States, bodies, firms and things that have a name from one day to another."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from dateline.model import Span
from dateline.times.grains import add_days
from dateline.times.window import Evidence, since, until

TITLE = "title"  # of somebody for a season: no report uses it later
YEAR_NEAR = 120  # characters about a title in which its year makes it history
MOST, AROUND, SLACK = 20, 70, 60
ACTS = re.compile(
    r"(?: \w+){0,3} (?:said|says|will|has|have|is|are|plans?|expects?|analysts?|shares"
    r"|spokes\w+|officials?|officers?|inc\.?|co\.?|corp\.?)\b"
)
PASSED = re.compile(
    r"(?:\b(?:former|then|past|previous|losing|defeated)|\d{4}|-time) (?:\w+ )?$"
)
GONE = re.compile(
    r"\b(?:former\w*|late|then|old|ex|once|collapse\w*|fall|break-?up|broke|end|ended"
    r"|defunct|bankrupt\w*|merge[dr]\w*|since|was|were|had|cold war|era|years?)\b"
)
WORD = re.compile(r"\w+")
OPEN, UNKNOWN = "-", date(1960, 1, 1)


@dataclass(frozen=True, slots=True)
class Named:
    """A kind of thing, the days on which its names fit it, and those names."""

    kind: str
    first: date
    last: date | None
    called: tuple[str, ...]

    @property
    def names(self) -> re.Pattern[str]:
        """Return a pattern for any of its names, made when first asked for."""
        return whole_words(self.called)

    def search(self, low: str) -> re.Match[str] | None:
        """Return where a text in small letters names it first."""
        return self.names.search(low) if any(n in low for n in self.called) else None


@cache
def whole_words(names: tuple[str, ...]) -> re.Pattern[str]:
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
def index() -> dict[str, tuple[int, ...]]:
    """Return where in the table names with each word stand."""
    return by_word(one.called for one in named())


@cache
def named() -> tuple[Named, ...]:
    """Return the table of names with their days."""
    rows = (files("dateline.times") / "lifespans.tsv").read_text("utf-8").splitlines()
    parts = (row.split("\t") for row in rows if not row.startswith("# "))
    return tuple(row(*each) for each in parts)


def row(kind: str, first: str, last: str, names: str) -> Named:
    """Return a row of the table; a year or a month stands for its first day."""
    called = tuple(names.split("|"))
    end = None if last == OPEN else whole(last)
    return Named(kind, whole(first), end, called)


def whole(told: str) -> date:
    """Return a day from a day, a month or a year."""
    return date.fromisoformat((told + "-01-01")[:10])


def in_their_days(text: str) -> Iterator[Evidence]:
    """A name has its days: no report uses it before, nor has it act when gone."""
    low = text.lower()
    for one in map(named().__getitem__, likely(index(), low)):
        if hit := one.search(low):
            span = Span(*hit.span())
            if one.first > UNKNOWN:
                yield since(one.first, "times.dating.name.v1", span)
            if one.last and (
                titled(one, low, hit) if one.kind == TITLE else acts(one, low)
            ):
                last = add_days(one.last, 0 if one.kind == TITLE else SLACK) or one.last
                yield until(last, "times.dating.name.gone.v1", span)


def titled(one: Named, low: str, hit: re.Match[str]) -> bool:
    """Whether a title of a season is told as held, not as history.

    "Former nominee" and "the 2004 nominee" are history, and so is what is told "in
    2012": reports do not name their own year.
    """
    near = low[max(0, hit.start() - YEAR_NEAR) : hit.end() + YEAR_NEAR]
    named_year = one.last and re.search(rf"\bin {one.last.year}\b", near)
    passed = PASSED.search(low[max(0, hit.start() - AROUND) : hit.start()])
    return not (named_year or passed)


def acts(one: Named, low: str) -> bool:
    """Whether something is told as there: it says, does; nothing tells it gone."""
    hits = list(one.names.finditer(low))[:MOST]
    if any(
        GONE.search(low[max(0, h.start() - AROUND) : h.end() + AROUND]) for h in hits
    ):
        return False
    return any(ACTS.match(low[h.end() : h.end() + AROUND]) for h in hits)
