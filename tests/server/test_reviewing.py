"""People decide on pages and by calls, several at one desk."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.analysis.review.decisions import Reviewer
from dateline.events.event_summaries import summarise
from dateline.server.app import Parts, application
from dateline.server.middleware import Guard, Rate
from dateline.server.review_pages import deal_claim, own_queue
from dateline.store.sql import SqlStore
from tests.claims import REPORT, claim
from tests.server.conftest import HERE


@pytest.fixture
def browser(desk: SqlStore, place: str) -> Iterator[TestClient]:
    side = desk.review
    guard = Guard("reads", HERE, reviewer=side.who, may=side.may)
    with SqlStore(place, write=False) as kept:
        parts = Parts(guard, desk=desk, doors=Rate(100, 0))
        with TestClient(application(kept, parts), follow_redirects=False) as made:
            yield made


def enter(browser: TestClient, desk: SqlStore, name: str = "ana") -> str:
    """Come in as a reviewer; return the token."""
    token = desk.review.add_reviewer(name)
    assert browser.post("/login", data={"token": token}).headers["location"] == "/review"
    return token


def csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def claim_of(desk: SqlStore, report: str) -> str:
    return str(next(iter(desk.claims({"report": report})))["id"])


def test_a_reviewer_corrects_and_goes_on_with_the_next(browser: TestClient, desk: SqlStore) -> None:
    enter(browser, desk)
    name = claim_of(desk, "r1")
    assert f"/review/claim/{name}" in browser.get("/review").text
    page = browser.get(f"/review/claim/{name}").text
    assert "Kenya = KEN GOV" in page and "actions.test.v1" in page
    form = {"csrf": csrf(page), "a-type": "AID", "ok-status": "1", "then": "next"}
    refused = browser.post(f"/review/claim/{name}", data=form)
    assert refused.status_code == 400 and "needs a reason" in refused.text
    assert re.search(r"<option selected>AID</option>", refused.text)
    done = browser.post(f"/review/claim/{name}", data={**form, "reason": "it is aid"})
    assert done.status_code == 303 and name not in done.headers["location"]
    kinds = {(d["kind"], d["question"]) for d in desk.review.decisions([name])}
    assert kinds == {("correct", "type"), ("confirm", "status")}
    assert "✎ corrected" in browser.get("/event/e1").text
    log = browser.get("/review/log").text
    assert "login" in log and "ana" in log and "correct" in log


def test_claims_are_confirmed_rejected_taken_back_and_added(
    browser: TestClient, desk: SqlStore
) -> None:
    enter(browser, desk)
    name = claim_of(desk, "r3")
    sent = {"csrf": csrf(browser.get(f"/review/claim/{name}").text), "reason": "no"}
    browser.post(f"/review/claim/{name}", data={**sent, "verdict": "reject"})
    assert "✗ rejected" in browser.get(f"/review/claim/{name}").text
    number = desk.review.decisions([name])[0]["number"]
    back = {**sent, "back": "//evil.example"}
    gone = browser.post(f"/review/undo/{number}", data=back)
    assert gone.headers["location"] == "/review"
    assert "✗ rejected" not in browser.get(f"/review/claim/{name}").text
    told = {"report": "r3", "trigger": "said", "type": "ACCUSE", "start": "51"}
    made = browser.post("/review/add", data={**sent, **told})
    assert made.status_code == 303
    assert "added by a reviewer" in browser.get("/report/r3").text
    missing = browser.post("/review/add", data={**sent, **told, "trigger": "bombed"})
    assert missing.status_code == 400 and "does not stand in the report" in missing.text


def test_events_are_joined_and_parted(browser: TestClient, desk: SqlStore) -> None:
    enter(browser, desk)
    sent = {"csrf": csrf(browser.get("/event/e1").text), "reason": "one release"}
    told = {"claim": claim_of(desk, "r1"), "other": "http://testserver/event/e3"}
    joined = browser.post("/review/join", data={**sent, **told})
    page = browser.get(joined.headers["location"]).text
    assert 'href="/report/r3?claim=' in page and "joined" in page
    out = {"claim": claim_of(desk, "r3")}
    apart = browser.post("/review/apart", data={**sent, **out})
    assert apart.headers["location"] != joined.headers["location"]
    assert "held apart" in browser.get(apart.headers["location"]).text


def test_only_our_own_pages_send_and_only_reviewers_decide(
    browser: TestClient, desk: SqlStore
) -> None:
    name = claim_of(desk, "r1")
    path, sent = f"/review/claim/{name}", {"verdict": "confirm"}
    assert browser.post(path, data=sent).headers["location"] == "/login"
    browser.post("/login", data={"token": "reads"})
    assert browser.get("/events").status_code == 200
    assert browser.get("/review").headers["location"] == "/login"
    assert browser.post(path, data=sent).status_code == 403
    enter(browser, desk)
    assert browser.post(path, data=sent).status_code == 403
    assert browser.post(path, data={**sent, "csrf": "0" * 64}).status_code == 403
    word = {**sent, "csrf": csrf(browser.get(path).text)}
    far = {"origin": "https://evil.example"}
    assert browser.post(path, data=word, headers=far).status_code == 403
    assert desk.review.decisions() == []
    desk.review.revoke("ana")
    assert browser.post(path, data=word).headers["location"] == "/login"
    assert desk.review.decisions() == []


def test_a_forged_or_old_cookie_opens_nothing(browser: TestClient, desk: SqlStore) -> None:
    enter(browser, desk)
    value = browser.cookies["dateline"]
    browser.cookies.clear()
    for forged in (value[:-1] + "x", "W10." + "0" * 64, "é", ""):
        cookie = {"cookie": f"dateline={forged}".encode()}
        assert browser.get("/", headers=cookie).headers["location"] == "/login"


def test_tries_at_the_door_are_counted_and_noted(desk: SqlStore) -> None:
    side = desk.review
    guard = Guard("reads", HERE, reviewer=side.who, may=side.may)
    parts = Parts(guard, desk=desk, doors=Rate(2, 0))
    with TestClient(application(desk, parts), follow_redirects=False) as browser:
        codes = [browser.post("/login", data={"token": "x"}).status_code for _ in "abc"]
    assert codes == [403, 403, 429]
    assert [line["what"] for line in side.audited()] == ["refused", "refused"]


def test_programs_decide_with_a_token_alone(browser: TestClient, desk: SqlStore) -> None:
    token = enter(browser, desk)
    name = claim_of(desk, "r1")
    path = f"/api/v1/claims/{name}/decisions"
    by_page = browser.post(path, json={"verdict": "confirm"})
    assert by_page.status_code == 403  # a session's cookie is no token
    bearer = {"authorization": f"Bearer {token}"}
    wrong = browser.post(path, json={"answers": {"type": "XX"}}, headers=bearer)
    assert wrong.status_code == 400 and "ACCUSE" in wrong.json()["error"]
    sent = {"answers": {"type": "AID"}, "reason": "it is aid"}
    made = browser.post(path, json=sent, headers=bearer).json()["decisions"]
    told = browser.get("/api/v1/review/decisions", headers=bearer).json()
    assert [row["number"] for row in told] == made
    told = browser.get(f"/api/v1/claims/{name}", headers=bearer).json()
    assert (told["claim"]["type"], told["reviewed"]["type"]) == ("RETREAT", "AID")
    queue = browser.get("/api/v1/review/queue", headers=bearer).json()
    assert name not in [row["record"]["id"] for row in queue]
    only = {"authorization": "Bearer reads"}
    assert browser.get("/api/v1/review/queue", headers=only).status_code == 401


def test_without_a_desk_there_is_no_review(client: TestClient) -> None:
    assert client.get("/review").status_code == 404
    assert client.post("/review/claim/x", data={}).status_code in (404, 405)


MADE = {"codebook": "plover", "version": "1"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlStore]:
    with SqlStore(str(tmp_path / "s.db")) as kept:
        for n in range(12):
            told = replace(claim(report=f"r{n}"), event=f"e{n}")
            kept.save(replace(REPORT, id=f"r{n}"), [told], [], MADE)
        summarise(kept)
        yield kept


APPS: dict[int, Any] = {}


def come_in(office: SqlStore, name: str) -> tuple[TestClient, str]:
    side = office.review
    guard = Guard("reads-with-a-token", HERE, reviewer=side.who, may=side.may)
    parts = Parts(guard, desk=office, doors=Rate(100, 0))
    made = TestClient(APPS.setdefault(id(office), application(office, parts)))
    made.post("/login", data={"token": side.add_reviewer(name)})
    return made, csrf_of(made.get("/events?actor=KEN").text)


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    return found[1] if found else ""


def first_claim(office: SqlStore) -> str:
    return str(next(iter(office.claims({})))["id"])


def test_each_has_a_queue_of_ones_own(office: SqlStore) -> None:
    for name in ("ana", "ben"):
        office.review.add_reviewer(name)
    mine, yours = (
        {row["record"]["id"] for row in own_queue(office, name, 25)[0]} for name in ("ana", "ben")
    )
    assert mine and yours and mine != yours
    assert mine | yours == {c["id"] for c in office.claims({})}
    for name in mine & yours:
        assert len(deal_claim(name, ["ana", "ben"])) == 2
    for name in mine:  # when one's own is done, the others' follow
        Reviewer(office, "ana").confirm(name)
    rest = {row["record"]["id"] for row in own_queue(office, "ana", 25)[0]}
    assert rest == yours - mine


def test_one_claim_in_eight_is_in_two_queues() -> None:
    names = ["ana", "ben", "eva"]
    dealt = [deal_claim(f"{n:016x}", names) for n in range(4000)]
    twice = sum(len(each) == 2 for each in dealt)
    assert 400 < twice < 600
    assert all(1200 < sum(each[0] == name for each in dealt) < 1460 for name in names)


def test_two_who_look_at_one_claim_are_told_of_each_other(office: SqlStore) -> None:
    ana, _ = come_in(office, "ana")
    ben, csrf = come_in(office, "ben")
    name = first_claim(office)
    assert "decide together" not in ana.get(f"/review/claim/{name}").text
    page = ben.get(f"/review/claim/{name}").text
    assert "<strong><bdi>ana</bdi></strong> opened it now" in page
    (seen,) = re.findall(r'name="seen" value="(\d+)"', page)
    Reviewer(office, "ana").confirm(name)
    form = {"csrf": csrf_of(page), "verdict": "reject", "reason": "no", "seen": seen}
    late = ben.post(f"/review/claim/{name}", data=form)
    assert late.status_code == 409
    assert "ana decided about this claim while you had it open" in late.text
    kinds = [row["kind"] for row in office.review.decisions([name])]
    assert kinds == ["confirm"]
    (seen,) = re.findall(r'name="seen" value="(\d+)"', late.text)
    again = ben.post(f"/review/claim/{name}", data={**form, "seen": seen})
    assert again.status_code == 200
    kinds = [row["kind"] for row in office.review.decisions([name])]
    assert kinds == ["confirm", "reject"]


def test_one_key_takes_back_what_one_decided_last(office: SqlStore) -> None:
    ana, _ = come_in(office, "ana")
    name = first_claim(office)
    page = ana.get(f"/review/claim/{name}").text
    assert 'data-key="u"' not in page
    form = {"csrf": csrf_of(page), "ok-type": "1", "a-status": "denied"}
    ana.post(f"/review/claim/{name}", data={**form, "reason": "it says so"})
    page = ana.get("/review").text
    assert 'data-key="u"' in page and "2 answers" in page
    back = ana.post("/review/undo-last", data={"csrf": csrf_of(page)})
    assert str(back.url).endswith(f"/review/claim/{name}")
    kinds = [row["kind"] for row in office.review.decisions([name])]
    assert sorted(kinds) == ["confirm", "correct", "undo", "undo"]
    assert 'data-key="u"' not in back.text
    nothing = ana.post("/review/undo-last", data={"csrf": csrf_of(back.text)})
    assert nothing.status_code == 400 and "nothing that you decided" in nothing.text
    ben, csrf = come_in(office, "ben")
    assert ben.post("/review/undo-last", data={"csrf": csrf}).status_code == 400


def test_a_party_is_picked_from_the_reports_cast(office: SqlStore) -> None:
    ana, _ = come_in(office, "ana")
    name = first_claim(office)
    page = ana.get(f"/review/claim/{name}").text
    cast = page.split('name="pick-recipients"')[1].split("</select>")[0]
    assert '<option value="Kenya = KEN GOV" data-text="Kenya">' in cast
    form = {"csrf": csrf_of(page), "pick-recipients": "Kenya = KEN GOV", "reason": "so"}
    ana.post(f"/review/claim/{name}", data=form)
    (row,) = office.review.decisions([name])
    codes = [who["country"] for who in row["answer"]]
    assert (row["question"], codes) == ("recipients", ["UGA", "KEN"])
    assert row["answer"][1]["start"] == 0  # its words in the text
