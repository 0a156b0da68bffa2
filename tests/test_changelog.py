"""The changelog: Added, Changed, Fixed, a line each, and no line twice."""

from pathlib import Path

TEXT = (Path(__file__).parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")


def test_each_version_has_its_parts_in_one_order() -> None:
    for version in TEXT.split("\n## ")[1:]:
        heads = [x[4:] for x in version.splitlines() if x.startswith("### ")]
        assert heads == [h for h in ("Added", "Changed", "Fixed") if h in heads]
        assert heads


def test_what_changed_is_told_in_one_line_each_and_once() -> None:
    lines = [x for x in TEXT.splitlines() if x and not x.startswith("#")]
    assert [x for x in lines if not x.startswith("- ")] == []
    assert len(set(lines)) == len(lines)
