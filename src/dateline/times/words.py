"""A text cut into words, each with a letter for the part it can play in a time.

The grammar then matches patterns over the string of letters, so no pattern ever sees
the text itself and none can run away on hostile input.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dateline.model import Lexicon
from dateline.times.numerals import load_number_words, read_figures, read_spoken_number

MARKS = {
    "-": "-", "–": "-", "‐": "-", "—": "_", ",": ",", ".": ".", "/": "/", ";": ";",
    "!": "!", "?": "?", "'": "'", "’": "'", "(": "(", ")": ")",
    "$": "$", "£": "$", "€": "$", "#": "$", "%": "°", ":": ":",
}  # fmt: skip
OTHER = "x"
Raw = list[tuple[int, int, str]]
Read = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text in order: where each lies, what it says, its letter."""

    text: str
    lexicon: Lexicon
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    lower: tuple[str, ...]
    values: tuple[str, ...]
    letters: str

    def listed(self, name: str) -> frozenset[str]:
        """Return a class of words of the text's language."""
        return self.lexicon.words[name]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or a phrase of the vocabulary."""

    rest: tuple[str, ...]
    letter: str
    value: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a language has for times: phrases by their first words, numbers, weekdays.

    `shaped` are words that are read by their shape, as numbers are.
    """

    lexicon: Lexicon
    phrases: Mapping[str, tuple[Phrase, ...]]
    shaped: frozenset[str]


@cache
def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """Return what a language has for times."""
    numbered, weekdays = load_number_words(lexicon), lexicon.senses["times.weekday"]
    shaped = frozenset((*numbered.small, *numbered.tens, *numbered.scales, *weekdays))
    return Vocabulary(lexicon, time_phrases(lexicon), shaped)


def time_phrases(lexicon: Lexicon) -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases that begin with each word, longest first."""
    found: dict[str, list[Phrase]] = {}
    parts = lexicon.patterns["times.phrase"]
    for letter, value, words in lexicon.tables["times.vocabulary"]:
        for entry in words.split():
            if told := parts.findall(entry.replace("_", " ")):
                one = Phrase(tuple(told[1:]), letter, value)
                found.setdefault(told[0], []).append(one)
    return {
        word: tuple(sorted(some, key=lambda p: -len(p.rest)))
        for word, some in found.items()
    }


def cut_into_words(text: str, lexicon: Lexicon) -> Words:
    """Cut a text into words and give each its letter.

    >>> from dateline import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> cut_into_words("She left on Tuesday, Jan. 8.", english).letters
    'xxxW,Mn.'
    """
    every = lexicon.patterns["times.word"].finditer(text)
    raw = [(hit.start(), hit.end(), hit[0]) for hit in every]
    lower = [word.lower() for _, _, word in raw]
    known = vocabulary(lexicon)
    starts, ends, lows, values = list[int](), list[int](), list[str](), list[str]()
    letters: list[str] = []
    at = 0
    while at < len(raw):
        low = lower[at]
        letter, value, used = OTHER, low, 1
        if low in known.phrases:
            letter, value, used = longest_time_phrase(known, raw, lower, at)
        if letter == OTHER and (low in known.shaped or not low.isalpha()):
            letter, value, used = shape(lexicon, raw, lower, at)
        starts.append(raw[at][0])
        ends.append(raw[at + used - 1][1])
        lows.append(low)
        values.append(value)
        letters.append(letter)
        at += used
    spans = tuple(starts), tuple(ends)
    return Words(text, lexicon, *spans, tuple(lows), tuple(values), "".join(letters))


def longest_time_phrase(known: Vocabulary, raw: Raw, lower: list[str], at: int) -> Read:
    """Return the letter, value and number of words of the longest phrase here."""
    for one in known.phrases[lower[at]]:
        size = len(one.rest)
        if size and tuple(lower[at + 1 : at + 1 + size]) != one.rest:
            continue
        if one.letter == "M":
            return month(known.lexicon, one.value, raw, at)
        if one.letter == "W" and raw[at][2][0].islower():
            break
        return one.letter, one.value, 1 + size
    return OTHER, lower[at], 1


def month(lexicon: Lexicon, value: str, raw: Raw, at: int) -> Read:
    """Read a month's name or abbreviation; names in small letters are no months."""
    word = raw[at][2]
    if word[0].islower():
        return OTHER, word, 1
    dotted = (
        word.lower() in lexicon.words["times.month-cut"]
        and at + 1 < len(raw)
        and raw[at + 1][2] == "."
        and raw[at + 1][0] == raw[at][1]
    )
    return "M", value, 2 if dotted else 1


def shape(lexicon: Lexicon, raw: Raw, lower: list[str], at: int) -> Read:
    """Read a word by its shape: numbers, years, clock times, dates in figures."""
    word, low = raw[at][2], lower[at]
    if word[0].isdigit():
        return read_figures(word, lexicon)
    if word[0] == "\n" or low in MARKS or word[0] in MARKS and not low[1:2].isalnum():
        return MARKS.get(low) or letter_of_mark(low), low, 1
    if word[0] in "'’`" and len(word) > 1:
        year = word[1:].isdigit()
        return ("y", word[1:], 1) if year else ("C", "19" + word[1], 1)
    if low in load_number_words(lexicon):
        return read_spoken_number(lower, at, lexicon)
    if low in lexicon.senses["times.weekday"]:
        return abbreviated_weekday(lexicon, raw, low, at)
    half = lexicon.senses["times.half-day"].get(low[:1]) if "." in low else None
    return ("m", half, 1) if half else (OTHER, low, 1)


def letter_of_mark(run: str) -> str:
    """Return the letter of a run of marks: money, a stop, else its first."""
    if run[0] == "\n":
        return "¶"
    told = next((c for c in run if c in "$£€!?"), run[0])
    return "_" if run.startswith("--") else MARKS.get(told, OTHER)


def abbreviated_weekday(lexicon: Lexicon, raw: Raw, low: str, at: int) -> Read:
    """Read an abbreviated weekday: it needs its full stop ("Tues.")."""
    after = raw[at + 1 : at + 3]
    if raw[at][2][0].islower() or not after or after[0][:1] != (raw[at][1],):
        return OTHER, low, 1
    numbered = len(after) > 1 and after[1][2][0].isdigit()
    sure = numbered or low not in lexicon.words["times.weekday-or-word"]
    if after[0][2] == "." and sure:
        return "W", lexicon.senses["times.weekday"][low], 2
    return OTHER, low, 1
