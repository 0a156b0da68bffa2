"""The page of figures: one place a figure, its aim marked, how it was measured told."""

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

DOCS = Path(__file__).parents[1] / "docs"
MEASURES = run_path(str(DOCS.parent / "tools" / "measures.py"))
AREAS = tomllib.loads((DOCS / "measures.toml").read_text(encoding="utf-8"))["area"]
KEYS = {"name", "value", "before", "aim", "met", "data", "command", "commit", "date"}


def figures() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(area, figure) for area in AREAS for figure in area["figure"]]


def test_the_page_is_what_the_data_say() -> None:
    page = (DOCS / "measures.md").read_text(encoding="utf-8")
    assert page == MEASURES["figures_page"](), "run `python tools/generate.py`"


def test_a_figure_stands_once() -> None:
    seen = Counter((area["id"], f["name"], f.get("data", area["data"])) for area, f in figures())
    assert [key for key, times in seen.items() if times > 1] == []


def test_a_figure_says_how_and_when_it_was_measured() -> None:
    for area, figure in figures():
        assert not figure.keys() - KEYS, figure
        whole = area | figure
        assert figure["name"] and figure["value"], figure
        assert whole["data"] or whole["command"], figure
        assert isinstance(whole["date"], date), figure
        assert not whole["commit"] or re.search(r"\b[0-9a-f]{7,40}\b", whole["commit"])


def test_what_falls_short_is_marked_on_the_page() -> None:
    lines = (DOCS / "measures.md").read_text(encoding="utf-8").splitlines()
    for _, figure in figures():
        row = f"| {figure['name']} | "
        mark = "**!** " if MEASURES["judge"](figure) == "short" else ""
        assert any(x.startswith(f"{row}{mark}{figure['value']} |") for x in lines)


@pytest.mark.parametrize(
    ("value", "aim", "mark"),
    [
        (".589", ">= .62, then .66", "short"),
        (".62", ">= .62", "met"),
        ("1,086", "<= 1,000", "short"),
        ("8 of 9", ">= .90", "short"),
        ("14 of 14", ">= 12 of 14", "met"),
        ("3.9%", "<= 10%", "met"),
        (".933", ".93 to .97", "met"),
        (".98", ".93 to .97", "short"),
    ],
)
def test_an_aim_is_judged_by_its_number(value: str, aim: str, mark: str) -> None:
    assert MEASURES["judge"]({"name": "x", "value": value, "aim": aim}) == mark


def test_an_aim_in_words_says_itself_whether_it_is_met() -> None:
    figure = {"name": "bytes", "value": "equal", "aim": "equal"}
    with pytest.raises(ValueError, match="needs met"):
        MEASURES["judge"](figure | {"value": "1"})
    assert MEASURES["judge"](figure | {"met": False}) == "short"
    assert MEASURES["judge"]({"name": "x", "value": "3"}) is None


def test_a_page_that_quotes_a_figure_has_it_from_the_data() -> None:
    page = (DOCS / "wrong.md").read_text(encoding="utf-8")
    assert MEASURES["quoted_figures"](page) == page, "run `python tools/generate.py`"
    assert page.count("<!-- figure ") > 10
    first = AREAS[0]["figure"][0]
    mark = f"<!-- figure {AREAS[0]['id']}: {first['name']} -->"
    assert MEASURES["quoted_figures"](f"F1 {mark}0: so") == (f"F1 {mark}{first['value']}: so")
    with pytest.raises(KeyError):
        MEASURES["quoted_figures"]("<!-- figure whole: nothing -->1")
