"""Who comes along on a visit, and whom it is to."""

import pytest

from dateline.actions.sides import visited
from dateline.language.en import pack
from dateline.model import Parsed, Report, Span


def read(text: str) -> Parsed:
    report = Report("r", text)
    return pack.parse(report, pack.sentences(report))


def span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


@pytest.mark.parametrize(
    ("text", "verb", "told", "places", "whom"),
    [
        (
            "President Ruto left for Germany with his wife and two ministers.",
            "left for Germany",
            ["his wife", "two ministers"],
            ["Germany"],
            ["Germany"],
        ),
        (
            "Merkel travelled to China with a delegation of bankers.",
            "travelled",
            ["China", "a delegation of bankers"],
            [],
            ["China"],
        ),
        ("Putin met with Modi in Delhi.", "met", ["Modi"], ["Delhi"], ["Modi"]),
        (
            "Pompeo flew to Riyadh for talks with King Salman.",
            "flew",
            ["King Salman"],
            ["Riyadh"],
            ["King Salman"],
        ),
    ],
)
def test_nobody_is_visited_by_those_who_come_along(text, verb, told, places, whom):
    spans, there = ([span(text, w) for w in some] for some in (told, places))
    found = visited(read(text), span(text, verb), spans, there)
    assert [s.of(text) for s in found] == whom
