"""What a run is stamped with."""

from pathlib import Path

from dateline.parts import Options


def test_another_list_of_actors_is_another_run(tmp_path: Path) -> None:
    own, book = tmp_path / "own.csv", tmp_path / "book"
    book.mkdir()
    options = Options(codebook=str(book), actors=(str(own),))
    made = [options.made_by()]
    own.write_text("name,country\n")
    made.append(options.made_by())
    (book / "types.tsv").write_text("type\n")
    made.append(options.made_by())
    assert made[0] != made[1] != made[2]
    assert options.made_by() == made[2]
    assert "own" not in Options().made_by()
