"""Panels count what a plain query counts, and say what was read."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from dateline.analysis.frames import Frame
from dateline.analysis.panel import Asked, Panel, count_panel, write_panel
from dateline.analysis.scope import Scope, make_scope, read_scope
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore
from tests.analysis.made import Told, make_store, speaker

MONTHS = {"r1": "2025-03-04", "r2": "2025-04-02", "r3": "2025-06-01"}


@pytest.fixture
def store(tmp_path: Path) -> Any:
    told = [
        Told("e1", "r1", killed=(2, 3, 5)),
        Told("e1", "r2", killed=(4, 4, 6)),
        Told("e2", "r1", "AID", "UGA", "KEN"),
        Told("e3", "r2", first="2025-04-01", status="planned"),
        Told("e4", "r2", first="2025-03-30", last="2025-04-02"),
        Told("e5", "r3", first=None, last=None),
        Told("e6", "r3", actor=None),
        Told("e7", "r3", "CONSULT", None, None, actors=("KEN", "UGA", "TZA")),
    ]
    kept = make_store(tmp_path, told, days=MONTHS, outlets={"r2": "Lake Daily"})
    yield kept
    kept.close()


def counted(store: SqlStore, scope: Scope | None = None, **asked: Any) -> Panel:
    with Frame(store, scope or Scope()) as frame:
        return count_panel(frame, Asked(**asked))


def by_cell(panel: Panel, *keys: str) -> dict[Any, Any]:
    return {tuple(row[k] for k in keys): row for row in panel.records()}


def test_counts_stand_beside_what_was_read(store: SqlStore) -> None:
    rows = by_cell(counted(store), "country", "month")
    march = rows["KEN", "2025-03"]
    assert (march["events"], march["reports_read"], march["outlets_read"]) == (2, 1, 1)
    assert march["sentences_read"] == 10
    april = rows["KEN", "2025-04"]
    assert (april["events"], april["reports_read"], april["reports_about"]) == (0, 1, 1)


def test_a_whole_and_its_parts_count_once(tmp_path: Path) -> None:
    many = ("KEN", "UGA", "TZA")
    told = [
        Told("whole", "r1", "REQUEST", None, "SDN", actors=many),
        Told("part", "r1", "REQUEST", "KEN", "SDN"),
        Told("other", "r2", "REQUEST", "KEN", "SDN"),
    ]
    with make_store(tmp_path, told, days=MONTHS) as kept:
        once = by_cell(counted(kept), "country", "month")["KEN", "2025-03"]
        each = counted(kept, Scope(parts="each"))
        assert once["events"] == 2
        assert by_cell(each, "country", "month")["KEN", "2025-03"]["events"] == 3


def test_unread_is_never_zero(store: SqlStore) -> None:
    rows = by_cell(counted(store), "country", "month")
    may = rows["KEN", "2025-05"]
    assert (may["events"], may["reports_read"], may["sentences_read"]) == (None, 0, 0)


def test_the_header_accounts_for_every_event(store: SqlStore) -> None:
    sums = counted(store).sums
    assert sums["in scope"] == 6
    parts = "counted", "without a day", "across periods", "outside the span"
    assert [sums[p] for p in parts] == [3, 1, 1, 0]
    assert sums["without such a unit"] == 1
    assert sums["periods without any report"] == 1


def test_totals_equal_a_plain_query(store: SqlStore) -> None:
    scope = make_scope({"statuses": [], "grains": []})
    panel = counted(store, scope, by="type")
    found: dict[str, int] = {}
    for row in panel.records():
        found[row["type"]] = found.get(row["type"], 0) + (row["events"] or 0)
    plain = (
        "SELECT c.type, count(DISTINCT c.event || p.country) FROM claims c JOIN parties"
        " p ON p.report = c.report AND p.claim = c.id AND p.side = 'actor'"
        " WHERE p.country IS NOT NULL AND c.when_from IS NOT NULL"
        " AND substr(c.when_from, 1, 7) = substr(c.when_to, 1, 7) GROUP BY c.type"
    )
    with store.reading() as to:
        assert found == dict(map(tuple, to.exec_driver_sql(plain).all()))


def test_dyads_are_directed_and_mutual_deeds_go_both_ways(store: SqlStore) -> None:
    rows = by_cell(counted(store, unit="dyad-month"), "actor", "recipient", "month")
    assert rows["KEN", "UGA", "2025-03"]["events"] == 2  # the attack and the talks
    assert rows["UGA", "KEN", "2025-03"]["events"] == 2  # the aid and the talks
    assert rows["TZA", "KEN", "2025-03"]["events"] == 1
    both = counted(store, unit="dyad-month", undirected=True)
    rows = by_cell(both, "side_a", "side_b", "month")
    assert rows["KEN", "UGA", "2025-03"]["events"] == 3
    assert ("UGA", "KEN", "2025-03") not in rows


def test_codes_are_those_of_the_year(tmp_path: Path) -> None:
    told = [Told("e1", actor="DEU"), Told("e2", actor="SRB", first="2000-05-05")]
    days = {"r1": "2025-03-04", "r0": "2000-05-06"}
    with make_store(tmp_path, told, days=days) as kept:
        panel = counted(kept, unit="country-year", ids=("iso3", "gw", "cow"))
    rows = by_cell(panel, "country", "year")
    assert rows["SRB", "2000"]["gw"] == 345
    assert rows["SRB", "2025"]["gw"] == 340
    assert (rows["DEU", "2025"]["gw"], rows["DEU", "2025"]["cow"]) == (260, 255)


def test_tolls_have_their_least_and_most(store: SqlStore) -> None:
    panel = counted(store, measures=("events", "killed", "score", "origins"))
    row = by_cell(panel, "country", "month")["KEN", "2025-03"]
    assert (row["killed"], row["killed_low"], row["killed_high"]) == (4, 2, 6)
    assert row["score"] == pytest.approx((-9 + 2.5) / 2)


def test_a_rectangle_holds_every_member(store: SqlStore) -> None:
    panel = counted(store, states="cow", unit="country-year")
    assert len(panel.rows) == 195
    assert by_cell(panel, "country", "year")["FRA", "2025"]["events"] == 0
    sparse = counted(store, sparse=True)
    assert all(row["events"] for row in sparse.records())


def test_cells_of_a_grid_and_provinces(tmp_path: Path) -> None:
    at = {"lat": 10.51, "lon": 2.29, "country": "BEN", "admin1": "Borgou"}
    told = [
        Told("e1", where={**at, "precision": "city"}),
        Told("e2", where={**at, "precision": "country"}),
        Told("e3", where={**at, "lat": 90, "lon": 180, "precision": "city"}),
    ]
    with make_store(tmp_path, told) as kept:
        grid = counted(kept, unit="priogrid-month")
        province = counted(kept, unit="admin1-month")
        land = counted(kept, role="place")
    cells = [(r["gid"], r["events"]) for r in grid.records()]
    assert cells == [(145085, 1), (360 * 720, 1)]  # half a degree each, from south-west
    rows = [(r["country"], r["admin1"], r["events"]) for r in province.records()]
    assert rows == [("BEN", "Borgou", 2)]
    assert [r["events"] for r in land.records()] == [3]


def test_figures_are_traced_to_their_events(store: SqlStore) -> None:
    rows = by_cell(counted(store, trace=True), "country", "month")
    assert rows["KEN", "2025-03"]["event_ids"] == "e1 e7"


def test_weeks_and_sectors(store: SqlStore) -> None:
    panel = counted(store, unit="country-week", by="sector", sparse=True)
    assert {row["week"] for row in panel.records()} == {"2025-W10"}
    assert {row["sector"] for row in panel.records()} == {"GOV"}


def test_scope_narrows_and_is_written_beside(store: SqlStore, tmp_path: Path) -> None:
    file = tmp_path / "scope.toml"
    file.write_text('types = ["AID"]\norigins = 1\n')
    scope = read_scope(file)
    panel = counted(store, scope)
    assert [r["events"] for r in panel.records() if r["events"]] == [1]
    assert any('types = ["AID"]' in line for line in panel.notes)
    out, beside = write_panel(panel, tmp_path / "p.csv", "csv")
    assert read_scope(beside) == scope
    with out.open(newline="") as table:
        rows = list(csv.DictReader(table))
    assert rows[0]["country"] == "UGA"


def test_parquet_holds_its_scope_and_its_gaps(store: SqlStore, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    panel = counted(store)
    write_panel(panel, tmp_path / "p.parquet", "parquet")
    table = pq.read_table(tmp_path / "p.parquet")
    assert table.num_rows == len(panel.rows)
    may = [r for r in table.to_pylist() if r["month"] == "2025-05"]
    assert {row["events"] for row in may} == {None}
    about = json.loads(table.schema.metadata[b"dateline"])
    assert about["asked"]["unit"] == "country-month"
    assert panel.to_pandas()["events"].isna().sum() == len(may)
    assert panel.to_polars()["events"].null_count() == len(may)


def test_disbelieved_speakers_take_their_events_along(tmp_path: Path) -> None:
    kcna = speaker("KCNA", "PRK", "JRN", "GOV")
    told = [
        Told("e1", "r1", said_by=(kcna,), killed=(9, 9, 9)),
        Told("e1", "r2", killed=(2, 2, 2)),
        Told("e2", "r1", said_by=(kcna,)),
    ]
    ask = {"measures": ("events", "killed")}
    with make_store(tmp_path, told) as kept:
        before = counted(kept, **ask)
        after = counted(kept, make_scope({"without": ["KCNA"]}), **ask)
        alone = counted(kept, make_scope({"speakers": ["PRK"]}), **ask)
        with pytest.raises(StoreError, match="nothing in this store rests on 'TASS'"):
            counted(kept, make_scope({"without": ["TASS"]}))
    figures = [
        [(r["events"], r["killed_high"]) for r in panel.records()]
        for panel in (before, after, alone)
    ]
    assert figures == [[(2, 9)], [(1, 2)], [(2, 9)]]


WRONG = [
    ({"unit": "county-month"}, "no unit 'county-month'"),
    ({"unit": "country-decade"}, "-day, -week"),
    ({"ids": ("iso2",)}, "there are iso3, gw, cow"),
    ({"measures": ("deaths",)}, "no measure 'deaths'"),
    ({"since": "March"}, "no date like"),
    ({"since": "2025-04-01", "until": "2025-03-01"}, "is after --until"),
    ({"unit": "priogrid-month", "states": "gw"}, "of country or dyad"),
]


@pytest.mark.parametrize(("asked", "told"), WRONG)
def test_wrong_questions_are_told(store: SqlStore, asked: dict[str, Any], told: str) -> None:
    with pytest.raises(StoreError, match=told):
        counted(store, **asked)


def test_an_empty_store_and_wrong_scopes_are_told(store: SqlStore, tmp_path: Path) -> None:
    with (
        SqlStore(str(tmp_path / "empty.db")) as empty,
        pytest.raises(StoreError, match="holds no report that was read"),
    ):
        counted(empty)
    for words, told in (
        ("status = 1", "no 'status': there are types"),
        ('statuses = ["maybe"]', "no statuses 'maybe'"),
        ("sure = 2", "from 0 to 1"),
        ("= 1", "is no scope"),
    ):
        (tmp_path / "bad.toml").write_text(words)
        with pytest.raises(StoreError, match=told):
            read_scope(tmp_path / "bad.toml")
    with pytest.raises(StoreError, match="no type 'NONE'"):
        counted(store, make_scope({"types": ["none"]}))
