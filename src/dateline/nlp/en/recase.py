"""Copy in capitals and headlines Written So, given back the case a parser can read."""

import gzip
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

FEWEST = 20  # letters of a stretch that is judged
SHOUTED = 0.75  # share of capitals among letters above which a paragraph is recased
WORD = re.compile(r"[A-Z][A-Z'’-]*[A-Z]|[A-Z]")
PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
STOP = re.compile(r"[.!?:][\"”’)\]]*\s+[\"“‘(\[]*$|^\W*$")
LINE = re.compile(r"[^\n]+")
TITLED = re.compile(r"[A-Za-z][a-z'’-]+")
RUNNING = re.compile(r"(?<=[a-z,;] )[A-Za-z][a-z'’-]+")
DOTTED = re.compile(r"\b[A-Z]\.[A-Z]\.\s+$")  # "U.S. Troops"
RARE = 200  # small letters to a capital in a text that was written without them
MONTH = re.compile(
    r"\b(?:may|march)(?= \d)|(?<=\d )(?:may|march)\b"
    r"|(?:(?<=\bin )|(?<=\bof )|(?<=\bsince )|(?<=\buntil )|(?<=\bnext ))"
    r"(?:may|march)\b"
)
WORDS_TOO = re.compile(r"(?<=[a-z,;\d] )(?:May|March)\b")
LEAST, TITLES = 3, 0.75  # words with capitals in a headline, and their share
VOWEL = re.compile(r"[AEIOUY]")
SHORTEST = 4  # letters: an unknown word below this without a vowel is an acronym


def recase(text: str) -> str:
    """Return `text` in usual case, character for character as long as before.

    Only paragraphs in capitals and headlines change: words that English writes small
    become small, but not in names ("White House") and not where the text below a
    headline has them with capitals; others get one capital, acronyms keep theirs.

    >>> recase("THE ARMY OF EL SALVADOR SAID TODAY THAT FIVE WERE HURT.")
    'The army of El Salvador said today that five were hurt.'
    """

    def paragraph(hit: re.Match[str]) -> str:
        words = hit[0]
        high = sum(map(str.isupper, words))
        if high <= SHOUTED * FEWEST:
            return words
        letters = sum(map(str.isalpha, words))
        shouted = letters > FEWEST and high > SHOUTED * letters
        return quieter(words) if shouted else words

    text = PARAGRAPH.sub(paragraph, text)
    lines = [hit.span() for hit in LINE.finditer(text) if is_headline_case(hit[0])]
    if not lines:
        return text
    body, parts, at = words_with_capitals(text, lines), [], 0
    for first, last in lines:
        parts += [text[at:first], lowered(text[first:last], body)]
        at = last
    return "".join((*parts, text[at:]))


def raised(text: str) -> str:
    """Return a report that has hardly any capitals with those that English gives it.

    >>> raised("the army of el salvador said in may that u.s. aid had come.")
    'The army of El Salvador said in May that U.S. aid had come.'
    """
    high, low = sum(map(str.isupper, text)), sum(map(str.islower, text))
    if low <= FEWEST or high * RARE > low:
        return text
    made = "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
    made = WORDS_TOO.sub(lambda hit: hit[0].lower(), quieter(made))
    return MONTH.sub(lambda hit: hit[0].capitalize(), made)


def is_headline_case(line: str) -> bool:
    """Whether a line writes nearly all of its words with capitals."""
    words = [w for w in TITLED.findall(line)[1:] if len(w) >= SHORTEST]
    small = [w for w in words if w.lower() in lowercase()]
    high = sum(word[0].isupper() for word in small)
    return bool(high >= LEAST and high >= TITLES * len(small))


def words_with_capitals(text: str, headlines: list[tuple[int, int]]) -> frozenset[str]:
    """Return the words that running text, its headlines apart, writes with capitals."""
    told = list(text)
    for first, last in headlines:
        told[first:last] = " " * (last - first)
    high, low = Counter[str](), Counter[str]()
    for hit in RUNNING.finditer("".join(told)):
        (high if hit[0][0].isupper() else low)[hit[0].lower()] += 1
    return frozenset(word for word in high if high[word] > low[word])


def lowered(line: str, body: frozenset[str]) -> str:
    """Return a headline whose words are written as running text would write them."""
    hits = list(TITLED.finditer(line))
    made = list(line)
    for n, hit in enumerate(hits):
        head = line[: hit.start()]
        first = STOP.search(head[-6:]) and not DOTTED.search(head)
        if is_usually_small(hits, n) and not first and hit[0].lower() not in body:
            made[hit.start()] = line[hit.start()].lower()
    return "".join(made)


def is_usually_small(hits: Sequence[re.Match[str]], n: int) -> bool:
    """Whether English writes a word small, among those beside it: not "White House"."""
    words = [hit[0].lower() for hit in hits[max(0, n - 1) : n + 2]]
    twos = {" ".join(two) for two in pairwise(words)}
    return hits[n][0].lower() in lowercase() and not twos & pairs_with_capitals()


def quieter(words: str) -> str:
    """Return one paragraph in usual case."""
    hits = list(WORD.finditer(words))
    number = {hit.start(): n for n, hit in enumerate(hits)}

    def case(hit: re.Match[str]) -> str:
        word = hit[0]
        head = words[max(0, hit.start() - 6) : hit.start()]
        if is_usually_small(hits, number[hit.start()]) or word in ("A", "I"):
            first = word == "I" or bool(STOP.search(head) and not DOTTED.search(head))
            return word.capitalize() if first else word.lower()
        if word.lower() not in lowercase():  # initials: bracketed, dotted or vowelless
            after = words[hit.end() : hit.end() + 1]
            bracketed = head[-1:] in ("[", "(") and after in ("]", ")")
            dotted = len(word) == 1 and (after == "." or head.endswith("."))
            vowelless = len(word) <= SHORTEST and not VOWEL.search(word)
            if bracketed or dotted or vowelless:
                return word
        return "-".join(part.capitalize() for part in word.split("-"))

    return WORD.sub(case, words)


class SortedWords:
    """A list of words in the order of their bytes, a line each, sought by halves.

    A set of 330,000 strings would take 40 ms to make and 30 MB to hold.

    >>> words = SortedWords(b"ape\\nbee\\ncat")
    >>> "bee" in words, "be" in words, "cats" in words
    (True, False, False)
    """

    def __init__(self, lines: bytes) -> None:
        """Hold the lines as they are."""
        self.lines = lines
        self.holds = lru_cache(maxsize=16384)(self.seek)

    def __contains__(self, word: str) -> bool:
        """Whether a word is on the list."""
        return self.holds(word)

    def seek(self, word: str) -> bool:
        """Whether a line is this word."""
        sought, low, high = word.encode("utf-8", "replace"), 0, len(self.lines)
        while low < high:
            middle = (low + high) // 2
            start = max(self.lines.rfind(b"\n", low, middle) + 1, low)
            end = self.lines.find(b"\n", middle)
            end = end if end >= 0 else len(self.lines)
            found = self.lines[start:end]
            if found == sought:
                return True
            low, high = (end + 1, high) if found < sought else (low, start)
        return False


@cache
def lowercase() -> SortedWords:
    """Return the words that English usually writes small."""
    raw = (files("dateline.nlp.en") / "lowercase.txt.gz").read_bytes()
    return SortedWords(gzip.decompress(raw))


@cache
def pairs_with_capitals() -> frozenset[str]:
    """Return pairs of words that are written with capitals together: "White House"."""
    raw = (files("dateline.nlp.en") / "pairs.txt.gz").read_bytes()
    return frozenset(gzip.decompress(raw).decode().split("\n"))
