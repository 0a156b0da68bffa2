"""One form of what questions weigh: tables of features, and what they brought."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from dateline.extract.attribution.speaker_ranker import SAYS
from dateline.extract.place.cross_sentence import WHERE
from dateline.extract.time.cross_sentence import WHEN
from dateline.ml.feature_table import NONE, Feature, Table
from dateline.ml.ranker import Choice, read_learned, spread

CHOICES = (WHEN, WHERE, SAYS)
EACH: Table[str] = Table.of(
    Feature("letters", "how many letters it has", len),
    Feature("case", "small, or written with a capital", str.istitle, kinds=2),
)
ACT: Table[int] = Table.of([Feature("size", "how large it is", abs)])


def choice(path: Path) -> Choice[str, int]:
    return Choice("Which of these words.", EACH, ACT, path)


def test_a_table_has_a_column_for_each_feature_in_its_order() -> None:
    rows = choice(Path("none.npz")).rows(-3, ["Mali", "a"])
    assert rows.tolist() == [[4, 1, 3], [1, 0, 3]]
    assert (EACH.names, EACH.kinds, len(EACH)) == (("letters", "case"), {"case": 2}, 2)


def test_what_numbers_kinds_is_a_column_for_each_and_the_untold_is_none() -> None:
    rows = np.array([[np.e - 1, 1], [NONE, -1]], np.float32)
    wide = spread(rows, EACH.names, EACH.kinds)
    assert wide[0].tolist() == pytest.approx([0, 1, 1])
    assert wide[1].tolist() == [0, 0, 0]


def test_features_that_speak_of_many_at_once_are_columns_too() -> None:
    table: Table[np.ndarray] = Table.of(
        Feature("same", "itself", lambda a: a), Feature("twice", "double", lambda a: 2 * a)
    )
    assert table.stacked(np.array([[1, 2]])).tolist() == [[[1, 2], [2, 4]]]


def test_two_features_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two features are called 'letters'"):
        Table.of(*EACH, Feature("letters", "again", len))


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "learned.npz"
    np.savez(path, figures=np.array(["letters", "size"]), shares=np.zeros(3))
    with pytest.raises(ValueError, match=r"learned\.npz was fitted for other features"):
        choice(path).learned()
    np.savez(path.with_name("own.npz"), figures=["letters", "case", "size"], shares=[1])
    assert choice(path.with_name("own.npz")).learned().shares == (1,)


@pytest.mark.parametrize("asked", CHOICES)
def test_every_choice_says_what_it_weighs_and_what_each_brings(
    asked: Choice[object, object],
) -> None:
    assert asked.asks.endswith(".")
    assert all(len(each.words) > 5 for each in asked.features)
    learned = asked.learned()
    assert len(learned.shares) in (0, len(asked.names) + 1)  # the encoder's states
    whole = 1.0 if learned.shares else 0.0
    assert sum(learned.shares) == pytest.approx(whole, abs=0.01)
    assert len(learned.nets) > 1
    assert replace(asked) == asked and read_learned(asked.path) is learned
