"""What hostile input must not do: inject SQL, read files, make us ask other hosts."""

import json
import socket
import sqlite3
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.server.app import Parts, application
from dateline.server.code_page import code_pasted_text
from dateline.server.middleware import Guard
from dateline.store.database import connect
from dateline.store.listings import NAMES
from dateline.store.sql import SqlStore
from tests.server.conftest import HERE, SCRIPT, fill

SQL = (
    "PRK' OR 1=1--",
    "x'; DROP TABLE claims; --",
    "') UNION SELECT name FROM sqlite_master --",
    "read_text('/etc/passwd')",
    "\"; ATTACH DATABASE 'x.db' AS x; --",
)
LISTS = ("/events", "/timeline", "/api/v1/events", "/api/v1/claims")
NAMED = ("type", "deed", "mode", "status", "country")
CHOSEN = (*NAMED, "since", "until", "told_by", "origins", "between", "sure")


@pytest.mark.parametrize("name", NAMES)
def test_no_value_of_a_filter_reaches_sql(client: TestClient, store: SqlStore, name: str) -> None:
    before = store.counts()
    for value in SQL:
        for path in LISTS:
            answer = client.get(path, params={name: value})
            assert answer.status_code == (400 if name in CHOSEN else 200), path
            assert "alembic_version" not in answer.text  # a table's name
            assert "root:" not in answer.text
    assert store.counts() == before


@pytest.mark.parametrize("name", ["sorted", "order", "col", "columns", "limit;", "1"])
def test_only_fixed_names_are_asked_for(client: TestClient, name: str) -> None:
    for path in LISTS:
        answer = client.get(path, params={name: "date;DROP TABLE claims"})
        assert answer.status_code == 400
        assert "said_by" in answer.text and "recipient" in answer.text


@pytest.mark.parametrize("key", [["' OR 1=1--", "x"], ["2025-01-01", "'"], [1, 2], {}])
def test_a_cursor_is_a_value_too(client: TestClient, key: object) -> None:
    cursor = urlsafe_b64encode(json.dumps(key).encode()).decode()
    answer = client.get("/api/v1/events", params={"cursor": cursor})
    good = isinstance(key, list) and isinstance(key[0], str)
    assert answer.status_code == (200 if good else 400)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2fetc%2fpasswd",
        "/report/..%2F..%2Fetc%2Fshadow",
        "/events/export...%2F..%2Fetc%2Fpasswd",
        "/events/export.%2Fetc%2Fpasswd",
        "/api/v1/reports/%2Fetc%2Fpasswd",
    ],
)
def test_no_name_becomes_a_path(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text and "FastAPI" not in answer.text


def test_programs_get_hostile_words_as_json(client: TestClient) -> None:
    for path in ("/api/v1/events", "/api/v1/reports", "/api/v1/actors"):
        answer = client.get(path)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        json.loads(answer.text)
    heads = client.get("/api/v1/reports").json()["reports"]
    assert any(SCRIPT in head["title"] for head in heads)
    told = client.get(f"/api/v1/events/{SCRIPT}")
    assert told.status_code == 404 and told.headers["content-type"].endswith("json")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server of ours that nobody may ask."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.settimeout(0.1)
        yield made


def test_no_address_in_a_text_is_asked(listener: socket.socket) -> None:
    here = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    for url in (here, "file:///etc/passwd", "http://169.254.169.254/", "gopher://x"):
        text = f"Kenya freed two Ugandan pilots on Monday, {url} said."
        found = code_pasted_text({"text": text, "url": url, "published": "2025-03-04"})
        assert "root:" not in json.dumps(found)
    with pytest.raises(TimeoutError):
        listener.accept()


def test_pages_go_on_while_another_writes_and_decisions_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "PATIENCE", 0.2)
    where = str(tmp_path / "s.db")
    with SqlStore(where) as desk, SqlStore(where, write=False) as kept:
        fill(desk)
        token = {"authorization": f"Bearer {desk.review.add_reviewer('ana')}"}
        guard = Guard("", HERE, reviewer=desk.review.who, may=desk.review.may)
        claim = next(iter(desk.claims({"report": "r1"})))["id"]
        path = f"/api/v1/claims/{claim}/decisions"
        with TestClient(application(kept, Parts(guard, desk=desk))) as asking:
            holding = sqlite3.connect(where, isolation_level=None)
            holding.execute("BEGIN IMMEDIATE")
            for page in ("/", "/events", "/event/e1", "/report/r1", "/api/v1/claims"):
                assert asking.get(page).status_code == 200
            told = asking.post(path, json={"verdict": "confirm"}, headers=token)
            assert told.status_code == 503 and "in use" in told.json()["error"]
            assert desk.review.decisions() == []
            holding.execute("ROLLBACK")
            done = asking.post(path, json={"verdict": "confirm"}, headers=token)
            assert done.status_code == 200 and len(desk.review.decisions()) == 1
            holding.close()
