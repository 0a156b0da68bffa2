"""A table of outlets of one's own comes before ours."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from tests.command import run

outlets = import_module("dateline.resources.reference.outlets")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    path = tmp_path / "own.csv"
    path.write_text("name,domains\nCoast Wire,coast.example|reuters.com\n")
    monkeypatch.setenv(outlets.OWN, str(path))
    made = (outlets.outlets, outlets._by_name, outlets._by_domain)
    for each in made:
        each.cache_clear()
    yield
    for each in made:
        each.cache_clear()


@pytest.mark.usefixtures("own")
def test_own_outlets_come_first() -> None:
    for address in ("https://coast.example/1", "https://www.reuters.com/x"):
        found = outlets.find_outlet(address)
        assert found and found.name == "Coast Wire"
    found = outlets.find_outlet("nytimes.com")
    assert found and found.name == "New York Times"


def test_a_table_without_names_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a column 'name'"):
        list(outlets.outlet_rows("title,site\nCoast Wire,coast.example\n"))


def test_a_table_that_is_not_there_ends_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain fell.")
    for clear in (outlets.outlets, outlets._by_name, outlets._by_domain):
        clear.cache_clear()
    words = ("code", "a.txt", "--no-store")
    done = run(tmp_path, *words, **{outlets.OWN: "nowhere.csv"})
    assert done.returncode == 2
    assert "DATELINE_OUTLETS: nowhere.csv: No such file" in done.stderr
