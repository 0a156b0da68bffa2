"""In what language a report is written, when nobody tells."""

import re
import unicodedata
from itertools import islice

WORD = re.compile(r"[^\W\d_]+")
ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "that",
        "for",
        "on",
        "was",
        "is",
        "with",
        "as",
        "by",
        "at",
        "from",
        "it",
        "he",
        "said",
        "his",
        "has",
        "were",
        "be",
        "have",
        "had",
        "an",
        "are",
        "not",
        "who",
        "after",
        "will",
        "their",
        "they",
        "which",
        "but",
        "or",
        "its",
        "been",
        "would",
    ]
)
SHARE = 0.12  # English news has some 40 in 100 of these words; other languages under 8
FEWEST = 5  # words: below this only the script can tell
SAMPLE = 2000  # words


def spoken(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`, "" for a text without words.

    >>> spoken("The minister said that he was in Paris.")
    'en'
    """
    words = [hit[0].lower() for hit in islice(WORD.finditer(text), SAMPLE)]
    if not words:
        return ""
    if sum(word in ENGLISH for word in words) >= SHARE * len(words):
        return "en"
    if len(words) < FEWEST and all(map(latin, words)):
        return "en"
    from py3langid import classify

    return str(classify(" ".join(words))[0])


def latin(word: str) -> bool:
    """Whether a word is in Latin letters."""
    return unicodedata.name(word[0], "").startswith("LATIN")
