"""Chains of speakers, outermost first."""

import json
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from dateline.extract.attribution import Speakers, attributions, tabulate_voices
from dateline.model import Action, Actor, Dating, Link, Parsed, Report, Setting, Span, Why
from dateline.nlp.en import pack

CHAINS = Path(__file__).parent / "chains.jsonl"
SETTING = Setting(Dating(None, None, False, ()))
SMALL = frozenset("the a an of by in on at to and its his her their from for".split())


def nobody(parsed: Parsed, spans: Iterable[Span], setting: Setting) -> list[tuple[Actor, ...]]:
    return [() for _ in spans]


@cache
def read(text: str) -> Parsed:
    report = Report("r", text)
    return pack.parse(report, pack.sentences(report))


def chain(text: str, trigger: Span) -> list[str]:
    action = Action(trigger, trigger, "X", (), (), (), (), False, 1.0, ())
    found = Speakers(nobody)(read(text), SETTING)([action])[0]
    return [speaker.text for speaker in found.speakers]


def told(text: str, word: str) -> list[str]:
    start = text.index(word)
    return chain(text, Span(start, start + len(word)))


def alike(a: str, b: str) -> bool:
    x, y = ({w for w in t.lower().split() if w not in SMALL} for t in (a, b))
    return a.lower() == b.lower() or 2 * len(x & y) >= max(1, min(len(x), len(y)))


def test_outermost_and_innermost_of_eighty_chains() -> None:
    rows = [json.loads(row) for row in CHAINS.read_text("utf-8").splitlines()]
    right = 0
    for row in rows:
        got, want = chain(row["text"], Span(*row["trigger"])), row["chain"]
        right += bool(got) and alike(got[0], want[0]) and alike(got[-1], want[-1])
    assert len(rows) == 80
    assert right / len(rows) >= 0.85


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kenya warned Sudan that it would close the border.", "warned"),
        ("The council condemned the attack on the village.", "attack"),
        ("Rebels shelled the town on Monday.", "shelled"),
    ],
)
def test_the_report_tells_it_itself(text: str, word: str) -> None:
    assert told(text, word) == []


def test_a_speech_act_inside_another_has_the_outer_speaker_only() -> None:
    text = "The agency said Kenya warned Sudan that it would close the border."
    assert told(text, "warned") == ["The agency"]


def test_an_unnamed_speaker_goes_by_the_cue() -> None:
    assert told("Troops reportedly shelled the town.", "shelled") == ["reportedly"]


def test_beside_somebody_who_says_so_allegedly_names_nobody_more() -> None:
    text = "The ministry said rebels allegedly shelled the town."
    assert told(text, "shelled") == ["The ministry"]


def test_a_quotation_over_paragraphs_keeps_its_speaker() -> None:
    text = '"We hold the port," the general said. "They left.\n"Our men shelled it."'
    assert told(text, "shelled") == ["the general"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("“We hold the port,” the general said.\n\n“Our men shelled the town.”", "shelled"),
        (
            "Their leader spoke.\n\n“We won,” the general said.\n\n“They lost it.”\n\n"
            "“Our men shelled the town.”",
            "shelled",
        ),
    ],
)
def test_who_spoke_last_goes_on_in_a_paragraph_that_only_quotes(text: str, word: str) -> None:
    assert told(text, word) == ["the general"]


def test_a_quotation_beside_other_words_is_nobodys_by_default() -> None:
    text = "The general said it was over.\n\n“Peace” was the word.\n\nMen shelled it."
    assert told(text, "shelled") == []


def test_turns_of_a_transcript_have_their_speakers() -> None:
    text = "Q: Who shelled it?\nA: The rebels burned it.\nQ: When?\nA: On Monday."
    assert told(text, "burned") == ["A"]


def test_voices_of_a_report_are_counted() -> None:
    text = "The mayor said the army left. The mayor said rebels shelled the town."
    (voice,) = tabulate_voices(read(text), Speakers(nobody), SETTING)
    assert voice.times == 2


@pytest.mark.parametrize("text", ["", " \n", "😀 “😀", '"' * 50, "said " * 40])
def test_odd_input_raises_nothing(text: str) -> None:
    for one in attributions(read(text)):
        assert one.cue


