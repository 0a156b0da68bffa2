import shutil
from pathlib import Path

import dateline.codebook
from dateline.codebook.check import check

PLOVER = Path(dateline.codebook.__file__).parent / "plover"


def spoiled(tmp_path, name, old, new):
    folder = tmp_path / "book"
    shutil.copytree(PLOVER, folder)
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return check(folder)


def test_plover_is_sound():
    assert check(PLOVER) == []


def test_no_folder(tmp_path):
    assert "cannot read" in check(tmp_path / "nowhere")[0]


def test_wrong_sign(tmp_path):
    faults = spoiled(tmp_path, "types.tsv", "\t-3.0\t", "\t3.0\t")
    assert any("ACCUSE" in fault for fault in faults)


def test_unknown_status(tmp_path):
    faults = spoiled(tmp_path, "readings.tsv", "CONSULT\tplanned", "CONSULT\tdreamt")
    assert any("dreamt" in fault for fault in faults)


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
    return check(folder)


def test_torn_line(tmp_path):
    faults = spoiled(tmp_path, "modes.tsv", "RETREAT\trelease\t6.5\t", "RETREAT\t")
    assert any("columns" in fault for fault in faults)
