"""Every page shows the record, hostile words as words, and asks nothing of others."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from dateline.events.event_summaries import summarise
from dateline.model import Span
from dateline.server import params as asking
from dateline.server.app import Parts, application, ready
from dateline.server.middleware import POLICY, Guard
from dateline.server.params import Happening
from dateline.store import cache as remembered
from dateline.store import listings as pages
from dateline.store.errors import TooSlow
from dateline.store.sql import Kept, SqlStore
from tests.claims import REPORT, actor, claim
from tests.server.conftest import HERE

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
    bare = re.sub(r'="[^"]*"', '=""', page)  # words of others stand in values too
    assert not re.search(r"<[^>]*\s(on\w+|style)=", bare)
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
    assert re.search(r'on-act[^>]*tabindex="0"><bdi data-at="6">freed</bdi>', text)
    assert "actions.test.v1" in text
    assert 'href="https://example.org/3" rel="noopener' in page


def test_a_speaker_reaches_as_far_as_the_clause(client: TestClient) -> None:
    page = client.get("/report/r3").text
    for words in ("Kenya", "two Ugandan pilots"):
        assert re.search(rf'on-reach[^>]*><bdi data-at="\d+">{words}<', page), words
    assert not re.search(r'on-reach[^>]*><bdi data-at="\d+">the army<', page)


def test_what_was_skipped_is_told_with_its_reason(client: TestClient, tmp_path: Path) -> None:
    assert "coded before Dateline kept what it skips" in client.get("/report/r3").text
    rest = [{"rule": "actions.unsure.v1", "start": 45, "end": 55, "what": "AID"}]
    rest += [{"rule": "gate.skipped.v1", "start": 0, "end": 5}]  # a sentence
    where = str(tmp_path / "s.db")
    with SqlStore(where) as kept:
        kept.save_all([Kept(REPORT, [], [], None, 1, rest)], {"codebook": "plover"})
        other = Kept(replace(REPORT, id="r2"), [], [], None, 1, [])
        kept.save_all([other], {"codebook": "plover"})
    with SqlStore(where, write=False) as kept:
        desk = TestClient(application(kept, Parts(Guard(hosts=HERE))))
        page = desk.get("/report/r1").text
        told = desk.get("/api/v1/reports/r1").json()
        assert "its one sentence was read" in desk.get("/report/r2").text
    assert re.search(r'on-rest" tabindex="0"><bdi data-at="45"> army said<', page)
    assert "<b>AID</b>" in page and "too unsure of it to tell it" in page
    assert told["sentences"] == 1
    assert len(told["left_out"]) == 2 and "on-rest" in page.split("Kenya<")[0]
    assert (told["left_out"][0]["text"], told["left_out"][0]["rule"]) == (
        REPORT.text[45:55],
        "actions.unsure.v1",
    )


def test_the_map_goes_through_the_months_without_a_script(
    client: TestClient, tmp_path: Path
) -> None:
    assert 'name="month"' not in client.get("/map").text  # all is of one month
    where = str(tmp_path / "s.db")
    made = {"codebook": "plover"}
    with SqlStore(where) as kept:
        for n, (name, code) in enumerate((("Kenya", "KEN"), ("Singapore", "SGP"))):
            day = date(2025, 1 + 3 * n, 2)
            place = replace(claim().where, name=name, country=code, precision="country")
            told = replace(
                claim(report=f"r{n}"),
                event=f"e{n}",
                where=place,
                when=replace(claim().when, first=day, last=day),
            )
            kept.save(replace(REPORT, id=f"r{n}"), [told], [], made)
        summarise(kept)
    with SqlStore(where, write=False) as kept:
        desk = TestClient(application(kept, Parts(Guard(hosts=HERE))))
        every = desk.get("/map").text
        slider = re.search(r'type="range"[^>]*min="(\d+)" max="(\d+)"', every)
        assert slider and int(slider[2]) - int(slider[1]) == 3
        first = desk.get(f"/map?month={slider[1]}").text
        until = desk.get(f"/map?month={slider[2]}&reach=all").text
        between = desk.get(f"/map?month={int(slider[1]) + 1}").text
    assert 'class="shaded shade-1"' in every and 'class="small shade-1"' in every
    assert 'class="shaded shade-1"' in first and 'class="small' not in first
    assert "1 event</strong> in 2025-01" in first
    assert "2 events</strong> up to 2025-04" in until
    assert "0 events</strong> in 2025-02" in between


def test_who_an_actor_is_depends_on_the_day(client: TestClient) -> None:
    then = client.get("/actor/KEN?day=2019-01-08").text
    now = client.get("/actor/KEN?day=2024-01-08").text
    assert "Uhuru Kenyatta" in then and "Uhuru Kenyatta" not in now
    assert "William Ruto" in now
    assert "up to 2019-01-08" in then and "up to that day" in then
    assert 'quoted in <a href="/events?said_by=KEN">' in then
    assert client.get("/actor/KEN?day=yesterday").status_code == 200


def test_dyads_share_a_scale_and_are_measured_as_asked(client: TestClient) -> None:
    page = client.get("/dyad?a=KEN&b=UGA,TZA&measure=origins").text
    assert page.count('class="panel"') == 2
    assert '<option value="origins" selected>' in page
    assert '<rect class="q-mg"' in page
    assert "as often as it has independent origins" in page
    links = client.get("/dyad").text
    assert 'data-from="KEN" data-to="UGA"' in links
    assert "<td" in links and "a=KEN&amp;b=UGA" in links


def test_filters_act_in_place_where_scripts_run(client: TestClient) -> None:
    page = client.get("/events").text
    for found in re.findall(r'hx-(?:target|select|select-oob)="#(\w+)"', page):
        assert f'id="{found}"' in page
    assert re.findall(r'hx-get="([^"]*)"', page) != []
    assert all(at.startswith("/") for at in re.findall(r'hx-get="([^"]*)"', page))


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


def test_exports_mask_private_people_unless_asked(place: str) -> None:
    text = "Kenya freed Ann Poe on Monday, the army said."
    person = replace(actor("Kenya", None), name="Ann Poe", span=Span(12, 19))
    told = replace(claim(), recipients=(person,))
    with SqlStore(place) as kept:
        kept.save(replace(REPORT, text=text), [told], [], {"codebook": "plover"})
        summarise(kept)
    with SqlStore(place, write=False) as kept:
        desk = TestClient(application(kept, Parts(Guard(hosts=HERE))))
        for kind in ("csv", "jsonl", "geojson"):
            masked = desk.get(f"/events/export.{kind}").text
            assert "e1" in masked and "Ann Poe" not in masked, kind
            assert "Ann Poe" in desk.get(f"/events/export.{kind}?names=all").text
        assert "names=all" in desk.get("/events").text


def test_an_export_that_would_not_hold_all_is_refused_in_words(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_EXPORTED", 1)
    answer = client.get("/events/export.csv")
    assert answer.status_code == 413
    assert "--of events --format csv" in answer.text and "holds 1." in answer.text
    assert client.get("/events/export.csv?status=planned").status_code == 200


def test_dyad_counts_an_event_once(client: TestClient) -> None:
    page = client.get("/dyad?a=KEN&b=UGA").text
    assert "<td>2025-03</td>" in page
    figures = page.split("<td>2025-03</td>")[1].split("</tr>")[0]
    assert figures.replace('<td class="num">', "").split("</td>")[:3] == ["6.5", "0.0", "1"]


def test_an_event_is_no_nearer_in_time_than_told() -> None:
    year = {"from": "2023-01-01", "to": "2023-12-31"}
    told = {"first_told": "2025-06-13"}
    of_year = Happening({"when": year, **told})
    assert (of_year.when, of_year.month) == ("2023", "")
    assert Happening({"when": None, **told}).when == "told 2025-06-13"
    day = {"from": "2025-06-12", "to": "2025-06-12"}
    of_day = Happening({"when": day, **told})
    assert (of_day.when, of_day.month) == ("2025-06-12", "2025-06")


def test_who_holds_an_office_has_a_page_also_where_no_report_names_them(client: TestClient) -> None:
    page = client.get("/actor/KEN?day=2025-03-05").text
    (holder, *_) = re.findall(r'href="(/actor/person:[^"]+)"', page)
    found = client.get(unescape(holder))
    assert found.status_code == 200 and "no report of this store names it" in found.text
    assert client.get("/actor/person:nobody-at-all").status_code == 404


def test_wrong_questions_get_the_legal_names(client: TestClient) -> None:
    stacked = client.get("/events", params={"country": "PRK' OR 1=1--"})
    assert stacked.status_code == 400 and "there are" in stacked.text
    unknown = client.get("/events?order=date;DROP TABLE claims")
    assert unknown.status_code == 400 and "recipient" in unknown.text
    other = client.get("/events?sort=date;DROP TABLE claims")
    assert other.status_code == 400 and "there are day, sure" in other.text
    assert client.get("/event/none").status_code == 404
    assert client.get("/events?cursor=!!").status_code == 400


def test_empty_store_tells_what_to_do(empty: TestClient) -> None:
    page = empty.get("/").text
    assert "This store is empty" in page and "dateline code YOUR-REPORTS/" in page
    for path in ("/events", "/map", "/speakers", "/problems"):
        assert empty.get(path).status_code == 200


def test_events_are_shown_even_where_counting_takes_too_long(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object) -> int:
        raise TooSlow("too slow")

    monkeypatch.setattr(pages, "count_events", slow)
    page = client.get("/events").text
    assert "Too many events to count in time" in page and "/event/e1" in page


def test_sums_that_are_some_seconds_old_say_so(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "QUICK", -1.0)
    made = {"codebook": "plover", "version": "1"}
    with SqlStore(place) as kept, SqlStore(place, write=False) as store:
        kept.save(REPORT, [claim()], [], made)
        pages_ = TestClient(application(store, Parts(Guard(hosts=HERE))))
        before = pages_.get("/speakers")
        assert "Sums as of" not in before.text and "1 claim " in before.text
        other = replace(REPORT, id="r9", text=f"{REPORT.text} Again.")
        kept.save(other, [claim()], [], made)
        between = pages_.get("/speakers")
        assert "Sums as of" in between.text and "1 claim " in between.text
        assert between.headers["Dateline-Counted"].endswith("+00:00")
        store.memory.renewer.shutdown()  # waits until it has counted anew
        after = pages_.get("/speakers")
        assert "Sums as of" not in after.text and "2 claims " in after.text


def test_what_is_summed_up_later_is_shown_in_its_class(place: str) -> None:
    with SqlStore(place) as kept:
        kept.save(REPORT, [claim()], [], {"codebook": "plover", "version": "1"})
        remembered.remember(kept)
        day = pages.events_by_day(kept, {})[0]
        assert day[1:] == ("", 1)
        summarise(kept)
        assert pages.events_by_day(kept, {}) == [(day[0], claim().quad, 1)]


def test_what_waits_for_nobody_is_made_before(store: SqlStore) -> None:
    application(store, Parts())
    ready(store)
    store.memory.renewer.shutdown()
    counted = {key[0] for key in store.memory.answers}
    names = {"events_by_day", "latest_places", "frequent_pairs", "count_speakers"}
    assert names | {"facets"} <= counted


def test_a_claim_is_found_in_its_text_and_back(client: TestClient) -> None:
    (name,) = re.findall(r'id="c-(\w+)"', client.get("/report/r3").text)
    moved = client.get(f"/claim/{name}", follow_redirects=False)
    assert moved.headers["location"] == f"/report/r3?claim={name}#w-{name}"
    page = client.get(moved.headers["location"]).text
    text = page.split('<div class="text"')[1].split("</section>")[0]
    assert re.search(rf'<span id="w-{name}"></span><span class="piece[^>]* lit"', text)
    lit = re.findall(r'(?: lit"[^>]*><bdi data-at="\d+"|class="lit"[^>]*)>([^<]*)<', text)
    assert "".join(lit) == "Kenya freed two Ugandan pilots on Mondaythe army"
    assert f'<a href="#c-{name}">claim 1</a>' in text  # from a word to its claim
    card = page.split(f'<li id="c-{name}" class="chosen">')[1].split("</li>")[0]
    assert "<details open><summary>Why</summary>" in card
    assert re.search(r"<bdi>Kenya: KEN GOV[^<]*</bdi> <q[^>]*><bdi>Kenya<", card)
    assert " lit" not in client.get("/report/r3").text
    assert client.get("/claim/none").status_code == 404


def test_a_list_comes_the_surest_first_where_asked(client: TestClient) -> None:
    page = client.get("/events?sort=sure&limit=1").text
    assert 'aria-current="true">the surest first' in page
    (then,) = re.findall(r'rel="next" href="([^"]*)"', page)
    assert client.get(unescape(then)).status_code == 200 and "sort=sure" in then
    assert "sort=sure&amp;status=" in page or "&amp;sort=sure" in page  # facets keep it


def test_readers_are_told_why_beside_the_words(client: TestClient) -> None:
    page = client.get("/event/e1").text
    assert "Review</a>" not in page
    why = page.split("<summary>Why it is told so</summary>")[1].split("</table>")[0]
    assert re.search(r"<bdi>Kenya: KEN GOV[^<]*</bdi> <q[^>]*><bdi>Kenya<", why)
