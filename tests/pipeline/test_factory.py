"""Which tables of one's own are part of what made a record, and what is wrong there."""

import shutil
from pathlib import Path

import pytest

import dateline.resources.codebook
from dateline.pipeline.factory import Options, choose_codebook, make_coder, place_finder, resolver
from dateline.resources.plugins import MissingPart

PLOVER = Path(dateline.resources.codebook.__file__).parent / "plover"


def test_a_run_without_tables_of_ones_own_is_stamped_as_ever() -> None:
    assert "tables" not in Options().made_by()


def test_a_list_that_was_added_to_makes_another_record(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,country,sector\nTavo Front,MLI,REB\n")
    given = Options(actors=(str(own),))
    before, made = given.made_by(), make_coder(given)
    assert (given.made_by(), make_coder(given)) == (before, made)
    own.write_text("name,country,sector\nTavo Front,NER,REB\n")
    assert given.made_by() != before
    assert make_coder(given) is not made


def test_a_codebook_that_was_added_to_makes_another_record(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    shutil.copytree(PLOVER, folder)
    given = Options(codebook=str(folder))
    before = given.made_by()
    with (folder / "patterns.tsv").open("a") as file:
        file.write("U1\tforbid\tlightning war\t-\t-\tours\n")
    assert given.made_by() != before


def test_a_table_that_cannot_be_read_is_told_by_its_option(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    shutil.copytree(PLOVER, folder)
    (folder / "types.tsv").unlink()
    with pytest.raises(MissingPart, match="--codebook: cannot read .*types.tsv"):
        choose_codebook(str(folder))
    with pytest.raises(MissingPart, match=r"--actors: none\.csv: No such file"):
        resolver(Options(actors=("none.csv",)))
    with pytest.raises(MissingPart, match=r"--gazetteer: none\.csv: No such file"):
        place_finder(Options(gazetteer="none.csv"))


def test_an_edited_table_of_outlets_makes_another_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.csv"
    monkeypatch.setenv("DATELINE_OUTLETS", str(own))
    stamps = []
    for name in ("Coast Wire", "The Coast Wire"):
        own.write_text(f"name,domains\n{name},coast.example\n", "utf-8")
        stamps.append(Options().made_by()["tables"])
    assert stamps[0] != stamps[1]
