"""A text cut into words, each with a letter for the part it can play in a time.

The grammar then matches patterns over the string of letters, so no pattern ever sees
the text itself and none can run away on hostile input. Numbers, years and clock times
are read here, in figures or in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dateline.model import Lexicon

MARKS = {
    "-": "-", "–": "-", "‐": "-", "—": "_", ",": ",", ".": ".", "/": "/", ";": ";",
    "!": "!", "?": "?", "'": "'", "’": "'", "(": "(", ")": ")",
    "$": "$", "£": "$", "€": "$", "#": "$", "%": "°", ":": ":",
}  # fmt: skip
OTHER = "x"
LAST_DAY, FIRST_YEAR, LAST_YEAR = 31, 1000, 2199
LONGEST = 8  # words: no number of years or days is spelt longer
CENTURIES = (18, 19)  # those that begin a year
LAST_DIGIT = 9
HUNDRED, THOUSAND = 100, 1000
Raw = list[tuple[int, int, str]]
Read = tuple[str, str, int]
"""What words are read as: a letter, a value, and how many words are used up."""


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
class Numbers:
    """What number words mean: those up to nineteen, the tens, what multiplies."""

    small: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]

    def __contains__(self, word: str) -> bool:
        """Whether a small-letter word counts something."""
        return word in self.small or word in self.tens or word in self.scales

    def below(self, word: str) -> int:
        """Return what a word below a hundred means, else 0."""
        return self.small.get(word, self.tens.get(word, 0))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or a phrase of the vocabulary."""

    rest: tuple[str, ...]
    letter: str
    value: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a language has for times: phrases by their first words, numbers, weekdays.

    The phrases of a word are in order, longest first. `shaped` are words that are read
    by their shape, as numbers are.
    """

    lexicon: Lexicon
    phrases: Mapping[str, tuple[Phrase, ...]]
    shaped: frozenset[str]


@cache
def load_number_words(lexicon: Lexicon) -> Numbers:
    """Return the number words of a language."""
    kinds = ("times.small", "times.tens", "times.scale")
    every = (lexicon.senses[kind] for kind in kinds)
    return Numbers(*({w: int(n) for w, n in told.items()} for told in every))


@cache
def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """Return what a language has for times."""
    found: dict[str, list[Phrase]] = {}
    parts = lexicon.patterns["times.phrase"]
    for letter, value, words in lexicon.tables["times.vocabulary"]:
        for entry in words.split():
            if told := parts.findall(entry.replace("_", " ")):
                one = Phrase(tuple(told[1:]), letter, value)
                found.setdefault(told[0], []).append(one)
    phrases = {
        word: tuple(sorted(some, key=lambda p: -len(p.rest))) for word, some in found.items()
    }
    numbered, weekdays = load_number_words(lexicon), lexicon.senses["times.weekday"]
    shaped = frozenset((*numbered.small, *numbered.tens, *numbered.scales, *weekdays))
    return Vocabulary(lexicon, phrases, shaped)


def cut_into_words(text: str, lexicon: Lexicon) -> Words:
    """Cut a text into words and give each its letter.

    >>> from dateline.resources import plugins
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
            letter, value, used = read_shape(lexicon, raw, lower, at)
        starts.append(raw[at][0])
        ends.append(raw[at + used - 1][1])
        lows.append(low)
        values.append(value)
        letters.append(letter)
        at += used
    spans = tuple(starts), tuple(ends)
    return Words(text, lexicon, *spans, tuple(lows), tuple(values), "".join(letters))


def longest_time_phrase(known: Vocabulary, raw: Raw, lower: list[str], at: int) -> Read:
    """Read the longest phrase here; months and weekdays in small letters are none."""
    for one in known.phrases[lower[at]]:
        size = len(one.rest)
        if size and tuple(lower[at + 1 : at + 1 + size]) != one.rest:
            continue
        if one.letter in ("M", "W") and raw[at][2][0].islower():
            break
        if one.letter == "M":
            dotted = (
                lower[at] in known.lexicon.words["times.month-cut"]
                and at + 1 < len(raw)
                and raw[at + 1][2] == "."
                and raw[at + 1][0] == raw[at][1]
            )
            return "M", one.value, 2 if dotted else 1
        return one.letter, one.value, 1 + size
    return OTHER, lower[at], 1


