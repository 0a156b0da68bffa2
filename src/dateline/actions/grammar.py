"""What several modules ask of grammar: relations, sorts of words, what is over one."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from dateline.model import Parsed, Relations, Span, Token, Words

NOUNS = frozenset(("NOUN", "PROPN"))
SMALL = frozenset(("PUNCT", "CCONJ"))
TELLS: Relations = ("adjective", "compound", "noun-modifier")  # a noun that follows
SAID: Relations = ("content-clause", "parataxis")  # what is said, under its saying


def steps(parsed: Parsed, word: Token) -> Iterator[tuple[Token, Token]]:
    """Yield a word and the words over it, each with the one that it hangs on."""
    yield from pairwise((word, *parsed.above(word)))


def first_of_list(parsed: Parsed, token: Token) -> Token:
    """Return the first of the list in which a word stands."""
    while token.relation == "conjunct":
        token = parsed.tokens[token.head]
    return token


def words_between(parsed: Parsed, left: Span, right: Span) -> list[Token]:
    """Return the words that stand between two spans."""
    gap = Span(left.end, right.start)
    return [word for word in parsed.tokens_in(gap) if gap.covers(word.span)]


def spans_holding(spans: Sequence[Span], words: Iterable[Token]) -> list[Span]:
    """Return the spans that hold one of some words."""
    every = [word.span for word in words]
    return [span for span in spans if any(map(span.covers, every))]


def highest_confidence(found: Iterable[Words]) -> float:
    """Return how sure the surest of some words are, 0 for none."""
    return max((words.sure for words in found), default=0.0)
