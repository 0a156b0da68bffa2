"""The lexicon of English, read from the tables of this folder.

`tables/ROOM.words.tsv` has a class of words a row: its name, a tab, the words with
blanks between them; a blank within a phrase is written "_". `tables/ROOM.senses.tsv`
has such a row whose words each tell what they mean: "may=possible". Any other
`tables/NAME.tsv` is a table of several cells; regular expressions are in `patterns.py`.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from dateline.model import Lexicon
from dateline.nlp.en.patterns import compile_patterns

WORDS, SENSES, TABLE = ".words.tsv", ".senses.tsv", ".tsv"


@cache
def load_english_lexicon() -> Lexicon:
    """Return what English tells the rooms, read once."""
    folder = files("dateline.nlp.en") / "tables"
    words: dict[str, frozenset[str]] = {}
    senses: dict[str, dict[str, str]] = {}
    tables: dict[str, tuple[tuple[str, ...], ...]] = {}
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        told = tuple(table_rows(path.read_text("utf-8")))
        if path.name.endswith(WORDS):
            words |= {name: frozenset(row_words(listed)) for name, listed in told}
        elif path.name.endswith(SENSES):
            pairs = ((name, map(word_and_meaning, row_words(listed))) for name, listed in told)
            senses |= {name: dict(each) for name, each in pairs}
        elif path.name.endswith(TABLE):
            tables[path.name.removesuffix(TABLE)] = told
    return Lexicon(words, senses, tables, compile_patterns(senses))


def table_rows(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table as their cells, comments left out."""
    lines = (line for line in text.split("\n") if line and not line.startswith("#"))
    yield from (tuple(line.split("\t")) for line in lines)


def row_words(listed: str) -> Iterator[str]:
    """Yield the words of a row.

    >>> list(row_words("army prime_minister"))
    ['army', 'prime minister']
    """
    yield from (word.replace("_", " ") for word in listed.split())


def word_and_meaning(told: str) -> tuple[str, str]:
    """Return a word and what it means.

    >>> word_and_meaning("may=possible")
    ('may', 'possible')
    """
    word, _, sense = told.rpartition("=")
    return word, sense
