"""Numbers in figures and words, with their bounds and honest ranges."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from dateline.model import Lexicon, Parsed, Span
from dateline.model.answers import Bound

YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text: its span, its range, and what its words vouch for."""

    span: Span
    low: float | None
    best: float | None
    high: float | None
    bound: Bound


def find_numbers(parsed: Parsed, within: Span) -> Iterator[Number]:
    """Yield the numbers of a stretch of a report's text."""
    pattern = parsed.lexicon.patterns["quantities.number"]
    for hit in pattern.finditer(parsed.text, within.start, within.end):
        yield from read_number(parsed.lexicon, hit)


def read_number(lexicon: Lexicon, hit: re.Match[str]) -> Iterator[Number]:
    """Yield what one match tells."""
    bound = bound_of(lexicon, hit["bound"])
    if hit["vague"]:
        low, high = lexicon.senses["quantities.vague"][hit["vague"].lower()].split("-")
        yield Number(Span(*hit.span()), int(low), None, int(high), "about")
        return
    scales = worth(lexicon, "quantities.scale")
    first = value_of_number(lexicon, hit["first"]) * (0.5 if hit["half"] else 1)
    if hit["second"] and hit["second"].split()[0].lower() in scales:
        best = first * value_of_number(
            lexicon, hit["second"]
        )  # "a 20-million-dollar loan"
        yield bound_number(Span(*hit.span()), best, bound)
        return
    if hit["second"]:
        second = value_of_number(lexicon, hit["second"])
        if hit["between"] or lexicon.patterns["quantities.range"].search(hit[0]):
            first *= range_multiplier(lexicon, hit["first"], hit["second"])
            ends = sorted((first, second))
            yield Number(Span(*hit.span()), ends[0], None, ends[1], "about")
            return
        start, end = hit.span("second")
        yield bound_number(Span(hit.start(), hit.end("first")), first, bound)
        yield bound_number(Span(start, end), second, "exact")
        return
    yield bound_number(Span(*hit.span()), first, bound)


def bound_of(lexicon: Lexicon, words: str | None) -> Bound:
    """Return what the words before a number vouch for."""
    told = (words or "").strip().lower()
    return cast(Bound, lexicon.senses["quantities.bound"].get(told, "exact"))


def range_multiplier(lexicon: Lexicon, first: str, second: str) -> int:
    """Return by what both ends of a range are multiplied.

    In "10 to 20 million" they are millions, in "900,000 to two million" as they stand.
    """
    scales = worth(lexicon, "quantities.scale")
    told, *last = second.lower().rsplit(maxsplit=1)
    bare = not any(word in scales for word in first.lower().split())
    if not (last and last[0] in scales and bare):
        return 1
    return (
        scales[last[0]]
        if value_of_number(lexicon, first) < value_of_number(lexicon, told)
        else 1
    )


def bound_number(span: Span, best: float, bound: Bound) -> Number:
    """Return a number with the range that its bound leaves open."""
    low = None if bound in ("at most", "up to") else best
    high = None if bound == "at least" else best
    told = None if bound == "at most" else best
    return Number(span, low, told, high, bound)


def value_of_number(lexicon: Lexicon, words: str) -> float:
    """Return the value of a number in figures or words: "one hundred and twelve"."""
    plain = worth(lexicon, "quantities.numeral")
    scales = worth(lexicon, "quantities.scale")
    joining = lexicon.words["quantities.and"]
    whole, part = 0.0, 0.0
    for word in re.split(r"[ -]", words.lower()):
        if word in joining:
            continue
        if word in scales:
            part = (part or 1) * scales[word]
            if scales[word] > 100:
                whole, part = whole + part, 0.0
        else:
            part += plain.get(word) or float(word.replace(",", ""))
    return whole + part


@cache
def worth(lexicon: Lexicon, name: str) -> Mapping[str, int]:
    """Return how much each number word of a class is."""
    return {word: int(told) for word, told in lexicon.senses[name].items()}
