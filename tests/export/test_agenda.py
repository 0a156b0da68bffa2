"""What is planned, the nearest first: as rows, on the screen, for calendars."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from dateline.cli import app
from dateline.export.agenda import calendar, list_agenda
from dateline.model import When, Why
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore
from dateline.testing import MADE
from tests.claims import REPORT, claim

PLANS = {
    "far": (date(2025, 9, 1), date(2025, 9, 30), "month", "planned"),
    "near": (date(2025, 3, 10), date(2025, 3, 12), "range", "planned"),
    "next": (date(2025, 3, 20), date(2025, 3, 20), "day", "expected"),
    "past": (date(2025, 1, 2), date(2025, 1, 2), "day", "planned"),
    "done": (date(2025, 3, 11), date(2025, 3, 11), "day", "happened"),
    "none": (None, None, "unknown", "planned"),
}


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of plans, one of them no more than expected, one of no day."""
    found = str(tmp_path_factory.mktemp("agenda") / "s.db")
    with SqlStore(found) as kept:
        for name, (first, last, precision, status) in PLANS.items():
            made = claim("CONSULT", status, name)
            when = When(first, last, precision, None, Why("times.test.v1"))
            made = replace(made, type="AGREE", event=name, when=when)
            kept.save(replace(REPORT, id=name), [made], [], MADE)
    return found


@pytest.fixture
def store(where: str) -> Iterator[SqlStore]:
    with SqlStore(where, write=False) as kept:
        yield kept


def test_what_is_ahead_is_listed_nearest_first_with_who_says_so(store) -> None:
    rows = list_agenda(store)  # from the day of the newest report on, 2025-03-04
    assert [row["day_from"] for row in rows] == ["2025-03-10", "2025-03-20", "2025-09-01"]
    assert {row["said_by"] for row in rows} == {"the army"}
    assert rows[0]["actor_countries"] == "KEN"
    assert [row["status"] for row in rows] == ["planned", "expected", "planned"]
    some = list_agenda(store, "2025-03-11", "2025-03-31")
    assert [row["day_from"] for row in some] == ["2025-03-10", "2025-03-20"]
    assert list_agenda(store, where={"country": "UGA"}) == []
    with pytest.raises(StoreError, match="is after --until"):
        list_agenda(store, "2025-04-01", "2025-03-01")


def test_a_calendar_reads_it_back_and_gets_the_same_bytes(store) -> None:
    rows = list_agenda(store)
    raw = calendar(rows)
    assert raw == calendar(list_agenda(store))
    found = Calendar.from_ical(raw).walk("VEVENT")
    spans = [(str(e["DTSTART"].dt), str(e["DTEND"].dt)) for e in found]
    assert spans == [
        ("2025-03-10", "2025-03-13"),
        ("2025-03-20", "2025-03-21"),
        ("2025-09-01", "2025-09-02"),  # some day of that month: its first
    ]
    assert "says: the army" in str(found[0]["DESCRIPTION"])
    assert len({str(e["UID"]) for e in found}) == 3


@pytest.mark.parametrize("format", ["table", "csv", "jsonl", "ics"])
def test_each_way_to_print_has_all_of_it(where: str, format: str) -> None:
    words = ("agenda", "--store", where, "--from", "2025-03-05", "--to", "2025-04-01")
    done = CliRunner().invoke(app, [*words, "--format", format])
    assert done.exit_code == 0, done.output
    assert "2 events" in done.stderr
    if format == "jsonl":
        first = json.loads(done.stdout.splitlines()[0])
        assert (first["deed"], first["day_to"]) == ("CONSULT", "2025-03-12")
    elif format == "csv":
        assert done.stdout.startswith("event,day_from,day_to")
        assert len(done.stdout.splitlines()) == 3
    else:
        assert "2025-03-10" in done.stdout or "20250310" in done.stdout


def test_planned_meetings_are_found_by_their_type(store) -> None:
    planned = {"type": "CONSULT", "status": "planned"}
    assert len(list(store.claims(planned))) == 4
    from dateline.store import listings

    assert listings.count_events(store, planned) == 4
    facets = listings.facets(store, {"status": "planned"})
    assert ("CONSULT", 4) in facets["type"]
    assert ("AGREE", 4) in facets["type"]


def test_a_wrong_day_is_told(where: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["agenda", "--store", where, "--from", "soon"])
    assert done.exit_code == 2
    assert "is no date" in done.stderr
