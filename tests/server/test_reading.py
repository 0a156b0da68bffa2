"""Two outlets on one event: who tells what, who first, by whose word."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.events.event_summaries import summarise
from dateline.model import Quantity, Why
from dateline.server.app import Parts, application
from dateline.server.middleware import Guard
from dateline.store.sql import SqlStore
from tests.claims import REPORT, claim, span
from tests.server.conftest import HERE
from tests.server.crawling import clicks

MADE = {"codebook": "plover", "version": "1"}


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[TestClient]:
    """An event that the Herald tells first, on its own; the Wire by the army's word."""
    where = str(tmp_path / "s.db")
    with SqlStore(where) as kept:
        kept.save(REPORT, [claim()], [], MADE)
        told = claim(report="r2")
        own = replace(told.attribution, speakers=())
        freed = Quantity(
            "other",
            2.0,
            2.0,
            2.0,
            "exact",
            "pilots",
            "this act",
            None,
            span("two"),
            Why("quantities.test.v1", span("two")),
        )
        told = replace(told, attribution=own, quantities=(freed,))
        early = replace(REPORT, id="r2", outlet="Herald", published=date(2025, 3, 3))
        kept.save(early, [told], [], MADE)
        alone = replace(claim(report="r3"), event="e2")
        kept.save(replace(REPORT, id="r3"), [alone], [], MADE)
        summarise(kept)
    with SqlStore(where, write=False) as kept:
        yield TestClient(application(kept, Parts(Guard(hosts=HERE))))


def row(page: str, question: str) -> str:
    return page.split(f'<th scope="row">{question}</th>')[1].split("</tr>", maxsplit=1)[0]


def test_who_tells_what_first_by_whose_word(pages: TestClient) -> None:
    page = pages.get("/beside/e1").text
    head = page.split("<thead>")[1].split("</thead>")[0]
    assert head.index("Herald") < head.index("Global Wire")
    assert "<strong><bdi>Herald</bdi></strong> told it first" in page
    who = row(page, "who acts")
    assert who.count("Kenya = KEN GOV") == 2 and "only here" not in who
    assert who.index("its own voice") < who.index("the army")
    assert who.endswith("<td><bdi>Herald</bdi></td>")
    many = row(page, "how many")
    assert "other 2" in many and "only here" in many and "does not tell" in many
    assert "the report itself" in row(page, "according to")


def test_outlets_are_chosen_and_a_wrong_one_is_none(pages: TestClient) -> None:
    page = pages.get("/beside/e1?a=Global+Wire&b=<script>").text
    head = page.split("<thead>")[1].split("</thead>")[0]
    assert head.index("Global Wire") < head.index("Herald")
    assert "<script>alert" not in page
    assert "nobody to lay beside" in pages.get("/beside/e2").text
    assert pages.get("/beside/none").status_code == 404


def test_two_outlets_are_one_click_from_a_list(pages: TestClient) -> None:
    many, page = clicks(pages, "/", "2 outlets")
    assert many == 1 and "Two outlets on one event" in page.text
    many, page = clicks(pages, "/", "/event/e1", "two side by side")
    assert many == 2 and "Two outlets on one event" in page.text
