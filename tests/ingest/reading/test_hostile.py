"""A sample of the hostile round in every run; `tests.ingest.reading.hostile` reads the rest."""

from typing import Any

import pytest

from dateline.ingest.reading.readers.xml import without_long_authors
from tests.faults import builders as make
from tests.ingest.reading import hostile, odd

SAMPLE = 84  # four of each kind of file


@pytest.mark.parametrize("name", hostile.SOUND)
def test_a_sound_file_is_read_whole(name: str) -> None:
    marks = tuple(m for m in hostile.MARKS if name not in ("a.html", "a.txt"))
    one = hostile.Spoiled(name, hostile.SOUND[name], "sound", marks)
    assert hostile.judge(one)[:2] == ("whole", [])


def test_no_hostile_file_is_lost_in_silence() -> None:
    wrong = [
        (one.name, one.how, found)
        for one in hostile.spoiled(2026, SAMPLE)
        if (found := hostile.judge(one)[1])
    ]
    assert wrong == []


def test_no_odd_record_is_lost_in_silence() -> None:
    wrong = [
        (number, one.name, found)
        for number, one in enumerate(odd.odd_files(2026, 32))
        if (found := hostile.judge(one)[1])
    ]
    assert wrong == []


def test_a_long_author_costs_no_feed(within_50_ms: Any) -> None:
    long = f"<author>{'x' * 70_000}</author><author><![CDATA[{'y' * 9000}]]></author>"
    raw = make.feed(f"<item><title>F</title>{long}<description>{make.story(1)}"
    "</description></item>")  # fmt: skip
    without_long_authors(raw)
    with within_50_ms():
        assert b"xxx" not in without_long_authors(raw)
    one = hostile.Spoiled("a.rss", raw, "long", ("pilots",))
    assert hostile.judge(one)[:2] == ("whole", [])
