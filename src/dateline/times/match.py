"""Words that the grammar has matched, and what its readers may ask of them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from dateline.times.grains import timex_interval
from dateline.times.tense import nearest_verb_lean
from dateline.times.words import Words

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
NEAR = (
    600  # characters within which a time told before is what "a year earlier" is from
)


class Value(NamedTuple):
    """What a reader makes of a match: type, TIMEX3 value and other possible values."""

    kind: Kind
    value: str
    others: tuple[str, ...] = ()


def begins_after_report(value: str, today: date | None) -> bool:
    """Whether a time begins after the report's day."""
    days = timex_interval(value)
    return bool(days and today and days[0] > today)


@dataclass(slots=True)
class Told:
    """The times told so far in a text: the last, the last day, the latest quarter."""

    last: str = ""
    at: int = -NEAR
    day: date | None = None
    quarter: str = ""
    today: date | None = None

    def note(self, value: str, at: int) -> None:
        """Remember a date that has just been told at character `at`."""
        self.last, self.at = value, at
        days = timex_interval(value)
        if days and days[0] == days[1]:
            self.day = days[0]
        if (
            "-Q" in value
            and value[0].isdigit()
            and not begins_after_report(value, self.today)
        ):
            self.quarter = max(self.quarter, value)


@dataclass(frozen=True, slots=True)
class Match:
    """Words `first` up to `last` of a text, of a report of `day` (None: unknown)."""

    words: Words
    first: int
    last: int
    day: date | None
    told: Told

    @property
    def letters(self) -> str:
        """The letters of the words matched."""
        return self.words.letters[self.first : self.last]

    def has(self, letter: str) -> bool:
        """Whether one of the words has this letter."""
        return letter in self.letters

    def value(self, *letters: str) -> str:
        """Return the value of the first word with one of these letters, "" if none."""
        for at in range(self.first, self.last):
            if self.words.letters[at] in letters:
                return self.words.values[at]
        return ""

    def values(self, letter: str) -> tuple[str, ...]:
        """Return the values of all words with this letter."""
        pairs = zip(
            self.letters, self.words.values[self.first : self.last], strict=True
        )
        return tuple(value for kind, value in pairs if kind == letter)

    def number(self, *letters: str) -> int:
        """Return the number of the first word with one of these letters, else 0."""
        found = self.value(*letters).removesuffix(".0")
        return int(found) if found.isascii() and found.isdigit() else 0

    def lean(self) -> int:
        """Return 1 where the words around speak of what is to come, -1 of the past."""
        return nearest_verb_lean(self.words, self.first, self.last)

    def listed(self, name: str) -> frozenset[str]:
        """Return a class of words of the text's language."""
        return self.words.listed(name)

    def before(self, back: int = 1) -> str:
        """Return the word `back` words before the match, in small letters."""
        at = self.first - back
        return self.words.lower[at] if at >= 0 else ""

    def after(self, on: int = 0) -> str:
        """Return the word `on` words after the match, in small letters."""
        at = self.last + on
        return self.words.lower[at] if at < len(self.words.lower) else ""

    def spelling(self, at: int) -> str:
        """Return word `at` as the text spells it."""
        words = self.words
        return (
            words.text[words.starts[at] : words.ends[at]]
            if at < len(words.ends)
            else ""
        )

    def near_quarter(self) -> str:
        """Return the quarter that the text has just spoken of, "" if none."""
        near = self.words.starts[self.first] - self.told.at < NEAR
        return self.told.quarter if near and "-Q" in self.told.last else ""
