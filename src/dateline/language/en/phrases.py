"""The noun phrases of a report: what may be words of a party, place or speaker."""

from collections.abc import Iterator
from dataclasses import replace

from dateline.model import Parsed, Phrase, Token

HEADS = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"))
INSIDE = frozenset(  # a word that hangs so on another is no head of a phrase
    (
        "compound",
        "adjective",
        "determiner",
        "number",
        "quantifier",
        "adverb",
        "predeterminer",
        "auxiliary",
    )
)
APART = frozenset(  # clauses and further phrases that hang on a head
    (
        "relative-clause",
        "adnominal-clause",
        "apposition",
        "conjunct",
        "conjunction",
        "preconjunction",
        "punctuation",
        "adverbial-clause",
        "parataxis",
    )
    + (
        "content-clause",
        "open-clause",
        "unclear",
        "subordinator",
        "auxiliary",
        "passive-auxiliary",
        "negation",
        "subject",
    )
)
HANGING = frozenset(
    ("preposition", "adverbial-noun", "adverb")
)  # with these begins what hangs on
MARKS = "-,;:.()[]\"'`"


def with_phrases(parsed: Parsed) -> Parsed:
    """Return `parsed` with its noun phrases, in the order of their heads."""
    return replace(parsed, phrases=tuple(find_phrases(parsed)))


def find_phrases(parsed: Parsed) -> Iterator[Phrase]:
    """Yield the phrase of every word that heads one."""
    for token in parsed.tokens:
        if token.pos in HEADS and token.relation not in INSIDE and token.text.isalnum():
            words = words_of_phrase(parsed, token)
            ends = tuple(
                w.start for w in words if w.i > token.i and w.relation in HANGING
            )
            yield Phrase(token.i, words[0].span.join(words[-1].span), ends)


def words_of_phrase(parsed: Parsed, head: Token) -> list[Token]:
    """Return the words of a phrase around its head, side by side with it."""
    found, todo = {head.i}, [head.i]
    while todo:
        i = todo.pop()
        for child in parsed.children[i]:
            if parsed.tokens[child].relation not in APART:
                found.add(child)
                todo.append(child)
    low = high = head.i
    while low - 1 in found or hyphen(parsed, low - 1, found):
        low -= 1
    while high + 1 in found or hyphen(parsed, high + 1, found):
        high += 1
    words = list(parsed.tokens[low : high + 1])
    while len(words) > 1 and words[-1].i != head.i and is_trailing(words[-1]):
        words.pop()
    while len(words) > 1 and words[0].text in MARKS and words[0].i != head.i:
        words.pop(0)
    return words


def is_trailing(word: Token) -> bool:
    """Whether the last word of a phrase is a mark, or the ’s of "Iran’s"."""
    return word.text in MARKS or word.relation == "case"


def hyphen(parsed: Parsed, i: int, found: set[int]) -> bool:
    """Whether a hyphen joins two words of a phrase: "US-backed rebels"."""
    if not 0 < i < len(parsed.tokens) - 1 or parsed.tokens[i].text not in "-–":
        return False
    return i - 1 in found and i + 1 in found
