"""What each format promises beyond its golden file."""

import csv
import json
import os
import signal
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_type_hints
from unittest.mock import Mock
from warnings import catch_warnings, simplefilter

import pytest
from jsonschema import Draft202012Validator

from dateline.export import ftm, gdelt, parquet, polecat, table, ucdp
from dateline.export.columns import disarmed
from dateline.export.crosswalk import acled_types
from dateline.export.events import event_record
from dateline.export.schema import export_schema
from dateline.export.source import Given
from dateline.model import Event
from dateline.model.atomic_write import write_aside
from tests.export.told import Shelf, given


def test_parquet_is_typed_and_read_by_polars_and_pandas(tmp_path: Path) -> None:
    import pandas
    import polars
    import pyarrow.parquet as pq

    path = tmp_path / "claims.parquet"
    parquet.write(given(), path)
    found = polars.read_parquet(path)
    blast = found.filter(polars.col("id") == "c1").to_dicts()[0]
    assert blast["when_from"] == date(2025, 3, 3)
    assert blast["killed"] == 12.0
    assert blast["geonameid"] == 186301
    assert blast["title"] == "Blast at market"
    assert found["arrested"].to_list().count(3.0) == 1
    frame = pandas.read_parquet(path)
    assert list(frame["id"]) == found["id"].to_list()
    words = pq.read_schema(path).field("killed").metadata[b"words"]
    assert b"best figure" in words


def test_csv_and_parquet_have_the_same_cells(tmp_path: Path) -> None:
    import polars

    for kind in ("claims", "events", "reports"):
        parquet.write(given(kind), tmp_path / "x.parquet")  # type: ignore[arg-type]
        table.write(given(kind, raw=True), tmp_path / "x.csv")  # type: ignore[arg-type]
        typed = polars.read_parquet(tmp_path / "x.parquet").to_dicts()
        with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
            written = list(csv.DictReader(file))
        assert len(typed) == len(written) > 2
        for first, second in zip(typed, written, strict=True):
            for name, value in first.items():
                cell = second[name]
                if value is None or value == "":
                    assert cell == ""
                elif isinstance(value, float):
                    assert float(cell) == pytest.approx(value, abs=0.01)
                else:
                    assert cell.startswith(str(value))


def test_an_empty_record_is_an_empty_table(tmp_path: Path) -> None:
    import polars

    class Empty(Shelf):
        def claims_and_heads(self, where, by_event=False):
            return iter(())

    from dateline.export.source import Given

    empty = Given(Empty(), {})
    parquet.write(empty, tmp_path / "x.parquet")
    assert polars.read_parquet(tmp_path / "x.parquet").height == 0
    for writer in (table, polecat, gdelt):
        writer.write(empty, tmp_path / "x.csv")
        assert len((tmp_path / "x.csv").read_text().splitlines()) == 1


def test_polecat_has_its_forty_columns() -> None:
    assert len(polecat.COLUMNS) == 40 == len(set(polecat.COLUMNS))


def test_gdelt_has_its_sixty_one_and_sixteen_columns_and_ours_after_them() -> None:
    assert (len(gdelt.EVENTS), gdelt.EVENTS[60]) == (67, "SOURCEURL")
    assert (len(gdelt.MENTIONS), gdelt.MENTIONS[15]) == (18, "Extras")


def test_no_mention_comes_before_the_event_that_it_is_of() -> None:
    heads = [{"published": at} for at in ("2019-01-08T00:30:00+09:00", "2019-01-08")]
    assert gdelt.first_mention_stamp([*heads, {"published": None}]) == "20190107153000"
    for row in gdelt.gdelt_mentions(given()):
        told = row["MentionTimeDate"]
        assert not told or row["EventTimeDate"] <= told