def test_what_is_expected_is_said_by_nobody() -> None:
    assert told("Ministers were expected to sign a pact on Friday.", "sign") == []


def test_an_ambassador_is_named_by_his_words_not_by_his_country() -> None:
    text = "The Somali ambassador said that rebels had killed ten men."
    land = ("Somalia", "SOM", ("GOV",), None, "resolved")

    def somalia(parsed: Parsed, spans: Iterable[Span], setting: Setting) -> list[tuple[Actor, ...]]:
        why = Why("actors.title-nationality.v1")
        return [(Actor(*land, span, why),) for span in spans]

    start = text.index("killed")
    trigger = Span(start, start + len("killed"))
    action = Action(trigger, trigger, "X", (), (), (), (), False, 1.0, ())
    found = Speakers(somalia)(read(text), SETTING)([action])[0]
    names = [speaker.who.name for speaker in found.speakers if speaker.who]
    assert names == ["The Somali ambassador"]


def linked(text: str, mention: str, name: str, word: str) -> tuple[str, str]:
    """Return who speaks, and the words that the reason points at."""
    spans = {w: Span(text.index(w), text.index(w) + len(w)) for w in (mention, name)}
    link = Link(spans[mention], (spans[name],), Why("cast.linked.v1"))
    parsed = replace(read(text), links=(link,))
    start = text.index(word)
    trigger = Span(start, start + len(word))
    action = Action(trigger, trigger, "X", (), (), (), (), False, 1.0, ())
    found = Speakers(nobody)(parsed, SETTING)([action])[0]
    reason = found.why.span.of(text) if found.why.span else ""
    return found.speakers[0].text, reason


def test_a_pronoun_speaks_by_the_name_that_it_stands_for() -> None:
    text = "Ada Brenn arrived on Monday. She said that troops had shelled the port."
    who, reason = linked(text, "She", "Ada Brenn", "shelled")
    assert who == "Ada Brenn"
    assert reason != "Ada Brenn"


def test_a_noun_speaks_by_the_name_that_it_stands_for_but_not_by_a_noun() -> None:
    text = "Ada Brenn arrived. The minister said that troops had shelled the port."
    assert linked(text, "The minister", "Ada Brenn", "shelled")[0] == "Ada Brenn"
    text = "A woman arrived. The minister said that troops had shelled the port."
    assert linked(text, "The minister", "A woman", "shelled")[0] == "The minister"


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        (
            "Citing two officials, the agency said 40 rebels were killed.",
            "killed",
            ["the agency", "two officials"],
        ),
        (
            "The army said rebels had killed nine men, according to the state agency.",
            "killed",
            ["the state agency", "The army"],
        ),
    ],
)
def test_who_passes_words_on_is_outermost(text: str, word: str, names: list[str]) -> None:
    assert told(text, word) == names


@pytest.mark.parametrize(
    "text",
    [
        "The ministry could not confirm the attack on the base.",
        "The mission said that it could not confirm the attack on the base.",
    ],
)
def test_who_cannot_confirm_an_act_does_not_say_so(text: str) -> None:
    assert told(text, "attack") == []


def test_a_speaker_is_told_with_his_closing_bracket() -> None:
    text = "The Forest Liberation Front (FLF) said that troops had bombed the town."
    assert told(text, "bombed") == ["The Forest Liberation Front (FLF)"]


def test_a_statement_that_is_posted_posts_nothing() -> None:
    text = "The branch, in a statement posted on a forum, said its men had killed nine soldiers."
    assert told(text, "killed") == ["The branch"]


def test_who_is_quoted_within_a_report_is_inside_it() -> None:
    text = "The paper reported that, according to an official, troops had killed nine farmers."
    assert told(text, "killed") == ["The paper", "an official"]


