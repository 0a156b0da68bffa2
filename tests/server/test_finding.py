"""Reports are found; searches are saved, and have feeds."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape

import feedparser
import pytest
from fastapi.testclient import TestClient

from dateline.events.event_summaries import summarise
from dateline.server import search_pages as finding
from dateline.server.app import Parts, application
from dateline.server.middleware import Guard, Rate
from dateline.store.saved_searches import list_searches, save_search
from dateline.store.sql import SqlStore
from tests.claims import REPORT, TEXT, claim
from tests.server.conftest import HERE, SCRIPT

MADE = {"codebook": "plover", "version": "1"}
FAR = "Nothing else was told that day by anybody at all. " * 8


@pytest.fixture
def pages(place: str) -> Iterator[TestClient]:
    with SqlStore(place) as kept:
        kept.save(replace(REPORT, text=f"{TEXT} {FAR}The pilots <b>left</b>."), [claim()], [], MADE)
        for n in range(2, 5):
            other = replace(
                REPORT,
                id=f"r{n}",
                text=f"Report {n} of a quiet day.",
                title="Pilots at rest" if n == 4 else "",
                outlet="Herald",
                published=date(2025, 3, n + 10),
            )
            kept.save(other, [], [], MADE)
        summarise(kept)
    with SqlStore(place, write=False) as kept:
        yield TestClient(application(kept, Parts(Guard(hosts=HERE))))


def test_search_shows_passages_and_what_is_told_in_them(pages: TestClient) -> None:
    page = pages.get("/search?search=pilot").text
    assert "<strong>2 reports</strong>" in page and "1 event told in them" in page
    passages = re.findall(r'<p class="passage">(.*?)</p>', page, re.S)
    assert len(passages) == 2
    assert 'two Ugandan <mark class="hit">pilots</mark> on Monday' in passages[0]
    assert passages[1].startswith("… ") and "&lt;b&gt;left&lt;/b&gt;" in passages[1]
    told = page.split(passages[0])[1].split('<p class="passage">')[0]
    assert re.search(r'href="/report/r1\?claim=\w+#w-\w+">RETREAT', told)
    assert "The words stand in its title" in page
    assert pages.get("/search").status_code == 200
    nothing = pages.get("/search?search=zebra").text
    assert "No report holds these words" in nothing
    assert 'action="/search"' in pages.get("/").text


def test_a_word_that_names_somebody_leads_to_its_page(pages: TestClient) -> None:
    assert 'href="/actor/KEN"' in pages.get("/search?search=Kenya").text


def test_reports_are_listed_the_newest_first(
    pages: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "LISTED", 2)
    page = pages.get("/reports").text
    assert "<strong>4 reports</strong>" in page
    assert re.findall(r'<a href="/report/(\w+)">', page) == ["r4", "r3"]
    (then,) = re.findall(r'rel="next" href="([^"]*)"', page)
    rest = pages.get(unescape(then)).text
    assert re.findall(r'<a href="/report/(\w+)">', rest) == ["r2", "r1"]
    assert 'rel="next"' not in rest
    wire = pages.get("/reports?outlet=Global+Wire").text
    assert re.findall(r'<a href="/report/(\w+)">', wire) == ["r1"]
    assert "Herald" in wire.split("</aside>")[0]  # what else there is to choose
    early = pages.get("/reports?until=2025-03-12").text
    assert re.findall(r'<a href="/report/(\w+)">', early) == ["r2", "r1"]


def test_a_wrong_day_is_told_at_its_field(pages: TestClient) -> None:
    answer = pages.get("/reports?since=soon")
    assert answer.status_code == 400
    field = answer.text.split('name="since" value="soon"')[1].split("</form>")[0]
    assert 'aria-invalid="true"' in field and "is no date like" in field


def test_a_wrong_filter_is_told_at_its_field_with_the_legal_names(pages: TestClient) -> None:
    for asked, name, why in (
        ("since=soon", "since", "is no date like"),
        ("country=XXX&type=AID", "country", "there are"),
        ("origins=many", "origins", "is no number"),
        ("sure=2", "sure", "no number from 0 to 1"),
        ("between=KEN", "between", "two parties with a comma"),
        ("since=2025-04-01&until=2025-03-01", "until", "is after"),
    ):
        answer = pages.get(f"/events?{asked}")
        assert answer.status_code == 400, asked
        form = answer.text.split('class="filters"')[1].split("</form>")[0]
        (told,) = re.findall(r'<span class="wrong" id="e-(\w+)"><bdi>([^<]*)', form)
        assert told[0] == name and why in unescape(told[1]), asked
        assert re.search(rf'id="f-{name}"[^>]*aria-invalid="true"', form), asked
        assert '<option value="AID" selected>' in form or "AID" not in asked


def test_facets_stand_before_the_form_and_closed_lists_are_chosen_from(pages: TestClient) -> None:
    page = pages.get("/events").text
    assert page.index('id="facets"') < page.index('class="filters"')
    for name in ("type", "mode", "status", "sure"):
        assert f'<select id="f-{name}"' in page, name
    assert '<option value="planned">planned</option>' in page
    assert '<option value="KEN">Kenya</option>' in page.split('id="countries"')[1]
    assert "<details><summary>More filters" in page
    assert "<details open><summary>More" in pages.get("/events?actor=KEN").text


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


def test_a_search_is_saved_followed_and_removed(browser: TestClient, desk: SqlStore) -> None:
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
    assert "mine" in page and "<button" not in page.split("<main")[1].split("</main>")[0]
    form = {"csrf": "", "name": "x", "asked": "status=planned"}
    assert browser.post("/searches", data=form).status_code == 403
    gone = browser.post("/searches/remove", data={"csrf": "", "name": "mine"})
    assert gone.status_code == 403 and len(list_searches(desk)) == 1
    assert SCRIPT not in page
