"""Merging does the same in SQLite and in PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from dateline.events.event_detail import dossier, event_lines
from dateline.events.merging import merge_store, remerge
from dateline.store import maintenance
from dateline.store.database.merge_index import Changes
from dateline.store.records import report_key
from dateline.store.sql import SqlStore
from tests.claims import TEXT
from tests.events.test_merging import LATER, MADE, events, report, save, told


@pytest.fixture
def store(where: str) -> Iterator[SqlStore]:
    with SqlStore(where) as kept:
        for one in (
            report("a", "Northern Wire"),
            report("b", "Civic Herald"),
            report("c", "Harbour Times", LATER, published=date(2025, 3, 5)),
        ):
            save(kept, one)
            merge_store(kept)
        yield kept


def test_reports_that_come_one_by_one_are_one_event(store: SqlStore) -> None:
    (found,) = event_lines(store)
    assert found["reports"] == ["a", "b", "c"]
    assert (found["outlets"], found["origins"]) == (3, 1)
    page = dossier(store, found["event"])
    assert ("a", "b") in [(c["a"], c["b"]) for c in page["copies"]]
    assert any(row["what"] == "told again" for row in page["history"])


def test_two_that_join_at_once_take_turns(where: str) -> None:
    """Each of four keeps its reports and joins, while the others do the same."""

    def run(writer: int) -> None:
        with SqlStore(where) as mine:
            for n in range(3):
                day = {"published": date(2025, 3, 4 + n)}
                save(mine, report(f"t{writer}{n}", f"Wire {writer}", LATER, **day))
                merge_store(mine)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    with SqlStore(where) as kept:
        assert merge_store(kept).reports == 0
        apart = [sorted(event["reports"]) for event in event_lines(kept)]
        merge_store(kept, again=True)
        assert [sorted(e["reports"]) for e in event_lines(kept)] == apart
        assert maintenance.find_store_faults(kept) == []


def test_what_the_reader_saw_is_kept_for_merging_and_is_no_part_of_the_record(
    store: SqlStore,
) -> None:
    one = report("d", "Lake Post")
    read = replace(told("d"), sense=bytes(range(64)))
    store.save(one, [read], [], MADE)
    key = report_key("d", one.text)
    (row,) = store.merging.claims_of_reports([key])
    assert bytes(row["sense"]) == read.sense
    assert "sense" not in row["record"]
    (row,) = store.merging.claims_of_reports([report_key("a", TEXT)])
    assert row["sense"] is None


def test_a_report_kept_anew_while_merging_thinks_lends_its_number_to_no_other(
    store: SqlStore,
) -> None:
    one = report("d", "Lake Post")
    save(store, one)
    (row,) = store.merging.claims_of_reports([report_key("d", one.text)])
    store.save(one, [], [], {**MADE, "version": "next"})
    save(store, report("e", "Hill Post"))
    store.merging.keep(Changes(merged=[], moved=[{**row, "event": "other"}]))
    (kept,) = (c for c in store.claims({}) if c["report"] == "e")
    assert (kept["id"], kept["event"]) == (told("e").id, told("e").event)


def test_merging_all_again_changes_nothing(store: SqlStore) -> None:
    before = list(event_lines(store))
    assert merge_store(store).reports == 0
    merge_store(store, again=True)
    assert list(event_lines(store)) == before


def test_a_split_holds_in_later_runs_until_it_is_taken_back(store: SqlStore) -> None:
    one, other = (c for c in store.claims({}) if c["report"] in "ac")
    store.merging.pin(one["id"], other["id"], "never")
    remerge(store, [one, other])
    merge_store(store, again=True)
    assert len(events(store)) == 2
    store.merging.pin(one["id"], other["id"], "")
    remerge(store, [one, other])
    assert events(store) == {frozenset("abc")}


def test_a_correction_supersedes_and_its_event_tells_so(store: SqlStore) -> None:
    save(store, report("d", "Northern Wire", f"CORRECTION: {TEXT}"))
    assert merge_store(store).versions == 1
    (found,) = event_lines(store)
    assert set(found["reports"]) == {"b", "c", "d"}
    page = dossier(store, found["event"])
    assert [t["report"] for t in page["tellings"] if t["superseded"]] == ["a"]
    assert any(row["what"] == "version" for row in page["history"])
