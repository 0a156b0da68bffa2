import shutil
from pathlib import Path

import pytest

import dateline.resources.codebook
from dateline.resources.codebook import load
from dateline.resources.codebook.check import find_contradictions
from tests.command import run

PLOVER = Path(dateline.resources.codebook.__file__).parent / "plover"


def spoiled(tmp_path, name, old, new):
    folder = tmp_path / "book"
    shutil.copytree(PLOVER, folder)
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return find_contradictions(folder)


def test_plover_is_sound():
    assert find_contradictions(PLOVER) == []


def test_no_folder(tmp_path):
    assert "cannot read" in find_contradictions(tmp_path / "nowhere")[0]


def test_wrong_sign(tmp_path):
    faults = spoiled(tmp_path, "types.tsv", "\t-3.0\t", "\t3.0\t")
    assert any("ACCUSE" in fault for fault in faults)


def test_unknown_status(tmp_path):
    faults = spoiled(tmp_path, "readings.tsv", "CONSULT\tplanned", "CONSULT\tdreamt")
    assert any("dreamt" in fault for fault in faults)


def test_what_cannot_be_used_is_not_coded_with(tmp_path):
    row = "U1\tadd\tkowtow\tAGREE\tdance\tours\n"
    assert len(with_pattern(tmp_path, row + row.replace("U1", "U2"))) == 3
    with pytest.raises(ValueError, match="U1: AGREE has no mode 'dance'"):
        load(tmp_path / "book")


def test_unknown_mode(tmp_path):
    row = "U1\tadd\tkowtow\tAGREE\tdance\tours\n"
    assert any("dance" in fault for fault in with_pattern(tmp_path, row))


def test_unknown_type(tmp_path):
    row = "U1\tadd\tkowtow\tDANCE\t-\tours\n"
    assert any("DANCE" in fault for fault in with_pattern(tmp_path, row))


def test_one_id_twice(tmp_path):
    row = "F01\tforbid\tkowtow\t-\t-\tours\n"
    assert any("twice" in fault for fault in with_pattern(tmp_path, row))


def with_pattern(tmp_path, row):
    folder = tmp_path / "book"
    shutil.copytree(PLOVER, folder)
    path = folder / "patterns.tsv"
    path.write_text(path.read_text("utf-8") + row, "utf-8")
    return find_contradictions(folder)


def test_torn_line(tmp_path):
    faults = spoiled(tmp_path, "modes.tsv", "RETREAT\trelease\t6.5\t", "RETREAT\t")
    assert any("columns" in fault for fault in faults)


def test_what_is_broken_is_told_with_its_file_and_line(tmp_path):
    (fault,) = spoiled(tmp_path / "a", "types.tsv", "read_as", "reads")
    assert "types.tsv, line 1: no column read_as" in fault
    (fault,) = spoiled(tmp_path / "b", "types.tsv", "\t-3.0\t", "\tlow\t")
    assert "types.tsv" in fault
    assert "'low' is no score" in fault
    (fault,) = with_pattern(tmp_path / "c", "\n\n# ours\n")
    rows = (PLOVER / "patterns.tsv").read_text("utf-8").count("\n")
    assert f"patterns.tsv, line {rows + 3}: wrong number" in fault


def test_a_type_told_twice(tmp_path):
    (fault,) = spoiled(tmp_path, "types.tsv", "AID\tAID", "AGREE\tAID")
    assert "AGREE is there twice" in fault


def test_a_type_that_the_reader_does_not_know(tmp_path):
    folder = tmp_path / "book"
    shutil.copytree(PLOVER, folder)
    path = folder / "types.tsv"
    text = path.read_text("utf-8")
    path.write_text(text.replace("CONSULT\tCONSULT", "CONSULT\tCONSLT"), "utf-8")
    labels = [line.split("\t")[1] for line in text.splitlines()[1:]]
    (fault,) = find_contradictions(folder, labels)
    assert "CONSULT is read as 'CONSLT'" in fault
    path.write_text(text.replace("CONSULT\tCONSULT", "CONSULT\tAGREE"), "utf-8")
    (fault,) = find_contradictions(folder, labels)
    assert "CONSULT and AGREE are both read as 'AGREE'" in fault


def test_patterns_that_do_nothing_or_contradict_each_other(tmp_path):
    rows = {
        "U1\tadd\t\tAGREE\t-\tours\n": "no words",
        "U1\tadd\t* troops\tAGREE\t-\tours\n": "begins with '*'",
        "U1\tadd\tHeart attack\tASSAULT\t-\tours\n": "the same words as F01",
    }
    for number, (row, told) in enumerate(rows.items()):
        assert told in with_pattern(tmp_path / str(number), row)[0]


def test_a_table_saved_by_a_spreadsheet_is_read(tmp_path):
    folder = tmp_path / "book"
    shutil.copytree(PLOVER, folder)
    for path in folder.glob("*.tsv"):
        text = path.read_text("utf-8").replace("\n", "\r\n")
        path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert find_contradictions(folder) == []


def test_the_command_checks_the_codebook_that_ships(tmp_path: Path) -> None:
    done = run(tmp_path, "codebook", "check", str(PLOVER))
    assert (done.returncode, done.stdout) == (0, f"{PLOVER}: sound\n"), done.stderr
