"""Every .story file: why it exists, a report, and the claims it must give."""

import os
import pickle
from datetime import date
from pathlib import Path

import pytest

from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.pipeline.factory import make_coder
from tests.story_line import claim_line

STORIES = sorted((Path(__file__).parent / "stories").glob("*.story"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path) -> None:
    why, text, expected = path.read_text(encoding="utf-8").split("----\n")
    published = None
    if text.startswith("published: "):
        told, text = text.split("\n", 1)
        published = date.fromisoformat(told.removeprefix("published: "))
    report = complete_report(Report(path.stem, text.rstrip("\n"), published=published))
    claims = make_coder().code(report).claims
    found = "".join(f"{claim_line(claim)}\n" for claim in claims)
    if os.environ.get("REGOLD"):
        head = f"published: {published}\n" if published else ""
        path.write_text("----\n".join((why, head + text, found)), encoding="utf-8")
    assert found == expected
    assert pickle.loads(pickle.dumps(claims)) == claims  # travels to any worker
