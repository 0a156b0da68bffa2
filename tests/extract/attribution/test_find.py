"""Who says what in one sentence or two, and who goes on where nobody is named.

Passives, reports of, citing, every mark; words surely said that nobody tells go to who
spoke last, not too far away.
"""

from functools import cache

import pytest

from dateline.extract.attribution import Saying, attributions
from dateline.extract.attribution.find import carry_speaker_on
from dateline.extract.attribution.parse_index import Ground
from dateline.model import Parsed, Report, Span, Why
from dateline.nlp.en import pack


@cache
def read(text: str) -> Parsed:
    report = Report("r", text)
    return pack.parse(report, pack.sentences(report))


def said(text: str) -> dict[str, str]:
    """Return what each speaker says."""
    return {
        " ".join(p.of(text) for p in s.source): " … ".join(p.of(text) for p in s.content)
        for s in attributions(read(text))
    }


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        (
            "Accusations by the union that police fired on the crowd were rejected.",
            "the union",
            "that police fired on the crowd",
        ),
        (
            "The Herald reported, citing two officials, that the army had fled.",
            "two officials",
            "that the army had fled",
        ),
        (
            '"The army," said Colonel Mensah, a spokesman, "attacked first."',
            "Colonel Mensah, a spokesman",
            "The army, … attacked first.",
        ),
        (
            "President Ruto wrote on Twitter: “Our men freed the hostages” at noon.",
            "President Ruto",
            "Our men freed the hostages",
        ),
        (
            "The ministry was silent on Monday. @UN_Kenya: “We are alarmed.”",
            "@UN_Kenya",
            "“We are alarmed.”",
        ),
        ("UN chief: ‘Rebels attacked the port’", "UN chief", "‘Rebels attacked the port’"),
        (
            "According to the UN, the army burned the village, and, according to the"
            " rebels' own radio, forty people died.",
            "the UN",
            "the army burned the village",
        ),
        (
            "Norden sent arms and, according to the premier, built a drone factory.",
            "the premier",
            "built a drone factory",
        ),
        (
            "A guard said two nurses were freed on Monday, while local media reported"
            " that three cooks escaped.",
            "A guard",
            "two nurses were freed on Monday",
        ),
        (
            "Police shot three men, the mayor said, as the country mourned a judge.",
            "the mayor",
            "Police shot three men",
        ),
        (
            '"They bombed us," said Ann Bell, a farmer, in a statement on Monday.',
            "Ann Bell, a farmer",
            "They bombed us,",
        ),
        (
            "„We left“, the envoy said. «The rebels burned it», the mayor added.",
            "the envoy",
            "We left",
        ),
    ],
)
def test_who_says_what(text: str, who: str, what: str) -> None:
    assert said(text)[who] == what


def test_a_clause_broken_by_a_reporting_clause_has_no_second_speaker() -> None:
    text = "The two sides, the UN said on Friday, had agreed to a ceasefire."
    assert said(text)["the UN"] == "The two sides … had agreed to a ceasefire"
    assert "the UN said" not in said(text).get("The two sides", "")


@pytest.mark.parametrize(
    "text", ["A claim by the party that he leads was filed.", "He said: the rebels won."]
)
def test_what_looks_like_a_saying_by_a_noun_or_a_label_is_none(text: str) -> None:
    rules = {s.why.rule for s in attributions(read(text))}
    assert not rules & {"attribution.noun.v1", "attribution.label.v1"}


def test_who_denies_what_comes_before_does_not_say_it() -> None:
    text = "Locals said guards shot at a priest in the square; the army denied it."
    assert said(text)["the army"] == "it"


def test_a_war_that_claims_lives_says_nothing():
    assert not said("The war claimed the lives of 40 farmers, all but two of them men.")


OPENING = "The mayor said the army left."


def grown(text: str, words: str) -> str:
    g = Ground.of(read(text))
    cue = Span(10, 14)
    parts = (Span(0, 9),), (cue,), (Span(15, 28),)
    one = Saying(*parts, "speech", Why("attribution.clause-before.v1", cue))
    start = text.index(words)
    (same,) = carry_speaker_on(g, [one], [Span(start, start + len(words))])
    return " … ".join(piece.of(text) for piece in same.content)


def test_the_mayor_goes_on_in_the_next_paragraph() -> None:
    text = f"{OPENING}\n\nThe rebels burned the port.\n"
    assert grown(text, "rebels burned") == "the army left … rebels burned"


def test_the_mayor_does_not_go_on_for_ever() -> None:
    text = OPENING + "\n\nNothing came of it." * 6 + "\n\nThe rebels burned the port."
    assert grown(text, "rebels burned") == "the army left"


def test_words_that_somebody_says_already_stay_as_they_are() -> None:
    text = f"{OPENING}\n"
    assert grown(text, "army left") == "the army left"
