"""Which way a time lies, by the status that the reader saw: over real parses."""

from dataclasses import replace
from datetime import date

import pytest

from dateline.extract.time import tag_event_times
from dateline.extract.time.meaning import weeks_from_sunday
from dateline.extract.time.report_times import tag_report_times
from dateline.extract.time.tagging import Timex
from dateline.model import Dating, Parsed, Report, Setting, Span, Why
from dateline.model.encoder_output import Act, Words
from dateline.nlp.en import pack
from tests.acts import bare

DAY = date(2024, 8, 28)  # a Wednesday
SETTING = Setting(Dating(DAY, DAY, True, ()))
LAST_WEEK = Parsed(Report("r", "last week"), (), (), (), lexicon=pack.lexicon)


def answer(text: str, word: str, words: str, status: str = "happened"):
    report = Report("r", text, published=DAY)
    parsed = pack.parse(report, pack.sentences(report))
    trigger, time = (Span(text.index(w), text.index(w) + len(w)) for w in (word, words))
    act = Act(
        trigger=trigger,
        sentence=parsed.sentences[0].span,
        sure=0.9,
        deeds=(("ASSAULT", 1.0),),
        statuses=((status, 0.9), ("possible", 0.1)),
        modes=(),
        contexts=(),
        mutual=0.0,
        times=(Words(time, 0.9),),
    )
    return tag_event_times(parsed, SETTING)(replace(bare(trigger, "ASSAULT"), act=act))


@pytest.mark.parametrize(
    ("text", "word", "words", "day"),
    [
        ("Chad and Mali hold talks on September 4.", "hold", "September 4",
         "2024-09-04"),
        ("The king visits Oslo on December 3.", "visits", "December 3", "2024-12-03"),
        ("The king met Chad's envoys on December 3.", "met", "December 3",
         "2023-12-03"),
        ("The September 4 raid killed ten.", "raid", "September 4", "2023-09-04"),
        ("Guards raided a port on September 4.", "raided", "September 4", ""),
        ("Guards raided a port on Monday, September 4.", "raided",
         "Monday, September 4", "2023-09-04"),
        ("Guards had raided a port on September 4.", "raided", "September 4", ""),
        ("Talks between both in Oslo on September 4.", "Talks", "September 4", ""),
        ("Chad recalls an envoy to Mali on September 4.", "recalls",
         "September 4", "2024-09-04"),
    ],
)  # fmt: skip
def test_a_day_without_its_year_is_no_year_back_where_it_is_near(text, word, words, day):
    found = answer(text, word, words)
    assert str(found.first or "") == day
    if not day:
        assert found.why.rule == "times.undated.v1"


@pytest.mark.parametrize(
    ("text", "word", "words", "status", "days", "rule"),
    [
        ("Rebels attacked the port on October 7, killing two.", "killing",
         "October 7", "happened", ("2023-10-07", "2023-10-07"), "reading.time.v1"),
        ("The ministers will meet in Oslo on Wednesday.", "meet",
         "Wednesday", "planned", ("2024-08-28", "2024-08-28"), "reading.time.v1"),
        ("The army shelled the town this week.", "shelled",
         "this week", "happened", ("2024-08-26", "2024-08-28"), "times.so-far.v1"),
        ("He toured the region earlier this month.", "toured",
         "earlier this month", "happened", ("2024-08-01", "2024-08-28"),
         "times.so-far.v1"),
        ("The envoys will meet again next week.", "meet",
         "next week", "planned", ("2024-09-02", "2024-09-08"), "reading.time.v1"),
        ("Troops raided the camp overnight.", "raided",
         "overnight", "happened", ("2024-08-27", "2024-08-28"), "times.overnight.v1"),
        ("Over the past two years militias have attacked convoys.", "attacked",
         "the past two years", "happened", ("2022-08-28", "2024-08-28"),
         "times.backward.v1"),
        ("Fighting grew over the last week, aid workers said.", "Fighting",
         "the last week", "happened", ("2024-08-21", "2024-08-28"),
         "times.backward.v1"),
        ("The mayor ordered a patrol on Monday, to last two weeks.", "patrol",
         "Monday", "planned", ("2024-08-26", "2024-08-26"), "reading.time.v1"),
        ("Police have jailed hundreds over the past decade.", "jailed",
         "the past decade", "happened", ("2014-08-28", "2024-08-28"),
         "times.backward.v1"),
        ("Police have jailed hundreds in the past 24 hours.", "jailed",
         "the past 24 hours", "happened", ("2024-08-27", "2024-08-28"),
         "times.backward.v1"),
        ("Rebels killed two men the day before yesterday.", "killed",
         "the day before yesterday", "happened", ("2024-08-26", "2024-08-26"),
         "reading.time.v1"),
        ("Thousands have been killed since the war began in 2011.", "killed",
         "2011", "happened", ("2011-01-01", "2024-08-28"), "times.since.v2"),
        ("The troops are to leave the base by September 20.", "leave",
         "September 20", "planned", (None, "2024-09-20"), "times.by.v1"),
        ("The troops are to leave the base before September 20.", "leave",
         "September 20", "planned", (None, "2024-09-19"), "times.ahead-of.v1"),
        ("The troops are to leave the base before the end of September.", "leave",
         "the end of September", "planned", (None, "2024-09-30"),
         "times.ahead-of.v1"),
        ("Gunmen killed officials in February and March.", "killed",
         "February", "happened", ("2024-02-01", "2024-03-31"), "times.range.v1"),
        ("The generals seized power in late January.", "seized",
         "late January", "happened", ("2024-01-20", "2024-01-31"),
         "reading.time.v1"),
    ],
)  # fmt: skip
def test_a_time_goes_with_the_status(text, word, words, status, days, rule):
    found = answer(text, word, words, status)
    told = found.first and str(found.first), found.last and str(found.last)
    assert (told, found.why.rule) == (days, rule)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Thousands marched on Monday against the raid on a camp.", "raid"),
        ("Police arrested ten on Monday over the bombing of a shrine.", "bombing"),
        ("A man accused of killing two soldiers was arrested on Monday.", "killing"),
        ("Chad repeated on Monday its view that a raid was staged.", "raid"),
    ],
)
def test_why_something_was_done_is_not_of_the_day_it_was_done(text, word):
    assert not answer(text, word, "Monday").known


