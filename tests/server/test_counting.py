"""Panels with what was read under each; promises; somebody not believed; releases."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.analysis.describe import About
from dateline.analysis.release import cut_release
from dateline.events.event_summaries import summarise
from dateline.server.app import Parts, application
from dateline.server.middleware import Guard
from dateline.store.sql import SqlStore
from tests.claims import REPORT, TEXT, claim
from tests.server.conftest import HERE

MADE = {"codebook": "plover", "version": "1"}


def fill_months(kept: SqlStore) -> None:
    """Two events of March, one by the army's word; nothing read of April; May quiet."""
    kept.save(REPORT, [claim()], [], MADE)
    own = replace(claim(report="r2"), event="e2")
    own = replace(own, attribution=replace(own.attribution, speakers=()))
    kept.save(replace(REPORT, id="r2", outlet="Herald"), [own], [], MADE)
    quiet = replace(REPORT, id="r3", text="A quiet day.", published=date(2025, 5, 2))
    kept.save(quiet, [], [], MADE)
    plan = replace(claim("CONSULT", "planned", "r4"), event="e4")
    day = date(2025, 3, 20)
    plan = replace(plan, when=replace(plan.when, first=day, last=day))
    kept.save(replace(REPORT, id="r4", text=f"{TEXT} So."), [plan], [], MADE)
    summarise(kept)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestClient]:
    where = str(tmp_path / "s.db")
    with SqlStore(where) as kept:
        fill_months(kept)
        cut_release(kept, About("2025.1", "Pilots <b>"), tmp_path / "first")
    with SqlStore(where, write=False) as kept:
        parts = Parts(Guard(hosts=HERE), releases=(tmp_path / "first",))
        yield TestClient(application(kept, parts))


def lines(text: str) -> tuple[list[str], list[dict[str, str]]]:
    head = [line for line in text.splitlines() if line.startswith("#")]
    rest = "\n".join(line for line in text.splitlines() if line not in head)
    return head, list(csv.DictReader(io.StringIO(rest)))


def test_a_panel_has_what_was_read_under_each_count(desk: TestClient) -> None:
    page = desk.get("/panel").text
    kenya = page.split("<bdi>Kenya</bdi> <small>2</small>")[1].split("</section>")[0]
    march, april, may = kenya.split("<g><title>")[1:4]
    assert march.startswith("2025-03: events 2; 3 reports read, 3 tell of it")
    assert april.startswith("2025-04: nothing was read")
    assert 'class="unread"' in april and 'class="count"' not in april
    assert may.startswith("2025-05: events 0; 1 reports read, 0 tell of it")
    assert 'class="count"' in may  # read and quiet is none, unread is not
    assert kenya.count("<td>2025-0") == 3 and ">unread</td>" in kenya


def test_the_file_of_a_panel_has_its_query_and_the_same_figures(desk: TestClient) -> None:
    page = desk.get("/panel?role=any&measure=origins").text
    (to,) = re.findall(r'href="(/panel\.csv[^"]*)"', page)
    answer = desk.get(unescape(to))
    head, rows = lines(answer.text)
    assert "# query: /panel?role=any&measure=origins" in head
    assert any("statuses = " in line for line in head)
    kenya = {row["month"]: row for row in rows if row["country"] == "KEN"}
    assert kenya["2025-03"]["origins"] == "2" and kenya["2025-04"]["events"] == ""
    assert kenya["2025-05"]["events"] == "0"


def test_somebody_is_switched_off_and_on(desk: TestClient) -> None:
    page = desk.get("/panel").text
    switch = re.search(r'<a class="chip" href="([^"]*)"[^>]*><bdi>Global Wire', page)
    assert switch
    off = desk.get(unescape(switch[1])).text
    kenya = off.split("<bdi>Kenya</bdi> <small>1</small>")[1].split("</section>")[0]
    assert "events 1 (2 with everybody believed)" in kenya and '"ghost"' in kenya
    (back,) = re.findall(r'<a class="chip off" href="([^"]*)"', off)
    assert "<bdi>Kenya</bdi> <small>2</small>" in desk.get(unescape(back)).text
    listed = desk.get("/without?who=Global+Wire").text
    assert "1 gone" in listed or "2 gone" in listed
    head, rows = lines(desk.get("/without.csv?who=Global+Wire").text)
    assert "# query: /without?who=Global+Wire" in head
    assert {row["event"]: row["change"] for row in rows}["e1"] == "gone"


@pytest.mark.parametrize(
    "asked",
    [
        "/panel?unit=county-month",
        "/panel?measure=hearts",
        "/panel?without=Nobody+Such",
        "/panel?since=soon",
        "/panel?origins=many",
        "/without?who=Nobody+Such",
    ],
)
def test_what_cannot_be_counted_is_told_on_the_page(desk: TestClient, asked: str) -> None:
    answer = desk.get(asked)
    assert answer.status_code == 400
    assert re.search(r'<p class="wrong" role="alert"><bdi>[^<]{12,}', answer.text)
    assert "<form" in answer.text.split("<main")[1]


def test_promises_are_followed(desk: TestClient) -> None:
    page = desk.get("/promises").text
    assert "<strong>1 planned or expected act</strong>" in page
    assert "<td>2025-03-20" in page
    assert "<bdi>the army</bdi>" in page and "CONSULT</a>" in page
    assert "None has this outcome" in desk.get("/promises?outcome=happened").text
    _, (row,) = lines(desk.get("/promises.csv").text)
    assert (row["kind"], row["outcome"]) == ("CONSULT", "unknown yet")


def test_a_releases_data_sheet_is_shown_with_files_that_are_proven(
    desk: TestClient, tmp_path: Path
) -> None:
    assert 'href="/release/first"' in desk.get("/releases").text
    page = desk.get("/release/first").text
    assert "checksum was proven" in page and "<h2><bdi>What was read</bdi></h2>" in page
    assert "Pilots &lt;b&gt;" in page and "cff-version" in page
    file = desk.get("/release/first/events.csv")
    assert file.text == (tmp_path / "first" / "events.csv").read_text("utf-8")
    for odd in ("..%2Fs.db", "s.db", "../s.db"):
        assert desk.get(f"/release/first/{odd}").status_code == 404
    (tmp_path / "first" / "events.csv").write_text("event\n")
    assert "not as it was released" in desk.get("/release/first").text
    assert desk.get("/release/none").status_code == 404


def test_every_picture_is_a_file_with_its_query_inside(desk: TestClient) -> None:
    for page, to, column in (
        ("/timeline?actor=KEN", "/timeline.csv?actor=KEN", "events"),
        ("/dyad?a=KEN&b=UGA&measure=events", "/dyad.csv?a=KEN&b=UGA&measure=events", "month"),
        ("/dyad", "/dyad.csv?", "cooperation"),
        ("/map?view=africa", "/map.csv?view=africa", "place"),
    ):
        assert to in unescape(desk.get(page).text), page
        answer = desk.get(to)
        head, rows = lines(answer.text)
        query = f"# query: {to.replace('.csv', '').rstrip('?')}"
        assert query in head, head
        assert column in answer.text.split("\n")[len(head)]
        assert rows or "/map" in page
    head, rows = lines(desk.get("/numbers/e1.csv").text)
    assert rows == [] and "# query: /numbers/e1" in head
