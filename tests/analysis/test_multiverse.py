"""Which conclusions hold whatever is counted, and which turn."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from dateline.analysis.frames import Frame
from dateline.analysis.multiverse import count_multiverse, draw_conclusions, picture_multiverse
from dateline.analysis.panel import Asked
from dateline.analysis.scope import Scope
from dateline.store.errors import StoreError
from tests.analysis.made import Told, make_store

DAYS = {"r1": "2025-03-04", "r2": "2025-04-04"}
TOLD = [
    Told("e1", "r1", killed=(1, 2, 90)),
    Told("e2", "r2", killed=(3, 4, 5), first="2025-04-03"),
    Told("e3", "r2", actor="UGA", first="2025-04-03", killed=(1, 1, 1)),
]


def test_a_conclusion_that_hangs_on_the_toll_flips(tmp_path: Path) -> None:
    with make_store(tmp_path, TOLD, days=DAYS) as kept, Frame(kept, Scope()) as frame:
        found = count_multiverse(frame, Asked(measures=("killed",)))
        with pytest.raises(StoreError, match="needs two periods"):
            count_multiverse(frame, Asked(unit="country-year"))
    assert len(found) == 81
    assert found[0].choices == ("best", "1", "done", "any")
    by_unit = {c.unit: c for c in draw_conclusions(found)}
    assert by_unit["KEN"].usual == 1
    assert by_unit["KEN"].flips == ("toll high",)
    assert by_unit["UGA"].flips == ()
    assert by_unit["KEN"].same < 1
    drawn = picture_multiverse(found, "killed <by> month")
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert "killed &lt;by&gt; month" in drawn
