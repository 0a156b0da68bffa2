"""Files that are not what they seem: too long, half broken, linked from elsewhere."""

import json
from pathlib import Path

import pytest

from dateline.ingest.reading.inputs import read_reports
from dateline.model import Problem, Report
from dateline.model.text import LONGEST

pytestmark = pytest.mark.fault


def read(path: Path) -> list[Report | Problem]:
    return list(read_reports([str(path)]))


def codes(found: list[Report | Problem]) -> list[str]:
    return [item.code if isinstance(item, Problem) else "" for item in found]


def test_a_file_that_is_too_long_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.truncate(40 * LONGEST)
    assert codes(read(path)) == ["too_large"]


def test_a_line_that_is_too_long_holds_up_no_other(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "text": "Kenya freed two men."})
    long = json.dumps({"id": "b", "text": "a" * (13 * LONGEST)})
    path = tmp_path / "in.jsonl"
    path.write_text(f"{long}\n{good}\n", encoding="utf-8")
    assert codes(read(path)) == ["too_large", ""]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[1]",
        b'"text"',
        b'{"text": 3}',
        b'{"id": "x"}',
        b'{"text": "a", "published": "31 June"}',
        b'{"text": "a", "published": 7}',
        b'{"text": "a", "published": "0000-00-00"}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"text": "a", "n": ' + b"9" * 10_000 + b"}",
    ],
)
def test_a_bad_line_is_told_and_the_next_is_read(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(line + b'\n\n{"id": "a", "text": "Kenya freed two men."}\n')
    assert codes(read(path)) == ["bad_line", ""]


def test_offsets_of_jsonl_are_of_the_text_as_given(tmp_path: Path) -> None:
    text = "\n\r\n Kenya\u2028freed\ufeff two\x00 men.\r\n"
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"text": text}), encoding="utf-8")
    found = read(path)[0]
    assert isinstance(found, Report)
    assert found.text == text


def test_half_a_surrogate_pair_becomes_one_sign(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'{"id": "\\udc00", "title": "\\ud800", "text": "a\\ud800b"}')
    found = read(path)[0]
    assert isinstance(found, Report)
    assert found.text == "a\ufffdb"
    (found.id + found.title).encode()


def test_a_link_out_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("Kenya freed two men.")
    (tmp_path / "in/link.txt").symlink_to(tmp_path / "secret.txt")
    assert codes(read(tmp_path / "in")) == ["outside"]