def test_entities_are_valid_by_the_package_of_follow_the_money(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not find_spec("icu"):  # which no wheel has, and only other scripts need
        monkeypatch.setitem(sys.modules, "icu", Mock())
    with catch_warnings():
        simplefilter("ignore")
        from followthemoney import model
        from followthemoney.proxy import EntityProxy

    known: set[str] = set()
    kinds: set[str] = set()
    for found in ftm.entities(given()):
        schema = model.get(found["schema"])
        assert schema is not None
        schema.validate(found)
        proxy = EntityProxy(schema, found, cleaned=False)
        for name, values in found["properties"].items():
            assert len(proxy.get(name)) == len(values), (found["schema"], name)
        for name in ("organizer", "involved", "proof"):
            assert set(found["properties"].get(name, [])) <= known
        known.add(found["id"])
        kinds.add(found["schema"])
    assert kinds >= {"Event", "Article", "PublicBody", "LegalEntity"}


def test_features_have_the_order_and_precision_of_their_points(tmp_path: Path) -> None:
    from dateline.export import geojson

    geojson.write(given("events"), tmp_path / "x.geojson")
    found = json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    points = {f["id"]: f for f in found["features"]}
    assert points["blast"]["geometry"]["coordinates"] == [39.66667, -4.05]
    assert points["blast"]["properties"]["where_precision"] == "city"
    assert points["talks"]["geometry"] is None


@pytest.mark.parametrize(
    "cell", ["=1+1", "@cmd", "+1", "-1", "\t=1", "\r=1", "  =1", "＝1", "\n@x"]
)
def test_no_cell_runs_in_a_spreadsheet(cell: str) -> None:
    assert disarmed(cell) == f"'{cell}"
    assert disarmed(f"a{cell}") == f"a{cell}"


def test_numbers_are_no_formulas(tmp_path: Path) -> None:
    table.write(given(), tmp_path / "x.csv")
    assert ",-4.05," in (tmp_path / "x.csv").read_text(encoding="utf-8")


def test_a_question_over_the_snapshot_is_closed_off() -> None:
    asked = "SELECT type, count(*) FROM claims GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1"
    columns, rows, cut = parquet.query_snapshot(Shelf(), asked, 10, 10)
    assert (columns[0], rows, cut) == ("type", [("ASSAULT", 4)], False)
    for bad in ("SELECT * FROM read_text('/etc/hostname')", "SELECT nothing"):
        with pytest.raises(ValueError, match="could not be answered"):
            parquet.query_snapshot(Shelf(), bad, 10, 10)
    endless = "SELECT count(*) FROM range(10000000000) a, range(1000000000) b"
    with pytest.raises(ValueError, match="more than"):
        parquet.query_snapshot(Shelf(), endless, 0.2, 10)
    for large in (
        "SELECT repeat('x', 50000000) FROM range(9999)",
        "SELECT list(repeat('x', 1000)) FROM range(9999999)",
        "SELECT a.range, b.range FROM range(99999999) a, range(9) b ORDER BY 2, 1",
    ):
        with pytest.raises(ValueError, match="emory|over 256 MB|llocat|more than"):
            parquet.query_snapshot(Shelf(), large, 20, 10_000)


def test_a_file_is_the_old_one_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(RuntimeError), write_aside(path) as beside:
        beside.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old"
    with write_aside(path) as beside:
        beside.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


KILLED = """
import sys, time
from pathlib import Path
from dateline.model.atomic_write import write_aside
with write_aside(Path(sys.argv[1])) as beside:
    beside.write_text("half")
    print("half", flush=True)
    time.sleep(60)
"""


@pytest.mark.fault
def test_a_killed_export_leaves_the_old_file_and_the_next_one_clears_up(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    command = [sys.executable, "-c", KILLED, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        os.kill(child.pid, signal.SIGKILL)
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2
    table.write(given(), path)
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def replace_answers(**answers: Any) -> Any:
    """Return the event of the blast as merging might know it better."""
    found = Given(Shelf(), {}, "events").events()
    return {**next(e for e, _ in found if e["event"] == "blast"), **answers}


def test_events_have_the_numbers_days_and_places_that_merging_gave_them() -> None:
    month = {"from": "2025-03-01", "to": "2025-03-31", "precision": "month"}
    place = {"name": "Kisumu County", "precision": "admin1"}
    series = [{"report": "radio-2", "claim": "c3"}]
    killed = {"what": "killed", "low": 14, "best": 14, "high": 14, "series": series}
    made = replace_answers(when=month, where=place, quantities=[killed], origins=7)
    known = Given(Shelf(), {}, known=lambda _: {"blast": made})
    event, told = next(pair for pair in known.events() if pair[0]["event"] == "blast")
    assert (event["when"]["precision"], event["when"]["text"]) == ("month", "then")
    assert event["where"]["name"] == "Kisumu County"
    assert [(m["what"], m["low"]) for m in event["quantities"]] == [("killed", 14)]
    assert [len(claim["quantities"]) for claim, _ in told] == [0, 1, 0]
    asked = "SELECT origins, killed_low FROM events WHERE event = 'blast'"
    found = parquet.query_snapshot(Shelf(), asked, 10, 10, lambda _: {"blast": made})
    assert found[1] == [(7, 14.0)]


def test_what_a_filter_leaves_out_of_an_event_is_told_without_words() -> None:
    week = {"from": "2025-02-24", "to": "2025-03-02", "precision": "week"}
    place = {"name": "Nairobi", "country": "KEN", "admin1": None, "lat": -1.3}
    place |= {"lon": 36.8, "geonameid": 184745, "precision": "city"}
    police = {"name": "police", "country": "KEN", "sector": ["COP"], "entity": None}
    guess = [{**police, "answer": "guess"}]
    made = replace_answers(when=week, where=place, quantities=[], actors=guess)
    known = Given(Shelf(), {}, known=lambda _: {"blast": made})
    event = next(e for e, _ in known.events() if e["event"] == "blast")
    (who,) = event["actors"]
    assert (who["name"], who["text"], who["answer"]) == ("police", None, "guess")
    for found in (event["when"], event["where"], who):
        assert found["why"]["rule"] == "write.told-elsewhere.v1"
    Draft202012Validator(export_schema()).validate(event)


def test_a_full_disk_is_told_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space") as told, write_aside(tmp_path / "x"):
        raise OSError(28, "No space left on device")
    assert told.value.filename == str(tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_whom_it_befell_tells_a_battle_from_an_attack() -> None:
    def party(*sector: str) -> list[dict[str, object]]:
        return [{"sector": sector, "country": "KEN"}]

    def kind(actors: object, recipients: object, mode: str) -> tuple[str, object]:
        event = {"actors": actors, "recipients": recipients}
        found = acled_types("ASSAULT", [mode], ucdp.befallen(event))
        return found[0], ucdp.violence(event)

    battle, attack = ("Battles", 1), ("Violence against civilians", 3)
    assert kind(party("REB"), party("MIL"), "targeted") == battle
    assert kind(party("REB"), party("MIL"), "firearms") == battle
    assert kind(party("REB"), party("CVL"), "firearms") == attack
    assert kind(party("MIL"), party("CVL"), "targeted") == attack


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("killed two near Kismayo", True),
        ("killed two close to the town of Kismayo", True),
        ("killed two in Kismayo", False),
    ],
)
def test_what_happened_near_a_place_is_not_told_of_it(words: str, near: bool) -> None:
    place = {"name": "Kismayo", "start": 100 + words.index("Kismayo")}
    claim = {"where": place, "evidence": {"text": words, "start": 100}}
    assert ucdp.all_tell_near(place, [(claim, {})]) is near


def test_the_event_of_the_program_has_the_fields_of_the_schema() -> None:
    """`part_of` alone stands in the record and in no export."""
    beside = get_type_hints(Event, include_extras=True).keys() - {"part_of"}
    assert beside == export_schema()["$defs"]["event"]["properties"].keys()
    assert {*event_record([*Shelf().claims_and_heads({})])} == beside
