"""What is new is told: asked for by number, or streamed as it is stored."""

import json
from dataclasses import replace

import anyio
import pytest
from fastapi.testclient import TestClient

from dateline.store.sql import SqlStore
from dateline.web import api
from dateline.web.app import Parts, application
from dateline.web.guard import Guard
from tests.claims import REPORT, claim
from tests.web.conftest import HERE

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


def test_the_stream_tells_each_event_once(
    desk: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_too_many_listeners_are_refused(
    desk: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "MOST_LISTENERS", 0)
    with TestClient(application(desk, Parts(Guard(hosts=HERE)))) as asking:
        answer = asking.get("/api/v1/stream")
    assert answer.status_code == 503 and answer.headers["retry-after"]
