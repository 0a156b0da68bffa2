"""What a language tells the rooms of its words: they ask by name, and hold none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from re import Pattern

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of a language, each table by a name that tells the room that asks.

    `words` are classes of words, `senses` what each word of a class means, `tables`
    rows of several cells, `patterns` how the words of a class stand in a text.
    """

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    senses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    patterns: Mapping[str, Pattern[str]] = field(default_factory=dict)


NO_WORDS = Lexicon()
