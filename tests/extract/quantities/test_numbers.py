"""Numbers and ranges in figures and words."""

import pytest

from dateline.extract.quantities.numbers import find_numbers, range_multiplier, value_of_number
from dateline.model import Parsed, Report, Span
from dateline.resources import plugins

ENGLISH = plugins.load_plugin("languages", "en").lexicon

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
    parsed = Parsed(Report("r", text), (), (), (), lexicon=ENGLISH)
    told = [(n.low, n.high) for n in find_numbers(parsed, Span(0, len(text)))]
    assert told == ends


def test_what_a_number_is_worth() -> None:
    assert value_of_number(ENGLISH, "one hundred and twelve") == 112
    assert value_of_number(ENGLISH, "1.2 million") == 1.2e6


def test_a_range_is_of_millions_where_its_end_alone_tells_it() -> None:
    assert range_multiplier(ENGLISH, "10", "20 million") == 10**6
    assert range_multiplier(ENGLISH, "900,000", "two million") == 1