@pytest.mark.parametrize(
    "text",
    [
        "Troops killed nine farmers, the agency quoted the army as saying.",
        "The agency reported the army as saying that troops killed nine farmers.",
    ],
)
def test_who_is_quoted_as_saying_so_speaks_too(text: str) -> None:
    assert [words.lower() for words in told(text, "killed")] == ["the agency", "the army"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He said troops had shelled the town, the agency reported.", 2),
        ("Some of the men said troops had shelled it, according to the BBC.", 2),
        ("Ann Holt said she believed that troops had shelled the town.", 1),
    ],
)
def test_only_a_pronoun_for_who_said_so_before_is_no_second_speaker(text: str, names: int) -> None:
    assert len(told(text, "shelled")) == names


def test_who_declined_to_comment_does_not_say_so() -> None:
    text = "The unit declined to comment on how guards had shelled the town."
    assert told(text, "shelled") == []
    text = "The unit refused to comment on it, but said: “Guards shelled the town.”"
    assert told(text, "shelled") == ["The unit"]


def test_what_stands_before_and_is_no_word_of_who_comes_after_it() -> None:
    text = (
        "The Ukrainian Ministry of Defense confirms to Fox News that there was a raid, "
        "and acting President Pavlo Dorenko said 13 troops were killed."
    )
    assert told(text, "raid") == ["The Ukrainian Ministry of Defense"]
    assert told(text, "killed") == ["Pavlo Dorenko"]


@pytest.mark.parametrize(
    ("who", "short"),
    [
        ("two aides with knowledge of it who spoke to us", "two aides with knowledge of it"),
        ("a note by the Daily Star, which was first", "a note by the Daily Star"),
        ("Holt, the mayor's son, who won in May", "Holt"),
        ("the groups that fled and a union", "the groups that fled and a union"),
    ],
)
def test_a_speaker_is_told_without_what_tells_more_of_him(who: str, short: str) -> None:
    text = f"Ann Holt won. Troops shelled the town, according to {who}."
    span = Span(text.index(who), text.index(who) + len(who))
    assert Speakers(nobody)(read(text), SETTING).resolve_speaker(span).text == short


def test_no_one_is_no_speaker() -> None:
    assert told("Nobody said that troops killed nine farmers.", "killed") == []
    assert told("No official said that troops killed farmers.", "killed") == []


def test_a_pronoun_in_a_quotation_is_who_speaks_there() -> None:
    text = (
        "Ann Lewis said that four men were held.\n\n"
        "The paper wrote: \"The premier said that Paris would help. 'We shelled the"
        " camp,' he said on Monday.\""
    )
    assert told(text, "shelled")[-1:] != ["Ann Lewis"]


def kinds(text: str, word: str, who: Actor) -> list[str]:
    def known(parsed: Parsed, spans: Iterable[Span], setting: Setting) -> list[tuple[Actor, ...]]:
        return [(replace(who, span=span),) for span in spans]

    start = text.index(word)
    trigger = Span(start, start + len(word))
    action = Action(trigger, trigger, "X", (), (), (), (), False, 1.0, ())
    found = Speakers(known)(read(text), SETTING)([action])[0]
    return [speaker.kind for speaker in found.speakers]


@pytest.mark.parametrize(
    ("speaker", "sectors", "kind"),
    [
        ("Radio Zambia", ("JRN",), "outlet"),
        ("The state broadcaster", ("JRN",), "outlet"),
        ("The report", ("GOV",), "outlet"),
        ("The news agency", ("JRN",), "outlet"),
        ("Aid agencies", ("NGO",), "unnamed"),
        ("Analysts", ("JRN", "EDU"), "unnamed"),
        ("Sources", ("JRN", "CVL"), "unnamed"),
        ("Mary Tembo", ("JRN",), "named"),
    ],
)
def test_only_what_publishes_is_an_outlet(
    speaker: str, sectors: tuple[str, ...], kind: str
) -> None:
    who = Actor("", None, sectors, None, "unknown", None, Why("actors.test.v1"))
    assert kinds(f"{speaker} said rebels shelled Lusaka.", "shelled", who) == [kind]


def test_nobody_speaks_where_words_only_tell_what_is_to_come_or_was_not_said() -> None:
    text = (
        "Ministers were expected to sign a pact on Friday. Rebels were due to leave."
        " A spokesman declined to say when. The army said it had no plans."
    )
    voices = tabulate_voices(read(text), Speakers(nobody), SETTING)
    assert [voice.speaker.text for voice in voices] == ["The army"]
