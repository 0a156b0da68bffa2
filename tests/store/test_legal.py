"""What filters may ask for, and what stands for it."""

from dataclasses import replace
from pathlib import Path

import pytest

from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore
from dateline.testing import MADE, REPORT, party, sample


def test_a_part_of_a_state_is_asked_for_under_the_state(tmp_path: Path) -> None:
    claim = sample()
    china = party("Kenya", "CHN", "GOV")
    told = replace(claim, where=replace(claim.where, country="CHN"), actors=(china,))
    with SqlStore(str(tmp_path / "s.db")) as store:
        store.save(REPORT, [told], [], MADE)
        for code in ("CHN", "HKG", "mac"):
            assert len(list(store.claims({"country": code}))) == 1
        assert len(list(store.claims({"actor": "HKG"}))) == 1
        assert not list(store.claims({"country": "NCL"}))
        with pytest.raises(StoreError, match="there are AFG") as error:
            list(store.claims({"country": "ZZZ"}))
    assert "HKG" not in str(error.value)
