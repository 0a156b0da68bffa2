"""The process that parses strangers' bytes reads, and can do nothing else."""

import json
import os
import pickle
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from dateline.ingest.reading import sandbox as confined
from dateline.ingest.reading import worker
from dateline.ingest.reading.worker import (
    LENGTH,
    Child,
    NotCarried,
    carry_item,
    deliver_item,
    forbid_event,
)
from dateline.model import Capture, Mark, Problem, Report, Source, Span
from dateline.model.source import Said

REPORT = Report(
    "r1",
    "Kim left.\r\n\ud800\x00\u202e",
    title="Кім",
    published=datetime(2019, 1, 8, 9, 30, tzinfo=timezone(timedelta(hours=8.5))),
    contributors=("A", "B"),
    marks=(Mark("dateline", Span(0, 3)),),
    capture=Capture(sha256="x", offset=3, length=None),
)
PROBLEM = Problem("r", "read", "damaged", "cut", Capture(), b"\x00\xff" * 9)
INNER = Source(
    "a.box!b.html",
    raw=b"\x00<p>",
    kind="html",
    columns=(("text", "body"),),
    depth=1,
    said=Said("T", published=date(2024, 1, 1), entries=(1, 2)),
)
ITEMS = [REPORT, PROBLEM, INNER, Report("", ""), Report("a", "b", published=date(1, 1, 1))]


@pytest.mark.parametrize("item", ITEMS)
def test_what_is_carried_comes_out_the_same(item: Any) -> None:
    assert deliver_item(carry_item(item)) == item
    assert deliver_item(carry_item(None)) is None


def test_of_a_source_the_bytes_are_handed_on_and_no_file() -> None:
    for other in (Source("x", path="/etc/passwd"), Source("x")):
        with pytest.raises(NotCarried):
            carry_item(other)


def test_a_moment_keeps_its_zone() -> None:
    for zone in (UTC, timezone(timedelta(hours=-3.5)), None):
        at = datetime(2024, 2, 29, 23, 59, 59, 1, tzinfo=zone)
        found = deliver_item(carry_item(Report("r", "t", published=at)))
        assert isinstance(found, Report) and isinstance(found.published, datetime)
        assert found.published.utcoffset() == at.utcoffset()


class Evil:
    def __reduce__(self) -> Any:
        return os.system, ("touch pwned",)


def told(**other: Any) -> bytes:
    return json.dumps({**json.loads(carry_item(REPORT)), **other}).encode()


AMISS = [
    b"",
    b"\x80\x04N.",
    pickle.dumps(Evil()),
    pickle.dumps(REPORT),
    b"3",
    b"[]",
    b'"null"',
    b"{}",
    b"[" * 100_000,
    b'{"is": "Report"}',
    b'{"is": "Source", "found_at": "x", "path": "/etc/passwd"}',
    json.dumps({**json.loads(carry_item(INNER)), "path": "/etc/passwd"}).encode(),
    json.dumps({**json.loads(carry_item(INNER)), "raw": None}).encode(),
    json.dumps({**json.loads(carry_item(INNER)), "columns": [["a"]]}).encode(),
    json.dumps({**json.loads(carry_item(INNER)), "stream": "x"}).encode(),
    b'{"is": ["Report"]}',
    told(more=1),
    told(text=3),
    told(text=None),
    told(marks=3),
    told(marks=[3]),
    told(marks=[{"kind": "odd", "span": {"start": 0, "end": 1}}]),
    told(marks=[{"kind": "note", "span": {"start": True, "end": 1}}]),
    told(contributors=["a", 1]),
    told(contributors="ab"),
    told(published="yesterday"),
    told(published=5),
    told(published="2024-13-01"),
    told(capture=[]),
    told(capture={"path": "/etc/passwd"}),
    json.dumps({**json.loads(carry_item(PROBLEM)), "raw": "*"}).encode(),
    json.dumps({**json.loads(carry_item(PROBLEM)), "raw": 1}).encode(),
]


@pytest.mark.parametrize("raw", AMISS)
def test_no_answer_amiss_is_taken(
    raw: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotCarried):
        deliver_item(raw)
    assert not list(tmp_path.iterdir())


def test_a_child_that_answers_amiss_is_told_and_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    for raw in (pickle.dumps(Evil()), b"{}"):
        answers = LENGTH.pack(len(raw)) + raw
        assert outcome(answers, monkeypatch) == "crashed"
    assert outcome(LENGTH.pack(1 << 62), monkeypatch) == "crashed"


def outcome(answers: bytes, patch: pytest.MonkeyPatch) -> str:
    """Return the code of what comes of a child that answers so."""
    reading = Child()
    words = f"import sys, time; sys.stdout.buffer.write({answers!r});"
    words += "sys.stdout.flush(); time.sleep(9)"
    pipe = subprocess.PIPE
    made = subprocess.Popen([sys.executable, "-c", words], stdin=pipe, stdout=pipe)
    reading.process = made
    (found,) = reading.items("html", Source("x", raw=b"x"))
    assert reading.process is None and made.poll() is not None
    assert isinstance(found, Problem)
    return found.code


def test_what_a_reader_needs_not_it_can_do_without_these_means() -> None:
    """Else the next test would hold of anything."""
    held, could = confined.tried(())
    assert held == []
    assert len(could) == len(confined.attempts(Path()))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has Landlock and seccomp")
def test_the_kernel_holds_a_reader_to_reading() -> None:
    held, could = confined.tried()
    if "seccomp" not in held:
        pytest.skip("this kernel or machine has no seccomp filter: doctor tells it")
    assert could == []


def test_the_means_are_tried_one_by_one() -> None:
    held, could = confined.tried(("landlock",))
    if "landlock" in held:
        assert not set(could) & {"write", "append", "cut", "unlink", "rename"}
    held, could = confined.tried(("seccomp",))
    if "seccomp" in held:
        assert could == []


def test_no_call_of_the_table_is_there_twice() -> None:
    for column in (0, 1):
        numbers = [n[column] for n in confined.CALLS.values() if n[column] is not None]
        assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("open", ("x", "a", 0)),
        ("open", ("x", "r+b", 0)),
        ("open", ("x", "x", 0)),
        ("open", ("x", None, os.O_RDWR)),
        ("open", ("x", None, os.O_WRONLY | os.O_APPEND)),
        ("os.remove", ("x", -1)),
        ("os.fork", ()),
        ("socket.__new__", ()),
        ("socket.sendto", ()),
        ("os.kill", (1, 9)),
    ],
)
def test_pythons_hook_refuses_the_same(event: str, arguments: Any) -> None:
    with pytest.raises(PermissionError):
        forbid_event(event, arguments)


def test_pythons_hook_lets_reading_be() -> None:
    forbid_event("open", ("x", "rb", os.O_RDONLY | os.O_CLOEXEC))
    forbid_event("open", (3, "r", 0))
    forbid_event("import", ("x",))


def test_a_page_is_read_all_the_same() -> None:
    reading = Child()
    page = b"<html><body><article><p>" + b"Kenya freed two pilots. " * 20
    try:
        (found,) = reading.items("html", Source("x.html", raw=page))
    finally:
        reading.close()
    assert isinstance(found, Report) and "two pilots" in found.text
    assert worker.MOST > 1 << 28