def test_a_year_is_not_cut_where_the_war_itself_is_asked_of():
    found = answer("Many fled since the war began in 2011.", "war", "2011")
    assert (str(found.first), str(found.last)) == ("2011-01-01", "2011-12-31")


@pytest.mark.parametrize(
    ("text", "word", "words", "days"),
    [
        ("It has been torn since the coup in 2011 that toppled its ruler.", "toppled",
         "2011", ("2011-01-01", "2011-12-31")),
        ("He fled the country in the late 1970s.", "fled",
         "the late 1970s", ("1975-01-01", "1979-12-31")),
        ("The rebels took the port in mid-July.", "took",
         "mid-July", ("2024-07-11", "2024-07-20")),
    ],
)  # fmt: skip
def test_parts_of_time_and_the_beginning_itself(text, word, words, days):
    found = answer(text, word, words)
    assert (str(found.first), str(found.last)) == days


def test_what_began_then_and_goes_on_has_no_end():
    found = answer("The army slowed an offensive that began in May.", "offensive", "May", "ongoing")
    assert (str(found.first), found.last) == ("2024-05-01", None)
    assert found.why.rule == "times.begun.v1"


def test_on_a_sunday_last_week_ended_the_day_before():
    week = date(2024, 8, 19), date(2024, 8, 25)
    sunday = date(2024, 9, 1)
    before = date(2024, 8, 25), date(2024, 8, 31)
    assert weeks_from_sunday(LAST_WEEK, week, week_told(""), sunday) == before
    assert weeks_from_sunday(LAST_WEEK, week, week_told(""), DAY) == week


def test_an_american_week_begins_on_sunday():
    week = date(2024, 8, 19), date(2024, 8, 25)
    told = date(2024, 8, 18), date(2024, 8, 24)
    assert weeks_from_sunday(LAST_WEEK, week, week_told("SUNDAY"), DAY) == told
    for home, first in (("USA", 18), ("CAN", 18), ("GBR", 19), ("", 19)):
        setting = Setting(Dating(DAY, DAY, True, ()), "", home)
        (found,) = tag_report_times(LAST_WEEK, DAY, setting)
        days = weeks_from_sunday(LAST_WEEK, week, found, DAY)
        assert days[0] == date(2024, 8, first), home


def week_told(mod):
    return Timex(Span(0, 9), "DATE", "2024-W34", (), mod, Why("times.this.v1"))


@pytest.mark.parametrize(
    ("text", "word", "words", "first", "last"),
    [
        (
            "Critics blamed the mayor for Monday's arson attacks in Arequipa.",
            "attacks",
            "Monday",
            date(2024, 8, 26),
            date(2024, 8, 26),
        ),
        ("Unions called a strike for Monday.", "strike", "Monday", None, None),
        (
            "By noon Wednesday, six people had been killed in Sirte.",
            "killed",
            "noon Wednesday",
            None,
            date(2024, 8, 28),
        ),
        (
            "It is ten months since rebels attacked Bukavu on 20 September.",
            "attacked",
            "20 September",
            date(2023, 9, 20),
            date(2023, 9, 20),
        ),
        (
            "A man shot at a hall in a bid to hurt a painter who had drawn the king six years ago.",
            "shot",
            "six years ago",
            None,
            None,
        ),
        (
            "The raid has forced an early end to campaigning in Sunday's local vote.",
            "raid",
            "Sunday",
            None,
            None,
        ),
        (
            "4 May 2019 - Seoul claimed to have shelled the islet.",
            "shelled",
            "4 May 2019",
            date(2019, 5, 4),
            date(2019, 5, 4),
        ),
    ],
)
def test_words_that_the_model_took_for_the_time(text, word, words, first, last):
    found = answer(text, word, words)
    assert (found.first, found.last) == (first, last)


def test_a_sentence_to_years_in_prison_is_not_how_long_it_has_gone_on():
    text = "A clerk has been jailed for six years in Leeds."
    assert not answer(text, "jailed", "six years").known
