import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Report
from dateline.nlp import wire
from dateline.nlp.en.split import split_sentences

CASES = [
    ("He met Gen. Roy. They spoke.", 2),
    ("The U.S. sent aid. Iran did not.", 2),
    ("The U.S. The aid came.", 2),
    ("Mr. A. B. Roy of St. Lucia left on Jan. 8 for Ga. to rest.", 1),
    ("“Go,” he said. “Now.” They went.", 3),
    ("It cost $4.5 million, i.e. a lot. Really!", 2),
    ("One.\n\nTwo without a stop\n\nThree.", 3),
]


@pytest.mark.parametrize(("text", "count"), CASES)
def test_sentences(text: str, count: int) -> None:
    assert len(split_sentences(Report("r", text))) == count


def test_wrapped_lines_are_one_sentence_and_marks_are_left_out() -> None:
    text = (
        "LIMA, 3 JAN 90 (EFE) -- [TEXT] THE ARMY OF THE NORTH AND ITS ALLIES IN\n"
        "THE HILLS OF THE EASTERN PROVINCE HAVE REPORTED THAT THE BRIDGE OVER THE\n"
        "RIVER WAS HELD.  NOBODY DIED.\n\n   THE SECOND PARAGRAPH HAS ONE SENTENCE."
    )
    found = split_sentences(wire.mark_wire(Report("r", text)))
    assert [s.span.of(text).split()[0] for s in found] == ["THE", "NOBODY", "THE"]


SHORT = [
    (
        "NAIROBI, Kenya, March 5, 2025 (Coast Wire) - Kenya banned imports of\n"
        "Ugandan eggs and milk on Tuesday, the trade ministry said.\n",
        1,
    ),
    (
        "LAMU, March 5 (Coast Wire) - Gunmen shot two farmers, police said. President\n"
        "William Ruto condemned the attack.\n",
        2,
    ),
    ("Kenya bans imports of Ugandan eggs and milk\nThe ministry said so on Tuesday.", 2),
    ("Those who were freed on Tuesday are named here\nAmina Otieno\nJuma Barasa", 3),
    ("Gunmen killed two farmers in Lamu on Tuesday and\ntook their cattle.", 1),
]


@pytest.mark.parametrize(("text", "count"), SHORT)
def test_short_copy_goes_on_in_the_next_line(text: str, count: int) -> None:
    assert len(split_sentences(wire.mark_wire(Report("r", text)))) == count


@given(st.text(max_size=500))
def test_sentences_are_in_order_inside_the_text_and_not_blank(text: str) -> None:
    found = [s.span for s in split_sentences(Report("r", text))]
    assert all(span.of(text).strip() == span.of(text) != "" for span in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))


def test_a_text_without_stops_is_cut() -> None:
    found = split_sentences(Report("r", "word " * 10_000))
    assert max(s.span.end - s.span.start for s in found) <= 1500
