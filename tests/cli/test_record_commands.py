"""export, query, search, db, scale, load: as a person gives them, in this process."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.cli import app
from dateline.model import Problem
from dateline.store.errors import StoreError, StoreInUse
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
    words = ("--format", "jsonl", "--of", "claims", "--out", str(out))
    done = run("export", "--store", store, *words)
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
    assert run(*words).exit_code == 0
    assert out.read_text().splitlines()[0].startswith("event,type")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--format", "xml", "--out", "x"), 2),
        (("--format", "csv", "--out", "."), 2),
        (("--format", "csv", "--out", "-"), 2),
        ("--format csv --out x --since 2024-02-01 --until 2024-01-01".split(), 2),
        (("--format", "csv", "--out", "no/such/folder/x"), 2),
        (("--format", "ucdp", "--of", "claims", "--out", "x"), 2),
        (("--format", "plover", "--of", "reports", "--out", "x"), 2),
        (("--format", "csv", "--out", "x", "--type", "NONE"), 2),
    ],
)
def test_wrong_exports_are_refused(
    store: str, words: tuple[str, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", "--store", store, *words)
    error = done.exception
    shown = error.exit if isinstance(error, StoreError) else done.exit_code
    assert shown == code or type(error).__name__ == "MissingPart"
    assert list(tmp_path.iterdir()) == []


def test_no_store_is_written_over(store: str) -> None:
    for words in (("--store", store), ("--store", store, "--of", "events")):
        done = run("export", *words, "--format", "csv", "--out", store)
        assert (done.exit_code, "is a store" in done.stderr) == (2, True)
    with SqlStore(store, write=False) as kept:
        assert len(kept.report_ids()) == 1


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


@pytest.mark.parametrize("asked", ["DELETE FROM claims", "SELECT 1; SELECT 2", ""])
def test_a_snapshot_is_asked_one_select(store: str, asked: str) -> None:
    done = run("query", asked, "--store", store, "--duckdb")
    assert (done.exit_code, "one SELECT" in done.stderr) == (2, True)


@pytest.mark.parametrize("more", [(), ("--duckdb",)])
def test_columns_of_one_name_are_all_printed(store: str, more: tuple[str, ...]) -> None:
    asked = "SELECT 1 AS id, 2 AS id, 3 AS id"
    found = run("query", asked, "--store", store, "--format", "jsonl", *more).stdout
    assert json.loads(found) == {"id": 1, "id_2": 2, "id_3": 3}


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
        {"id": f"r{n}", "outlet": "O", "text": f"Police in Kenya {acts[n % 3]} {n} men."}
        for n in range(3, 15)
    ]
    rows += [{**rows[2], "id": "copy"}, {**rows[3], "text": "New words."}, {"id": "x"}]
    given = tmp_path / "in.jsonl"
    given.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    one, two, three = (str(tmp_path / f"{n}.db") for n in (1, 2, 3))
    said = run("code", str(given), "--format", "jsonl", "--store", one)
    assert said.exit_code == 3
    both = run("code", str(given), "--format", "jsonl", "--workers", "2", "--store", two)
    assert (both.exit_code, both.stdout) == (3, said.stdout)
    assert both.stderr.split(";")[0] == said.stderr.split(";")[0]
    out = str(tmp_path / "shards")
    scaled = run("scale", str(given), "--out", out, "--workers", "1")
    assert scaled.exit_code == 3
    assert run("load", out, "--store", three).exit_code == 3
    record = [list(SqlStore(where, write=False).claims({})) for where in (one, two, three)]
    assert record[0] == record[1] == record[2] != []


def test_a_mistyped_store_is_not_made(tmp_path: Path) -> None:
    for command in ("upgrade", "vacuum"):
        done = run("db", command, "--store", str(tmp_path / "none.db"))
        assert done.exit_code == 2 and "no store at" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_backup_never_takes_the_place_of_a_store_in_use(store: str, tmp_path: Path) -> None:
    itself = run("db", "backup", store, "--store", store).exception
    assert isinstance(itself, StoreError) and "itself" in str(itself)
    other = tmp_path / "other.db"
    with SqlStore(str(other)) as kept:
        kept.save(REPORT, [sample()], [], MADE)
        used = run("db", "backup", str(other), "--store", store).exception
    assert isinstance(used, StoreInUse) and "written to" in str(used)
    assert "sound" in run("db", "check", "--store", str(other)).stdout
    assert run("db", "backup", str(other), "--store", store).exit_code == 0
    assert "sound" in run("db", "check", "--store", str(other)).stdout


def test_what_an_export_would_replace_or_leave_out_is_told(store: str, tmp_path: Path) -> None:
    asked = ("export", "--store", store, "--format", "csv", "--out")
    pipe, link, out = (tmp_path / name for name in ("pipe", "link.csv", "x.csv"))
    os.mkfifo(pipe)
    done = run(*asked, str(pipe))
    assert done.exit_code == 2 and pipe.is_fifo()
    link.symlink_to("x.csv")
    assert run(*asked, str(link)).exit_code == 0
    assert link.is_symlink() and "RETREAT" in out.read_text(encoding="utf-8")
    done = run(*asked, str(out), "--of", "reports", "--actor", "KEN")
    assert done.exit_code == 2 and "--of reports" in done.stderr


def test_a_list_that_is_cut_says_so(tmp_path: Path) -> None:
    where = str(tmp_path / "s.db")
    with SqlStore(where) as kept:
        for name in "abc":
            report = replace(REPORT, id=name)
            kept.save(report, [replace(sample(), report_id=name)], [], MADE)
            kept.note(Problem(name, "read", "damaged", "cut"))
    for words in (("reports",), ("problems",), ("search", "pilots")):
        asked = (*words, "--store", where, "--most")
        assert "only the first 2: --most gives more" in run(*asked, "2").stderr
        assert "only" not in run(*asked, "3").stderr


def test_lists_come_the_surest_first_where_asked(tmp_path: Path) -> None:
    where = str(tmp_path / "s.db")
    with SqlStore(where) as kept:
        for name, sure in (("a", 0.5), ("b", 0.9), ("c", 0.7)):
            act = replace(sample().action, sure=sure)
            made = replace(sample(), report_id=name, event=name, action=act)
            kept.save(replace(REPORT, id=name), [made], [], MADE)
    for more in ((), ("--claims",)):
        asked = ("events", "--store", where, "--format", "jsonl", *more)
        for words, order in (((), "abc"), (("--sort", "sure"), "bca")):
            lines = run(*asked, *words).stdout.splitlines()
            assert "".join(json.loads(line)["event"] for line in lines) == order
    table = run("events", "--store", where, "--format", "csv", "--sort", "sure").stdout
    assert [line[0] for line in table.splitlines()[1:]] == ["b", "c", "a"]
    assert run("events", "--store", where, "--sort", "size").exit_code == 2
