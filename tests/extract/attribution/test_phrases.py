"""Turns of a transcript, on lines of their own or in one line; labels of headlines."""

from functools import cache

import pytest

from dateline.extract.attribution import Saying, attributions
from dateline.model import Parsed, Report
from dateline.nlp.en import pack

LABEL = "attribution.label.v1"


@cache
def read(text: str) -> Parsed:
    report = Report("r", text)
    return pack.parse(report, pack.sentences(report))


def turns(text: str) -> list[tuple[str, str]]:
    found = [s for s in attributions(read(text)) if s.why.rule == LABEL]
    return [(words(text, s, 0), words(text, s, 2)) for s in found]


def words(text: str, one: Saying, part: int) -> str:
    pieces = (one.source, one.cue, one.content)[part]
    return " ".join(piece.of(text) for piece in pieces)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (
            "Q: Did the army shell it? A: The rebels did. Q: When? A: On Monday.",
            ["Q", "A", "Q", "A"],
        ),
        ("Q: Who fired?\nA: The army fired.", ["Q", "A"]),
        ("Q. WHO FIRED?\nA. THE ARMY FIRED.", ["Q", "A"]),
        (
            "KEMBOI: Who fired? AUMA: The army fired. KEMBOI: When? AUMA: On Monday.",
            ["KEMBOI", "AUMA", "KEMBOI", "AUMA"],
        ),
    ],
)
def test_turns_on_one_line_or_on_several(text: str, want: list[str]) -> None:
    assert [who for who, _ in turns(text)] == want


def test_a_turn_ends_where_the_next_begins() -> None:
    text = "Q: Did the army shell it? A: The rebels did. Q: When? A: On Monday."
    assert turns(text)[1] == ("A", "The rebels did.")


@pytest.mark.parametrize(
    "text",
    [
        "A. Smith left the port on Monday.\nThe army stayed.",
        "Update: The army left the port.\nUpdate: The rebels came back.",
        "More: Car hits a crowd.\nMore: The mayor left for the port.",
        "The rules are plain. Price: five dollars. The mayor set them. Date: Monday.",
    ],
)
def test_an_initial_and_a_notice_are_no_speakers(text: str) -> None:
    assert turns(text) == []
