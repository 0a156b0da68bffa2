"""Sums of money, in figures with a sign or a currency's name."""

import re
from collections.abc import Iterator

from dateline.model import Parsed, Quantity, Span, Why
from dateline.quantities.numbers import (
    YEAR,
    Number,
    bound_number,
    bound_of,
    find_numbers,
    worth,
)

AGAIN = re.compile(r"(?: [a-z]+)? ?\(")  # "$5.7bn (£4.5bn)" is one sum
WEIGHED = 1e6  # pounds: fewer are a weight


def money(parsed: Parsed, sentence: Span) -> Iterator[Quantity]:
    """Yield sums of money, in figures with a sign or a currency's name.

    A sum in brackets behind another is the same again in another currency.
    """
    last: Quantity | None = None
    for one in sorted(find_sums(parsed, sentence), key=lambda q: q.span):
        between = last and AGAIN.fullmatch(parsed.text, last.span.end, one.span.start)
        if not (last and between and one.unit != last.unit):
            yield one
        last = one


def find_sums(parsed: Parsed, sentence: Span) -> Iterator[Quantity]:
    """Yield every sum of money that is told."""
    text, patterns = parsed.text, parsed.lexicon.patterns
    scales = worth(parsed.lexicon, "quantities.money-scale")
    for hit in patterns["quantities.sum"].finditer(text, sentence.start, sentence.end):
        scale = scales.get((hit["scale"] or "").lower(), 1)
        best = float(hit["value"].replace(",", "")) * scale
        bound = bound_of(parsed.lexicon, hit["bound"])
        yield sum_of(bound_number(Span(*hit.span()), best, bound), hit["unit"].strip())
    for number in find_numbers(parsed, sentence):
        start, end = number.span.start, number.span.end
        told = number.best or number.low or number.high or 0
        priced = patterns["quantities.in-prices"].match(text, max(0, start - 3))
        if priced and YEAR.fullmatch(text, start, end):
            continue
        after = patterns["quantities.currency"].match(text, end, sentence.end)
        unit = after[1].lower() if after else ""
        light = unit in parsed.words("quantities.weight") and told < WEIGHED
        if unit and not light:
            yield sum_of(number, unit)


def sum_of(number: Number, unit: str) -> Quantity:
    """Return a sum of money."""
    why = Why("quantities.money.v1", number.span)
    return Quantity(
        "money",
        number.low,
        number.best,
        number.high,
        number.bound,
        "",
        "this act",
        unit,
        number.span,
        why,
    )
