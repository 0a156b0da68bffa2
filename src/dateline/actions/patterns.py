"""The user's own rows: words that tell an act of a type, or forbid one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.codebook import FolderCodebook
from dateline.codebook.book import Pattern
from dateline.model import Parsed, Span, Token

ANY = "*"  # never the first word of a pattern


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern, and the words of a report that it matched."""

    pattern: Pattern
    span: Span


def matches(book: FolderCodebook, parsed: Parsed) -> tuple[Found, ...]:
    """Return every match of the book's patterns in a report, in text order."""
    rows: dict[str, list[Pattern]] = {}
    for row in book.patterns:
        rows.setdefault(row.words[0], []).append(row)
    return tuple(
        found
        for n, token in enumerate(parsed.tokens)
        if (form := token.text.lower()) in rows or token.lemma.lower() in rows
        for first in dict.fromkeys((form, token.lemma.lower()))
        for row in rows.get(first, ())
        for found in match_pattern_at(row, parsed.tokens[n : n + len(row.words)])
    )


def match_pattern_at(row: Pattern, some: Sequence[Token]) -> Iterator[Found]:
    """Yield the pattern where its words are just these."""
    pairs = zip(row.words, some, strict=False)
    if len(some) == len(row.words) and all(fits_token(word, t) for word, t in pairs):
        yield Found(row, some[0].span.join(some[-1].span))


def fits_token(word: str, token: Token) -> bool:
    """Whether a word of a pattern is a token's form or lemma."""
    return word in (ANY, token.text.lower(), token.lemma.lower())
