"""Filters over parties, places, words and how sure a claim or an event is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.events.event_summaries import join
from dateline.model import Claim
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore
from dateline.testing import MADE, party, sample
from dateline.testing import REPORT as PLAIN
from tests.claims import REPORT, actor, claim


@pytest.fixture
def store(where: str) -> Iterator[SqlStore]:
    """A release by Kenya, one by Uganda, a pact of both, and what Kenya did alone."""
    kenya, uganda = actor("Kenya", "KEN", "GOV"), actor("two Ugandan pilots", "UGA")
    sides = ((kenya,), (uganda,)), ((uganda,), (kenya,)), ((kenya, uganda), ())
    rows = [
        of(f"r{n}", actors, recipients, 0.5 + n / 10)
        for n, (actors, recipients) in enumerate((*sides, ((kenya,), ())))
    ]
    with SqlStore(where) as kept:
        for row in rows:
            kept.save(replace(REPORT, id=row.report_id), [row], [], MADE)
        yield kept


def of(report: str, actors: tuple, recipients: tuple, sure: float) -> Claim:
    made = claim(report=report)
    action = replace(made.action, sure=sure)
    more = {"actors": actors, "recipients": recipients, "event": report}
    return replace(made, action=action, **more)


def told(store: SqlStore, **where: str) -> list[str]:
    return [claim["report"] for claim in store.claims(where)]


def test_two_parties_are_found_whoever_acts_and_where_both_act(store: SqlStore) -> None:
    assert told(store, between="KEN,UGA") == ["r0", "r1", "r2"]
    assert told(store, between="UGA, KEN") == ["r0", "r1", "r2"]
    assert told(store, between="Kenya,Ugandan") == ["r0", "r1", "r2"]
    assert told(store, between="KEN,KEN") == told(store, between="KEN,TZA") == []


def test_claims_are_as_sure_as_is_asked(store: SqlStore) -> None:
    assert told(store, sure="0.7") == ["r2", "r3"]
    assert told(store, between="KEN,UGA", sure=".6") == ["r1", "r2"]


@pytest.mark.parametrize(
    ("name", "value"), [("sure", "2"), ("sure", "very"), ("sure", "nan"), ("between", "KEN")]
)
def test_a_wrong_value_is_told(store: SqlStore, name: str, value: str) -> None:
    with pytest.raises(StoreError, match=f"--{name}"):
        told(store, **{name: value})


def test_an_event_of_one_claim_that_passes_is_given_whole(store: SqlStore) -> None:
    join(store)
    some = store.claims_and_heads({"actor": "UGA"}, by_event=True)
    events = {claim["event"] for claim, _ in some}
    every = {c["report"] for c in store.claims({}) if c["event"] in events}
    some = store.claims_and_heads({"actor": "UGA"}, by_event=True)
    assert {claim["report"] for claim, _ in some} == every


def test_words_of_the_evidence_are_found_before_a_character_no_server_keeps(
    store: SqlStore,
) -> None:
    row = of("odd", (actor("Kenya", "KEN"),), (), 0.5)
    at = row.action.evidence
    text = f"{REPORT.text[: at.end - 3]}\0{REPORT.text[at.end - 2 :]}"
    store.save(replace(REPORT, id="odd", text=text), [row], [], MADE)
    assert "odd" in told(store, text=text[at.start : at.end - 3].upper())
    (kept,) = store.claims({"report": "odd"})
    assert kept["evidence"]["text"] == text[at.start : at.end]


def test_a_part_of_a_state_is_asked_for_under_the_state(tmp_path: Path) -> None:
    claim = sample()
    china = party("Kenya", "CHN", "GOV")
    told = replace(claim, where=replace(claim.where, country="CHN"), actors=(china,))
    with SqlStore(str(tmp_path / "s.db")) as store:
        store.save(PLAIN, [told], [], MADE)
        for code in ("CHN", "HKG", "mac"):
            assert len(list(store.claims({"country": code}))) == 1
        assert len(list(store.claims({"actor": "HKG"}))) == 1
        assert not list(store.claims({"country": "NCL"}))
        with pytest.raises(StoreError, match="there are AFG") as error:
            list(store.claims({"country": "ZZZ"}))
    assert "HKG" not in str(error.value)
