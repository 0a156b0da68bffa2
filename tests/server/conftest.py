"""A small hostile store, and a browser's side of the server over it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.events.event_summaries import summarise
from dateline.model import Report, Speaker
from dateline.server import reviewed_view as heard
from dateline.server.app import Parts, application
from dateline.server.code_page import Coding
from dateline.server.middleware import Guard, Rate
from dateline.store import cache as remembered
from dateline.store.sql import SqlStore
from tests.claims import REPORT, TEXT, actor, claim

SCRIPT = "<script>alert(1)</script></title></textarea><img src=x onerror=alert(1)>{{7*7}}"
TURNED = "a\u202eb"
HERE = frozenset(("testserver",))


def work(asked: dict[str, Any]) -> dict[str, Any]:
    if asked["published"] == "2001-01-01":
        raise ValueError("a day of another age")
    while asked["title"] == "never":
        pass
    return {"claims": [{"report": asked["outlet"]}], "problems": []}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of a small store are exact and as reviewed, however busy the machine."""
    monkeypatch.setattr(remembered, "QUICK", 100.0)
    monkeypatch.setattr(heard, "PATIENCE", 60.0)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SqlStore]:
    """The hostile store, of each kind in turn, opened to read."""
    where = str(tmp_path_factory.mktemp("web") / "s.db")
    if request.param == "postgresql":
        where = request.getfixturevalue("new_database")()
    with SqlStore(where) as kept:
        fill(kept)
    with SqlStore(where, write=False) as kept:
        yield kept


def fill(kept: SqlStore) -> None:
    made = {"codebook": "plover", "version": "1"}
    kept.save(REPORT, [claim()], [], made)
    bad = actor("Kenya", "KEN", "GOV")
    bad = replace(bad, name=SCRIPT, entity="x/../<b>")
    hostile = Report(
        "../../etc/passwd?<i>",
        TEXT,
        title=SCRIPT + TURNED,
        outlet='"><svg onload=alert(1)>',
        url="javascript:alert(1)",
        published=date(2025, 3, 5),
    )
    told = claim("RETREAT", "denied", hostile.id)
    quote = Speaker(SCRIPT, "named", None, replace(bad, entity=None))
    says = replace(told.attribution, speakers=(quote,))
    told = replace(told, actors=(bad,), attribution=says)
    kept.save(hostile, [told], [], made)
    planned = replace(claim("AGREE", "planned", "r3"), event="e3")
    kept.save(replace(REPORT, id="r3", url="https://example.org/3"), [planned], [], made)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store may be made, of each kind in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "s.db")
    return str(request.getfixturevalue("new_database")())


@pytest.fixture
def desk(place: str) -> Iterator[SqlStore]:
    """The hostile store, of each kind in turn, opened to keep decisions."""
    with SqlStore(place) as kept:
        fill(kept)
        summarise(kept)
        yield kept


@pytest.fixture(scope="session")
def client(store: SqlStore) -> Iterator[TestClient]:
    parts = Parts(Guard(hosts=HERE), Coding(work), Rate(4, 0))
    with TestClient(application(store, parts)) as made:
        yield made


@pytest.fixture
def other(store: SqlStore) -> Callable[..., TestClient]:
    def make(**parts: Any) -> TestClient:
        return TestClient(application(store, Parts(**parts)), follow_redirects=False)

    return make


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[TestClient]:
    where = str(tmp_path / "empty.db")
    SqlStore(where).close()
    with SqlStore(where, write=False) as kept:
        yield TestClient(application(kept, Parts(Guard(hosts=HERE))))
