"""Sums of money, in figures with a sign or a currency's name."""

import re
from collections.abc import Iterator

from dateline.model import Quantity, Span, Why
from dateline.quantities import lexicon
from dateline.quantities.numbers import BOUNDS, Number, bounded, numbers

MONEY = re.compile(
    rf"(?:\b(?P<bound>{'|'.join(BOUNDS)}) )?"
    r"(?P<unit>US\$|[$€£¥]|dlrs |rs\.? )\s?(?P<value>\d[\d,]*(?:\.\d+)?)"
    r"(?: ?(?P<scale>thousand|million|billion|trillion|m|bn))?\b",
    re.IGNORECASE,
)
SHORT = {"m": "million", "bn": "billion"}
SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
AGAIN = re.compile(r"(?: [a-z]+)? ?\(")  # "$5.7bn (£4.5bn)" is one sum
YEAR = re.compile(r"(?:19|20)\d\d")
WEIGHED = 1e6  # pounds: fewer are a weight


def money(text: str, sentence: Span) -> Iterator[Quantity]:
    """Yield sums of money, in figures with a sign or a currency's name.

    A sum in brackets behind another is the same again in another currency.
    """
    last: Quantity | None = None
    for one in sorted(sums(text, sentence), key=lambda q: q.span):
        between = last and AGAIN.fullmatch(text, last.span.end, one.span.start)
        if not (last and between and one.unit != last.unit):
            yield one
        last = one


def sums(text: str, sentence: Span) -> Iterator[Quantity]:
    """Yield every sum of money that is told."""
    for hit in MONEY.finditer(text, sentence.start, sentence.end):
        scale = SHORT.get((hit["scale"] or "").lower(), (hit["scale"] or "").lower())
        best = float(hit["value"].replace(",", "")) * SCALE.get(scale, 1)
        bound = BOUNDS.get((hit["bound"] or "").lower(), "exact")
        yield sum_of(bounded(Span(*hit.span()), best, bound), hit["unit"].strip())
    for number in numbers(text, sentence):
        after = re.match(
            r" (?:U\.?S\.? )?([A-Za-z]+)", text[number.span.end : sentence.end]
        )
        unit = after[1].lower().rstrip("s") if after else ""
        told = number.best or number.low or number.high or 0
        year = YEAR.fullmatch(text, number.span.start, number.span.end)
        if year and text.startswith("in ", max(0, number.span.start - 3)):
            continue  # "in 2024 dollars"
        if unit in lexicon.MONEY and (unit != "pound" or told >= WEIGHED):
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
