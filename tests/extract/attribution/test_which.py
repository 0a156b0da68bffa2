"""Who said that an act was done, chosen among all who may have."""

from collections.abc import Iterable, Sequence

import pytest

from dateline.extract.attribution import Speakers, attributions
from dateline.extract.attribution.candidates import Rivals
from dateline.extract.attribution.speaker_ranker import SAYS, rival_states, weigh_speakers
from dateline.extract.attribution.speakers import Sayings
from dateline.model import Action, Actor, Dating, Parsed, Report, Setting, Span
from dateline.model.encoder_output import Act, Words
from dateline.nlp.en import pack

SETTING = Setting(Dating(None, None, False, ()))
SAID = "The army said that rebels had shelled the town on Monday."
LAST = "The general said the town was safe. Rebels had shelled the port."


def nobody(parsed: Parsed, spans: Iterable[Span], setting: Setting) -> list[tuple[Actor, ...]]:
    return [() for _ in spans]


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def asked(text: str, word: str, *heard: Words) -> tuple[Sayings, Action]:
    """Return the sayings of a text, and an act that the model read in it."""
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    trigger = at(text, word)
    sentence = parsed.sentence_at(trigger.start)
    assert sentence is not None
    deeds, statuses = (("ASSAULT", 0.9),), (("happened", 0.9),)
    act = Act(trigger, sentence.span, 0.9, deeds, statuses, (), (), 0.0, speakers=tuple(heard))
    action = Action(trigger, sentence.span, "ASSAULT", (), (), (), (), False, 0.6, (), act)
    return Speakers(nobody)(parsed, SETTING), action


def kinds(text: str, word: str, *heard: Words) -> list[tuple[str, str]]:
    sayings, action = asked(text, word, *heard)
    some = sayings.candidates(action)
    return [(one.kind, one.words.of(text)) for one in some]


def test_nobody_and_all_who_may_say_so_are_asked_about() -> None:
    assert kinds(SAID, "shelled") == [("nobody", ""), ("grammar", "The army")]
    assert ("last", "The general") in kinds(LAST, "shelled")


def test_the_models_words_are_a_candidate_unless_grammar_has_them() -> None:
    army, town = Words(at(SAID, "army"), 0.9), Words(at(SAID, "the town"), 0.4)
    found = kinds(SAID, "shelled", army, town)
    assert found == [("nobody", ""), ("grammar", "The army"), ("reader", "the town")]


@pytest.mark.parametrize("heard", [Words(Span(5, 8), 0.9), Words(Span(4, 8), 0.05)])
def test_pieces_of_a_word_and_the_unlikely_are_no_candidates(heard: Words) -> None:
    text = "Men shelled the town, the army said."
    assert all(kind != "reader" for kind, _ in kinds(text, "town", heard))


def test_every_figure_has_a_name_and_the_nets_know_it() -> None:
    for text in (SAID, LAST):
        sayings, action = asked(text, "shelled")
        some = sayings.candidates(action)
        rows = weigh_speakers(sayings.rivals, action, some)
        assert rows.shape == (len(some), len(SAYS.names))
        acts, *others = rival_states(sayings.rivals, [(action, some), (action, some)])
        assert acts.shape[1:] == others[0].shape[1:]
        assert [len(each) for each in (acts, *others)] == [2, *[2 * len(some)] * 2]
    assert SAYS.learned().figures == SAYS.names


def test_a_speaker_whom_grammar_and_the_model_find_is_told_by_grammars_rule() -> None:
    sayings, action = asked(SAID, "shelled", Words(at(SAID, "The army"), 0.95))
    found = sayings([action])[0]
    assert [who.text for who in found.speakers] == ["The army"]
    assert found.why.rule == "attribution.clause-before.v1"


