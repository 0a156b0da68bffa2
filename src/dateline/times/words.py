"""A text cut into words, each with a letter for the part it can play in a time.

The grammar then matches patterns over the string of letters, so no pattern ever sees
the text itself and none can run away on hostile input.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from dateline.times.numerals import SCALES, SMALL, TENS, figures, is_number_word, spoken

WORD = re.compile(
    r"[aApP]\.\s?[mM]\b\.?|[^\W\d_]\w*|[^\w\s'’`,.;/-]{1,200}"
    r"|(?<![\d.])\d{1,2}\.\d{1,2}\.\d{4}(?!\.?\d)"
    r"|\d{1,4}[/-]\d{1,2}[/-]\d{1,4}(?:T\d{2}:\d{2})?(?!\d)|\d{1,2}:\d{2}(?::\d{2})?"
    r"|\d{3}0['’]?s\b|\d{1,2}(?:st|nd|rd|th)\b"
    r"|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?|\d{1,9}(?:\.\d{1,9})?(?: 1/2|½)?"
    r"|['’`]\d\ds?\b|['’]s\b|-{2,200}|\n[ \t\r]*\n|[^\w\s]"
)
SHORT, WHOLE = len("sept"), ("may", "june", "july")
WEEKDAYS = {
    "mon": "1", "tue": "2", "tues": "2", "wed": "3", "weds": "3", "thu": "4",
    "thur": "4", "thurs": "4", "fri": "5", "sat": "6", "sun": "7",
}  # fmt: skip
MARKS = {
    "-": "-", "–": "-", "‐": "-", "—": "_", ",": ",", ".": ".", "/": "/", ";": ";",
    "!": "!", "?": "?", "'s": "'", "’s": "'", "'": "'", "’": "'", "(": "(", ")": ")",
    "$": "$", "£": "$", "€": "$", "#": "$", "%": "°", ":": ":",
}  # fmt: skip
OTHER = "x"
SHAPED = WEEKDAYS.keys() | SMALL.keys() | TENS.keys() | SCALES.keys()
Raw = list[tuple[int, int, str]]
Read = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text in order: where each lies, what it says, its letter."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lower: tuple[str, ...]
    values: tuple[str, ...]
    letters: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or a phrase of the vocabulary."""

    rest: tuple[str, ...]
    letter: str
    value: str


@cache
def vocabulary() -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases that begin with each word, longest first."""
    found: dict[str, list[Phrase]] = {}
    rows = (files("dateline.times") / "vocabulary.tsv").read_text("utf-8").splitlines()
    for row in rows:
        if not row or row.startswith("# "):
            continue
        letter, value, words = row.split("\t")
        for entry in words.split():
            first, *rest = re.findall(r"[ap]\.m\.|'s|\w+|-", entry.replace("_", " "))
            found.setdefault(first, []).append(Phrase(tuple(rest), letter, value))
    return {
        word: tuple(sorted(phrases, key=lambda p: -len(p.rest)))
        for word, phrases in found.items()
    }


@lru_cache(maxsize=2)  # the day of a report and the times in it are read one by one
def cut(text: str) -> Words:
    """Cut a text into words and give each its letter.

    >>> cut("She left on Tuesday, Jan. 8.").letters
    'xxxW,Mn.'
    """
    raw = [(hit.start(), hit.end(), hit[0]) for hit in WORD.finditer(text)]
    lower = [word.lower() for _, _, word in raw]
    known = vocabulary()
    starts, ends, lows, values = list[int](), list[int](), list[str](), list[str]()
    letters: list[str] = []
    at = 0
    while at < len(raw):
        low = lower[at]
        phrases = known.get(low)
        letter, value, used = OTHER, low, 1
        if phrases:
            letter, value, used = phrase(phrases, raw, lower, at)
        if letter == OTHER and (low in SHAPED or not low.isalpha()):
            letter, value, used = shape(raw, lower, at)
        starts.append(raw[at][0])
        ends.append(raw[at + used - 1][1])
        lows.append(low)
        values.append(value)
        letters.append(letter)
        at += used
    return Words(
        text, tuple(starts), tuple(ends), tuple(lows), tuple(values), "".join(letters)
    )


def phrase(phrases: tuple[Phrase, ...], raw: Raw, lower: list[str], at: int) -> Read:
    """Return the letter, value and number of words of the longest phrase here."""
    for one in phrases:
        size = len(one.rest)
        if size and tuple(lower[at + 1 : at + 1 + size]) != one.rest:
            continue
        if one.letter == "M":
            return month(one.value, raw, at)
        if one.letter == "W" and raw[at][2][0].islower():
            break
        return one.letter, one.value, 1 + size
    return OTHER, lower[at], 1


def month(value: str, raw: Raw, at: int) -> Read:
    """Read a month's name or abbreviation; names in small letters are no months."""
    word = raw[at][2]
    if word[0].islower():
        return OTHER, word, 1
    dotted = (
        len(word) <= SHORT
        and word.lower() not in WHOLE
        and at + 1 < len(raw)
        and raw[at + 1][2] == "."
        and raw[at + 1][0] == raw[at][1]
    )
    return "M", value, 2 if dotted else 1


def shape(raw: Raw, lower: list[str], at: int) -> Read:
    """Read a word by its shape: numbers, years, clock times, dates in figures."""
    word, low = raw[at][2], lower[at]
    if word[0].isdigit():
        return figures(word)
    if word[0] == "\n" or low in MARKS or word[0] in MARKS and not low[1:2].isalnum():
        return MARKS.get(low) or mark(low), low, 1
    if word[0] in "'’`" and len(word) > 1:
        return ("C", "19" + word[1], 1) if word.endswith("s") else ("y", word[1:], 1)
    if is_number_word(low):
        return spoken(lower, at)
    if low in WEEKDAYS:
        return weekday(raw, low, at)
    clock = low[:1] in ("a", "p") and "." in low
    return ("m", low[0].upper() + "M", 1) if clock else (OTHER, low, 1)


def mark(run: str) -> str:
    """Return the letter of a run of marks: money, a stop, else its first."""
    if run[0] == "\n":
        return "¶"
    told = next((c for c in run if c in "$£€!?"), run[0])
    return "_" if run.startswith("--") else MARKS.get(told, OTHER)


def weekday(raw: Raw, low: str, at: int) -> Read:
    """Read an abbreviated weekday: it needs its full stop ("Tues.")."""
    after = raw[at + 1 : at + 3]
    if raw[at][2][0].islower() or not after or after[0][:1] != (raw[at][1],):
        return OTHER, low, 1
    numbered = len(after) > 1 and after[1][2][0].isdigit()
    if after[0][2] == "." and (numbered or low not in ("sat", "sun", "wed")):
        return "W", WEEKDAYS[low], 2
    return OTHER, low, 1
