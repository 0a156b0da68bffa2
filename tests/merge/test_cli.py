"""`dateline events`, `event` and `merge`, run in this process."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.cli import app
from dateline.cli.merge import kept_apart
from dateline.merging import merge_store
from dateline.store.sql import SqlStore
from tests.claims import REPORT, TEXT
from tests.merge.test_store import MADE, told


@pytest.fixture
def kept(tmp_path: Path) -> SqlStore:
    store = SqlStore(str(tmp_path / "s.db"))
    for name, outlet in (("a", "Northern Wire"), ("b", "Civic Herald")):
        store.save(replace(REPORT, id=name, outlet=outlet), [told(name)], [], MADE)
    merge_store(store)
    return store


def run(store: SqlStore, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--store", store.where])


def ids(store: SqlStore) -> tuple[str, str]:
    one, other = (claim["id"] for claim in store.claims({}))
    return one, other


def test_events_are_listed_with_outlets_and_origins(kept: SqlStore) -> None:
    (found,) = map(
        json.loads, run(kept, "events", "--format", "jsonl").stdout.splitlines()
    )
    assert found["reports"] == ["a", "b"]
    assert (found["outlets"], found["origins"]) == (2, 1)
    assert sorted(found["claims"]) == sorted(ids(kept))
    table = run(kept, "events").stdout
    assert "origins" in table
    assert "2025-03-04" in table  # first and last told
    assert "outlets" in table


def test_claims_are_listed_when_asked_for(kept: SqlStore) -> None:
    lines = run(kept, "events", "--claims", "--format", "jsonl").stdout.splitlines()
    assert len(lines) == 2


def test_events_as_csv_tell_origins_beside_outlets(kept: SqlStore) -> None:
    told = run(kept, "events", "--format", "csv").stdout
    (row,) = csv.DictReader(io.StringIO(told))
    assert (row["outlets"], row["origins"], row["reports"]) == ("2", "1", "a; b")


def test_a_filter_lists_the_whole_event_of_a_claim(kept: SqlStore) -> None:
    found = run(kept, "events", "--report", "b", "--format", "jsonl").stdout
    assert json.loads(found)["reports"] == ["a", "b"]
    assert run(kept, "events", "--actor", "FRA", "--format", "jsonl").stdout == ""


def test_a_dossier_tells_tellings_origins_and_shared_copy(kept: SqlStore) -> None:
    (event,) = {claim["event"] for claim in kept.claims({})}
    page = run(kept, "event", event).stdout
    for title in ("Tellings", "Independent origins", "Shared copy"):
        assert title in page
    assert TEXT[:20] in page
    found = json.loads(run(kept, "event", event, "--format", "jsonl").stdout)
    assert [o["reports"] for o in found["origin_list"]] == [["a", "b"]]
    assert found["copies"] == [{"a": "a", "b": "b", "shared": 1.0}]


def test_a_merge_is_explained_split_and_pinned_by_hand(kept: SqlStore) -> None:
    one, other = ids(kept)
    told = run(kept, "merge", "--explain", one, other).stdout
    assert "one event: score" in told
    assert "same deed" in told
    assert "are two events" in run(kept, "merge", "--split", one, other).stderr
    told = run(kept, "merge", "--explain", one, other).stdout
    assert "two events" in told
    assert "decided by hand: they are two" in told
    assert "are one event" in run(kept, "merge", "--pin", one, other).stderr
    assert "merged" in run(kept, "merge").stderr
    assert run(kept, "merge", "--pin", one, one).exit_code == 2


def test_what_keeps_two_events_apart_is_told(tmp_path: Path) -> None:
    store = SqlStore(str(tmp_path / "s.db"))
    for name, day in (("a", 4), ("b", 20)):
        at = date(2025, 3, day)
        made = told(name)
        dated = replace(made, when=replace(made.when, first=at, last=at))
        report = replace(REPORT, id=name, outlet=name, published=at)
        store.save(report, [dated], [], MADE)
    merge_store(store)
    one, other = ids(store)
    said = run(store, "merge", "--explain", one, other).stdout
    assert "two events: score 0.00, joined from 0.70" in said
    assert "16 days lie between" in said
    two = [store.claim(name) for name in (one, other)]
    assert kept_apart(store, *two) == (
        "their tellings would lie 16 days apart, of 7 at the most"
    )
    same = kept_apart(store, two[0], two[0])
    assert same == "the other claims of the two events do not agree on average"
