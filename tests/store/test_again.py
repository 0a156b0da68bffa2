"""What is read again: the same file, told otherwise."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.cli.code import asides
from dateline.ingest.reading.fields import parse_columns
from dateline.ingest.reading.inputs import sources
from dateline.ingest.results import Told
from dateline.ingest.run import Ingest, one_by_one
from dateline.model import Report
from dateline.model.coding import UNDATED, Coding
from dateline.store.provenance import find_report_id
from dateline.store.sql import SqlStore
from tests.faults import builders as make

WORDS = "Kenya lifted its ban on Ugandan eggs on Tuesday, the trade ministry said."
Read = Callable[..., Ingest]


class Silent:
    """A coder that finds nothing."""

    def code(self, report: Report) -> Coding:
        return Coding(report, UNDATED, (), ())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with SqlStore(str(tmp_path / "s.db")) as made:
        yield made


@pytest.fixture
def read(tmp_path: Path, store: SqlStore) -> Read:
    def run(name: str, map: str = "", **told: Any) -> Ingest:
        coder: Any = one_by_one(Silent())  # type: ignore[arg-type]
        ingest = Ingest(coder, store, {"version": "1"}, Told(**told))
        list(ingest.run(sources([str(tmp_path / name)], parse_columns(map))))
        return ingest

    return run


def test_another_column_map_is_another_way_of_reading(
    tmp_path: Path, store: SqlStore, read: Read
) -> None:
    rows = f'story;day;head;paper\n"{WORDS}";2025-04-02;Eggs again;Coast Wire\n'
    (tmp_path / "a.csv").write_text(rows)
    assert read("a.csv").count["rejected"] == 1
    named = "text=story,published=day,outlet=paper"
    assert read("a.csv", named).count["stored"] == 1
    assert read("a.csv", named).count["files"] == 1
    assert read("a.csv", f"{named},title=head").count["stored"] == 1
    (kept,) = store.reports()
    assert (kept["title"], kept["published"]) == ("Eggs again", "2025-04-02")


def test_a_day_told_later_is_taken(tmp_path: Path, store: SqlStore, read: Read) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    read("a.txt")
    assert read("a.txt", published=date(2025, 4, 2)).count["stored"] == 1
    assert read("a.txt", published=date(2025, 4, 2)).count["files"] == 1
    assert read("a.txt").count["duplicate"] == 1
    assert [each["published"] for each in store.reports()] == ["2025-04-02"]


def test_an_outlet_told_later_makes_no_second_report(
    tmp_path: Path, store: SqlStore, read: Read
) -> None:
    (tmp_path / "a.txt").write_text(WORDS)
    read("a.txt")
    told = {"outlet": "Coast Wire", "published": date(2025, 4, 2)}
    assert read("a.txt", **told).count["stored"] == 1
    (kept,) = store.reports()
    assert (kept["outlet"], kept["published"]) == ("Coast Wire", "2025-04-02")
    (tmp_path / "copy.txt").write_text(WORDS)
    assert read("copy.txt", **told).count["duplicate"] == 1
    os.utime(tmp_path / "a.txt", (0, 0))
    assert read("a.txt").count["duplicate"] == 1
    assert [each["outlet"] for each in store.reports()] == ["Coast Wire"]


def test_what_has_been_mended_is_no_longer_a_problem(
    tmp_path: Path, store: SqlStore, read: Read
) -> None:
    good, bad = json.dumps({"id": "1", "text": WORDS}), "{half"
    (tmp_path / "a.jsonl").write_text(f"{bad}\n{good}\n{bad}\n")
    first = read("a.jsonl")
    assert [each["report"][-2:] for each in store.problems()] == [":1", ":3"]
    again = read("a.jsonl")
    assert any("`dateline problems`" in line for line in asides(again))
    (tmp_path / "a.jsonl").write_text(f"{good}\n{bad}\n")
    list(first.run(sources([str(tmp_path / "a.jsonl")])))
    assert [each["report"][-2:] for each in store.problems()] == [":2"]
    (tmp_path / "a.jsonl").write_text(good)
    read("a.jsonl")
    assert list(store.problems()) == []


def test_a_copy_is_found_by_its_own_id(tmp_path: Path, store: SqlStore, read: Read) -> None:
    rows = [{"id": i, "text": WORDS, "outlet": "Coast Wire"} for i in ("1", "2")]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    read("a.jsonl")
    assert [find_report_id(store, name) for name in ("1", "2", "3")] == ["1", "1", "3"]


def test_of_two_captures_of_a_page_the_later_one_counts(
    tmp_path: Path, store: SqlStore, read: Read
) -> None:
    day = '<meta property="article:published_time" content="2025-03-05">'
    pages = {"07": "Kenya freed the pilots.", "06": "Kenya held two Ugandan pilots."}
    records = [
        make.record(1, make.page(1, f"<p>{words} {WORDS}</p>", day)).replace(
            b"2024-03-05T11", f"2025-03-{at}T11".encode()
        )
        for at, words in pages.items()
    ]
    (tmp_path / "a.warc.gz").write_bytes(make.warc(records)[0])
    assert read("a.warc.gz").count["versions"] == 1
    (kept,) = store.reports()
    assert "freed the pilots" in kept["text"]
    os.utime(tmp_path / "a.warc.gz", (0, 0))
    assert read("a.warc.gz").count["duplicate"] == 2
