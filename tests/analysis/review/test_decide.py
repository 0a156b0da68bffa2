"""What people decide is kept beside the program's answers, in both kinds of store."""

import pytest

from dateline.analysis.review.decisions import Reviewer, blank, claim_of, reviewed_copy
from dateline.analysis.review.forms import QUESTIONS, Unread
from dateline.analysis.review.reviewed import latest_decisions
from dateline.events.event_summaries import list_events
from dateline.store.errors import Missing
from dateline.store.sql import SqlStore
from tests.analysis.review.conftest import id_of


def test_a_correction_stands_beside_the_answer(store: SqlStore) -> None:
    ana, name = Reviewer(store, "ana"), id_of(store, "r1")
    before = store.claim(name)
    answers = {"type": "CONCEDE", "actors": "Kenya = KEN MIL", "status": "happened"}
    ana.judge(name, answers, "the army did")
    assert store.claim(name) == before
    rows = store.review.decisions([name])
    assert [r["kind"] for r in rows] == ["correct", "correct", "confirm"]
    assert {r["reviewer"] for r in rows} == {"ana"}
    assert rows[0]["told"] == "RETREAT" and rows[0]["answer"] == "CONCEDE"
    assert rows[0]["reason"] == "the army did" and rows[0]["at"].endswith("+00:00")
    noted = store.review.audited()
    assert [line["what"] for line in noted] == ["confirm", "correct", "correct"]


def test_nothing_is_kept_of_what_cannot_be_read(ana: Reviewer) -> None:
    name = id_of(ana.store, "r1")
    for question, told, wrong in (
        ("type", "RETREET", "ACCUSE"),
        ("status", "done", "happened"),
        ("mode", "flying", "visit"),
        ("when", "Monday", "no day"),
        ("when", "2025-03-05..2025-03-01", "ends before"),
        ("actors", "Uganda = UGA", "does not stand in the report"),
        ("actors", "Kenya = ZZZ", "no country"),
        ("actors", "Kenya = KEN ZZZ", "no sector"),
        ("where", "there", "no place"),
        ("quantities", "many dead", "no count"),
        ("colour", "red", "no question"),
    ):
        with pytest.raises(Unread, match=wrong):
            ana.judge(name, {"status": "planned", question: told}, "because")
    for change in (
        lambda: ana.judge(name, {"status": "planned"}, " "),
        lambda: ana.reject(name, ""),
        lambda: ana.merge(name, id_of(ana.store, "r3"), ""),
        lambda: ana.undo(1, ""),
    ):
        with pytest.raises(Unread, match="needs a reason"):
            change()
    with pytest.raises(Missing, match="no claim"):
        ana.confirm("none")
    assert ana.store.review.decisions() == []


def test_the_reviewed_copy_is_read_like_any_store(store: SqlStore) -> None:
    ana = Reviewer(store, "ana")
    ana.judge(id_of(store, "r1"), {"type": "AID", "status": "planned"}, "it was aid")
    ana.reject(id_of(store, "r2"), "the army denies another thing")
    told = {"trigger": "said", "type": "ACCUSE", "actors": "the army = KEN MIL"}
    added = ana.add("r3", {**told, "recipients": "- = UGA GOV"}, "missed")
    with reviewed_copy(store) as copy:
        claims = {c["id"]: c for c in copy.claims({})}
        first = claims[id_of(store, "r1")]
        assert (first["type"], first["deed"], first["status"]) == ("AID", "AID", "planned")
        assert first["quad"] == "material cooperation" and first["score"] > 0
        assert list(copy.claims({"report": "r2"})) == []
        assert [c["id"] for c in copy.claims({"type": "ACCUSE"})] == [added]
        assert claims[added]["recipients"][0]["country"] == "UGA"
        assert claims[added]["evidence"]["text"].endswith("the army said")
        planned = {"status": "planned", "type": "AID"}
        assert len(list(copy.claims(planned))) == 2
        assert {e["type"] for e in list_events(copy, planned, None, 9)[0]} == {"AID"}
    assert {c["type"] for c in store.claims({})} == {"RETREAT", "AID"}


