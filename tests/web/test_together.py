"""Several people at one desk: a queue each, told of each other, one key to undo."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline.record.happenings import summarise
from dateline.review.decide import Reviewer
from dateline.store.sql import SqlStore
from dateline.web.app import Parts, application
from dateline.web.guard import Guard, Rate
from dateline.web.reviewing import deal_claim, own_queue
from tests.claims import REPORT, claim
from tests.web.conftest import HERE

MADE = {"codebook": "plover", "version": "1"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SqlStore]:
    with SqlStore(str(tmp_path / "s.db")) as kept:
        for n in range(12):
            told = replace(claim(report=f"r{n}"), event=f"e{n}")
            kept.save(replace(REPORT, id=f"r{n}"), [told], [], MADE)
        summarise(kept)
        yield kept


APPS: dict[int, Any] = {}


def come_in(desk: SqlStore, name: str) -> tuple[TestClient, str]:
    side = desk.review
    guard = Guard("reads-with-a-token", HERE, reviewer=side.who, may=side.may)
    parts = Parts(guard, desk=desk, doors=Rate(100, 0))
    made = TestClient(APPS.setdefault(id(desk), application(desk, parts)))
    made.post("/login", data={"token": side.add_reviewer(name)})
    return made, csrf_of(made.get("/events?actor=KEN").text)


def csrf_of(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    return found[1] if found else ""


def first_claim(desk: SqlStore) -> str:
    return str(next(iter(desk.claims({})))["id"])


def test_each_has_a_queue_of_ones_own(desk: SqlStore) -> None:
    for name in ("ana", "ben"):
        desk.review.add_reviewer(name)
    mine, yours = (
        {row["record"]["id"] for row in own_queue(desk, name, 25)[0]}
        for name in ("ana", "ben")
    )
    assert mine and yours and mine != yours
    assert mine | yours == {c["id"] for c in desk.claims({})}
    for name in mine & yours:
        assert len(deal_claim(name, ["ana", "ben"])) == 2
    for name in mine:  # when one's own is done, the others' follow
        Reviewer(desk, "ana").confirm(name)
    rest = {row["record"]["id"] for row in own_queue(desk, "ana", 25)[0]}
    assert rest == yours - mine


def test_one_claim_in_eight_is_in_two_queues() -> None:
    names = ["ana", "ben", "eva"]
    dealt = [deal_claim(f"{n:016x}", names) for n in range(4000)]
    twice = sum(len(each) == 2 for each in dealt)
    assert 400 < twice < 600
    assert all(1200 < sum(each[0] == name for each in dealt) < 1460 for name in names)


def test_two_who_look_at_one_claim_are_told_of_each_other(desk: SqlStore) -> None:
    ana, _ = come_in(desk, "ana")
    ben, csrf = come_in(desk, "ben")
    name = first_claim(desk)
    assert "decide together" not in ana.get(f"/review/claim/{name}").text
    page = ben.get(f"/review/claim/{name}").text
    assert "<strong><bdi>ana</bdi></strong> opened it now" in page
    (seen,) = re.findall(r'name="seen" value="(\d+)"', page)
    Reviewer(desk, "ana").confirm(name)
    form = {"csrf": csrf_of(page), "verdict": "reject", "reason": "no", "seen": seen}
    late = ben.post(f"/review/claim/{name}", data=form)
    assert late.status_code == 409
    assert "ana decided about this claim while you had it open" in late.text
    kinds = [row["kind"] for row in desk.review.decisions([name])]
    assert kinds == ["confirm"]
    (seen,) = re.findall(r'name="seen" value="(\d+)"', late.text)
    again = ben.post(f"/review/claim/{name}", data={**form, "seen": seen})
    assert again.status_code == 200
    kinds = [row["kind"] for row in desk.review.decisions([name])]
    assert kinds == ["confirm", "reject"]


def test_one_key_takes_back_what_one_decided_last(desk: SqlStore) -> None:
    ana, _ = come_in(desk, "ana")
    name = first_claim(desk)
    page = ana.get(f"/review/claim/{name}").text
    assert 'data-key="u"' not in page
    form = {"csrf": csrf_of(page), "ok-type": "1", "a-status": "denied"}
    ana.post(f"/review/claim/{name}", data={**form, "reason": "it says so"})
    page = ana.get("/review").text
    assert 'data-key="u"' in page and "2 answers" in page
    back = ana.post("/review/undo-last", data={"csrf": csrf_of(page)})
    assert str(back.url).endswith(f"/review/claim/{name}")
    kinds = [row["kind"] for row in desk.review.decisions([name])]
    assert sorted(kinds) == ["confirm", "correct", "undo", "undo"]
    assert 'data-key="u"' not in back.text
    nothing = ana.post("/review/undo-last", data={"csrf": csrf_of(back.text)})
    assert nothing.status_code == 400 and "nothing that you decided" in nothing.text
    ben, csrf = come_in(desk, "ben")
    assert ben.post("/review/undo-last", data={"csrf": csrf}).status_code == 400


def test_a_party_is_picked_from_the_reports_cast(desk: SqlStore) -> None:
    ana, _ = come_in(desk, "ana")
    name = first_claim(desk)
    page = ana.get(f"/review/claim/{name}").text
    cast = page.split('name="pick-recipients"')[1].split("</select>")[0]
    assert '<option value="Kenya = KEN GOV" data-text="Kenya">' in cast
    form = {"csrf": csrf_of(page), "pick-recipients": "Kenya = KEN GOV", "reason": "so"}
    ana.post(f"/review/claim/{name}", data=form)
    (row,) = desk.review.decisions([name])
    codes = [who["country"] for who in row["answer"]]
    assert (row["question"], codes) == ("recipients", ["UGA", "KEN"])
    assert row["answer"][1]["start"] == 0  # its words in the text
