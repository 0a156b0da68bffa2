"""When actions took place, over parses made by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

from dateline.extract.time import tag_event_times
from dateline.extract.time.report_times import local_day
from dateline.model import Act, Dating, Parsed, Report, Sentence, Setting, Span, Token
from dateline.model.encoder_output import Words
from dateline.nlp.en.lexicon import load_english_lexicon
from tests.acts import bare

DAY = date(2019, 1, 8)


def setting(day=DAY, zone=""):
    return Setting(Dating(day, day, True, ()), zone)


def parsed(rows, published=None):
    """Rows: text, lemma, pos, tag, dep, head."""
    tokens, at = [], 0
    for i, (text, lemma, pos, tag, dep, head) in enumerate(rows):
        tokens.append(Token(i, at, at + len(text), text, lemma, pos, tag, dep, head))
        at += len(text) + 1
    words = " ".join(row[0] for row in rows)
    below = tuple(
        tuple(t.i for t in tokens if t.head == i and t.i != i) for i in range(len(tokens))
    )
    report = Report("r", words, published=published)
    sentence = Sentence(Span(0, len(words)), 0, len(tokens))
    return Parsed(report, (sentence,), tuple(tokens), below, lexicon=load_english_lexicon())


def action(document, i, *times):
    """Return the act of a token; `times` are the tokens that the reader gives it."""
    at = document.tokens[i].span
    words = tuple(Words(document.tokens[n].span, 0.9) for n in times)
    status = (("happened", 1.0),)
    act = Act(at, at, 0.9, (), status, (), (), 0.0, times=words)
    return replace(bare(at, "ASSAULT"), act=act)


SAID = [
    ("Officials", "official", "NOUN", "plural-noun", "subject", 1),
    ("said", "say", "VERB", "past", "root", 1),
    ("Tuesday", "Tuesday", "PROPN", "name", "adverbial-noun", 1),
    ("that", "that", "SCONJ", "preposition", "subordinator", 5),
    ("they", "they", "PRON", "pronoun", "subject", 5),
    ("tested", "test", "VERB", "past", "content-clause", 1),
    ("it", "it", "PRON", "pronoun", "object", 5),
    ("Monday", "Monday", "PROPN", "name", "adverbial-noun", 5),
]


def test_the_time_of_saying_is_not_that_of_the_deed():
    found = tag_event_times(parsed(SAID), setting())(action(parsed(SAID), 5, 2, 7))
    assert (found.first, found.last) == (date(2019, 1, 7),) * 2
    assert found.why.rule == "reading.time.v1"
    assert found.span == parsed(SAID).tokens[7].span


def test_a_deed_is_not_dated_by_the_time_of_saying():
    document = parsed(SAID[:-1])
    assert not tag_event_times(document, setting())(action(document, 5, 2)).known


def test_a_time_that_the_reader_does_not_take_for_an_act_is_left_to_the_report():
    found = tag_event_times(parsed(SAID), setting())(action(parsed(SAID), 5))
    assert not found.known


def test_unknown_has_a_rule_of_its_own():
    document = parsed([("Rebels", "rebel", "NOUN", "plural-noun", "subject", 1),
                       ("attacked", "attack", "VERB", "past", "root", 1)])  # fmt: skip
    found = tag_event_times(document, setting())(action(document, 1))
    assert not found.known
    assert found.why.rule == "times.none.v1"


def test_relative_times_need_a_day():
    document = parsed(SAID)
    found = tag_event_times(document, setting(day=None))(action(document, 5, 7))
    assert not found.known
    assert found.why.rule == "times.undated.v1"


def test_since_ends_with_the_report():
    rows = [
        ("It", "it", "PRON", "pronoun", "subject", 2),
        ("has", "have", "AUX", "present-third", "auxiliary", 2),
        ("besieged", "besiege", "VERB", "participle", "root", 2),
        ("them", "they", "PRON", "pronoun", "object", 2),
        ("since", "since", "ADP", "preposition", "preposition", 2),
        ("1990", "1990", "NUM", "number", "oblique", 4),
    ]
    found = tag_event_times(parsed(rows), setting())(action(parsed(rows), 2, 5))
    assert (found.first, found.last) == (date(1990, 1, 1), DAY)


def test_a_weekday_is_that_of_the_dateline():
    told = datetime(2019, 1, 7, 23, 30, tzinfo=UTC)
    document = parsed([], told)
    before = date(2019, 1, 7)
    assert local_day(document, setting(before, "Asia/Seoul")) == DAY
    assert local_day(document, setting(before, "America/New_York")) == before
    assert local_day(document, setting(before, "Nowhere/City")) == before


def test_offsets_are_those_of_the_time():
    told = datetime(2015, 9, 1, 15, 15, tzinfo=UTC)
    pyongyang = setting(date(2015, 9, 1), "Asia/Pyongyang")
    day = local_day(parsed([], told), pyongyang)
    assert day == date(2015, 9, 1)  # then half an hour behind Seoul


def test_a_date_of_another_calendar_is_told_and_not_read():
    document = parsed(
        [
            ("Gunmen", "gunman", "NOUN", "plural-noun", "subject", 1),
            ("attacked", "attack", "VERB", "past", "root", 1),
            ("on", "on", "ADP", "preposition", "preposition", 1),
            ("15", "15", "NUM", "number", "number", 4),
            ("Ramadan", "Ramadan", "PROPN", "name", "oblique", 2),
            ("1445", "1445", "NUM", "number", "number", 4),
        ]
    )
    found = tag_event_times(document, setting())(action(document, 1))
    assert (found.first, found.why.rule) == (None, "times.calendar.other.v1")
    assert found.span.of(document.text) == "15 Ramadan 1445"
