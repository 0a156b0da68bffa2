"""Lists, counts and files show the record as people left it, unless asked otherwise."""

import re
from collections.abc import Iterator
from threading import Event

import pytest
from fastapi.testclient import TestClient

from dateline.analysis.review.decisions import Reviewer
from dateline.server import reviewed_view as heard
from dateline.server.app import Parts, application
from dateline.server.middleware import Guard
from dateline.server.reviewed_view import AsReviewed, Shown
from dateline.store.sql import SqlStore
from tests.server.conftest import HERE


@pytest.fixture
def pages(desk: SqlStore, place: str) -> Iterator[TestClient]:
    with (
        SqlStore(place, write=False) as kept,
        TestClient(application(kept, Parts(Guard(hosts=HERE)))) as made,
    ):
        yield made


def claim_of_event(desk: SqlStore, event: str) -> str:
    return next(c["id"] for c in desk.claims({}) if c["event"] == event)


def events(page: str) -> set[str]:
    found = page.split('id="found"')[1]
    return set(re.findall(r'class="act" href="/event/(\w+)"', found))


def test_without_decisions_nothing_is_said_of_them(pages: TestClient) -> None:
    answer = pages.get("/events")
    assert "as reviewed" not in answer.text
    assert "dateline-record" not in answer.headers


def test_a_decision_is_heard_in_lists_counts_and_files(pages: TestClient, desk: SqlStore) -> None:
    assert "e3" in events(pages.get("/events?status=planned").text)
    ana = Reviewer(desk, "ana")
    ana.judge(claim_of_event(desk, "e3"), {"status": "denied"}, "it says so")
    answer = pages.get("/events?status=planned")
    assert events(answer.text) == set() and "0 events" in answer.text
    assert answer.headers["dateline-record"] == "as reviewed"
    assert "<strong>as reviewed</strong>: 1 decision heard" in answer.text
    # As a denial it tells what the others tell: it is one event with them.
    denied = pages.get("/events?status=denied").text
    row = denied.split('href="/event/e1"')[1].split("</li>")[0]
    assert "reviewed</span>" in row and "3 reports" in row
    file = pages.get("/events/export.csv?status=denied").text
    assert "e1" in file and "e3" not in file
    (found,) = pages.get("/api/v1/events?status=denied").json()["events"]
    assert len(found["reports"]) == 3
    # What has an id shows the program's answer, with the decision beside it.
    assert "planned" in pages.get("/event/e3").text


def test_the_record_as_coded_is_one_button_away(pages: TestClient, desk: SqlStore) -> None:
    Reviewer(desk, "ana").reject(claim_of_event(desk, "e3"), "not there")
    assert "e3" not in events(pages.get("/events").text)
    form = {"show": "coded", "back": "/events?actor=KEN"}
    coded = pages.post("/record", data=form)
    assert str(coded.url).endswith("/events?actor=KEN")
    assert "e3" in events(coded.text) and "1 decision not heard" in coded.text
    assert coded.headers["dateline-record"] == "as coded"
    again = pages.post("/record", data={"show": "reviewed", "back": "//evil.example"})
    assert str(again.url) == "http://testserver/"
    assert "e3" not in events(pages.get("/events").text)
    asked = pages.get("/events", headers={"Dateline-Record": "coded"})
    assert "e3" in events(asked.text)


def test_a_decision_taken_back_is_heard_no_more(pages: TestClient, desk: SqlStore) -> None:
    ana = Reviewer(desk, "ana")
    number = ana.reject(claim_of_event(desk, "e3"), "not there")
    assert "e3" not in events(pages.get("/events").text)
    ana.undo(number, "it is")
    page = pages.get("/events").text
    assert "e3" in events(page) and "as reviewed" not in page


def test_a_claim_that_somebody_added_is_listed_and_opens(pages: TestClient, desk: SqlStore) -> None:
    told = {"trigger": "said", "type": "ACCUSE", "actors": "the army = KEN MIL"}
    Reviewer(desk, "ana").add("r3", told, "missed")
    (event,) = events(pages.get("/events?type=ACCUSE").text)
    assert pages.get(f"/event/{event}").status_code == 200
    assert pages.get(f"/beside/{event}").status_code == 200


def test_a_copy_of_before_tells_how_old_it_is(
    pages: TestClient, desk: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = Reviewer(desk, "ana")
    ana.judge(claim_of_event(desk, "e3"), {"status": "denied"}, "it says so")
    assert "dateline-counted" not in pages.get("/events").headers
    monkeypatch.setattr(heard, "PATIENCE", 0.0)
    free = Event()
    monkeypatch.setattr(heard, "write_reviewed_copy", lambda *_: free.wait(30))
    ana.reject(claim_of_event(desk, "e1"), "not there")
    try:
        answer = pages.get("/events")
    finally:
        free.set()
    assert answer.headers["dateline-record"] == "as reviewed"
    assert "1 decision heard" in answer.text
    assert "dateline-counted" in answer.headers


def test_of_copies_that_wait_to_be_made_only_the_last_is(
    desk: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, free = AsReviewed(desk), Event()
    keys: list[object] = []

    def wait(key: object) -> Shown:
        keys.append(key)
        free.wait(30)
        return Shown(desk)

    monkeypatch.setattr(heard, "PATIENCE", 0.0)
    monkeypatch.setattr(made, "make", wait)
    ana = Reviewer(desk, "ana")
    for n in range(4):
        ana.judge(claim_of_event(desk, "e3"), {"status": "denied"}, f"look {n}")
        assert made.choose(False).why == "being made"
    free.set()
    made.maker.shutdown()
    assert len(keys) == 2
