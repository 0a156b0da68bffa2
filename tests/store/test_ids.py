"""Ids of events are letters and digits, and every id that is printed opens."""

import csv
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from dateline.analysis.review.decisions import Reviewer
from dateline.events.event_summaries import join
from dateline.model import Span
from dateline.model.record import event_name
from dateline.model.text import hash_words
from dateline.store.sql import SqlStore
from dateline.testing import MADE, REPORT, TEXT, sample
from tests.analysis.made import Told, make_store, text_of
from tests.command import run

ID = re.compile("[0-9a-z]+")


@pytest.fixture(params=range(3))
def split(tmp_path: Path, request: pytest.FixtureRequest) -> SqlStore:
    """A store of some reports, each telling a happening in two or three claims.

    People have held some of the claims apart, of one report as of several.
    """
    chance = Random(request.param)
    store = SqlStore(str(tmp_path / "s.db"))
    names = [f"r{n}" for n in range(6)]
    chance.shuffle(names)
    for number, name in enumerate(names):
        text = text_of(name)
        report = replace(REPORT, id=name, text=text, outlet=name, title=name)
        # The first two have happenings of their own, the others tell of two.
        day = date(2025, 6 + number, 3) if number < 2 else date(2025, 3, 3 + number % 2)
        report = replace(report, published=day)
        made = []
        for at in range(2 if number < 2 else 3):
            one = sample(name, event=hash_words(f"event|{name}"))
            trigger = Span(len(TEXT) + at * 8 + 1, len(TEXT) + at * 8 + 8)
            made.append(
                replace(
                    one,
                    action=replace(one.action, trigger=trigger),
                    when=replace(one.when, first=day, last=day),
                )
            )
        store.save(report, made, [], MADE)
    join(store)
    ana = Reviewer(store, "ana")
    for _ in range(4):
        one, other = chance.sample(list(store.claims({})), 2)
        ana.split(one["id"], other["id"], "two things")
    for name in names[:2]:
        one, other, *_ = store.claims({"report": name})
        ana.split(one["id"], other["id"], "two things")
    join(store, again=chance.random() < 0.5)
    return store


def test_every_id_that_is_printed_opens(split: SqlStore, tmp_path: Path) -> None:
    at = ("--store", str(tmp_path / "s.db"))
    listed = run(tmp_path, "events", "--format", "jsonl", *at).stdout
    events = list(map(json.loads, listed.splitlines()))
    ids = {event["event"] for event in events}
    assert len(ids) == len(events) > 2
    assert all(map(ID.fullmatch, ids))
    assert any(name.startswith("z") for name in ids)  # some are of a part of a report
    for name in ids:
        for words in (("show",), ("event",), ("explain",)):
            done = run(tmp_path, *words, name, *at)
            assert done.returncode == 0, done.told
        found = run(tmp_path, "event", name, "--format", "jsonl", *at).stdout
        assert json.loads(found)["event"] == name
    claim = next(split.claims({}))
    for command in ("show", "event", "explain"):
        assert run(tmp_path, command, claim["id"], *at).returncode == 0
    assert "Kenya freed" in run(tmp_path, "show", claim["report"], *at).stdout
    run(tmp_path, "export", "--format", "polecat", "--out", "x", *at)
    with (tmp_path / "x").open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == len(ids)
    calendar = f"{events[0]['event']}@dateline"
    for name in (rows[0]["Event ID"], calendar):
        assert run(tmp_path, "show", name, *at).returncode == 0


def test_a_prefix_of_several_lists_them_and_an_exact_id_wins(tmp_path: Path) -> None:
    claims = [Told("ab", "r1", id="c1"), Told("ab12", "r2", id="c12"), Told("ab34", "r3", id="c34")]
    make_store(tmp_path, claims).close()
    at = ("--store", "s.db")
    done = run(tmp_path, "event", "ab", "--format", "jsonl", *at)
    assert json.loads(done.stdout)["event"] == "ab"
    assert run(tmp_path, "explain", "c1", *at).returncode == 0
    for command in ("show", "event"):
        done = run(tmp_path, command, "a", *at)
        assert done.returncode == 2
        assert "event ab, event ab12, event ab34" in done.stderr
    done = run(tmp_path, "explain", "c", *at)
    assert "claim c1, claim c12, claim c34" in done.stderr
    with SqlStore(str(tmp_path / "s.db"), write=False) as kept:
        assert (kept.claim("c1") or {})["id"] == "c1"


def test_what_is_made_of_a_part_is_stable_and_distinct() -> None:
    parts = [f"{n:x}~{m:x}" for n in range(40) for m in range(40)]
    names = set(map(event_name, parts))
    assert len(names) == len(parts)
    assert all(map(ID.fullmatch, names))
    assert min(names) > "f" * 16  # after every hash: a plain id is taken first
    assert event_name("0af3") == "0af3"
