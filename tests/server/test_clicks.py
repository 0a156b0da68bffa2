"""Three tasks of a desk, each in two clicks from the first page at the most."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.events.event_summaries import summarise
from dateline.model import Claim
from dateline.server.app import Parts, application
from dateline.server.middleware import Guard
from dateline.store.sql import SqlStore
from tests.claims import REPORT, TEXT, claim
from tests.server.conftest import HERE
from tests.server.crawling import clicks

MADE = {"codebook": "plover", "version": "1"}


def planned(report: str, event: str, day: date) -> Claim:
    told = replace(claim("CONSULT", "planned", report), event=event, type="AGREE")
    return replace(told, when=replace(told.when, first=day, last=day))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestClient]:
    """Reports up to 4 March: one event of two outlets, a meeting a week, one later."""
    where = str(tmp_path / "s.db")
    with SqlStore(where) as kept:
        kept.save(REPORT, [claim()], [], MADE)
        other = replace(REPORT, id="r2", outlet="Herald", text=f"{TEXT} So it said.")
        kept.save(other, [claim(report="r2")], [], MADE)
        for n, day in enumerate((date(2025, 3, 10), date(2025, 4, 20))):
            name = f"m{n}"
            report = replace(REPORT, id=name, text=f"{TEXT} On {day}.")
            kept.save(report, [planned(name, f"e-{name}", day)], [], MADE)
        deal = replace(planned("m9", "e-m9", date(2025, 3, 9)), cameo="")
        deal = replace(deal, action=replace(deal.action, deed="AGREE"))
        kept.save(replace(REPORT, id="m9", text=f"{TEXT} A deal."), [deal], [], MADE)
        summarise(kept)
    with SqlStore(where, write=False) as kept:
        yield TestClient(application(kept, Parts(Guard(hosts=HERE))))


def test_planned_meetings_of_next_week(desk: TestClient) -> None:
    many, page = clicks(desk, "/", ">meetings<")
    listed = page.text.split('id="found"')[1]
    assert "/event/e-m0" in listed and "1 event<" in listed
    assert "/event/e-m1" not in listed and "/event/e-m9" not in listed
    assert many <= 2


def test_why_was_this_coded(desk: TestClient) -> None:
    many, page = clicks(desk, "/", "/event/e1", r"#w-\w+")
    assert "lit" in page.text and "<details open><summary>Why</summary>" in page.text
    assert "actions.test.v1" in page.text
    assert many <= 2
    once, event = clicks(desk, "/", "/event/e1")
    assert once == 1 and "Why it is told so" in event.text


def test_two_outlets_on_one_event(desk: TestClient) -> None:
    many, page = clicks(desk, "/", "2 outlets")
    assert "Two outlets on one event" in page.text and "Herald" in page.text
    assert many <= 2
