"""A store of three reports of two outlets, open for people to decide about."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.analysis.review.decisions import Reviewer
from dateline.events.event_summaries import summarise
from dateline.store.sql import SqlStore
from tests.claims import REPORT, claim
from tests.store.conftest import one_database, where

__all__ = ["one_database", "where"]
MADE = {"codebook": "plover", "version": "1"}


def fill(kept: SqlStore) -> None:
    """Keep three tellings: two of one event, one denied elsewhere."""
    kept.save(REPORT, [claim()], [], MADE)
    later = replace(REPORT, id="r2", outlet="Other")
    kept.save(later, [claim(status="denied", report="r2")], [], MADE)
    third = replace(claim("AID", "planned", "r3"), event="e3")
    kept.save(replace(REPORT, id="r3", outlet="Third"), [third], [], MADE)
    summarise(kept)


@pytest.fixture
def store(where: str) -> Iterator[SqlStore]:
    with SqlStore(where) as kept:
        fill(kept)
        yield kept


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[SqlStore]:
    with SqlStore(str(tmp_path / "s.db")) as kept:
        fill(kept)
        yield kept


@pytest.fixture
def ana(lite: SqlStore) -> Reviewer:
    return Reviewer(lite, "ana")


def id_of(kept: SqlStore, report: str) -> str:
    """Return the id of a report's only claim."""
    return str(next(iter(kept.claims({"report": report})))["id"])