def told(lean: float, text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.setattr("dateline.extract.attribution.speaker_ranker.LEAN", lean)
    sayings, action = asked(text, "shelled")
    found = sayings([action])[0]
    return " ".join(who.text for who in found.speakers), found.why.rule


def test_nobody_is_told_where_nobody_is_likelier(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = "attribution.unlikely.v1"
    assert told(float("-inf"), SAID, monkeypatch) == ("", rule)


def test_who_spoke_last_is_told_by_a_rule_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    found = told(float("inf"), LAST, monkeypatch)
    assert found == ("The general", "attribution.goes-on.v1")


def test_where_nobody_speaks_at_all_the_report_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Rebels shelled the town on Monday."
    own = ("", "attribution.own-voice.v1")
    assert told(float("inf"), text, monkeypatch) == own
    assert told(float("-inf"), LAST, monkeypatch) == own


def test_the_same_answer_every_time() -> None:
    answers = set()
    for _ in range(2):
        sayings, action = asked(LAST, "shelled")
        found = sayings([action])[0]
        answers.add((tuple(who.text for who in found.speakers), found.why.rule))
    assert len(answers) == 1


@pytest.mark.parametrize("text", ["said", '"“ said said', "He said. " * 30])
def test_odd_input_has_figures(text: str) -> None:
    sayings, action = asked(text, "said")
    some: Sequence = sayings.candidates(action)
    assert weigh_speakers(sayings.rivals, action, some).shape[1] == len(SAYS.names)
    assert sayings([action])[0].why.rule


def test_sayings_inside_quotations_are_nobodys_last_word() -> None:
    report = Report("r", 'The mayor spoke. "Ann said so to me in May," he said.')
    parsed = pack.parse(report, pack.sentences(report))
    speech = Rivals(parsed, attributions(parsed)).speech
    assert [one.source[0].of(report.text) for one in speech] == ["he"]


def test_a_turn_of_a_transcript_is_never_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Q: Who did it?\nA: Rebels shelled the town.\nQ: When?\nA: On Monday."
    found = told(float("-inf"), text, monkeypatch)
    assert found == ("A", "attribution.label.v1")


@pytest.mark.parametrize(
    ("text", "words"), [("Police held nine men of Mrs. Brandt's raid.", "Mrs.")]
)
def test_half_a_name_is_no_candidate(text: str, words: str) -> None:
    heard = Words(at(text, words), 0.9)
    assert ("reader", words) not in kinds(text, "raid", heard)


STATIONS = "local radio stations"
RUN = "state-run media"
PLAIN = "Rebels had shelled the port."


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        (f"The general said the town was safe. {PLAIN}", True),
        (f"The general said the town was safe.\n\n{PLAIN}", False),
        (f"The general said the town was safe. He left. {PLAIN}", False),
        ('The general said the town was safe.\n\n"Rebels had shelled it."', True),
        ("On what The general called Victory Day he left. Rebels had shelled.", False),
    ],
)
def test_a_plain_sentence_farther_on_is_the_reports_own(text: str, goes_on: bool) -> None:
    speakers = [words for _, words in kinds(text, "shelled")]
    assert ("The general" in speakers) == goes_on


@pytest.mark.parametrize(
    ("text", "heard", "speaker"),
    [
        ("The raid began as local radio stations were on.", "local", STATIONS),
        ("Talks on the raid, Harbour - of Norden Harbour - said.", "- of", ""),
        ("The man was accused of a raid.", "accused", ""),
        ("A raid failed, the state-run media report.", RUN, RUN),
        ("The raid began as Trump aides were on.", "Trump", "Trump aides"),
        ("The mayor woke up to news of the raid.", "The mayor", ""),
        ("The raid, which the army said was legal, ended.", "the army", ""),
        ("The raid went on when the radio reported news of a vote.", "the radio", ""),
        ("A guard said two left, while the radio told of a raid.", "A guard", ""),
        ("He left, the army said, after weeks of raid.", "the army", ""),
    ],
)
def test_words_that_the_model_hears_are_somebody_whole(text: str, heard: str, speaker: str) -> None:
    some = kinds(text, "raid", Words(at(text, heard), 0.9))
    spoken = [words for kind, words in some if kind == "reader"]
    assert spoken == ([speaker] if speaker else [])
