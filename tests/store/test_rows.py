"""Every way out of a store has one row an event, whatever the filters and the order."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fastapi.testclient import TestClient

import dateline
from dateline.server.app import Parts, application
from dateline.server.middleware import Guard
from dateline.store.database.filters import match_claims
from dateline.store.sql import SqlStore
from tests.analysis.made import Told, fill_store
from tests.command import run

FORMATS = (
    *("csv", "jsonl", "parquet", "geojson", "plover", "polecat"),
    *("gdelt", "ucdp", "acled", "eventreport", "ftm"),
)
FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"actor": "KEN"},
    {"type": "ASSAULT"},
    {"since": "2025-03-03", "until": "2025-03-20"},
    {"sure": "0.7"},
)
STATUSES = ("happened", "happened", "happened", "denied", "possible", "planned")


def claims_of_many(chance: Random) -> list[Told]:
    """Return claims of 12 events in up to six reports each, mixed among 15 reports."""
    made = []
    for number in range(12):
        event = f"{number:x}{chance.getrandbits(60):015x}"
        kind = chance.choice(("ASSAULT", "AID", "CONSULT"))
        killed = float(chance.randrange(1, 9)) if kind == "ASSAULT" else None
        dated = chance.random() < 0.7
        for report in chance.sample(range(15), chance.randrange(1, 7)):
            told = Told(
                event,
                f"r{report}",
                type=kind,
                actor=chance.choice(("KEN", "KEN", "TZA")),
                first=f"2025-03-{chance.randrange(1, 28):02}" if dated else None,
                status=chance.choice(STATUSES),
                sure=chance.choice((0.4, 0.6, 0.8)),
                killed=(killed, killed, killed) if killed else None,
            )
            made += [told] * chance.choice((1, 1, 2))
    return made


@pytest.fixture(params=range(3))
def filled(where: str, request: pytest.FixtureRequest) -> str:
    """A store whose claims came in one of several orders."""
    claims = claims_of_many(Random(7))
    Random(request.param).shuffle(claims)
    with SqlStore(where) as kept:
        fill_store(kept, claims)
    return where


def flags(where: dict[str, str]) -> Iterator[str]:
    for name, value in where.items():
        yield from (f"--{name}", value)


def rows_of(path: Path, format: str) -> list[dict[str, Any]]:
    """Return the rows of an exported file, each with the id of its event."""
    text = path.read_bytes() if format == "parquet" else path.read_text()
    if format == "parquet":
        import pyarrow.parquet as pq

        return list(pq.read_table(path).to_pylist())
    assert isinstance(text, str)
    if format == "geojson":
        return [{**f["properties"], "event": f["id"]} for f in json.loads(text)["features"]]
    if format in ("jsonl", "plover", "ftm"):
        lines = list(map(json.loads, text.splitlines()))
        if format == "ftm":
            lines = [each for each in lines if each["schema"] == "Event"]
            return [{"event": each["properties"]["recordId"][0]} for each in lines]
        if format == "plover":
            return [{**each, "event": each["id"]} for each in lines]
        return lines
    tabs = "\t" if format in ("polecat", "gdelt") else ","
    column = {
        "polecat": "Event ID",
        "gdelt": "DatelineEvent",
        "ucdp": "id",
        "acled": "event_id_cnty",
        "eventreport": "event_id",
        "csv": "event",
    }[format]
    found = list(csv.DictReader(text.splitlines(), delimiter=tabs))
    return [{**row, "event": row[column].partition("-")[0]} for row in found]


def left_out(said: str) -> int:
    """Return how many events a command says it left out: the sum of its reasons."""
    found = re.search(r"left out: (\d+) events \(([^;)]*)", said)
    if found is None:
        return 0
    reasons = [int(each.split()[0]) for each in found[2].split(", ")]
    assert sum(reasons) == int(found[1])
    return int(found[1])


def dead(events: Sequence[dict[str, Any]]) -> float:
    every = (q for event in events for q in event["quantities"])
    return sum(float(q["best"]) for q in every if q["what"] == "killed")


@pytest.mark.parametrize("where_", FILTERS, ids=lambda w: "-".join(w) or "all")
def test_each_format_has_one_row_an_event(
    filled: str, tmp_path: Path, where_: dict[str, str]
) -> None:
    asked = (*flags(where_), "--store", filled)
    listed = run(tmp_path, "events", "--format", "jsonl", *asked)
    events = list(map(json.loads, listed.stdout.splitlines()))
    ids = {event["event"] for event in events}
    assert len(ids) == len(events) > 2
    for format in FORMATS:
        done = run(*(tmp_path, "export", "--format", format, "--out", "x", "--names"), *asked)
        assert done.returncode == 0, done.told
        rows = rows_of(tmp_path / "x", format)
        names = [row["event"] for row in rows]
        assert set(names) <= ids
        assert len(set(names)) == len(ids) - left_out(done.stderr), (format, done.stderr)
        if format in ("eventreport", "polecat"):  # a row a report or a dyad of an event
            second = "report_id" if format == "eventreport" else "Event ID"
            assert len({(row["event"], row[second]) for row in rows}) == len(rows)
            continue
        assert len(names) == len(set(names)), format
        if format in ("csv", "parquet"):
            many = (row["killed_best"] for row in rows)
            assert sum(float(n) for n in many if n) == dead(events)
        if format == "jsonl":
            assert dead(rows) == dead(events)
        if format in ("ucdp", "acled"):
            column = "best" if format == "ucdp" else "fatalities"
            there = [event for event in events if event["event"] in set(names)]
            assert sum(float(row[column]) for row in rows) == dead(there)


@pytest.mark.parametrize("where_", FILTERS, ids=lambda w: "-".join(w) or "all")
def test_python_the_api_and_the_page_list_the_same_events(
    filled: str, tmp_path: Path, where_: dict[str, str]
) -> None:
    asked = (*flags(where_), "--store", filled)
    listed = run(tmp_path, "events", "--format", "jsonl", *asked).stdout.splitlines()
    ids = sorted(json.loads(line)["event"] for line in listed)
    given: dict[str, Any] = {**where_}
    if "sure" in given:
        given["sure"] = float(given["sure"])
    with dateline.open(filled) as store:
        assert sorted(row["event"] for row in store.events(**given)) == ids
    with SqlStore(filled, write=False) as kept:
        client = TestClient(application(kept, Parts(Guard(hosts=frozenset(("testserver",))))))
        found, cursor = list[str](), ""
        while True:
            asked_of_api = {**where_, "limit": "5", "cursor": cursor}
            page = client.get("/api/v1/events", params=asked_of_api).json()
            found += [event["event"] for event in page["events"]]
            if not (cursor := page.get("next") or ""):
                break
        assert sorted(found) == ids
        file = client.get("/events/export.csv", params={**where_, "names": "yes"})
        rows = csv.DictReader(file.text.splitlines())
        assert sorted(row["event"] for row in rows) == ids


def test_claims_stand_in_the_files_where_they_are_asked_for(filled: str, tmp_path: Path) -> None:
    for format in ("csv", "jsonl", "geojson", "plover"):
        words = ("--format", format, "--of", "claims", "--out", "x", "--names")
        run(tmp_path, "export", *words, "--day-or-published", "--store", filled)
        rows = rows_of(tmp_path / "x", "jsonl" if format == "plover" else format)
        assert len(rows) == len(claims_of_many(Random(7)))


def test_a_store_is_read_through_an_index_and_not_sorted_whole(tmp_path: Path) -> None:
    with SqlStore(str(tmp_path / "s.db")) as kept, kept.reading() as to:
        for filters in ({}, {"actor": "KEN"}):
            query = match_claims(filters, "sqlite", by_event=True)
            text = query.compile(to, compile_kwargs={"literal_binds": True})
            plan = [row[3] for row in to.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]
            assert any("claims_by_event" in step for step in plan)
            assert "USE TEMP B-TREE FOR ORDER BY" not in plan
