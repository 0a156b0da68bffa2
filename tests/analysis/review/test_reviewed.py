"""Joining and parting are one decision each, and are undone by one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.analysis.review.decisions import Reviewer
from dateline.analysis.review.reviewed import latest_about
from dateline.cli import app
from dateline.events.merging import merge_store
from dateline.store.sql import SqlStore
from tests.analysis.review.conftest import id_of
from tests.claims import REPORT
from tests.events.test_merging import MADE, told

MANY = tuple(f"r{n}" for n in range(8))


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[SqlStore]:
    with SqlStore(str(tmp_path / "s.db")) as kept:
        for name in MANY:
            kept.save(replace(REPORT, id=name, outlet=f"Paper {name}"), [told(name)], [], MADE)
        merge_store(kept)
        yield kept


def events(store: SqlStore) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for claim in store.claims({}):
        found.setdefault(claim["event"], []).append(claim["report"])
    return sorted(sorted(some) for some in found.values())


def test_what_was_taken_out_is_joined_back_whole_by_one_decision(crowd: SqlStore) -> None:
    ana = Reviewer(crowd, "ana")
    assert events(crowd) == [[*MANY]]
    out = ana.apart(id_of(crowd, "r3"), "another release")
    assert len(crowd.review.decisions()) == 1
    assert events(crowd) == [[n for n in MANY if n != "r3"], ["r3"]]
    back = ana.merge(id_of(crowd, "r3"), id_of(crowd, "r5"), "one after all")
    assert back.together and len(back.lifted) == 6
    assert events(crowd) == [[*MANY]]
    assert len(crowd.review.decisions()) == 2
    merge_store(crowd, again=True)
    assert events(crowd) == [[*MANY]]
    ana.undo(back.number, "no")
    assert events(crowd) == [[n for n in MANY if n != "r3"], ["r3"]]
    ana.undo(out.number, "no")
    assert events(crowd) == [[*MANY]]
    assert crowd.merging.pinned() == []


def test_a_later_decision_stands_when_an_earlier_one_is_taken_back(crowd: SqlStore) -> None:
    ana = Reviewer(crowd, "ana")
    out = ana.apart(id_of(crowd, "r3"), "another release")
    back = ana.merge(id_of(crowd, "r3"), id_of(crowd, "r5"), "one after all")
    ana.undo(out.number, "it never was")
    (pin,) = crowd.merging.pinned()
    assert pin["kind"] == "must"
    ana.undo(back.number, "no need of it")
    assert crowd.merging.pinned() == []


def test_the_command_says_what_it_lifted_and_takes_one_decision_back(crowd: SqlStore) -> None:
    Reviewer(crowd, "ana").apart(id_of(crowd, "r3"), "another release")
    two = (id_of(crowd, "r3"), id_of(crowd, "r5"))

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, ["merge", *words, *two, "--store", crowd.where])
        assert done.exit_code == 0, done.output
        return done.stderr

    said = run("--pin")
    assert "are one event" in said and "and 3 more" in said
    assert "`dateline review undo 2`" in said
    assert "decision 2 is taken back" in run("--unpin")
    assert events(crowd) == [[n for n in MANY if n != "r3"], ["r3"]]


def test_the_last_decision_about_two_claims_is_none_about_others() -> None:
    def joined(number: int, claim: str, other: str) -> dict[str, object]:
        row = {"number": number, "kind": "merge", "question": ""}
        return row | {"claim": claim, "other": other, "answer": None}

    every = [joined(1, "a", "b"), joined(2, "c", "d")]
    assert latest_about("b", "a", every) == every[0]
    assert latest_about("a", "d", every) is None
    lifted = joined(3, "c", "d") | {"answer": {"pins": [["a", "b", "must", ""]]}}
    assert latest_about("a", "b", [every[1], lifted]) is None  # it pinned them not
