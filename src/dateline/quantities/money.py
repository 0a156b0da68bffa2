"""Sums of money, in figures with a sign or a currency's name."""

import re
from collections.abc import Iterator

from dateline.model import Quantity, Span, Why
from dateline.quantities import lexicon
from dateline.quantities.numbers import numbers

MONEY = re.compile(
    r"(?P<unit>US\$|[$€£¥]|dlrs |rs\.? )\s?(?P<value>\d[\d,]*(?:\.\d+)?)"
    r"(?: ?(?P<scale>thousand|million|billion|trillion|m|bn))?\b",
    re.IGNORECASE,
)
SHORT = {"m": "million", "bn": "billion"}
SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


def money(text: str, sentence: Span) -> Iterator[Quantity]:
    """Yield sums of money, in figures with a sign or a currency's name."""
    for hit in MONEY.finditer(text, sentence.start, sentence.end):
        scale = SHORT.get((hit["scale"] or "").lower(), (hit["scale"] or "").lower())
        best = float(hit["value"].replace(",", "")) * SCALE.get(scale, 1)
        yield sum_of(Span(*hit.span()), best, hit["unit"].strip())
    for number in numbers(text, sentence):
        after = re.match(
            r" (?:U\.?S\.? )?([A-Za-z]+)", text[number.span.end : sentence.end]
        )
        unit = after[1].lower().rstrip("s") if after else ""
        if unit in lexicon.MONEY and number.best is not None:
            yield sum_of(number.span, number.best, unit)


def sum_of(span: Span, best: float, unit: str) -> Quantity:
    """Return a sum of money."""
    why = Why("quantities.money.v1", span)
    return Quantity("money", best, best, best, "exact", "", "this act", unit, span, why)
