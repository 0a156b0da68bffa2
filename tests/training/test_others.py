"""What the reader learns from beside annotated reports, without torch."""

import random
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "training/coder"))

SHARED = Path(__file__).parents[3] / "shared/data"
needs_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="the shared sets do not lie beside the repository"
)


def test_invented_sentences_keep_their_marks_when_names_are_filled_in() -> None:
    from others import corpus

    pages = list(corpus(random.Random(4)))
    told = [t for page in pages for t in page.tellings]
    assert len(told) > 2000
    assert sum(not page.tellings for page in pages) > 300
    for page in pages:
        for one in page.tellings:
            assert page.text[slice(*one.trigger)].strip()
            assert one.deed.sum() == pytest.approx(1)
            for spans in one.roles.values():
                assert all(page.text[slice(*span)].strip() for span in spans or ())


def test_a_teachers_shares_reach_the_batch_as_they_are() -> None:
    from others import UNKNOWN

    pytest.importorskip("torch", reason="batches are torch's, which no user installs")
    from batch import batch
    from data import DEEDS, MODES, ROLES, STATUSES, Page, Telling, cutter, windows

    text = "Rebels shelled the port ."
    bounds = (0, len(text))
    count = len(cutter().encode(text, add_special_tokens=False).ids)
    shares = np.full((count, 2 + len(DEEDS)), 0.25, np.float32)
    roles = np.tile(np.float32([0.5, 0.3, 0.2]), (count, len(ROLES), 1))
    one = Telling(
        trigger=(7, 14),
        sentence=bounds,
        deed=np.full(len(DEEDS), 1 / len(DEEDS), np.float32),
        status=np.zeros(len(STATUSES), np.float32),
        mode=np.zeros(len(MODES), np.float32),
        contexts=None,
        mutual=0.4,
        weight=0.7,
        roles={},
        told=UNKNOWN,
        gold={"importance": "core"},
        soft=roles,
    )
    page = Page("a", text, [bounds], [one], soft={bounds: shares})
    made = batch(list(windows([page], cutter(), 64)))
    assert made.act[0, 1 : 1 + count].tolist() == [0.25] * count
    assert made.roles[0, :count, 0].tolist() == roles[:, 0].tolist()
    assert made.mutual.tolist() == [[pytest.approx(0.4)]]


@needs_shared
def test_no_sentence_that_measures_is_learnt_from() -> None:
    from others import SETS, held_out, quiet, sentences

    for name in SETS:
        assert not any(held_out(row["text"]) for row in sentences(name))
    assert len(list(quiet())) > 50
    assert not any(page.tellings for page in quiet())
