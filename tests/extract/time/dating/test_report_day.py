"""The day of a report: told, solved for, or not known."""

from datetime import date, datetime
from pathlib import Path

import pytest

from dateline.extract.time.dating import date_report, known
from dateline.model import Mark, Report, Span
from dateline.nlp.en.lexicon import load_english_lexicon

TOUCHSTONE = """\
President Donald Trump may see him again, the state media reported Tuesday.
The train was due on Tuesday morning, which happens to be Kim's birthday.
The summit in Singapore last June between Kim Jong Un and Trump was the first.
"""


def days(text, **more):
    found = date_report(Report("r", text, **more), load_english_lexicon())
    return found.earliest, found.latest


def test_takes_what_is_told_first():
    found = date_report(Report("r", "x", published=datetime(2019, 1, 8, 9)), load_english_lexicon())
    assert found.told
    assert found.latest == date(2019, 1, 8)


def test_reads_the_address():
    url = "https://example.org/world/2019/01/08/kim-visits"
    assert days("Kim left.", url=url) == (date(2019, 1, 8),) * 2


@pytest.mark.parametrize("head", ["January 8, 2019", "Published: Jan. 8, 2019", "(01/08/2019)"])
def test_reads_a_header_line(head):
    assert days(f"{head}\n\nThe talks failed.") == (date(2019, 1, 8),) * 2


def test_reads_a_whole_dateline():
    text = "ROME, Jan. 8, 2019 (XY) -- The talks failed."
    report = Report("r", text, marks=(Mark("dateline", Span(0, 27)),))
    assert date_report(report, load_english_lexicon()).earliest == date(2019, 1, 8)


def test_comes_out_to_the_day(monkeypatch):
    monkeypatch.setitem(known.births(), "Kim Jong Un", date(1984, 1, 8))
    found = date_report(Report("r", TOUCHSTONE), load_english_lexicon())
    assert (found.earliest, found.latest) == (date(2019, 1, 8),) * 2
    assert "times.dating.birthday.v1" in {why.rule for why in found.why}


def test_the_year_not_named_lies_between():
    text = "In 2011, the company earned $5 million. In 2013, it will open two plants."
    assert days(text) == (date(2012, 1, 1), date(2012, 12, 31))


def test_a_day_without_a_year_is_of_the_last_year():
    text = "The invasion of Kuwait on Aug. 2 was condemned by President George Bush."
    first, last = days(text)
    assert first == date(1990, 8, 2)
    assert last < date(1991, 8, 2)


def test_an_office_written_in_capitals_bounds_the_day():
    first, last = days("CIA Director John Brennan flew to Oslo on Monday.")
    assert (first.year, last) == (2012, date(2017, 1, 21))


def test_the_latest_year_named_is_no_answer():
    assert days("He was born in 1962 and was elected in 2015.") == (None, None)


@pytest.mark.parametrize(
    "text", ["", "No time here.", "In 2011 he left. It began in 1440 AH.", "\x00"]
)
def test_abstains(text):
    first, last = days(text)
    assert first is None or last is None or (last - first).days > 366


def undated():
    rows = (Path(__file__).parent / "undated.tsv").read_text("utf-8").splitlines()
    for row in rows:
        if not row.startswith("# "):
            day, text = row.split("\t")
            yield date.fromisoformat(day), days(text)


def test_no_year_is_wrong_from_1985_to_2026():
    answers = [
        (day, first, last)
        for day, (first, last) in undated()
        if first and last and (last - first).days <= 366
    ]
    assert len(answers) >= 0.6 * len([*undated()])
    assert [a for a in answers if not a[1] <= a[0] <= a[2]] == []


@pytest.mark.parametrize(
    "text",
    [
        "In 2012, GOP nominee Mitt Romney lost. Donald Trump tweeted on Tuesday.",
        "He was there two days after the Sept. 11 attacks, long before Brexit.",
        "A Sept. 11 memorial service was held on Sept. 11 for firefighters.",
        "President Bill Clinton was a gifted man, writes a blogger on Facebook.",
    ],
)
def test_history_is_not_the_reports_own_time(text):
    first, last = days(text)
    assert first is None or last is None or (last - first).days > 366


def test_a_name_is_older_than_the_report():
    text = "The Soviet Union will sign. Mrs. Ray of Shearson Lehman Hutton said yes."
    assert days(text)[1] is not None
    assert days(text)[0] == date(1988, 1, 23)


def test_figures_are_set_against_the_year_before():
    text = "Third-quarter net rose from a year ago. In the 1993 quarter it lost $2."
    first, last = days(text)
    assert date(1994, 9, 1) < first < date(1994, 10, 5)
    assert last < date(1995, 3, 1)