def read_shape(lexicon: Lexicon, raw: Raw, lower: list[str], at: int) -> Read:
    """Read a word by its shape: numbers, years, clock times, dates in figures."""
    word, low = raw[at][2], lower[at]
    if word[0].isdigit():
        return read_figures(word, lexicon)
    if word[0] == "\n" or low in MARKS or word[0] in MARKS and not low[1:2].isalnum():
        # a run of marks is a dash, money or a stop, else what its first mark is
        first = next((c for c in low if c in "$£€!?"), low[0])
        run = "_" if low.startswith("--") else MARKS.get(first, OTHER)
        return "¶" if word[0] == "\n" else MARKS.get(low, run), low, 1
    if word[0] in "'’`" and len(word) > 1:
        year = word[1:].isdigit()
        return ("y", word[1:], 1) if year else ("C", "19" + word[1], 1)
    if low in load_number_words(lexicon):
        return read_spoken_number(lower, at, lexicon)
    if low in lexicon.senses["times.weekday"]:
        return abbreviated_weekday(lexicon, raw, low, at)
    half = lexicon.senses["times.half-day"].get(low[:1]) if "." in low else None
    return ("m", half, 1) if half else (OTHER, low, 1)


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


def read_figures(word: str, lexicon: Lexicon) -> Read:
    """Read a word that begins with a figure: its letter, its value, one word used.

    >>> from dateline.resources import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> [read_figures(word, english) for word in ("1990s", "20th", "12", "1,200")]
    [('C', '199', 1), ('O', '20', 1), ('n', '12', 1), ('N', '1200', 1)]
    """
    for letter, name in (("O", "times.nth"), ("C", "times.decade")):
        if hit := lexicon.patterns[name].match(word):
            return letter, hit[1], 1
    if ":" in word and "T" not in word:
        return "@", word, 1
    dated = "/" in word or "-" in word or word.count(".") > 1
    if dated and not word.endswith(" 1/2"):
        return "I", word, 1
    plain = word.replace(",", "").replace(" 1/2", ".5").replace("½", ".5").strip()
    if not plain.isascii() or not plain.isdigit():
        return "N", plain, 1
    if len(plain) == len("1999") == len(word) and FIRST_YEAR <= int(plain) <= LAST_YEAR:
        return "Y", plain, 1
    small = 1 <= int(plain) <= LAST_DAY and len(plain) <= len("31")
    return ("n" if small else "N"), plain, 1


def read_spoken_number(words: list[str], at: int, lexicon: Lexicon) -> Read:
    """Read the number that begins at word `at`, and how many words spell it.

    >>> from dateline.resources import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> read_spoken_number("twenty - four hours".split(), 0, english)
    ('N', '24', 3)
    >>> read_spoken_number("nineteen ninety - one".split(), 0, english)
    ('Y', '1991', 4)
    """
    known, joining = load_number_words(lexicon), lexicon.words["times.and"]
    run: list[str] = []
    end = at
    for here in range(at, min(len(words), at + LONGEST)):
        word = words[here]
        if word in known:
            if run and not continues_number(run[-1], word, known):
                break
            run.append(word)
            end = here + 1
            continue
        # "twenty-four" and "a hundred and one" go on
        hundreds = run and known.scales.get(run[-1]) in (HUNDRED, THOUSAND)
        if not run or not (word == "-" or (word in joining and hundreds)):
            break
    century = known.small.get(run[0], 0) if run else 0
    if len(run) > 1 and century in CENTURIES and run[1] not in known.scales:
        return "Y", str(100 * century + sum(map(known.below, run[1:]))), end - at
    total, part = 0, 0
    for word in run:
        if word in known.scales:
            part = (part or 1) * known.scales[word]
            if known.scales[word] == THOUSAND:
                total, part = total + part, 0
        else:
            part += known.below(word)
    return "N", str(total + part), end - at


def continues_number(last: str, word: str, known: Numbers) -> bool:
    """Whether two number words spell one number (or one year)."""
    if word in known.scales or last in known.scales:
        return True
    if last in known.tens:
        return word in known.small and 0 < known.small[word] <= LAST_DIGIT
    return known.small[last] in CENTURIES and known.below(word) > LAST_DIGIT
