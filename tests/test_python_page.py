"""docs/python.md tells of every public value, record and field, and of no other."""

import dataclasses
from pathlib import Path
from runpy import run_path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = run_path(str(ROOT / "tools/python_page.py"))
TEXT = (ROOT / "docs/python.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", PAGE["values"](), ids=lambda kind: kind.__name__)
def test_every_field_of_a_value_is_told(kind: type) -> None:
    part = TEXT.split(f"\n### {kind.__name__}\n")[-1].split("\n### ")[0]
    rows = list(PAGE["value_fields"](kind))  # raises where nothing tells a field
    assert [name for name, *_ in rows] == [f.name for f in dataclasses.fields(kind)]
    for name, hint, _, told in rows:
        assert f"| `{name}` |" in part, "run `python tools/generate.py`"
        assert told and hint


def test_every_field_of_a_record_is_told() -> None:
    for name, fields in PAGE["record_fields"]().items():
        part = TEXT.split(f"\n### {name}\n")[-1].split("\n### ")[0]
        for field, _, told in fields:
            assert f"| `{field}` |" in part, f"{name}.{field}"
            assert told


def test_no_field_is_told_that_is_gone() -> None:
    there = {kind.__name__: {f.name for f in dataclasses.fields(kind)} for kind in PAGE["values"]()}
    there |= {
        f"record {name}": {field for field, *_ in fields}
        for name, fields in PAGE["record_fields"]().items()
    }
    for owner, told in PAGE["FIELDS"].items():
        if owner not in ("*", "record *"):
            assert set(told) <= there[owner], owner


def test_every_public_method_is_told() -> None:
    import dateline

    for kind in (dateline.Coder, dateline.Coding, dateline.Store, dateline.Table):
        for name, _ in PAGE["public"](kind):
            assert f"**`{kind.__name__}.{name}" in TEXT, name


def test_a_field_of_which_nothing_is_told_is_refused() -> None:
    with pytest.raises(LookupError, match=r"say in docs/fields\.toml what Claim\.x is"):
        PAGE["meaning"]("Claim", "x", "A row.")
    assert PAGE["meaning"]("Claim", "x", "A row. `x` is odd.") == "`x` is odd"


def test_the_page_and_the_glossary_are_what_the_code_says() -> None:
    for path, wanted in run_path(str(ROOT / "tools/generate.py"))["reference"]().items():
        assert path.read_text(encoding="utf-8") == wanted, "run `make docs`"
