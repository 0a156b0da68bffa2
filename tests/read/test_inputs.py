import io
import sys
from pathlib import Path

from dateline.model import Problem, Report
from dateline.read.identity import identity
from dateline.read.inputs import reports


def codes(items: object) -> list[str]:
    return [i.code if isinstance(i, Problem) else i.id for i in items]  # type: ignore[attr-defined]


def test_a_folder_gives_its_reports_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("The second of the reports.")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.jsonl").write_text('{"id": "j", "text": "It is the first."}\n')
    assert codes(reports([str(tmp_path)])) == [
        "j",
        identity(Report("", "The second of the reports.")),
    ]


def test_what_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\x00\x00\x00\x01" * 50)
    (tmp_path / "empty").mkdir()
    asked = [str(tmp_path / n) for n in ("image.txt", "empty", "none.txt", "*.none")]
    assert codes(reports(asked)) == [
        "unreadable",
        "not_found",
        "not_found",
        "not_found",
    ]


def test_bad_lines_are_told_and_the_others_read(tmp_path: Path) -> None:
    lines = ['{"id": "a", "text": "A."}', "not json", '{"id": "b"}', "[1]"]
    lines += [
        '{"id": "c", "text": "C.", "published": "yesterday"}',
        '{"id":"d","text":"D."}',
    ]
    path = tmp_path / "r.jsonl"
    path.write_text("\n".join(lines))
    found = list(reports([str(path)]))
    assert codes(found) == ["a", "bad_line", "bad_line", "bad_line", "bad_line", "d"]
    assert found[1].report_id == f"{path}:2"


def test_text_of_jsonl_is_kept_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text('{"id": "a", "text": "\\n\\r\\nOne\\u2028 two.\\ud800"}\n')
    (report,) = reports([str(path)])
    assert isinstance(report, Report)
    assert report.text == "\n\r\nOne\u2028 two.\ufffd"


def test_standard_input_may_be_text_or_jsonl(monkeypatch) -> None:
    own = identity(Report("", "It is a text."))
    for raw, name in ((b"It is a text.", own), (b'{"id":"j","text":"It is."}', "j")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        assert codes(reports(["-"])) == [name]


def test_other_languages_are_told(tmp_path: Path) -> None:
    path = tmp_path / "fr.txt"
    path.write_text("Le président a rencontré le ministre allemand à Paris mardi soir.")
    (report,) = reports([str(path)])
    assert report.language == "fr"
