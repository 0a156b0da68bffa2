"""Attributions scored by words and one by one."""

from dateline.evaluate.attribution import brat_attributions, score

TEXT = "The mayor said the army left."
SAID = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 28]]}
GOLD = [{"doc": "d", "text": TEXT, "attributions": [SAID]}]


def test_gold_against_itself_is_right() -> None:
    found = score(GOLD, [{"doc": "d", "attributions": [SAID]}])
    assert set(found.values()) == {1.0}


def test_silence_is_wrong() -> None:
    assert set(score(GOLD, []).values()) == {0.0}


def test_an_answer_inside_another_is_left_out() -> None:
    inner = {"source": [[15, 23]], "cue": [], "content": [[24, 28]]}
    found = score(GOLD, [{"doc": "d", "attributions": [SAID, inner]}])
    assert found["att.content"] == 1.0


def test_standoff_is_read() -> None:
    rows = "T1\tSource 0 9\tx\nT2\tCue 10 14\ty\nE1\tAttribution:T2 Cue:T2 Source:T1"
    (one,) = brat_attributions(rows)
    assert one["source"] == [[0, 9]]
