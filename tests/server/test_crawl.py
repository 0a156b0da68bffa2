"""Every page that links and forms lead to answers, and is whole."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from dateline.cli.serve import demo
from dateline.server.app import Parts, application
from dateline.server.middleware import Guard, Rate
from dateline.store import listings as pages
from dateline.store.sql import SqlStore
from tests.server.conftest import HERE
from tests.server.crawling import crawl, faults_of, read_page
from tests.server.test_views import PAGES


def test_every_page_of_a_hostile_store_is_whole(client: TestClient) -> None:
    seen, wrong = crawl(client, ("/", *PAGES), alike=1)
    assert wrong == []
    assert len(seen) > len(PAGES)


def test_every_page_of_an_empty_store_is_whole(empty: TestClient) -> None:
    seen, wrong = crawl(empty, ("/",), alike=1)
    assert wrong == []
    assert "/timeline" in seen


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<title>a</title><h1>a</h1><p id=b><i id=b>", "two of id 'b'"),
        ("<title>a</title>", "0 headings of the first order"),
        ('<title>a</title><h1>a</h1><a href="#x">', "#x leads nowhere"),
        ('<title>a</title><h1>a</h1><label for="x">', "nothing has the id 'x'"),
        ("<title>a</title><h1>a</h1><b><i></b>", "<i> is not closed"),
    ],
)
def test_the_crawler_sees_what_is_wrong(text: str, told: str) -> None:
    assert told in list(faults_of(read_page(text)))


def test_the_slider_stays_within_the_days_asked_for(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    reaching = [("2025-01-31", "", 1), ("2025-12-31", "", 1)]
    monkeypatch.setattr(pages, "events_by_day", lambda *_: reaching)
    asked = "/map?since=2025-03-01&until=2025-05-31"
    last = client.get(f"{asked}&month={2025 * 12 + 11}")
    assert last.status_code == 200 and "in 2025-05" in last.text


@pytest.fixture(scope="module")
def shown() -> Iterator[TestClient]:
    """`dateline serve demo`, with a reviewer who is in."""
    with demo() as where, SqlStore(where) as desk:
        side = desk.review
        guard = Guard(hosts=HERE, reviewer=side.who, may=side.may)
        parts = Parts(guard, desk=desk, doors=Rate(100, 0))
        with SqlStore(where, write=False) as kept, TestClient(application(kept, parts)) as made:
            made.post("/login", data={"token": side.add_reviewer("demo")})
            yield made


@pytest.mark.slow
def test_every_page_of_the_demo_answers(shown: TestClient) -> None:
    seen, wrong = crawl(shown, ("/", "/review", "/reports"), alike=9)
    assert wrong == []
    kinds = {path.strip("/").split("/")[0].split("?")[0] for path in seen}
    assert {"event", "report", "actor", "dyad", "map", "review"} <= kinds
    assert len(seen) > 100
