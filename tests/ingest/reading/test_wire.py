"""Wire copy is marked, and tells where a report comes from."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.model import Report
from dateline.nlp import wire
from dateline.nlp.wire import locate_report

OPENINGS = [
    ("OSLO, Norway — The king spoke.", "OSLO, Norway", ""),
    ("LIMA, Jan. 8 (AP) — The king spoke.", "LIMA", "Associated Press"),
    ("HANOI, Aug. 7 (Xinhua) -- The king spoke.", "HANOI", "Xinhua"),
    ("UNITED NATIONS (AP) _ The king spoke.", "UNITED NATIONS", "Associated Press"),
    ("ROME, Italy (AP)_ The king spoke.", "ROME, Italy", "Associated Press"),
    ("QUITO, 3 JAN 90 -- [REPORT] [TEXT] THE KING SPOKE.", "QUITO", ""),
    ("Vienna (dpa) - The king spoke.", "Vienna", "Deutsche Presse-Agentur"),
    ("BONN/PARIS (Reuters) - The king spoke.", "BONN", "Reuters"),
    ("Madrid, Jun 28 (EFE).- The king spoke.", "Madrid", "EFE"),
    ("Lima, Oct 27 (PL) The king spoke.", "Lima", "PL"),
    ("Oslo, 18 February: The king spoke.", "Oslo", ""),
    ("SÃO PAULO, Brazil — The king spoke.", "SÃO PAULO, Brazil", ""),
    ("BONN (WEST GERMANY), 3 JAN 90 -- THE KING SPOKE.", "BONN (WEST GERMANY)", ""),
]


@pytest.mark.parametrize(("text", "place", "agency"), OPENINGS)
def test_datelines(text: str, place: str, agency: str) -> None:
    report = wire.mark_wire(Report("r", text))
    assert (report.dateline, report.agency) == (place, agency)
    edges = [0]
    for mark in report.marks:
        if mark.span.start >= edges[-1]:
            edges += [mark.span.start, mark.span.end]
    left = "".join(text[a:b] for a, b in list(pairwise([*edges, len(text)]))[::2])
    assert left.strip().lower() == "the king spoke."


NO_DATELINE = [
    "The talks — held in Rome — failed.",
    "Kenya and Uganda - old rivals - signed a pact.",
    "He said: the war is over.",
    "Lima (Peru) The king spoke.",
    "TEXT: The king spoke.",
    "A U.N.-backed plan -- the third this year -- was refused.",
]


@pytest.mark.parametrize("text", NO_DATELINE)
def test_a_dash_alone_is_no_dateline(text: str) -> None:
    assert wire.mark_wire(Report("r", text)).marks == ()


def test_credits_bylines_notes_and_end_marks_are_marked() -> None:
    text = (
        "2nd lead: adds quote\nFloods hit the coast\nBy Ana Lima\n"
        "ACCRA, Ghana — Rain fell on the whole of the coast for nine days and nights.\n"
        "———\nGlobal Wire writers Jo Ray and Al Fox contributed to this story."
    )
    report = wire.mark_wire(Report("r", text))
    kinds = [mark.kind for mark in report.marks]
    assert kinds == ["note", "headline", "byline", "dateline", "end", "credit"]
    assert report.byline == "Ana Lima"
    assert report.contributors == ("Jo Ray", "Al Fox")


@pytest.mark.parametrize(
    ("end", "credit"),
    [
        ("(Reporting by Ana Lima)", ["(Reporting by Ana Lima)"]),
        ("(it had fallen for a year)", []),
        ("for a year", []),
    ],
)
def test_brackets_that_end_a_paragraph_are_a_credit_by_their_words(
    end: str, credit: list[str]
) -> None:
    text = f"Rain fell on the coast.\n\nTwo men drowned in Accra {end}"
    spans = wire.mark_wire(Report("r", text)).marked("credit")
    assert [span.of(text) for span in spans] == credit


@example("a©")
@given(st.text(max_size=400))
def test_marks_lie_inside_the_text_and_the_text_stays(text: str) -> None:
    report = wire.mark_wire(Report("r", text))
    assert report.text == text
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in report.marks)


def test_capitals_cannot_make_the_dateline_slow(within_50_ms) -> None:
    with within_50_ms():
        wire.mark_wire(Report("r", "A" * 100_000))
    with within_50_ms():
        wire.mark_wire(Report("r", "AB, " * 25_000))


@pytest.mark.parametrize(
    ("outlet", "home"), [("Reuters", ""), ("Xinhua", "CHN"), ("Le Monde", "FRA"), ("", "")]
)
def test_an_agency_of_no_state_is_at_home_nowhere(outlet: str, home: str) -> None:
    assert locate_report(Report("r", "The king spoke.", outlet=outlet))[1] == home
