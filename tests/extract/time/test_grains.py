"""The calculus of grains."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.time.grains import shift, timex_interval, week_of


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019-01-08", "2019-01-08", "2019-01-08"),
        ("2019-Q4", "2019-10-01", "2019-12-31"),
        ("2019-WI", "2019-12-01", "2020-02-29"),
        ("199", "1990-01-01", "1999-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
        ("2019-W02-WE", "2019-01-12", "2019-01-13"),
    ],
)
def test_values_are_days(value, first, last):
    assert tuple(map(str, timex_interval(value))) == (first, last)


@pytest.mark.parametrize(
    "value", ["2019-02-30", "0000-01", "XXXX-06", "PXY", "PAST_REF", "9999-W54"]
)
def test_no_value_no_days(value):
    assert timex_interval(value) is None


@given(st.dates(date(2, 1, 1), date(9990, 1, 1)), st.sampled_from("DWMQY"), st.integers(-3, 3))
def test_shifts_hold_days(day, unit, count):
    value = shift(day, unit, count)
    assert value is None or timex_interval(value)


@given(st.dates(date(2, 1, 1), date(9990, 1, 1)))
def test_a_day_is_in_its_week(day):
    first, last = timex_interval(week_of(day))
    assert first <= day <= last
