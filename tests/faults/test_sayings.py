"""Who says what in text that no reader expects: bounded time, spans that slice."""

from time import process_time

import pytest

from benchmarks.attribution import ask_attributions
from dateline.extract.attribution import Speakers, tabulate_voices
from dateline.model import Dating, Report, Setting
from dateline.nlp.en import pack
from tests.faults.texts import RAID, TEXTS

pytestmark = pytest.mark.fault
BOUND = 60  # CPU seconds: five times what the slowest takes on a quiet machine
MOST, SHORT = 20_000, 5_000  # characters
QUOTED = {
    "a quotation of 3,000 words": "Ruto",
    "one long quotation": "President Ruto",
    "quotes never closed": "Ruto",
}
MORE = {
    "tweets in a report": "The minister wrote: “We won 🎉🎉 #peace @UN” 😀, then left.",
    "a mark left open": f'The minister said: "{RAID}.\nThe army left the town.',
    "Q and A in capitals": "Q. WHO DID IT?\nA. THE ARMY.\n" * 50,
}


def cited_speakers(text: str) -> list[str]:
    """Return who is cited in a text; who that is is not asked."""
    report = Report("", text)
    parsed = pack.parse(report, pack.sentences(report))
    setting = Setting(Dating(None, None, False, ()))
    nobody = Speakers(lambda parsed, spans, setting: [() for _ in spans])
    return [voice.speaker.text for voice in tabulate_voices(parsed, nobody, setting)]


@pytest.mark.parametrize("name", [*TEXTS, *MORE])
def test_sayings_of_any_text_lie_in_it(name: str) -> None:
    text, began = {**TEXTS, **MORE}[name], process_time()
    text = text[:MOST]
    (answer,) = ask_attributions([{"doc": name, "text": text}])
    if len(text) < SHORT:  # the same finder: long ones are read once
        cited_speakers(text)
    assert process_time() - began < BOUND
    for one in answer["attributions"]:
        assert one["cue"]
        for start, end in (piece for role in one.values() for piece in role):
            assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("name", QUOTED)
def test_a_quotation_of_any_length_has_its_speaker(name: str) -> None:
    assert QUOTED[name] in cited_speakers(TEXTS[name])
