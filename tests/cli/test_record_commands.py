"""export, query, search, db, scale, load: as a person gives them, in this process."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.cli import app
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore
from dateline.testing import MADE, REPORT, sample


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    where = str(tmp_path_factory.mktemp("kept") / "s.db")
    with SqlStore(where) as kept:
        kept.save(REPORT, [sample()], [], MADE)
    return where


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_a_claim_is_exported_and_read_again(store: str, tmp_path: Path) -> None:
    out = tmp_path / "x.jsonl"
    done = run("export", "--store", store, "--format", "jsonl", "--out", str(out))
    assert (done.exit_code, done.stdout) == (0, "")
    told = json.loads(out.read_text(encoding="utf-8"))
    assert (told["type"], told["outlet"]) == ("RETREAT", "Global Wire")
    assert told["trigger"]["text"] == "freed"


@pytest.mark.parametrize("format", ["csv", "parquet", "gdelt", "ftm", "ucdp"])
def test_every_format_is_written(store: str, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"x.{format}"
    done = run("export", "--store", store, "--format", format, "--out", str(out))
    assert done.exit_code == 0
    assert out.stat().st_size > 0


def test_filters_and_kinds_of_row_are_heeded(store: str, tmp_path: Path) -> None:
    out = tmp_path / "x.csv"
    words = ("export", "--store", store, "--format", "csv", "--out", str(out))
    assert run(*words, "--actor", "UGA").exit_code == 0
    assert len(out.read_text().splitlines()) == 1
    assert run(*words, "--of", "events").exit_code == 0
    assert out.read_text().splitlines()[0].startswith("event,type")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--format", "xml", "--out", "x"), 2),
        (("--format", "csv", "--out", "."), 2),
        (("--format", "csv", "--out", "no/such/folder/x"), 2),
        (("--format", "polecat", "--of", "events", "--out", "x"), 2),
        (("--format", "csv", "--out", "x", "--type", "NONE"), 2),
    ],
)
def test_wrong_exports_are_refused(
    store: str,
    words: tuple[str, ...],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", "--store", store, *words)
    error = done.exception
    shown = error.exit if isinstance(error, StoreError) else done.exit_code
    assert shown == code or type(error).__name__ == "MissingPart"
    assert list(tmp_path.iterdir()) == []


def test_questions_are_answered_in_each_form(store: str) -> None:
    asked = "SELECT type, '=1' AS odd FROM claims"
    lines = run("query", asked, "--store", store, "--format", "jsonl").stdout
    assert json.loads(lines) == {"type": "RETREAT", "odd": "=1"}
    table = run("query", asked, "--store", store, "--format", "csv").stdout
    assert table.splitlines() == ["type,odd", "RETREAT,'=1"]
    shown = run("query", asked, "--store", store).stdout
    assert "RETREAT" in shown
    over = "SELECT actor_countries FROM claims"
    found = run("query", over, "--store", store, "--duckdb", "--format", "csv").stdout
    assert found.splitlines() == ["actor_countries", "KEN"]
    bad = run("query", "SELECT x FROM nowhere", "--store", store, "--duckdb")
    assert bad.exit_code == 2
    refused = run("query", "DELETE FROM claims", "--store", store).exception
    assert isinstance(refused, StoreError)


def test_words_are_searched(store: str) -> None:
    found = run("search", "pilots", "--store", store, "--format", "jsonl").stdout
    assert json.loads(found)["id"] == REPORT.id
    assert run("search", "zebra", "--store", store).exit_code == 3


def test_a_store_is_cared_for(store: str, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.db")
    assert run("db", "backup", copy, "--store", store).exit_code == 0
    assert "sound" in run("db", "check", "--store", copy).stdout
    for command in ("upgrade", "vacuum"):
        assert run("db", command, "--store", copy).exit_code == 0
    with SqlStore(copy) as kept, kept.engine.begin() as to:
        to.exec_driver_sql("UPDATE reports SET text = 'other words'")
    done = run("db", "check", "--store", copy)
    assert done.exit_code == 6
    assert "its text has been changed" in done.stdout


@pytest.mark.slow
def test_workers_and_shards_give_the_record_of_one_process(tmp_path: Path) -> None:
    acts = ("arrested", "killed", "freed")
    rows = [
        {
            "id": f"r{n}",
            "outlet": "O",
            "text": f"Police in Kenya {acts[n % 3]} {n} men.",
        }
        for n in range(3, 15)
    ]
    rows += [{**rows[2], "id": "copy"}, {**rows[3], "text": "New words."}, {"id": "x"}]
    given = tmp_path / "in.jsonl"
    given.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    one, two, three = (str(tmp_path / f"{n}.db") for n in (1, 2, 3))
    said = run("code", str(given), "--format", "jsonl", "--store", one)
    assert said.exit_code == 3
    both = run(
        "code", str(given), "--format", "jsonl", "--workers", "2", "--store", two
    )
    assert (both.exit_code, both.stdout) == (3, said.stdout)
    assert both.stderr.split(";")[0] == said.stderr.split(";")[0]
    out = str(tmp_path / "shards")
    scaled = run("scale", str(given), "--out", out, "--workers", "1")
    assert scaled.exit_code == 3
    assert run("load", out, "--store", three).exit_code == 3
    record = [
        list(SqlStore(where, write=False).claims({})) for where in (one, two, three)
    ]
    assert record[0] == record[1] == record[2] != []
