"""Days in exports: told, inferred or published; deaths that somebody vouches for."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from dateline.export import acled, eventreport, ftm, gdelt, plover, polecat, table, ucdp
from dateline.export.source import Given, Record, Told
from tests.export import told as made
from tests.export.told import HEADS, Shelf, claim, days, many, place, says

SENATOR = says("a senator", country="USA", sector=["LEG"])
DOCTORS = says("doctors", sector=["MED"])
ATTACK: Record = {**made.BLAST, "when": days("2025-03-03", "2025-03-03")}


class Told1(Shelf):
    """A store of some claims, all of one report each."""

    def __init__(self, *claims: Record) -> None:
        self.kept = claims

    def claims_and_heads(self, where: Any, by_event: bool = False) -> Iterable[Told]:
        return ((told, HEADS[told["report"]]) for told in self.kept)


def attack(name: str = "a1", report: str = "daily-7", **more: Any) -> Record:
    return claim(report, name, name, "ASSAULT", **(ATTACK | more))


def written(write: Any, out: Path, *claims: Record, **more: Any) -> list[Record]:
    """Return the rows of a file."""
    write(Given(Told1(*claims), {}, **more), out)
    tabs = "\t" if write in (polecat.write, gdelt.write) else ","
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=tabs))


@pytest.mark.parametrize("write", [ucdp.write, acled.write])
def test_who_says_so_and_how_surely_stands_in_each_row(write, tmp_path: Path) -> None:
    (row,) = written(write, tmp_path / "x", attack(said_by=[DOCTORS]))
    assert (row["said_by"], row["status"]) == ("doctors", "happened")
    assert (row["confidence"], row["origins"], row["day_is"]) == ("0.8", "1", "told")


def test_a_million_dead_in_a_speech_is_no_row_of_a_million_dead(tmp_path: Path) -> None:
    million = [many("killed", 1e6, 1e6, 1e6)]
    there = {"where": place(made.MOMBASA), "quantities": million}
    rows = [
        attack("speech", said_by=[SENATOR], **there),
        attack("hospital", said_by=[DOCTORS], **there),
        attack("own", **there),
    ]
    found = {r["id"]: r for r in written(ucdp.write, tmp_path / "x", *rows)}
    best = {name: (row["best"], row["high"]) for name, row in found.items()}
    assert best["speech"] == ("0", "0")
    assert best["hospital"] == best["own"] == ("1000000", "1000000")
    assert found["speech"]["deaths_claimed"] == "1000000"
    assert found["own"]["deaths_claimed"] == ""
    acled_rows = written(acled.write, tmp_path / "x", *rows)
    assert [row["fatalities"] for row in acled_rows] == ["0", "1000000", "1000000"]


DATED = {
    "ucdp": (ucdp.write, "date_start"),
    "acled": (acled.write, "event_date"),
    "gdelt": (gdelt.write, "SQLDATE"),
    "polecat": (polecat.write, "Event Date"),
    "eventreport": (eventreport.write, "date_start"),
}
FLAG = {"gdelt": "DatelineDayIs"}


@pytest.mark.parametrize("name", DATED)
def test_a_row_without_a_day_is_left_out_or_marked(name: str, tmp_path: Path) -> None:
    write, column = DATED[name]
    rows = [attack("told"), attack("none", when=None)]
    rows += [attack("never", "radio-2", when=None)]
    left: dict[str, str] = {}
    (only,) = written(write, tmp_path / "x", *rows, left_out=left.__setitem__)
    assert only[column]
    assert left == dict.fromkeys(("none", "never"), "without a known day")
    some = written(write, tmp_path / "x", *rows, by_publication=True)
    kinds = {row[column].replace("-", ""): row for row in some}
    assert set(kinds) == {"20250303", "20250305"}  # told, and published
    assert kinds["20250305"][FLAG.get(name, "day_is")] == "published"


def test_json_of_other_tools_leaves_out_what_has_no_day(tmp_path: Path) -> None:
    rows = attack("told"), attack("none", when=None)
    plover.write(Given(Told1(*rows), {}), tmp_path / "x")
    (line,) = (tmp_path / "x").read_text().splitlines()
    assert "day told; said by the report" in json.loads(line)["comment"]
    ftm.write(Given(Told1(*rows), {}), tmp_path / "x")
    lines = map(json.loads, (tmp_path / "x").read_text().splitlines())
    (event,) = (each for each in lines if each["schema"] == "Event")
    assert event["properties"]["startDate"] == ["2025-03-03"]


def test_our_own_tables_hold_every_row_and_say_what_its_day_is(tmp_path: Path) -> None:
    guess = days("2025-03-03", "2025-03-05", "range") | {"answer": "inferred"}
    rows = [attack("told"), attack("guess", when=guess), attack("none", when=None)]
    rows += [attack("never", "radio-2", when=None)]
    for of in ("claims", "events"):
        some = written(table.write, tmp_path / "x", *rows, of=of)
        found = {row.get("id") or row["event"]: row for row in some}
        kinds = {name: row["day_is"] for name, row in found.items()}
        assert kinds == dict(told="told", guess="inferred", none="published", never="unknown")
        assert found["none"]["day_or_published"] == "2025-03-05"
        assert found["none"]["no_day"] == "times.none.v1"
        assert found["told"]["no_day"] == found["never"]["day_or_published"] == ""


def test_an_event_is_as_sure_as_its_surest_claim_and_filtered_by_it() -> None:
    two = attack("a", confidence=0.9), attack("b", confidence=0.4)
    rows = [{**told, "event": "one"} for told in two]
    rows += [attack("c", confidence=0.5)]
    given = Given(Told1(*rows), {"sure": "0.6"}, "events")
    ((event, told),) = given.events()
    assert event["confidence"] >= 0.9
    assert [each["id"] for each, _ in told] == ["a", "b"]  # whole, as it is merged
