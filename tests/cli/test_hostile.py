"""A sample of the hostile commands in every run; `tests.cli.hostile` gives the rest."""

from pathlib import Path

from tests.cli import hostile
from tests.command import run


def test_no_odd_command_ends_badly() -> None:
    ends, wrong = hostile.play(2026, 40)
    assert wrong == []
    assert {"0", "2"} <= set(ends)


def test_a_traceback_or_an_escape_is_seen(tmp_path: Path) -> None:
    assert hostile.OBEYED.search("a\x9b31m")
    assert len(list(hostile.leaves())) > 50


def test_forgetting_without_a_yes_takes_nothing_out(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    hostile.fill_home(home)
    for given, end, told in (("n\n", 0, "nothing was taken"), ("", 2, "--yes")):
        done = run(home, "forget", "Global Wire", "--store", "s.db", given=given)
        assert (done.returncode, told in done.stderr) == (end, True), done
    assert "Global Wire" in run(home, "reports", "--store", "s.db").stdout
