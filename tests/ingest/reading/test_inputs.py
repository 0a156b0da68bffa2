import gzip
import io
import json
import os
import sys
import tarfile
import zlib
from pathlib import Path
from threading import Thread
from zipfile import ZipFile

import pytest

from dateline.ingest.reading.inputs import read_reports, size_of_inputs
from dateline.model import Problem, Report
from dateline.nlp.report_identity import identify_report


def codes(items: object) -> list[str]:
    return [i.code if isinstance(i, Problem) else i.id for i in items]  # type: ignore[attr-defined]


def test_a_folder_gives_its_reports_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("The second of the reports.")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.jsonl").write_text('{"id": "j", "text": "It is the first."}\n')
    assert codes(read_reports([str(tmp_path)])) == [
        "j",
        identify_report(Report("", "The second of the reports.")),
    ]


def test_what_is_not_there_or_not_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\x00\x00\x00\x01" * 50)
    (tmp_path / "empty").mkdir()
    asked = [str(tmp_path / n) for n in ("image.txt", "empty", "none.txt", "*.none")]
    assert codes(read_reports(asked)) == ["unreadable", "not_found", "not_found", "not_found"]


def test_bad_lines_are_told_and_the_others_read(tmp_path: Path) -> None:
    lines = ['{"id": "a", "text": "A."}', "not json", '{"id": "b"}', "[1]"]
    lines += ['{"id": "c", "text": "C.", "published": "yesterday"}', '{"id":"d","text":"D."}']
    path = tmp_path / "r.jsonl"
    path.write_text("\n".join(lines))
    found = list(read_reports([str(path)]))
    assert codes(found) == ["a", "bad_line", "bad_line", "bad_line", "bad_line", "d"]
    assert found[1].report_id == f"{path}:2"


def test_text_of_jsonl_is_kept_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text('{"id": "a", "text": "\\n\\r\\nOne\\u2028 two.\\ud800"}\n')
    (report,) = read_reports([str(path)])
    assert isinstance(report, Report)
    assert report.text == "\n\r\nOne\u2028 two.\ufffd"


def test_standard_input_may_be_text_or_jsonl(monkeypatch) -> None:
    own = identify_report(Report("", "It is a text."))
    for raw, name in ((b"It is a text.", own), (b'{"id":"j","text":"It is."}', "j")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        assert codes(read_reports(["-"])) == [name]


def test_other_languages_are_told(tmp_path: Path) -> None:
    path = tmp_path / "fr.txt"
    path.write_text("Le président a rencontré le ministre allemand à Paris mardi soir.")
    (report,) = read_reports([str(path)])
    assert report.language == "fr"


def test_a_link_that_leads_to_itself_does_not_stop_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("a.txt")
    (tmp_path / "b.txt").write_text("The second of the reports.")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "c.txt").symlink_to("pipe")
    found = codes(read_reports([str(tmp_path)]))
    assert found == ["unreadable", identify_report(Report("", "The second of the reports."))]


