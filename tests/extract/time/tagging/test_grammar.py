"""What a text says of time, as TIMEX3."""

import os
import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extract.time import tagging
from dateline.extract.time.dating import known, report_day, window, years
from dateline.extract.time.grains import holiday
from dateline.extract.time.tagging import dates, grammar, match, relative, spans, words
from dateline.extract.time.tagging.grammar import load_time_grammar
from dateline.extract.time.tagging.words import vocabulary
from dateline.nlp.en.lexicon import load_english_lexicon

DAY = date(2019, 1, 8)  # a Tuesday


def tag(text, day=None):
    return tagging.tag(text, load_english_lexicon(), day)


def told(text, day=DAY):
    return [(t.span.of(text), t.kind, t.value) for t in tag(text, day)]


def test_the_fall_of_a_city_is_no_season():
    assert told("Rebels fled after the fall of the city.") == []


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("An attack in the next decade is likely.", "the next decade", "DATE", "FUTURE_REF"),
        ("The envoy left on Monday.", "Monday", "DATE", "2019-01-07"),
        ("The envoy arrived Tuesday.", "Tuesday", "DATE", "2019-01-08"),
        ("They will meet on Friday.", "Friday", "DATE", "2019-01-11"),
        ("They met last Friday.", "last Friday", "DATE", "2019-01-04"),
        ("He was shot at 10 p.m. Monday.", "10 p.m. Monday", "TIME", "2019-01-07T22:00"),
        ("It began Saturday night.", "Saturday night", "TIME", "2019-01-05TNI"),
        ("They met last June.", "last June", "DATE", "2018-06"),
        ("He fled on the night of Jan. 3.", "the night of Jan. 3", "TIME", "2019-01-03TNI"),
        ("He fled on the evening of Sunday.", "the evening of Sunday", "TIME", "2019-01-06TEV"),
        ("It was signed in June.", "June", "DATE", "2018-06"),
        ("It will open in June.", "June", "DATE", "2019-06"),
        ("He left on Jan. 4.", "Jan. 4", "DATE", "2019-01-04"),
        ("He left on Dec. 30.", "Dec. 30", "DATE", "2018-12-30"),
        ("SAN SALVADOR, 3 JAN 90 -- IT", "3 JAN 90", "DATE", "1990-01-03"),
        ("On 30 DECEMBER the", "30 DECEMBER", "DATE", "2018-12-30"),
        ("It grew in the third quarter.", "the third quarter", "DATE", "2018-Q3"),
        ("A four-day trip", "four-day", "DURATION", "P4D"),
        ("over the past three years", "the past three years", "DURATION", "P3Y"),
        ("two and a half years", "two and a half years", "DURATION", "P2Y6M"),
        ("It took nearly two years.", "nearly two years", "DURATION", "P2Y"),
        ("It may start early this year.", "early this year", "DATE", "2019"),
        ("wars of the 1990s", "the 1990s", "DATE", "199"),
        ("in the 20th century", "the 20th century", "DATE", "19"),
        ("He left three weeks ago.", "three weeks ago", "DATE", "2018-W51"),
        ("They met daily.", "daily", "SET", "P1D"),
        ("They meet every Thursday.", "every Thursday", "SET", "XXXX-WXX-4"),
        ("killed on Christmas Eve", "Christmas Eve", "DATE", "2018-12-24"),
        ("It lasted for days.", "days", "DURATION", "PXD"),
        ("The army now holds it.", "now", "DATE", "PRESENT_REF"),
        ("on 2019-01-05 at", "2019-01-05", "DATE", "2019-01-05"),
        ("by the end of 2020", "the end of 2020", "DATE", "2020"),
        ("next week", "next week", "DATE", "2019-W03"),
        ("Rebels fought last winter.", "last winter", "DATE", "2017-WI"),
        ("They hold out this winter.", "this winter", "DATE", "2018-WI"),
        ("The war ended in the winter.", "the winter", "DATE", "2018-WI"),
        ("Talks in the fall failed.", "the fall", "DATE", "2018-FA"),
        ("It fell on 7 October last year.", "7 October last year", "DATE", "2018-10-07"),
        ("It ends on March 9 next year.", "March 9 next year", "DATE", "2020-03-09"),
    ],
)
def test_says_what_a_reader_would(text, words, kind, value):
    assert (words, kind, value) in told(text)


def test_counts_from_the_last_day_told():
    text = "He was arrested on Nov. 3. Two days later he was freed."
    assert told(text)[1][2] == "2018-11-05"


