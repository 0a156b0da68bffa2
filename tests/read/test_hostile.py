"""A sample of the hostile round in every run; `tests.read.hostile` reads the rest."""

import pytest

from tests.read import hostile

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