def test_two_claims_are_joined_and_parted_and_that_is_taken_back(store: SqlStore) -> None:
    ana = Reviewer(store, "ana")
    one, three = id_of(store, "r1"), id_of(store, "r3")
    assert ana.merge(one, three, "the same flight").together
    assert store.claim(one)["event"] == store.claim(three)["event"]
    number = store.review.decisions()[-1]["number"]
    ana.undo(number, "another flight")
    assert [p for p in store.merging.pinned() if p["kind"] == "must"] == []
    assert not ana.split(one, three, "another flight").together
    assert store.claim(one)["event"] != store.claim(three)["event"]
    with pytest.raises(Missing, match="that stands"):
        ana.undo(number, "once more")
    kinds = [row["kind"] for row in store.review.decisions()]
    assert kinds == ["merge", "undo", "split"]


def test_a_claim_is_taken_out_of_its_event(store: SqlStore) -> None:
    ana = Reviewer(store, "ana")
    one, two = id_of(store, "r1"), id_of(store, "r2")
    ana.merge(one, two, "one release")
    ana.apart(two, "another release")
    assert store.claim(one)["event"] != store.claim(two)["event"]


def test_the_latest_decision_holds(ana: Reviewer) -> None:
    name = id_of(ana.store, "r1")
    ana.reject(name, "no")
    held = latest_decisions(ana.store.review.decisions([name]))
    assert held[""]["kind"] == "reject"
    number = Reviewer(ana.store, "ben").confirm(name)
    held = latest_decisions(ana.store.review.decisions([name]))
    assert held.keys() == {"", *QUESTIONS} and held["type"]["reviewer"] == "ben"
    ana.undo(number, "ben was wrong")
    assert latest_decisions(ana.store.review.decisions([name]))[""]["kind"] == "reject"
    ana.judge(name, {"when": "2025-03"}, "the month alone")
    held = latest_decisions(ana.store.review.decisions([name]))
    assert held["when"]["answer"]["precision"] == "month" and "" not in held


def test_the_queue_has_what_is_doubtful_and_contradicted_first(ana: Reviewer) -> None:
    names = [row["record"]["report"] for row in ana.store.review.queue("ana", 9)]
    assert names[-1] == "r3"  # of one telling; the others contradict each other
    ana.confirm(id_of(ana.store, "r1"))
    names = [row["record"]["report"] for row in ana.store.review.queue("ana", 9)]
    assert names == ["r2", "r3"]
    assert len(ana.store.review.queue("ben", 9)) == 3


def test_an_added_claim_is_judged_like_any_other(ana: Reviewer) -> None:
    told = {"trigger": "freed", "type": "AID", "when": "2025-03-03"}
    name = ana.add("r1", told, "aid too")
    assert claim_of(ana.store, name)["when"]["precision"] == "day"
    with pytest.raises(Unread, match="already"):
        ana.add("r1", told, "aid too")
    with pytest.raises(Unread, match="does not stand"):
        ana.add("r1", {**told, "trigger": "bombed"}, "no")
    Reviewer(ana.store, "ben").judge(name, {"status": "planned"}, "not yet")
    with reviewed_copy(ana.store) as copy:
        assert copy.claim(name)["status"] == "planned"


@pytest.mark.parametrize("before", ["", "? ", "Rain fell. ", "Rain fell.\n"])
def test_the_clause_of_an_added_claim_is_its_sentence_alone(before: str) -> None:
    text = f"{before}Police freed two men. They left."
    at = text.index("freed")
    made = blank("r", text, {"text": "freed", "start": at, "end": at + 5})
    assert made["evidence"]["text"] == "Police freed two men"


def test_tokens_are_kept_hashed_and_can_be_taken_away(store: SqlStore) -> None:
    side = store.review
    token = side.add_reviewer("ana")
    assert side.who(token) == "ana" and side.who("x") == "" and side.may("ana")
    with store.reading() as to:
        kept = to.exec_driver_sql("SELECT token FROM reviewers").scalar()
    assert kept != token and len(kept) == 64
    assert side.add_reviewer("ana") != token and side.who(token) == ""
    side.revoke("ana")
    assert not side.may("ana")
    assert [line["what"] for line in side.audited()] == ["revoke", "token", "token"]
