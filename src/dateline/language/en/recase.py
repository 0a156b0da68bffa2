"""Old wire copy in capitals, given back its lower case so that a parser can read it."""

import gzip
import re
from functools import cache
from importlib.resources import files

FEWEST = 20  # letters of a stretch that is judged
SHOUTED = 0.75  # share of capitals among letters above which a paragraph is recased
WORD = re.compile(r"[A-Z][A-Z'’-]*[A-Z]|[A-Z]")
PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
STOP = re.compile(r"[.!?:][\"”’)\]]*\s+[\"“‘(\[]*$|^\W*$")
VOWEL = re.compile(r"[AEIOUY]")
SHORTEST = 4  # letters: an unknown word below this without a vowel is an acronym


def recase(text: str) -> str:
    """Return `text` in usual case, character for character as long as before.

    Only paragraphs in capitals change: words that English writes small become small,
    others get one capital, acronyms keep theirs.

    >>> recase("THE ARMY OF EL SALVADOR SAID TODAY THAT FIVE WERE HURT.")
    'The army of El Salvador said today that five were hurt.'
    """
    return PARAGRAPH.sub(
        lambda hit: quieter(hit[0]) if shouted(hit[0]) else hit[0], text
    )


def shouted(words: str) -> bool:
    """Whether nearly all letters of a stretch of some length are capitals."""
    high = sum(map(str.isupper, words))
    if high <= SHOUTED * FEWEST:
        return False
    letters = sum(map(str.isalpha, words))
    return letters > FEWEST and high > SHOUTED * letters


def quieter(words: str) -> str:
    """Return one paragraph in usual case."""
    small = lowercase()

    def case(hit: re.Match[str]) -> str:
        word = hit[0]
        head = words[max(0, hit.start() - 6) : hit.start()]
        if word.lower() in small or word in ("A", "I"):
            first = word == "I" or bool(STOP.search(head))
            return word.capitalize() if first else word.lower()
        if acronym(word, head, words[hit.end() : hit.end() + 1]):
            return word
        return "-".join(part.capitalize() for part in word.split("-"))

    return WORD.sub(case, words)


def acronym(word: str, before: str, after: str) -> bool:
    """Whether a word unknown to English is initials: bracketed, dotted or vowelless."""
    bracketed = before[-1:] in ("[", "(") and after in ("]", ")")
    dotted = len(word) == 1 and (after == "." or before.endswith("."))
    return bracketed or dotted or (len(word) <= SHORTEST and not VOWEL.search(word))


@cache
def lowercase() -> frozenset[str]:
    """Return the words that English usually writes small."""
    raw = (files("dateline.language.en") / "lowercase.txt.gz").read_bytes()
    return frozenset(gzip.decompress(raw).decode().split("\n"))
