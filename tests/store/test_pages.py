"""What pages ask, answered alike by SQLite and by a server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from dateline.events.event_summaries import summarise
from dateline.store import listings as pages
from dateline.store import party_queries as sides
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore
from tests.claims import REPORT, claim

MADE = {"codebook": "plover", "version": "1"}


@pytest.fixture
def store(where: str) -> Iterator[SqlStore]:
    with SqlStore(where) as kept:
        kept.save(REPORT, [claim()], [], MADE)
        later = replace(REPORT, id="r2", outlet="Other")
        kept.save(later, [claim(status="denied", report="r2")], [], MADE)
        third = replace(claim("AGREE", "planned", "r3"), event="e3")
        kept.save(replace(REPORT, id="r3"), [third], [], MADE)
    with SqlStore(where, write=False) as kept:
        yield kept


def test_events_are_found_counted_and_paged(store: SqlStore) -> None:
    keys = pages.event_ids(store, {}, None, 10)
    assert [event for _, event in keys] == ["e1", "e3"]
    assert pages.event_ids(store, {}, keys[0], 10) == keys[1:]
    assert pages.count_events(store, {"told_by": "2"}) == 1
    assert pages.count_events(store, {"told_by": "2", "outlet": "Other"}) == 1
    assert pages.facets(store, {"told_by": "2"})["type"] == [("RETREAT", 1)]
    assert pages.count_events(store, {"place": "x"}) == 0
    assert pages.count_events(store, {"outlet": "Other"}) == 1
    assert pages.count_events(store, {"search": "pilots"}) == 2
    assert pages.contradicted_events(store, 5) == ["e1"]
    assert pages.facets(store, {})["type"] == [("AGREE", 1), ("RETREAT", 1)]
    with pytest.raises(StoreError, match="there are actor"):
        pages.count_events(store, {"sort": "x"})


def test_the_surest_events_come_first_page_by_page(where: str) -> None:
    told = {"a": 0.4, "b": 0.9, "c": 0.4, "d": 0.65}
    with SqlStore(where) as kept:
        for name, sure in told.items():
            act = replace(claim().action, sure=sure)
            made = replace(claim(report=name), event=name, action=act)
            kept.save(replace(REPORT, id=name), [made], [], MADE)
        summarise(kept)
        whole = [event for _, event in pages.event_ids(kept, {}, None, 9, "sure")]
        assert whole == ["b", "d", "a", "c"]
        found, after = [], None
        while keys := pages.event_ids(kept, {}, after, 1, "sure"):
            found.append(keys[0][1])
            after = keys[0]
        assert found == whole
        with pytest.raises(StoreError, match="there are day, sure"):
            pages.event_ids(kept, {}, None, 9, "type")
        with pytest.raises(StoreError, match="another order"):
            pages.event_ids(kept, {}, ("2025-03-04", "a"), 9, "sure")


def test_parties_and_voices(store: SqlStore) -> None:
    assert [p["id"] for p in sides.list_parties(store, None, 9)] == ["KEN", "UGA"]
    assert sides.names_of_party(store, "KEN")[0]["many"] == 3
    assert sides.latest_events_of_party(store, "KEN", 1) == (2, ["e1"])
    assert sides.events_of_both(store, "KEN", "UGA", 9) == ["e1", "e3"]
    assert sides.counterparts(store, "KEN")[0]["id"] == "UGA"
    assert sides.count_speakers(store)[0]["outlets"] == 2
    assert {r["relay"] for r in sides.relayed(store)} == {"Global Wire", "Other"}
    assert sides.count_own_voice(store) == (0, 3)
    assert sides.count_problems(store, "", 5) == ([], [])
    assert sides.custody(store)["read"] == 0
    assert pages.newest_day(store) == "2025-03-04"
    assert len(pages.tellings_of_events(store, ["e1"])["e1"]) == 2


def test_pairs_count_an_event_once_and_who_is_friendly(store: SqlStore) -> None:
    (pair,) = sides.frequent_pairs(store, "AGREE AID")
    assert (pair["a"], pair["b"], pair["many"], pair["good"]) == ("KEN", "UGA", 2, 1)
    assert pair["name_a"] == "Kenya"


def test_how_often_somebody_is_quoted(store: SqlStore) -> None:
    assert sides.count_quotes(store, "KEN") == {"claims": 3, "reports": 3, "outlets": 2}
    assert sides.count_quotes(store, "UGA") == {"claims": 0, "reports": 0, "outlets": 0}


def test_events_of_a_party_up_to_a_day(store: SqlStore) -> None:
    assert sides.latest_events_of_party(store, "KEN", 5, "2025-03-03")[0] == 2
    assert sides.latest_events_of_party(store, "KEN", 5, "2025-03-02") == (0, [])


def test_a_telling_a_year_later_does_not_move_an_event(where: str) -> None:
    year = replace(claim().when, first=date(2025, 1, 1), last=date(2025, 12, 31))
    vague = replace(claim(report="r9"), when=replace(year, precision="year"))
    with SqlStore(where) as kept:
        kept.save(REPORT, [claim()], [], MADE)
        kept.save(replace(REPORT, id="r9"), [vague], [], MADE)
        summarise(kept)
        assert pages.events_by_day(kept, {}) == [("2025-03-03", "material cooperation", 1)]
        assert sides.latest_events_of_party(kept, "KEN", 9, "2025-06-01") == (1, ["e1"])
