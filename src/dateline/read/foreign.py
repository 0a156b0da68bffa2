"""Passages of an English report that are in another language: kept, marked, not coded.

A passage in another script is told by its letters alone. One in Latin letters must be a
whole paragraph, without the small words that any English sentence has.
"""

import re
from collections.abc import Iterator

from dateline.model import Span
from dateline.model.layout import paragraphs
from dateline.read.spoken import (
    SHARE,
    WORD,
    english_function_words,
    guess_language,
    is_table_text,
)

LATIN = "A-Za-zªº\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f"
OTHER = rf"[^\W\d_{LATIN}]"
PASSAGE = re.compile(rf"{OTHER}(?:[^{LATIN}\n]{{0,2000}}?{OTHER})*[.!?。！？]?")
FEWEST = 6  # letters: a name or a word in its own script is no passage
LONG = 15  # words of a paragraph in Latin letters: of fewer nobody can tell
EUROPEAN = frozenset("fr es de it pt nl pl cs ro sv da no fi hu tr id ms sw vi".split())


def find_foreign_passages(text: str) -> Iterator[Span]:
    """Yield the passages of an English text that are in another language.

    >>> [s.of("Ruto left. Он уехал вчера. He spoke.") for s in find_foreign_passages(
    ...     "Ruto left. Он уехал вчера. He spoke.")]
    ['Он уехал вчера.']
    """
    for block in paragraphs(text):
        if is_foreign_paragraph(block.of(text)):
            yield block
        else:
            yield from find_foreign_script(text, block)


def find_foreign_script(text: str, block: Span) -> Iterator[Span]:
    """Yield the passages of a paragraph that are in another script."""
    if text[block.start : block.end].isascii():
        return
    for hit in PASSAGE.finditer(text, block.start, block.end):
        words = WORD.findall(hit[0])
        letters = sum(map(len, words))
        if letters >= FEWEST and (len(words) > 1 or letters >= 2 * FEWEST):
            yield Span(*hit.span())


def is_foreign_paragraph(words: str) -> bool:
    """Whether a paragraph in Latin letters is in another language, as a whole."""
    found = [word.lower() for word in WORD.findall(words)]
    small = english_function_words()
    if len(found) < LONG or sum(w in small for w in found) >= SHARE * len(found) / 2:
        return False
    return not is_table_text(words) and guess_language(words) in EUROPEAN