def test_what_may_not_be_looked_at_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Path.stat

    def stat(path: Path, **how: bool) -> os.stat_result:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, **how)

    (tmp_path / "a.txt").write_text("The first of the reports.")
    (tmp_path / "b.txt").write_text("The second of the reports.")
    monkeypatch.setattr(Path, "stat", stat)
    asked = [str(tmp_path), str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    second = identify_report(Report("", "The second of the reports."))
    assert codes(read_reports(asked)) == ["unreadable", second, "unreadable", second]


def test_a_named_pipe_is_read_from_its_first_byte(tmp_path: Path) -> None:
    pipe, text = tmp_path / "pipe", "It rained in Mombasa all day. " * 2000
    os.mkfifo(pipe)
    assert size_of_inputs([str(pipe)]) == 0
    writer = Thread(target=pipe.write_text, args=(text,))
    writer.start()
    (found,) = read_reports([str(pipe)])
    writer.join()
    assert isinstance(found, Report) and found.text == text
    assert found.capture and found.capture.found_at == "-"


def test_a_row_with_more_cells_than_columns_is_told(tmp_path: Path) -> None:
    rows = 'id,text\n1,NAIROBI, Kenya - Rain fell.\n2,"NAIROBI, Kenya - Sun.",,\n'
    (tmp_path / "a.csv").write_text(rows)
    problem, report = read_reports([str(tmp_path / "a.csv")])
    assert isinstance(problem, Problem) and "quote each cell" in problem.message
    assert isinstance(report, Report) and report.text == "NAIROBI, Kenya - Sun."


def test_long_json_lines_are_read_whatever_the_file_is_called(tmp_path: Path) -> None:
    first = json.dumps({"id": "a", "text": "It rained in Mombasa. " * 500})
    file = tmp_path / "a.json"
    file.write_text(f'{first}\n{{"id": "b", "text": "It is the second."}}\n')
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(file, "a.json")
    assert codes(read_reports([str(file)])) == ["a", "b"]
    assert codes(read_reports([str(tmp_path / "a.zip")])) == ["a", "b"]


def test_a_table_is_read_in_whatever_characters_it_holds(tmp_path: Path) -> None:
    plain = "id;text\r\n" + '1;"It rained, it is said, in Peru."\r\n' * 4000
    late = plain.encode() + '2;"José Muñoz left the town on foot."'.encode("cp1252")
    told = 'id,text\n1,"José Muñoz left Perú — São Paulo is near."\n'
    made = {
        "late.csv": late,
        "twice.csv": told.encode().decode("cp1252").encode(),
        "mac.csv": b'id;text\r1;"One, two, three, four left."\r2;"He, too, left."\r',
    }
    found = {}
    for name, raw in made.items():
        (tmp_path / name).write_bytes(raw)
        found[name] = list(read_reports([str(tmp_path / name)]))
    faults = [r for many in found.values() for r in many if isinstance(r, Problem)]
    assert faults == []
    texts = {name: many[-1].text for name, many in found.items()}  # type: ignore[union-attr]
    assert texts["late.csv"] == "José Muñoz left the town on foot."
    assert "José Muñoz" in texts["twice.csv"]
    assert texts["mac.csv"] == "He, too, left."


def tarred(folder: Path, cut: int, hurt: bool = False) -> Path:
    """Return a tar of ten reports, cut behind a number of bytes."""
    with tarfile.open(folder / "whole.tar", "w") as archive:
        for number in range(10):
            raw = f"Kenya freed {number} of the pilots on Monday.".encode()
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    bent = bytearray((folder / "whole.tar").read_bytes()[:cut])
    if hurt:
        bent[5 * 1024 + 10 : 5 * 1024 + 90] = b"\xff" * 80
    (folder / "a.tar").write_bytes(bent)
    return folder / "a.tar"


@pytest.mark.parametrize("cut", [7 * 1024, 7 * 1024 + 100])
def test_a_cut_tar_is_told_even_between_its_members(tmp_path: Path, cut: int) -> None:
    found = codes(read_reports([str(tarred(tmp_path, cut))]))
    assert (len(found), found[-1]) == (8, "truncated")


def test_a_damaged_header_in_a_tar_is_told(tmp_path: Path) -> None:
    found = codes(read_reports([str(tarred(tmp_path, 1 << 20, hurt=True))]))
    assert (len(found), found[-1]) == (6, "damaged")


def test_whole_lines_before_a_cut_are_read(tmp_path: Path) -> None:
    rows = [{"id": f"r{n}", "text": f"Kenya freed {n * 7919}."} for n in range(500)]
    packed = gzip.compress("".join(f"{json.dumps(row)}\n" for row in rows).encode())
    kept = zlib.decompressobj(31).decompress(packed[: len(packed) // 2])
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(packed[: len(packed) // 2])
    found = codes(read_reports([str(path)]))
    assert (len(found) - 1, found[-1]) == (kept.count(b"\n"), "truncated")


def test_a_link_to_a_folder_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/x.txt").write_text("Kenya freed three pilots on Monday.")
    (tmp_path / "b").symlink_to("a")
    _, linked = read_reports([str(tmp_path)])
    assert isinstance(linked, Problem)
    assert (linked.code, "a link to a folder" in linked.message) == ("outside", True)
