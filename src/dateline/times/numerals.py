"""Numbers, years and clock times, in figures or in words."""

import re

SMALL = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        start=2,
    )
}
SCALES = {"hundred": 100, "thousand": 1000, "dozen": 12}
ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)$")
DECADE = re.compile(r"(\d{3})0['’]?s$")
LAST_DAY, FIRST_YEAR, LAST_YEAR = 31, 1000, 2199
LONGEST = 8  # words: no number of years or days is spelt longer
Read = tuple[str, str, int]


def is_number_word(word: str) -> bool:
    """Whether a small-letter word counts something."""
    return word in SMALL or word in TENS or word in SCALES


def figures(word: str) -> Read:
    """Read a word that begins with a figure: its letter, its value, one word used.

    >>> figures("1990s"), figures("20th"), figures("12"), figures("1,200")
    (('C', '199', 1), ('O', '20', 1), ('n', '12', 1), ('N', '1200', 1))
    """
    for letter, pattern in (("O", ORDINAL), ("C", DECADE)):
        if hit := pattern.match(word):
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


def spoken(words: list[str], at: int) -> Read:
    """Read the number that begins at word `at`, and how many words spell it.

    >>> spoken("twenty - four hours".split(), 0)
    ('N', '24', 3)
    >>> spoken("nineteen ninety - one".split(), 0)
    ('Y', '1991', 4)
    """
    run, used = collect(words, at)
    if (year := spoken_year(run)) is not None:
        return "Y", str(year), used
    total, part = 0, 0
    for word in run:
        if word in SCALES:
            part = (part or 1) * SCALES[word]
            if word == "thousand":
                total, part = total + part, 0
        else:
            part += SMALL.get(word, TENS.get(word, 0))
    return "N", str(total + part), used


def collect(words: list[str], at: int) -> tuple[list[str], int]:
    """Return the number words from `at` on, and the words used up, hyphens counted."""
    run: list[str] = []
    end = here = at
    while here < len(words) and here - at < LONGEST:
        word = words[here]
        if is_number_word(word):
            if run and not goes_on(run[-1], word):
                break
            run.append(word)
            end = here + 1
        elif word not in ("-", "and") or not run or (word == "and" and small_end(run)):
            break
        here += 1
    return run, end - at


def small_end(run: list[str]) -> bool:
    """Whether "and" after these words joins another number instead of this one."""
    return run[-1] not in ("hundred", "thousand")


def goes_on(last: str, word: str) -> bool:
    """Whether two number words spell one number (or one year)."""
    if word in SCALES or last in SCALES:
        return True
    if last in TENS:
        return word in SMALL and 0 < SMALL[word] < SMALL["ten"]
    return last in ("eighteen", "nineteen") and (
        word in TENS or SMALL[word] > SMALL["nine"]
    )


def spoken_year(run: list[str]) -> int | None:
    """Return the year that "nineteen ninety one" spells, else None."""
    if len(run) < 2 or run[0] not in ("eighteen", "nineteen") or run[1] in SCALES:
        return None
    return 100 * SMALL[run[0]] + sum(SMALL.get(w, TENS.get(w, 0)) for w in run[1:])
