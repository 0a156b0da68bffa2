"""Every page shows the record, hostile words as words, and asks nothing of others."""

import csv
import io
import re
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from dateline.store import pages
from dateline.web.asking import Happening
from dateline.web.guard import POLICY

BAD = quote("../../etc/passwd?<i>", safe="")
PAGES = [
    "/",
    "/events",
    "/events?status=denied&actor=KEN",
    "/event/e1",
    f"/report/{BAD}",
    "/report/r3",
    "/actor/KEN",
    f"/actor/{quote('x/../<b>', safe='')}",
    "/dyad?a=KEN&b=UGA",
    "/dyad?a=<script>&b=<b>",
    "/timeline",
    "/timeline?type=RETREAT&actor=<b>",
    "/map",
    "/map?view=<script>",
    "/speakers",
    "/problems",
    "/problems?code=<script>",
    "/api",
    "/login",
]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_whole_and_harmless(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == POLICY
    page = answer.text
    ours = '<script src="/static/page.js" defer></script>'
    assert page.count(ours) == 1
    page = page.replace(ours, "")
    assert not re.search(r"<(script|iframe|object|img|i|b>alert)\b", page)
    assert not re.search(r"<[^>]*\s(on\w+|style)=", page)
    assert "javascript:" not in "".join(re.findall(r'href="[^"]*"', page))
    assert "\u202e" not in page
    for asked in re.findall(r'(?:src|action|<link[^>]*href|<use href)="([^"]*)"', page):
        assert asked.startswith("/") and not asked.startswith("//")
    far = re.findall(r'<a[^>]*href="(?!/|#)([^"]*)"', page)
    assert set(far) <= {"https://example.org/3"}


def test_hostile_words_are_shown_isolated(client: TestClient) -> None:
    page = client.get(f"/report/{BAD}").text
    assert "<h1><bdi>&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "a·b</bdi></h1>" in page
    assert "{{7*7}}" in page
    assert "no web address" in page


def test_report_tells_each_reason_where_it_was_read(client: TestClient) -> None:
    page = client.get("/report/r3").text
    text = page.split('<div class="text"')[1].split("</section>")[0]
    assert re.search(r'on-act"[^>]*tabindex="0"><bdi data-at="6">freed</bdi>', text)
    assert "actions.test.v1" in text
    assert 'href="https://example.org/3" rel="noopener' in page


def test_contradiction_and_plan_are_told_on_the_first_page(client: TestClient) -> None:
    page = client.get("/").text
    against = page.split("<h2>Contradicted</h2>")[1].split("</section>")[0]
    assert 'href="/event/e1"' in against and "/event/e3" not in against
    assert "The record up to <time" in page and "2025-03-05" in page


def test_event_sets_origins_against_outlets(client: TestClient) -> None:
    page = client.get("/event/e1").text
    assert page.count('<span class="differs">differs</span>') == 1
    assert page.index("<time>2025-03-04") < page.index("<time>2025-03-05")
    origins = page.split("<h2>Origins against outlets</h2>")[1]
    assert '<a href="/report/r1">' in origins.split("</table>")[0]


def test_filters_find_what_they_say(client: TestClient) -> None:
    planned = client.get("/events?status=planned").text
    assert "/event/e3" in planned and "/event/e1" not in planned
    several = client.get("/events?told_by=2").text
    assert "/event/e1" in several and "/event/e3" not in several
    assert "/event/" not in client.get("/events?origins=9").text


def test_export_is_what_is_shown(client: TestClient) -> None:
    answer = client.get("/events/export.csv?status=planned")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["event"] for row in rows] == ["e3"]
    assert "attachment" in answer.headers["content-disposition"]
    assert client.get("/events/export.exe").status_code == 404


def test_dyad_counts_an_event_once(client: TestClient) -> None:
    page = client.get("/dyad?a=KEN&b=UGA").text
    assert "<td>2025-03</td>" in page
    figures = page.split("<td>2025-03</td>")[1].split("</tr>")[0]
    assert figures.replace('<td class="num">', "").split("</td>")[:3] == [
        "6.5",
        "0.0",
        "1",
    ]


def test_an_event_is_no_nearer_in_time_than_told() -> None:
    year = {"from": "2023-01-01", "to": "2023-12-31"}
    told = {"first_told": "2025-06-13"}
    of_year = Happening({"when": year, **told})
    assert (of_year.when, of_year.month) == ("2023", "")
    assert Happening({"when": None, **told}).when == "told 2025-06-13"
    day = {"from": "2025-06-12", "to": "2025-06-12"}
    of_day = Happening({"when": day, **told})
    assert (of_day.when, of_day.month) == ("2025-06-12", "2025-06")


def test_wrong_questions_get_the_legal_names(client: TestClient) -> None:
    stacked = client.get("/events", params={"country": "PRK' OR 1=1--"})
    assert stacked.status_code == 400 and "there are" in stacked.text
    unknown = client.get("/events?sort=date;DROP TABLE claims")
    assert unknown.status_code == 400 and "recipient" in unknown.text
    assert client.get("/event/none").status_code == 404
    assert client.get("/events?cursor=!!").status_code == 400


def test_empty_store_tells_what_to_do(empty: TestClient) -> None:
    assert "dateline code YOUR-REPORTS/" in empty.get("/").text
    for path in ("/events", "/map", "/speakers", "/problems"):
        assert empty.get(path).status_code == 200


def test_events_are_shown_even_where_counting_takes_too_long(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object) -> int:
        raise pages.TooSlow("too slow")

    monkeypatch.setattr(pages, "count", slow)
    page = client.get("/events").text
    assert "Too many events to count in time" in page and "/event/e1" in page
