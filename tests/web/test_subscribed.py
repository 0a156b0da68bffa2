"""Saved searches: feeds that a reader's program reads, kept by reviewers alone."""

import re
from collections.abc import Iterator

import feedparser
import pytest
from fastapi.testclient import TestClient

from dateline.store.searches import list_searches, save_search
from dateline.store.sql import SqlStore
from dateline.web.app import Parts, application
from dateline.web.guard import Guard, Rate
from tests.web.conftest import HERE, SCRIPT


@pytest.fixture
def browser(desk: SqlStore, place: str) -> Iterator[TestClient]:
    side = desk.review
    guard = Guard(hosts=HERE, reviewer=side.who, may=side.may)
    with SqlStore(place, write=False) as kept:
        parts = Parts(guard, desk=desk, doors=Rate(100, 0))
        with TestClient(application(kept, parts)) as made:
            yield made


def enter(browser: TestClient, desk: SqlStore) -> str:
    browser.post("/login", data={"token": desk.review.add_reviewer("ana")})
    page = browser.get("/events?status=planned").text
    return re.findall(r'name="csrf" value="([^"]+)"', page)[0]


def test_any_filters_are_a_feed(browser: TestClient) -> None:
    answer = browser.get("/events.atom?status=planned")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    read = feedparser.parse(answer.content)
    assert not read.bozo and [e.id for e in read.entries] == ["urn:dateline:event:e3"]
    (one,) = read.entries
    assert one.link == "http://testserver/event/e3"
    assert one.title.startswith("AGREE release (planned): Kenya")
    assert "according to the army" in one.summary and "1 independent" in one.summary
    again = {"if-none-match": answer.headers["etag"]}
    assert browser.get("/events.atom?status=planned", headers=again).status_code == 304
    assert browser.get("/events.atom?status=nothing").status_code == 400


def test_hostile_words_are_text_in_a_feed(browser: TestClient) -> None:
    answer = browser.get("/events.atom")
    read = feedparser.parse(answer.content)
    assert not read.bozo and len(read.entries) == 2
    assert b"<script>" not in answer.content and b"\xe2\x80\xae" not in answer.content


def test_a_search_is_saved_followed_and_removed(
    browser: TestClient, desk: SqlStore
) -> None:
    csrf = enter(browser, desk)
    form = {"csrf": csrf, "name": "Plans <b>", "asked": "status=planned&actor=KEN"}
    page = browser.post("/searches", data=form).text
    assert "Plans &lt;b&gt;" in page and "status=planned&amp;actor=KEN" in page
    (atom,) = re.findall(r'href="(/searches/[^"]+\.atom)"', page)
    read = feedparser.parse(browser.get(atom).content)
    assert read.feed.title == "Dateline: Plans <b>" and len(read.entries) == 1
    plans = browser.get(atom.replace(".atom", ".ics"))
    assert plans.text.startswith("BEGIN:VCALENDAR")
    assert browser.get("/searches/none.atom").status_code == 404
    assert browser.get(atom.replace(".atom", ".exe")).status_code == 404
    browser.post("/searches/remove", data={"csrf": csrf, "name": "Plans <b>"})
    assert list_searches(desk) == []


def test_a_search_that_is_none_is_told(browser: TestClient, desk: SqlStore) -> None:
    csrf = enter(browser, desk)
    for name, asked, why in (
        ("", "status=planned", "name is 1 to 80"),
        ("a/b", "status=planned", "without /"),
        ("all", "", "set one"),
        ("odd", "status=nothing", "there are"),
        ("odd", "color=red", "there are"),
    ):
        form = {"csrf": csrf, "name": name, "asked": asked}
        answer = browser.post("/searches", data=form)
        assert answer.status_code == 400 and why in answer.text, (name, asked)
    assert list_searches(desk) == []


def test_who_only_reads_saves_nothing(browser: TestClient, desk: SqlStore) -> None:
    save_search(desk, "mine", {"status": "planned"}, "ana")
    page = browser.get("/searches").text
    assert (
        "mine" in page and "<button" not in page.split("<main")[1].split("</main>")[0]
    )
    form = {"csrf": "", "name": "x", "asked": "status=planned"}
    assert browser.post("/searches", data=form).status_code == 403
    gone = browser.post("/searches/remove", data={"csrf": "", "name": "mine"})
    assert gone.status_code == 403 and len(list_searches(desk)) == 1
    assert SCRIPT not in page
