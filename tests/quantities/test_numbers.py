"""Numbers and ranges in figures and words."""

import pytest

from dateline.model import Span
from dateline.quantities.numbers import numbers

RANGES = [
    ("between 20 and 30 people", [(20, 30)]),
    ("20-30 people", [(20, 30)]),
    ("20–30 people", [(20, 30)]),
    ("between 10 and 20 million people", [(10**7, 2 * 10**7)]),
    ("two to three hundred men", [(200, 300)]),
    ("a 20-million-dollar loan", [(2 * 10**7, 2 * 10**7)]),
    ("one hundred and twelve men", [(112, 112)]),
    ("twenty-three men and 1,200 boys", [(23, 23), (1200, 1200)]),
    ("12 men and 14 women", [(12, 12), (14, 14)]),
]


@pytest.mark.parametrize(("text", "ends"), RANGES)
def test_the_ends_of_what_a_number_says(text: str, ends: list[tuple[int, int]]) -> None:
    told = [(n.low, n.high) for n in numbers(text, Span(0, len(text)))]
    assert told == ends
