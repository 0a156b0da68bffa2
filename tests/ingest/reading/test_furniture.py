"""Links, buttons and boxes around a story are marked, and nothing of the story is."""

import pytest

from dateline.model import Report
from dateline.nlp.boilerplate import choose_blocks, find_furniture
from dateline.nlp.wire import mark_wire

STORY = (
    "Harbor strike ends in Port Lenno\n\n"
    "PORT LENNO (Coast Wire) - Dock workers in Port Lenno went back to work on "
    "Monday after a strike of nine days, the union said.\n\n"
    "The harbor master thanked both sides and promised to pay lost wages by June.\n\n"
    "Ships had waited in the bay since the middle of April, and some sailed on."
)
LINKS = (
    "More on this story",
    "Rebels seize border town of Arva",
    "Police fire tear gas at teachers in Belmora",
    "Norland expels three diplomats over spying row",
    "Share on Facebook",
    "Subscribe to our daily newsletter",
    "14 comments",
    "Bomb blast kills nine at market in Karsk",
    "Privacy policy",
    "Opposition leader arrested at airport",
)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_block_of_links_under_a_story_is_marked_and_not_read(gap: str) -> None:
    report = mark_wire(Report("r", STORY + "\n\n" + gap.join(LINKS)))
    (span,) = report.marked("furniture")
    assert span.of(report.text).split(gap) == list(LINKS)


def test_a_story_by_itself_keeps_every_line() -> None:
    assert not list(find_furniture(STORY))
    told = STORY + "\n\nReporting by Dana Korel\n\n" + "Kim left for Rome on Friday. " * 3
    assert not list(find_furniture(told))


def test_a_text_of_headlines_alone_is_no_furniture() -> None:
    assert not list(find_furniture("\n\n".join(LINKS[1:4] * 3)))


def test_what_carries_another_mark_keeps_it() -> None:
    report = mark_wire(Report("r", STORY + "\n\n" + "\n\n".join((*LINKS, "By Dana Korel"))))
    assert [s.of(report.text) for s in report.marked("byline")] == ["By Dana Korel"]
    (furniture,) = report.marked("furniture")
    others = [m.span for m in report.marks if m.kind != "furniture"]
    assert not any(furniture.overlaps(span) for span in others)


def test_a_single_odd_line_between_sentences_is_not_worth_two_changes() -> None:
    assert choose_blocks([-3, 1, -3], 2.0) == [False] * 3
