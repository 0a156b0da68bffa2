"""A decision is ten lines: what was chosen and given up; figures are in the lab."""

import re
from pathlib import Path

import pytest

LAB = Path(__file__).parents[3] / "lab"
EVERY = sorted((LAB / "decisions").glob("*.md"))
LINES, WORDS = 10, 230


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_a_decision_is_short(path: Path) -> None:
    title, *lines = path.read_text(encoding="utf-8").splitlines()
    body = [x for x in lines if x.strip() and not x.startswith("Figures and what")]
    assert title.startswith("# ")
    assert len(body) <= LINES and len(" ".join(body).split()) <= WORDS, (
        "ten lines: figures and what was tried go to lab"
    )


def test_what_a_decision_points_at_in_the_lab_is_there() -> None:
    pointed = 0
    for path in EVERY:
        text = path.read_text(encoding="utf-8")
        for name, anchor in re.findall(r"\(\.\./([\d-]+\.md)#([\w-]+)\)", text):
            lab = (LAB / name).read_text(encoding="utf-8")
            heads = re.findall(r"(?m)^#+ (.*)$", lab)
            slugs = {
                re.sub(r"[\s]+", "-", re.sub(r"[^\w\s-]", "", h.lower()).strip()) for h in heads
            }
            assert anchor in slugs, f"{path.name}: {name}#{anchor}"
            pointed += 1
    assert pointed > 10
