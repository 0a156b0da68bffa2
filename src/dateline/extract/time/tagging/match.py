"""Words that the grammar has matched, and what its readers may ask of them.

Among that is whether the words around a time speak of the past or of what is to come.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from dateline.extract.time.grains import timex_interval
from dateline.extract.time.tagging.words import Words
from dateline.model import Lexicon

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
NEAR = 600  # characters back to the time that "a year earlier" is counted from
FARTHEST = 30  # words looked at on each side
ENDS = frozenset(".!?;¶")
SHORT = 3  # letters of a word that only looks like one in the past: "red"


class Value(NamedTuple):
    """What a reader makes of a match: type, TIMEX3 value and other possible values."""

    kind: Kind
    value: str
    others: tuple[str, ...] = ()


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
        ahead = bool(days and self.today and days[0] > self.today)
        if "-Q" in value and value[0].isdigit() and not ahead:
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

    def has(self, *letters: str) -> bool:
        """Whether one of the words has one of these letters."""
        return any(letter in self.letters for letter in letters)

    def value(self, *letters: str) -> str:
        """Return the value of the first word with one of these letters, "" if none."""
        for at in range(self.first, self.last):
            if self.words.letters[at] in letters:
                return self.words.values[at]
        return ""

    def values(self, letter: str) -> tuple[str, ...]:
        """Return the values of all words with this letter."""
        pairs = zip(self.letters, self.words.values[self.first : self.last], strict=True)
        return tuple(value for kind, value in pairs if kind == letter)

    def number(self, *letters: str) -> int:
        """Return the number of the first word with one of these letters, else 0."""
        found = self.value(*letters).removesuffix(".0")
        return int(found) if found.isascii() and found.isdigit() else 0

    def step(self, *letters: str) -> int:
        """Return the units on that a word of these letters tells ("last": -1), or 0."""
        return int(self.value(*letters) or 0)

    def lean(self) -> int:
        """Return 1 where the words around speak of what is to come, -1 of the past."""
        return nearest_verb_lean(self.words, self.first, self.last)

    def hint(self) -> int:
        """Return the direction that the preposition before a time tells."""
        word = self.before()
        if word in self.listed("times.no-later"):
            return 1
        return -1 if word in self.listed("times.since") else 0

    def listed(self, name: str) -> frozenset[str]:
        """Return a class of words of the text's language."""
        return self.words.listed(name)

    def before(self) -> str:
        """Return the word before the match, in small letters."""
        return self.words.lower[self.first - 1] if self.first else ""

    def after(self, on: int = 0) -> str:
        """Return the word `on` words after the match, in small letters."""
        at = self.last + on
        return self.words.lower[at] if at < len(self.words.lower) else ""

    def spelling(self, at: int) -> str:
        """Return word `at` as the text spells it."""
        words = self.words
        if at >= len(words.ends):
            return ""
        return words.text[words.starts[at] : words.ends[at]]


@cache
def direction_cues(lexicon: Lexicon) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the words that tell a direction (1 ahead, -1 back), and past endings."""
    ahead = dict.fromkeys(lexicon.words["times.cue-ahead"], 1)
    past = dict.fromkeys(lexicon.words["times.cue-past"], -1)
    return ahead | past, tuple(lexicon.words["times.past-ending"])


def nearest_verb_lean(words: Words, first: int, last: int) -> int:
    """Return 1 where the nearest verb looks ahead, -1 where it looks back, else 0.

    The verb before a time decides; the verb after it only where none stands before.

    >>> from dateline.resources import plugins
    >>> from dateline.extract.time.tagging.words import cut_into_words
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> nearest_verb_lean(cut_into_words("They will meet on Tuesday", english), 4, 5)
    1
    """
    return verb_lean_before(words, first) or verb_lean_after(words, last)


def verb_lean_before(words: Words, first: int) -> int:
    """Return the direction of the nearest verb before word `first`."""
    to, infinitive = False, words.listed("times.to")
    for at in range(first - 1, max(-1, first - FARTHEST), -1):
        if words.letters[at] in ENDS:
            break
        to = to or words.lower[at] in infinitive
        if direction := word_direction(words, at, to):
            return direction
    return 0


def verb_lean_after(words: Words, last: int) -> int:
    """Return the direction of the first verb from word `last` on."""
    for at in range(last, min(len(words.lower), last + FARTHEST)):
        if words.letters[at] in ENDS:
            break
        if direction := word_direction(words, at, to=False):
            return direction
    return 0


def word_direction(words: Words, at: int, to: bool) -> int:
    """Return the direction that one word tells; `to`: an infinitive hangs on it."""
    low, (cues, endings) = words.lower[at], direction_cues(words.lexicon)
    if to and low in words.listed("times.plan"):
        return 1
    if known := cues.get(low, 0):
        to_do = not words.listed("times.to").isdisjoint(words.lower[at + 1 : at + 2])
        before = " ".join(words.lower[max(0, at - 2) : at])
        if words.letters[at] == "M":  # "may" is none where it is the month
            known = 0
        elif low in words.listed("times.was") and to_do:
            known = 1  # "was to travel"
        elif known > 0 and before in words.listed("times.had-been"):
            known = -1  # "had been going to"
        return known
    past = low.endswith(endings) and len(low) > SHORT
    if not past or low in words.listed("times.not-past"):
        return 0
    return 1 if at and words.lower[at - 1] in words.listed("times.be") else -1
