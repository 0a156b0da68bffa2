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
    faults = spoiled(tmp_path, "frames/PROTEST.tsv", "\triot\t", "\tdance\t")
    assert any("dance" in fault for fault in faults)


def test_unknown_class(tmp_path):
    faults = spoiled(tmp_path, "frames/ASSAULT.tsv", "@sport", "@chess")
    assert any("@chess" in fault for fault in faults)


def test_clash(tmp_path):
    row = "\nverb\tkowtow\t-\tsubj\tobj\t-\t-\n"
    folder = tmp_path / "book"
    shutil.copytree(PLOVER, folder)
    for name in ("AGREE", "REJECT"):
        path = folder / "frames" / f"{name}.tsv"
        path.write_text(path.read_text("utf-8").rstrip("\n") + row, "utf-8")
    assert any("kowtow" in fault and "both" in fault for fault in check(folder))


def test_torn_line(tmp_path):
    faults = spoiled(tmp_path, "modes.tsv", "RETREAT\trelease\t6.5\t", "RETREAT\t")
    assert any("columns" in fault for fault in faults)
