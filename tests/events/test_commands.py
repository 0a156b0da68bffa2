"""`dateline events`, `event` and `merge`, run in this process."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.cli import app
from dateline.cli.review import kept_apart
from dateline.events.merging import merge_store
from dateline.model import Quantity, Span, Why
from dateline.store.sql import SqlStore
from tests.claims import REPORT, TEXT
from tests.events.test_merging import MADE, told


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
    (found,) = map(json.loads, run(kept, "events", "--format", "jsonl").stdout.splitlines())
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
    told = row["outlets"], row["origins"], row["reports"], row["report_ids"]
    assert told == ("2", "1", "2", "a; b")


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


def test_two_claims_of_one_report_are_explained(tmp_path: Path) -> None:
    store = SqlStore(str(tmp_path / "s.db"))
    one = told("a")
    two = one, replace(one, action=replace(one.action, deed="AID"))
    store.save(replace(REPORT, id="a"), list(two), [], MADE)
    merge_store(store)
    said = run(store, "merge", "--explain", *(claim.id for claim in two))
    assert said.exit_code == 0
    assert "joined from 0." in said.stdout


def test_a_decision_says_only_what_became_of_it(kept: SqlStore) -> None:
    one, other = ids(kept)
    for flag in ("--pin", "--split", "--unpin"):
        told = run(kept, "merge", flag, one, other)
        assert (told.exit_code, "merged" in told.stderr) == (0, False), flag


def test_to_take_back_what_was_not_decided_is_told(kept: SqlStore) -> None:
    told = run(kept, "merge", "--unpin", *ids(kept))
    assert told.exit_code == 2
    assert "no pin to take back" in told.stderr


def test_a_report_that_the_store_lacks_is_told(kept: SqlStore) -> None:
    for more in ((), ("--claims",)):
        told = run(kept, "events", "--report", "nowhere", *more)
        assert told.exit_code == 2
        assert "no report 'nowhere'" in told.stderr
        assert "it has a, b" in told.stderr


def cells_of(table: str) -> list[str]:
    """Return the words of each cell of the only row of a table, unwrapped."""
    lines = [line.strip("│").split("│") for line in table.splitlines() if "│" in line]
    return [" ".join(" ".join(cell).split()) for cell in zip(*lines, strict=True)]


def test_a_guess_a_bound_and_a_unit_stand_in_the_list_of_events(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    store = SqlStore(str(tmp_path / "s.db"))
    rest = ("", "this act")
    span, why = Span(0, 5), Why("quantities.test.v1")
    counts = (
        Quantity("killed", None, 50.0, 50.0, "up to", *rest, None, span, why),
        Quantity("money", 5e6, 5e6, 5e6, "exact", *rest, "euro", span, why),
        Quantity("money", 7e6, 7e6, 7e6, "exact", *rest, "US$", Span(6, 9), why),
    )
    made = told("a")
    guessed = tuple(replace(who, answer="guess") for who in made.actors)
    made = replace(made, actors=guessed, quantities=counts)
    store.save(replace(REPORT, id="a"), [made], [], MADE)
    merge_store(store)
    table = run(store, "events").stdout
    cells = cells_of(table)
    for words in ("GOV?]", "killed up to 50", "5,000,000 euro", "7,000,000 US$"):
        assert any(words in cell for cell in cells), (words, cells)
    page = run(store, "event", next(store.claims({}))["event"]).stdout
    assert "up to 50" in page.split("How many")[1]
    (found,) = map(json.loads, run(store, "events", "--format", "jsonl").stdout.splitlines())
    assert [who["answer"] for who in found["actors"]] == ["guess"]
    assert [(q["what"], q["bound"], q["unit"]) for q in found["quantities"]] == [
        ("killed", "up to", None),
        ("money", "exact", "US$"),
        ("money", "exact", "euro"),
    ]


def test_the_first_told_is_first_by_the_clock_not_by_its_letters(tmp_path: Path) -> None:
    store = SqlStore(str(tmp_path / "s.db"))
    moments = {
        "late": "2025-03-04T20:00:00+00:00",
        "soon": "2025-03-05T01:00:00+09:00",
        "last": "2025-03-04T18:00:00-05:00",
    }
    for name, moment in moments.items():
        at = datetime.fromisoformat(moment)
        report = replace(REPORT, id=name, outlet=name, published=at)
        store.save(report, [told(name)], [], MADE)
    merge_store(store)
    line = json.loads(run(store, "events", "--format", "jsonl").stdout)
    assert (line["first_told"], line["last_told"]) == ("2025-03-05", "2025-03-04")
    found = json.loads(run(store, "event", line["event"], "--format", "jsonl").stdout)
    assert [t["report"] for t in found["tellings"]] == ["soon", "late", "last"]


def test_every_export_has_the_event_that_events_lists(kept: SqlStore, tmp_path: Path) -> None:
    made = told("c")
    others = tuple(replace(who, name="Kenyan army") for who in made.actors)
    more = (*others, *(replace(who, country="TZA", name="Tanzania") for who in others))
    made = replace(made, actors=more)
    kept.save(replace(REPORT, id="c", outlet="Third"), [made], [], MADE)
    merge_store(kept)
    (line,) = map(json.loads, run(kept, "events", "--format", "jsonl").stdout.splitlines())
    assert [who["name"] for who in line["actors"]] == ["Kenya", "Tanzania"]
    out = tmp_path / "out.jsonl"
    run(kept, "export", "--of", "events", "--format", "jsonl", "--out", str(out))
    found = json.loads(out.read_text())
    for side in ("actors", "recipients"):
        for mine, theirs in zip(line[side], found[side], strict=True):
            same = ("name", "country", "sector", "entity", "answer")
            assert [mine[n] for n in same] == [theirs[n] for n in same]
    same = (*"event type deed status outlets origins first_told last_told".split(),)
    assert [line[n] for n in same] == [found[n] for n in same]
    run(kept, "export", "--format", "ucdp", "--out", str(out))
    run(kept, "export", "--of", "events", "--format", "csv", "--out", str(out))
    assert "Kenya; Tanzania" in out.read_text()


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
    assert "two events: score 0.00, joined from 0.55" in said
    assert "16 days lie between" in said
    two = [store.claim(name) for name in (one, other)]
    assert kept_apart(store, *two) == ("their tellings would lie 16 days apart, of 7 at the most")
    same = kept_apart(store, two[0], two[0])
    assert same == "the other claims of the two events do not agree on average"
