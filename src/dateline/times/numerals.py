"""Numbers, years and clock times, in figures or in words."""

from dataclasses import dataclass
from functools import cache

from dateline.model import Lexicon

LAST_DAY, FIRST_YEAR, LAST_YEAR = 31, 1000, 2199
LONGEST = 8  # words: no number of years or days is spelt longer
CENTURIES = (18, 19)  # those that begin a year
LAST_DIGIT = 9
HUNDRED, THOUSAND = 100, 1000
Read = tuple[str, str, int]


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


@cache
def load_number_words(lexicon: Lexicon) -> Numbers:
    """Return the number words of a language."""
    kinds = ("times.small", "times.tens", "times.scale")
    every = (lexicon.senses[kind] for kind in kinds)
    return Numbers(*({w: int(n) for w, n in told.items()} for told in every))


def read_figures(word: str, lexicon: Lexicon) -> Read:
    """Read a word that begins with a figure: its letter, its value, one word used.

    >>> from dateline import plugins
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

    >>> from dateline import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> read_spoken_number("twenty - four hours".split(), 0, english)
    ('N', '24', 3)
    >>> read_spoken_number("nineteen ninety - one".split(), 0, english)
    ('Y', '1991', 4)
    """
    run, used = collect(words, at, lexicon)
    known = load_number_words(lexicon)
    if (year := spoken_year(run, known)) is not None:
        return "Y", str(year), used
    total, part = 0, 0
    for word in run:
        if word in known.scales:
            part = (part or 1) * known.scales[word]
            if known.scales[word] == THOUSAND:
                total, part = total + part, 0
        else:
            part += known.below(word)
    return "N", str(total + part), used


def collect(words: list[str], at: int, lexicon: Lexicon) -> tuple[list[str], int]:
    """Return the number words from `at` on, and the words used up, hyphens counted."""
    known, joining = load_number_words(lexicon), lexicon.words["times.and"]
    run: list[str] = []
    end = here = at
    while here < len(words) and here - at < LONGEST:
        word = words[here]
        if word in known:
            if run and not continues_number(run[-1], word, known):
                break
            run.append(word)
            end = here + 1
        elif not run or not (
            word == "-" or (word in joining and goes_past(run[-1], known))
        ):
            break
        here += 1
    return run, end - at


def goes_past(last: str, known: Numbers) -> bool:
    """Whether "and" after a word goes on with its number: "a hundred and one"."""
    return known.scales.get(last) in (HUNDRED, THOUSAND)


def continues_number(last: str, word: str, known: Numbers) -> bool:
    """Whether two number words spell one number (or one year)."""
    if word in known.scales or last in known.scales:
        return True
    if last in known.tens:
        return word in known.small and 0 < known.small[word] <= LAST_DIGIT
    return known.small[last] in CENTURIES and known.below(word) > LAST_DIGIT


def spoken_year(run: list[str], known: Numbers) -> int | None:
    """Return the year that "nineteen ninety one" spells, else None."""
    if len(run) < 2 or known.small.get(run[0]) not in CENTURIES:
        return None
    if run[1] in known.scales:
        return None
    return 100 * known.small[run[0]] + sum(map(known.below, run[1:]))
