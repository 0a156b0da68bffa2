"""Pieces of one noun phrase: "Foo (FU) | university", "oil | and gas firms"."""

import re
from collections.abc import Sequence

from dateline.actions.grammar import NOUNS, TELLS
from dateline.facts import base
from dateline.model import PRONOUNS, Parsed, Span, Token

NUMBER = "number"
BRACKET = re.compile(r"\([^()]*\)")
COMMON = frozenset(("noun", "plural-noun"))
WITHIN = NOUNS | {"ADJ"}
MANNER = frozenset(("adverb", "particle"))
SOMEBODY = frozenset(("person", "people", "body"))
REACH = 5  # words after an "and" that may end a known name
QUOTES = frozenset(("", '"', "“", "”", "'", "’"))


def trim_opening(parsed: Parsed, span: Span) -> Span:
    """Return a party without the day or the caption's mark before it, its number whole.

    "On | Thursday | Mr Smith resigned"; "two hundred and | ninety people".
    """
    caption = parsed.lexicon.patterns["actions.caption"]
    if mark := caption.match(span.of(parsed.text)):
        return trim_opening(parsed, Span(span.start + mark.end(), span.end))
    words = parsed.tokens_in(span)
    if len(words) > 1 and words[0].relation in MANNER and modifies_verb(parsed, words):
        return trim_opening(parsed, Span(words[1].start, span.end))
    if words and words[0].form == NUMBER:
        return include_number(parsed, words[0], span)
    rest = words
    while rest and (name := parsed.entity_of(rest[0].span)) and name.label == "DATE":
        rest = rest[1:]
    if not rest or rest == words or not rest[0].text[0].isupper():
        return span
    apart = all(word.pos == "PROPN" for word in words[: -len(rest)])
    return Span(rest[0].start, span.end) if apart else span


def modifies_verb(parsed: Parsed, words: Sequence[Token]) -> bool:
    """Whether the first of some words tells how or where to a verb before them.

    Who "welcomed home three captives" welcomed three captives.
    """
    over = parsed.tokens[words[0].head]
    return over.pos == "VERB" and over.i < words[0].i and words[-1].pos in NOUNS


def include_number(parsed: Parsed, word: Token, span: Span) -> Span:
    """Return a party from the first word of its number."""
    first = word.i
    while first and parsed.tokens[first - 1].form in (NUMBER, "conjunction"):
        first -= 1
    before = parsed.tokens[first : word.i]
    large = parsed.words("actions.large-number")
    whole = (
        len(before) > 1
        and before[-1].form == "conjunction"
        and before[-2].lemma in large
    )
    return Span(before[0].start, span.end) if whole else span


def extend_to_noun(parsed: Parsed, span: Span) -> Span:
    """Return words cut within what tells more of them, to its noun.

    "Workers at oil | and gas firms" are not at oil; "US | and Iraqi forces" are two.
    """
    last = last_word(parsed, span)
    if last is None or last.i + 1 >= len(parsed.tokens):
        return span
    noun = parsed.tokens[last.head]
    joins = parsed.tokens[last.i + 1].relation == "conjunction" and noun.pos in NOUNS
    more = joins and ends_in_modifier(parsed, span, last)
    return (
        Span(span.start, noun.end)
        if more or is_cut_before_noun(parsed, span, last)
        else span
    )


def is_cut_before_noun(parsed: Parsed, span: Span, last: Token) -> bool:
    """Whether words end before the noun of somebody: "a top U.S. | diplomat".

    A bare name may be meant itself: "Hamas | fighters".
    """
    noun, words = parsed.tokens[last.head], parsed.tokens_in(span)
    if last.relation not in TELLS or noun.start < span.end or noun.form not in COMMON:
        return False
    between = parsed.tokens[last.i + 1 : noun.i]
    bare = all(word.pos == "PROPN" for word in words)
    if bare or len(between) > 1 or any(w.pos not in WITHIN for w in between):
        return False
    return any(m.sort in SOMEBODY for m in parsed.mentions_headed_by(noun.i))


def to_name_end(parsed: Parsed, span: Span) -> Span:
    """Return words cut before an "and" within a known name, to the name's end.

    "The Islamic State of Iraq | and Syria" is one.
    """
    words = parsed.tokens_in(span)
    after = parsed.tokens[words[-1].i + 1 : words[-1].i + 1 + REACH] if words else ()
    if not after or after[0].text not in parsed.words("actions.and"):
        return span
    every = [*words, *after]
    texts = [word.text for word in every]
    for n, word in enumerate(words):
        found = base().longest_at(texts, n) if word.pos == "PROPN" else None
        if found and n + found.words > len(words):
            return Span(span.start, every[n + found.words - 1].end)
    return span


def one_whole(parsed: Parsed, left: Span, right: Span) -> bool:
    """Whether one noun phrase goes on: after letters in brackets, after a quote."""
    marks, last = parsed.text[left.end : right.start].strip(), last_word(parsed, left)
    one, other = parsed.head_of(left), parsed.head_of(right)
    if one is None or other is None or last is None:
        return False
    letters, after = right.of(parsed.text), parsed.text[right.end : right.end + 1]
    if marks == "(" and after == ")" and letters[:1].isupper() and letters.isalnum():
        return True
    noun = parsed.tokens[last.head]
    if right.covers(noun.span) and ends_in_modifier(parsed, left, last):
        return True
    if not letters[:1].islower():
        return False
    tells = (word for word in (one, last) if word.relation in TELLS)
    within = any(right.covers(parsed.tokens[word.head].span) for word in tells)
    over = parsed.tokens[other.head].span
    named = other.relation == "apposition" and left.covers(over)
    between = BRACKET.sub("", marks)
    return between in QUOTES and (within or (named and between != marks))


def pieceless(
    parsed: Parsed, own: Sequence[Span], others: Sequence[Span], trigger: Span
) -> tuple[Span, ...]:
    """Return one side's parties without pieces of the other's: "Foo" of "Foo rebels".

    "Peru-Chile" are two, and "his aides" are others than he.
    """

    def piece(span: Span, whole: Span) -> bool:
        before, after = max(0, span.start - 1), span.end
        marks = parsed.text[before], parsed.text[after : after + 1]
        words = parsed.tokens_in(span)
        apart = "-" in marks or all(word.form in PRONOUNS for word in words)
        inside = whole != span and whole.covers(span) and not whole.covers(trigger)
        return inside and not apart

    return tuple(s for s in own if not any(piece(s, other) for other in others))


def ends_in_modifier(parsed: Parsed, span: Span, last: Token) -> bool:
    """Whether a phrase ends in what tells more of a noun after it, of its own head."""
    top, noun = parsed.head_of(span), parsed.tokens[last.head]
    if top is None or last.relation not in TELLS or noun.start < span.end:
        return False
    return top.i != last.i and any(word.i == top.i for word in parsed.above(noun))


def last_word(parsed: Parsed, span: Span) -> Token | None:
    """Return the last word of a span that is no mark."""
    words = [w for w in parsed.tokens_in(span) if any(map(str.isalnum, w.text))]
    return words[-1] if words else None
