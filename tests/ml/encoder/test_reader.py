"""The reader with the weights that ship; margins are wide, since machines differ."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.ml.encoder import Reader
from dateline.model import Parsed, Report, Span
from tests.encoded import encoded

TEXT = (
    "Rebels shelled the port of Arva on Friday, killing nine dock workers.\n\n"
    "Norway's foreign minister condemned the attack.\n\nThe weather was mild."
)


@pytest.fixture(scope="module")
def parsed() -> Parsed:
    return encoded(Report("r", TEXT))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def test_acts_come_out_with_the_words_of_their_parties(parsed, reader) -> None:
    acts = {a.trigger.of(TEXT): a for a in reader(parsed).acts if a.sure > 0.6}
    assert {"shelled", "condemned"} <= set(acts)
    shelled = acts["shelled"]
    assert shelled.deeds[0][0] == "ASSAULT"
    assert shelled.statuses[0][0] == "happened"
    assert [w.span.of(TEXT) for w in shelled.actors if w.sure > 0.5] == ["Rebels"]
    assert any("Friday" in w.span.of(TEXT) for w in shelled.times)
    assert acts["condemned"].deeds[0][0] == "ACCUSE"


def test_the_weather_tells_no_act(parsed, reader) -> None:
    at = TEXT.index("The weather")
    assert all(a.trigger.start < at or a.sure < 0.4 for a in reader(parsed).acts)


def test_a_report_is_read_alike_twice_and_beside_others(parsed, reader) -> None:
    first = reader(parsed)
    reader(encoded(Report("s", "Police arrested two editors in Nyala.")))
    again = Reader(reader.path)
    assert again(replace(parsed, states=again.encode(parsed.text, parsed.runs))) == first
    assert pickle.loads(pickle.dumps(first)) == first


def test_words_that_a_pattern_asks_for_are_looked_at(parsed, reader) -> None:
    at = TEXT.index("mild")
    found = reader(parsed, [Span(at, at + 4)])
    (own,) = (a for a in found.acts if a.asked)
    assert own.trigger.of(TEXT) == "mild"


def test_skipped_sentences_are_not_read(parsed, reader) -> None:
    first = parsed.sentences[0]
    rest = tuple(replace(s, last=s.first) for s in parsed.sentences[1:])
    some = replace(parsed, sentences=(first, *rest))
    found = reader(replace(some, states=reader.encode(TEXT, some.runs)))
    assert all(first.span.covers(a.trigger) for a in found.acts)
    assert found.acts


def test_a_sentence_longer_than_a_window_is_read_in_parts(reader) -> None:
    text = "Police arrested " + "the editor and " * 400 + "the printer."
    report = Report("r", text)
    found = reader(encoded(report))
    assert any(a.trigger.of(text) == "arrested" for a in found.acts)
    assert all(0 <= a.trigger.start < a.trigger.end <= len(text) for a in found.acts)


def test_weights_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="no reader's weights"):
        Reader.load(tmp_path)


def test_what_is_denied_and_the_denial_are_two_acts(reader) -> None:
    text = "Rebels deny bombing hospital in Arva."
    acts = reader(encoded(Report("r", text))).acts
    told = {a.trigger.of(text): a.deeds[0][0] for a in acts}
    assert told == {"deny": "REJECT", "bombing": "ASSAULT"}
