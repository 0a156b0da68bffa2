"""Stamps as data have them: what is one day is read, what may be two is refused."""

import pytest

from dateline.nlp.date_formats import TwoDays, parse_moment


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Jan 8, 2019", "2019-01-08"),
        ("Tues., Jan. 8, 2019", "2019-01-08"),
        ("8th March 2019", "2019-03-08"),
        ("08-Jan-2019", "2019-01-08"),
        ("January 8, 2019 at 9:05 p.m. EST", "2019-01-08T21:05:00-05:00"),
        ("Tue Jan 08 09:00:00 +0000 2019", "2019-01-08T09:00:00+00:00"),
        ("2019-01-08 9:00", "2019-01-08T09:00:00"),
        ("20190108093000", "2019-01-08T09:30:00"),
        (20190108, "2019-01-08"),
        (1546938000, "2019-01-08T09:00:00+00:00"),
        ("1546938000", "2019-01-08T09:00:00+00:00"),
        (1546938000000, "2019-01-08T09:00:00+00:00"),
        ({"$date": "2019-01-08T09:00:00Z"}, "2019-01-08T09:00:00+00:00"),
        ({"$date": {"$numberLong": "1546938000000"}}, "2019-01-08T09:00:00+00:00"),
        ("08.01.2019", "2019-01-08"),
        ("25/12/2019", "2019-12-25"),
        ("12/25/2019 3:04:05 PM", "2019-12-25T15:04:05"),
    ],
)
def test_a_stamp_that_is_one_day_is_read(told: object, day: str) -> None:
    found = parse_moment(told)
    assert found is not None
    assert found.isoformat() == day


@pytest.mark.parametrize(
    "told",
    ["soon", "2019", "Mar 2019", "201901080930", "8/1/19", True, 12, -5, "May 8 25:00"]
    + ["Mon, 01 Jan 0001 00:00:00 GMT"],
)
def test_a_stamp_that_is_no_day_is_refused(told: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  whatever its words
        parse_moment(told)


def test_a_stamp_that_may_be_two_days_is_refused_as_such() -> None:
    with pytest.raises(TwoDays):
        parse_moment("08/01/2019")
