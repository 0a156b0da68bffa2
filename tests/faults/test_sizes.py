"""What is far too large, and what grows when it is unpacked."""

from pathlib import Path

import pytest

from tests.command import Bounded, limited, sums
from tests.faults import builders as make

pytestmark = pytest.mark.fault
MB = 1 << 20


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How much memory the command holds that reads next to nothing."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "a.html").write_bytes(make.page(body="<p>Nothing.</p>"))
    return limited(folder, "code", "a.html", "--no-store").memory


def test_bombs_are_refused_and_the_next_record_is_read(tmp_path: Path, plain: int) -> None:
    make.bombs(tmp_path / "in")
    done = limited(tmp_path, "code", "in", "--store", "s.db", cpu=60)
    assert done.returncode == 3
    assert sums(done.stderr)["rejected"] == 4
    told = [line for line in done.stderr.splitlines() if line.startswith("!")]
    assert sum("grows over 200 times" in line for line in told) == 1
    assert sum("over 1,000,000 characters" in line for line in told) == 2
    assert sum("archive within 3 others" in line for line in told) == 1
    assert "passed over, no reports by their kind: robots.txt 1" in done.stderr
    assert done.memory < plain + 200 * MB


def paragraph(path: Path, size: int) -> Path:
    """Write a page of one paragraph on one line."""
    words = make.story().encode() + b" "
    with path.open("wb") as file:
        file.write(b"<html><body><article><p>")
        for _ in range(size // len(words)):
            file.write(words)
        file.write(b"</p></article></body></html>")
    return path


def test_a_page_of_200_mb_is_refused_by_its_size_alone(tmp_path: Path, plain: int) -> None:
    paragraph(tmp_path / "big.html", 200 * MB)
    done = limited(tmp_path, "code", "big.html", "--no-store", cpu=30)
    assert done.returncode == 3
    assert "a page of over 20,971,520 bytes" in done.stderr
    assert done.memory < plain + 100 * MB


def test_a_page_of_any_lesser_size_is_never_silence(tmp_path: Path) -> None:
    for size in (2, 19):
        paragraph(tmp_path / f"{size}.html", size * MB)
    done = limited(tmp_path, "code", ".", "--no-store", cpu=120)
    assert done.returncode == 3
    assert sums(done.stderr)["rejected"] == 2
    assert done.stderr.count("over 1,000,000 characters") == 2


def test_a_report_too_long_holds_up_no_other(tmp_path: Path) -> None:
    long = make.story() * 60_000
    rows = [
        {"id": "long", "text": long[: 9 * MB]},
        {"id": "token", "text": "a" * 10 * MB},
        {"id": "line", "text": "x " * 500_000 + "y"},
        {"id": "names", "text": "Police met " + "John Smith, " * 20_000 + "then left."},
        {"id": "good", "text": make.story(1)},
    ]
    make.lines(tmp_path / "in.jsonl", rows)  # type: ignore[arg-type]
    done: Bounded = limited(tmp_path, "code", "in.jsonl", "--store", "s.db", cpu=240)
    counts = sums(done.stderr)
    assert (counts["stored"], counts["rejected"]) == (1, 4)
    assert "a table or a list" in done.stderr
    assert done.memory < 1024 * MB


def test_one_word_without_end_takes_little_room(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Police met " + "a-" * 20_000)
    done = limited(tmp_path, "code", "a.txt", "--no-store", cpu=120)
    assert "more than 20 seconds" in done.stderr or done.returncode == 0
    assert done.memory < 640 * MB  # 40,000 pieces, two states of each
