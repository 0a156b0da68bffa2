"""`dateline review`: decisions from the command line, and what comes of them."""

import csv
import json
from pathlib import Path

from dateline.store.sql import SqlStore
from tests.analysis.review.conftest import fill, id_of
from tests.command import run


def test_decisions_are_made_listed_taken_back_and_exported(tmp_path: Path) -> None:
    with SqlStore(str(tmp_path / "dateline.db")) as kept:
        fill(kept)
        name = id_of(kept, "r1")
    me = ("--reviewer", "ana")
    assert "RETREAT" in run(tmp_path, "review", "queue", *me).stdout
    bare = run(tmp_path, "review", "correct", name[:6], "type=AID", *me)
    assert bare.returncode == 2 and "needs a reason" in bare.stderr
    wrong = run(tmp_path, "review", "correct", name, "type=XX", "--reason", "r", *me)
    assert wrong.returncode == 2 and "ACCUSE" in wrong.stderr
    because = ("--reason", "it was aid")
    made = run(tmp_path, "review", "correct", name[:6], "type=AID", *because, *me)
    assert made.returncode == 0 and "decision 1" in made.stderr
    shown = run(tmp_path, "review", "show", name).stdout
    assert "ana: correct type “RETREAT” to “AID”: it was aid" in shown
    run(tmp_path, "review", "confirm", name, "status", "--reviewer", "ben")
    apart = run(tmp_path, "review", "agreement")
    assert apart.returncode == 3 and "no two reviewers" in apart.stderr
    exported(tmp_path, name)
    gone = run(tmp_path, "review", "undo", "1", "--reason", "no", *me)
    assert gone.returncode == 0
    people(tmp_path, name)


def exported(tmp_path: Path, name: str) -> None:
    """Exports are as coded, or as people left it."""
    for out, extra in (("as-coded.csv", ("--as-coded",)), ("as-left.csv", ())):
        told = ("export", "--format=csv", "--of=claims", "--out", out, "--type", "AID")
        assert run(tmp_path, *told, *extra).returncode == 0
    with (tmp_path / "as-left.csv").open() as file:
        assert {row["report"] for row in csv.DictReader(file)} == {"r1", "r3"}
    with (tmp_path / "as-coded.csv").open() as file:
        assert {row["report"] for row in csv.DictReader(file)} == {"r3"}
    assert run(tmp_path, "review", "apply", "left.db").returncode == 0
    with SqlStore(str(tmp_path / "left.db"), write=False) as left:
        assert left.claim(name)["type"] == "AID"


def people(tmp_path: Path, name: str) -> None:
    """Tokens come and go, and it is noted."""
    token = run(tmp_path, "review", "token", "ana").stdout.strip()
    with SqlStore(str(tmp_path / "dateline.db"), write=False) as kept:
        assert kept.review.who(token) == "ana"
        assert kept.claim(name)["type"] == "RETREAT"
    assert run(tmp_path, "review", "revoke", "ana").returncode == 0
    assert "revoked" in run(tmp_path, "review", "reviewers").stdout
    assert "correct  decision 1" in run(tmp_path, "review", "log").stdout


def test_reviewed_reports_become_gold(tmp_path: Path) -> None:
    with SqlStore(str(tmp_path / "dateline.db")) as kept:
        fill(kept)
        name = id_of(kept, "r1")
    run(tmp_path, "review", "confirm", name, "--reviewer", "ana")
    done = run(tmp_path, "review", "export", "gold")
    assert done.returncode == 0 and "1 reviewed reports" in done.stderr
    (path,) = (tmp_path / "gold" / "gold").glob("*.json")
    told = json.loads(path.read_text())
    assert told["sentences"] and told["tellings"][0]["importance"] == "core"
    assert (tmp_path / "gold" / "texts" / f"{told['report']}.txt").exists()