def test_keeps_the_other_reading():
    assert tag("He left Monday.", DAY)[0].alternatives == ("2019-01-14",)
    assert tag("He left Monday night.", DAY)[0].alternatives == ("2019-01-14TNI",)


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital.",
        "About 2,000 people fled.",
        "some 1990 people were there",
        "A shot hit 37 years old Ann.",
        "She is 52 years old.",
        "in the year of 1440 AH",
        "three-quarters of the seats",
        "They met at the Winter Olympics.",
    ],
)
def test_leaves_the_rest_alone(text):
    assert not [t for t in tag(text, DAY) if t.kind == "DATE" and "-" in t.value]


@pytest.mark.parametrize(
    "text", ["in 1440 AH", "the year 1440 A.H.", "in 2562 B.E.", "14 Muharram 1440"]
)
def test_other_calendars_are_left_alone(text):
    assert not tag(text, DAY)


def test_no_such_day_is_no_date():
    assert "2019-06-31" not in [v for _, _, v in told("on June 31, 2019")]
    assert ("Feb. 29, 2020", "DATE", "2020-02-29") in told("on Feb. 29, 2020")
    assert all("02-29" not in v for _, _, v in told("on Feb. 29, 2019"))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2020, 2, 29), None])
def test_stands_at_the_ends_of_the_calendar(day):
    text = "last year, next week, two decades ago, Monday, tomorrow, in June, on Feb. 29"
    assert tag(text, day)


PIECES = "the a last next Monday Jan. 8 31 2019 of , - year years ago later two '90s 9:30 .".split()  # noqa: E501


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.dates())
def test_never_fails_and_never_overlaps(pieces, day):
    found = tag(" ".join(pieces), day)
    ends = [t.span.end for t in found]
    assert all(a <= b.span.start for a, b in zip(ends, found[1:], strict=False))


def test_does_not_look_at_the_clock(monkeypatch):
    text = "It began Monday and ends next month."
    here = tag(text, DAY)
    monkeypatch.setitem(os.environ, "TZ", "Pacific/Kiritimati")
    time.tzset()
    assert tag(text, DAY) == here
    monkeypatch.undo()
    time.tzset()


HOSTILE = [
    "a" * 30 + "!",
    "(",
    "said ",
    "1,",
    "1/",
    "the last ",
    "twenty-",
    "Jan. 8, ",
    "'89",
    "Aa ",
]


def patterns():
    yield from (pattern for _, pattern, _ in load_time_grammar())
    every = load_english_lexicon().patterns
    yield from (every[name] for name in every if name.startswith("times."))
    yield known.with_title(load_english_lexicon())
    readers = (dates, grammar, match, relative, spans, words)
    for module in (*readers, known, report_day, window, years):
        yield from (v for v in vars(module).values() if isinstance(v, re.Pattern))
    yield from (one.names for one in known.load_happenings().things[:3])


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_pattern_runs_away(piece):
    text = (piece * 100_000)[:100_000]
    for pattern in patterns():
        began = time.process_time()
        sum(1 for _ in pattern.finditer(text))
        assert time.process_time() - began < 0.5, pattern.pattern  # slack for slow hosts


def test_is_fast():
    text = "The minister said on Monday that two years ago, in June 2017, he left. " * 3000
    began = time.process_time()
    tag(text, DAY)
    assert len(text) / (time.process_time() - began) > 200_000


def test_every_row_of_the_tables_is_read():
    tables = load_english_lexicon().tables
    assert len(load_time_grammar()) > 1
    assert (
        len(known.load_lifespans(load_english_lexicon()).things)
        == len(tables["times.lifespans"])
        > 1
    )
    phrases = vocabulary(load_english_lexicon()).phrases
    entries = [words.split() for _, _, words in tables["times.vocabulary"]]
    assert sum(map(len, phrases.values())) == sum(map(len, entries)) > 1
    feasts = [told for letter, told, _ in tables["times.vocabulary"] if letter == "J"]
    assert feasts and all(holiday(told, 2018) for told in feasts)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The camp fell on 15 Ramadan 1445.", []),
        ("It was signed in 2567 BE.", []),
        ("It opened in 1445H.", []),
        ("The ferry sank on June 31.", []),
        ("The ferry sank on Jan. 1, 0001.", []),
        ("The ferry sank on Dec. 31, 9999.", []),
        ("The ferry sank on Feb. 29, 2023.", ["2023"]),
        ("The ferry sank on Feb. 29, 2024.", ["2024-02-29"]),
    ],
)
def test_dates_that_no_gregorian_year_has_are_left_alone(text, values):
    assert [t.value for t in tag(text, DAY)] == values


def test_years_later_count_from_the_time_told_before() -> None:
    text = "The war ended in 1945. Four years later its government fled."
    assert [t.value for t in tag(text, date(2024, 5, 14))] == ["1945", "1949"]
    text = "He fled in May 2011 and returned six months later."
    assert [t.value for t in tag(text, date(2024, 5, 14))] == ["2011-05", "2011-11"]
