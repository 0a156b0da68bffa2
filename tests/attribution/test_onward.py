"""Words surely said that nobody tells go to who spoke last, not too far away."""

from dateline.attribution import Saying
from dateline.attribution.ground import Ground
from dateline.attribution.onward import carry_speaker_on
from dateline.language.en import pack
from dateline.model import Parsed, Report, Span, Why

OPENING = "The mayor said the army left."


def read(text: str) -> Parsed:
    report = Report("r", text)
    return pack.parse(report, pack.sentences(report))


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
