"""The API answers as the pages do, and tells what is new as it comes."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient

from dateline.model import Problem
from dateline.server import api
from dateline.server.app import Parts, application
from dateline.server.code_page import Coding
from dateline.server.middleware import Guard, Rate
from dateline.store import errors, listings
from dateline.store.sql import SqlStore
from tests.claims import REPORT, claim
from tests.server.conftest import HERE, work

LISTS = {"events": 2, "claims": 3, "reports": 3}


@pytest.mark.parametrize("name", [*LISTS, "actors"])
def test_cursors_give_every_row_once(client: TestClient, name: str) -> None:
    whole = client.get(f"/api/v1/{name}").json()
    assert whole["next"] is None
    assert len(whole[name]) == LISTS.get(name, len(whole[name])) > 0
    rows, cursor = [], ""
    while cursor is not None:
        answer = client.get(f"/api/v1/{name}", params={"limit": 1, "cursor": cursor})
        rows += answer.json()[name]
        cursor = answer.json()["next"]
    assert rows == whole[name]


def test_claims_pass_the_filters_of_events_too(client: TestClient) -> None:
    asked = {"told_by": "2"}
    both = client.get("/api/v1/claims", params=asked).json()["claims"]
    assert [claim["event"] for claim in both] == ["e1", "e1"]
    asked = {"origins": "9"}
    assert client.get("/api/v1/claims", params=asked).json()["claims"] == []


def test_etag_saves_a_second_reading(client: TestClient) -> None:
    first = client.get("/api/v1/events")
    again = client.get("/api/v1/events", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    other = client.get("/api/v1/events?status=planned")
    assert other.headers["etag"] != first.headers["etag"]


def test_single_things(client: TestClient) -> None:
    assert len(client.get("/api/v1/events/e1").json()["tellings"]) == 2
    assert client.get("/api/v1/reports/r1").json()["claims"][0]["type"] == "RETREAT"
    assert client.get("/api/v1/actors/KEN").json()["events"] == 2
    missing = client.get("/api/v1/reports/none")
    assert missing.status_code == 404 and "none" in missing.json()["error"]


@pytest.mark.parametrize("asked", [{"type": "XX"}, {"col": "x"}, {"limit": "0"}, {"cursor": "x"}])
def test_wrong_questions_are_told(client: TestClient, asked: dict[str, str]) -> None:
    answer = client.get("/api/v1/claims", params=asked)
    assert answer.status_code == 400 and answer.json()["error"]


def test_openapi_names_every_call(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    assert told["openapi"].startswith("3.")
    names = {path.removeprefix("/api/v1/").split("/")[0] for path in told["paths"]}
    assert names == {*LISTS, "actors", "changes", "code", "stream"}
    filters = {p["name"] for p in told["paths"]["/api/v1/events"]["get"]["parameters"]}
    assert set(listings.NAMES) <= filters
    schemas = told["components"]["schemas"]
    used = set(re.findall(r"#/components/schemas/(\w+)", str(told)))
    assert used <= set(schemas)


def test_text_is_coded_within_bounds(client: TestClient) -> None:
    good = client.post("/api/v1/code", json={"text": "a", "outlet": "o"})
    assert good.json() == {"claims": [{"report": "o"}], "problems": []}
    day = client.post("/api/v1/code", json={"text": "a", "published": "2001-01-01"})
    assert day.status_code == 400 and "another age" in day.json()["error"]
    for wrong in ({"text": ""}, {"text": "a" * 50_001}, {"text": "a", "published": "?"}):
        assert client.post("/api/v1/code", json=wrong).status_code == 400
    assert client.post("/api/v1/code", content="a" * 300_000).status_code == 413
    far = {"origin": "https://evil.example"}
    refused = client.post("/api/v1/code", json={"text": "a"}, headers=far)
    assert refused.status_code == 403
    asked = [client.post("/api/v1/code", json={"text": "a"}) for _ in range(3)]
    assert [a.status_code for a in asked] == [200, 200, 429]
    assert asked[-1].headers["retry-after"]


def test_a_text_that_takes_too_long_is_ended(other: Callable[..., TestClient]) -> None:
    code = Coding(work, seconds=0.5)
    asking = other(guard=Guard(hosts=HERE), code=code, rate=Rate())
    answer = asking.post("/api/v1/code", json={"text": "a", "title": "never"})
    assert answer.status_code == 503 and code.child is None


def test_slow_questions_are_cut(store: SqlStore) -> None:
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with pytest.raises(errors.TooSlow), listings.read_in_time(store, 0.2) as to:
        to.exec_driver_sql(slow)
    assert listings.count_events(store, {}) == 2


def test_nothing_can_be_written(store: SqlStore) -> None:
    with pytest.raises(Exception, match="readonly|read-only|read only"):
        store.note(Problem("x", "read", "y", "z"))


def test_token_is_asked_of_everybody(other: Callable[..., TestClient]) -> None:
    asking = other(guard=Guard("secret", HERE))
    assert asking.get("/").headers["location"] == "/login"
    assert asking.get("/api/v1/events").status_code == 401
    bearer = {"authorization": "Bearer secret"}
    assert asking.get("/api/v1/events", headers=bearer).status_code == 200
    assert asking.post("/login", content="token=wrong").status_code == 403
    entered = asking.post("/login", content="token=secret")
    kept = entered.headers["set-cookie"]
    assert "HttpOnly" in kept and "SameSite=strict" in kept and "secret" not in kept
    assert asking.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/event/%00", "/api/v1/claims?report=%00"])
def test_a_nul_is_refused(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_other_hosts_are_not_served(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_countries_go_by_their_names_not_by_a_mention(client: TestClient) -> None:
    rows = client.get("/api/v1/actors").json()["actors"]
    names = {row["id"]: row["name"] for row in rows}
    assert names["UGA"] == "Uganda"  # its mention: "two Ugandan pilots"


def test_two_parties_and_how_sure_are_filters_of_lists(client: TestClient) -> None:
    def found(what: str, **asked: str) -> list[str]:
        return client.get(f"/api/v1/{what}", params=asked).json()[what]

    assert len(found("events", between="UGA,KEN")) == 2
    assert len(found("claims", between="Kenya,UGA")) == 3
    assert found("events", between="KEN,TZA") == []
    sure = {event["event"]: event["confidence"] for event in found("events")}
    assert set(sure.values()) == {0.8}
    assert len(found("events", sure="0.8")) == len(found("events"))
    assert found("events", sure="0.81") == found("claims", sure="0.81") == []
    wrong = client.get("/api/v1/events", params={"sure": "very"})
    assert (wrong.status_code, "0 to 1" in wrong.json()["error"]) == (400, True)


def test_events_come_the_surest_first_where_asked(client: TestClient) -> None:
    def found(**asked: str) -> Any:
        return client.get("/api/v1/events", params={"limit": "1", **asked}).json()

    names, cursor = [], ""
    while cursor is not None:
        told = found(sort="sure", cursor=cursor)
        names += [event["event"] for event in told["events"]]
        cursor = told["next"]
    assert len(names) == len(set(names)) > 1
    assert "there are day, sure" in found(sort="name")["error"]
    assert "another order" in found(sort="sure", cursor=found()["next"])["error"]


MADE = {"codebook": "plover", "version": "1"}


def more(desk: SqlStore) -> None:
    told = replace(claim("AID", "happened", "r9"), event="e9")
    desk.save(replace(REPORT, id="r9"), [told], [], MADE)


def test_changes_go_on_from_a_number(desk: SqlStore) -> None:
    with TestClient(application(desk, Parts(Guard(hosts=HERE)))) as asking:
        last = asking.get("/api/v1/changes").json()["last"]
        path = f"/api/v1/changes?after={last}"
        assert asking.get(path).json() == {"events": [], "last": last}
        more(desk)
        news = asking.get(path).json()
        assert [e["event"] for e in news["events"]] == ["e9"]
        assert news["events"][0]["origins"] == 1 and news["last"] > last
        desk.save(replace(REPORT, id="r9", text=REPORT.text + " x"), [], [], MADE)
        gone = asking.get(f"/api/v1/changes?after={news['last']}").json()
        assert gone["events"] == []
        assert asking.get("/api/v1/changes?after=-1").status_code == 400


class Listener:
    """A request whose asker goes away after some looks."""

    def __init__(self, looks: int) -> None:
        self.left = looks

    async def is_disconnected(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_the_stream_tells_each_event_once(desk: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAUSE", 0.0)
    monkeypatch.setattr(api, "QUIET", 2)
    last, listening = api.newest_event(desk), set[object]()

    async def listen() -> list[str]:
        found = []
        asker = Listener(6)
        told = api.tell_news(desk, asker, last, listening)  # type: ignore[arg-type]
        async for line in told:
            found.append(line)
            if len(found) == 1:
                assert len(listening) == 1
                more(desk)
        return found

    lines = anyio.run(listen)
    news = [line for line in lines if line.startswith("event: happening")]
    assert len(news) == 1 and not listening
    assert json.loads(news[0].split("data: ")[1])["event"] == "e9"
    assert f"id: {last + 1}\n" in news[0]
    assert ": nothing new\n\n" in lines


def test_too_many_listeners_are_refused(desk: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "MOST_LISTENERS", 0)
    with TestClient(application(desk, Parts(Guard(hosts=HERE)))) as asking:
        answer = asking.get("/api/v1/stream")
    assert answer.status_code == 503 and answer.headers["retry-after"]
