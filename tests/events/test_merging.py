"""Merging in a store: incremental, explained, pinned, corrected."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline.events.cross_document import MOST
from dateline.events.event_detail import dossier, event_lines
from dateline.events.explain_merge import verdict
from dateline.events.merging import merge_store, remerge
from dateline.extract.event_coref.pair_scorer import LONG
from dateline.model import Attribution, Claim, Report, Span, Why
from dateline.store.sql import SqlStore
from tests.claims import REPORT, TEXT, claim

MADE = {"version": "1", "codebook": "plover"}
LATER = f"{TEXT[: TEXT.index(',')]}, a lawyer in Kampala said late on Tuesday."


def report(name: str, outlet: str, text: str = TEXT, **more: Any) -> Report:
    return replace(REPORT, id=name, outlet=outlet, text=text, **more)


def told(name: str, deed: str = "RETREAT") -> Claim:
    made = claim(deed, report=name)
    return replace(made, event=f"event-of-{name}-{deed}"[:32])


def save(store: SqlStore, *reports: Report, deed: str = "RETREAT") -> None:
    for one in reports:
        store.save(one, [told(one.id, deed)], [], MADE)


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return SqlStore(str(tmp_path / "s.db"))


@pytest.fixture
def three(store: SqlStore) -> SqlStore:
    save(
        store,
        report("a", "Northern Wire"),
        report("b", "Civic Herald"),
        report("c", "Harbour Times", LATER, published=date(2025, 3, 5)),
    )
    merge_store(store)
    return store


def events(store: SqlStore) -> set[frozenset[str]]:
    return {frozenset(e["reports"]) for e in event_lines(store)}


def test_three_reports_of_one_happening_are_one_event(three: SqlStore) -> None:
    (found,) = event_lines(three)
    assert found["reports"] == ["a", "b", "c"]
    assert (found["outlets"], found["first_told"]) == (3, "2025-03-04")
    assert found["last_told"] == "2025-03-05"
    assert {c["event"] for c in three.claims({})} == {found["event"]}


def test_one_speaker_relayed_by_three_outlets_is_one_origin(three: SqlStore) -> None:
    (found,) = event_lines(three)
    assert found["origins"] == 1


def test_copy_that_sixty_outlets_run_is_one_origin_also_when_merged_again(store: SqlStore) -> None:
    plain = TEXT.replace(", the army said", "")
    more = "They had strayed over the lake in fog and were held for nine days in a hangar"
    for n in range(60):
        text = f"{plain} {more} near the border. Read more in Paper {n}."
        one = report(f"r{n:02d}", f"Paper {n}", text)
        made = replace(told(one.id), attribution=Attribution((), Why("none.v1")))
        store.save(one, [made], [], MADE)
    merge_store(store)
    assert [(e["outlets"], e["origins"]) for e in event_lines(store)] == [(60, 1)]
    merge_store(store, again=True)
    assert [(e["outlets"], e["origins"]) for e in event_lines(store)] == [(60, 1)]


@pytest.mark.parametrize("order", ["abc", "cab", "bca"])
def test_the_order_of_arrival_gives_the_same_events(tmp_path: Path, order: str) -> None:
    made = {
        "a": report("a", "Northern Wire"),
        "b": report("b", "Civic Herald"),
        "c": report("c", "Harbour Times", LATER),
    }
    one, other = (SqlStore(str(tmp_path / f"{n}.db")) for n in ("one", "all"))
    for name in order:
        save(one, made[name])
        merge_store(one)
    save(other, *made.values())
    merge_store(other)
    line = lambda s: [(e["event"], e["reports"]) for e in event_lines(s)]  # noqa: E731
    assert line(one) == line(other)


def test_merging_again_changes_nothing(three: SqlStore) -> None:
    before = list(event_lines(three))
    assert merge_store(three).reports == 0
    merge_store(three, again=True)
    assert list(event_lines(three)) == before


def test_a_split_by_hand_holds_in_every_later_run(three: SqlStore) -> None:
    one, other = (c for c in three.claims({}) if c["report"] in "ac")
    three.merging.pin(one["id"], other["id"], "never")
    remerge(three, [one, other])
    assert len(events(three)) == 2
    merge_store(three, again=True)
    assert len(events(three)) == 2
    assert verdict(three, one, other)[1] == "they are two"
    page = dossier(three, three.claim(one["id"])["event"])
    assert any(row["what"] == "split" for row in page["history"])
    assert any("held apart" in row["detail"] for row in page["history"])
    three.merging.pin(one["id"], other["id"], "")
    remerge(three, [one, other])
    assert len(events(three)) == 1


def test_a_pin_joins_what_the_score_would_not(store: SqlStore) -> None:
    save(store, report("a", "Northern Wire"))
    save(store, report("b", "Civic Herald", LATER), deed="ACCUSE")
    merge_store(store)
    assert len(events(store)) == 2
    one, other = store.claims({})
    store.merging.pin(one["id"], other["id"], "must")
    remerge(store, [one, other])
    assert events(store) == {frozenset("ab")}


def test_a_pin_holds_though_the_days_lie_far_apart(three: SqlStore) -> None:
    when = replace(claim().when, first=date(2025, 4, 1), last=date(2025, 4, 1))
    late = replace(told("late", "CONSULT"), when=when)
    three.save(report("late", "Plains Gazette"), [late], [], MADE)
    merge_store(three)
    one, other = (next(three.claims({"report": r})) for r in ("a", "late"))
    three.merging.pin(one["id"], other["id"], "must")
    remerge(three, [one, other])
    assert events(three) == {frozenset(("a", "b", "c", "late"))}
    merge_store(three, again=True)
    assert events(three) == {frozenset(("a", "b", "c", "late"))}


def test_a_merge_is_explained_by_its_claims(three: SqlStore) -> None:
    one, other = (c for c in three.claims({}) if c["report"] in "ac")
    judged, pinned = verdict(three, one, other)
    assert pinned == ""
    assert {"same deed", "same days"} <= set(judged.together)


def test_a_new_text_under_an_old_id_supersedes_and_is_told(three: SqlStore) -> None:
    save(three, report("a", "Northern Wire", LATER))
    done = merge_store(three)
    assert done.versions == 1
    (found,) = event_lines(three)
    assert len(found["claims"]) == 3
    page = dossier(three, found["event"])
    assert [t["report"] for t in page["tellings"] if t["superseded"]] == ["a"]
    assert any("the same id with another text" in r["detail"] for r in page["history"])


def test_a_correction_under_another_id_takes_the_place(store: SqlStore) -> None:
    save(store, report("a", "Northern Wire"))
    merge_store(store)
    fixed = report("b", "Northern Wire", f"CORRECTION: {TEXT}")
    save(store, fixed)
    assert merge_store(store).versions == 1
    assert [e["reports"] for e in event_lines(store)] == [["b"]]


@pytest.mark.parametrize("order", ["zb", "bz"])
@pytest.mark.parametrize("newer", ["z", "b"])
def test_two_texts_at_one_address_never_replace_each_other(
    tmp_path: Path, order: str, newer: str
) -> None:
    """Whichever id or arrival comes first, the text of the later hour stays."""
    wire = ("Harbour Times", "https://harbour.example/1")
    made = {
        name: replace(
            report(name, wire[0], text),
            url=wire[1],
            published=datetime(2025, 3, 4, 14 if name == newer else 8, tzinfo=UTC),
        )
        for name, text in (("z", TEXT), ("b", LATER))
    }
    at_once, one = (SqlStore(str(tmp_path / f"{n}.db")) for n in ("all", "one"))
    save(at_once, *made.values())
    merge_store(at_once)
    for name in order:
        save(one, made[name])
        merge_store(one)
    assert events(at_once) == events(one) == {frozenset((newer,))}


def test_a_correction_may_arrive_before_what_it_corrects(store: SqlStore) -> None:
    first = report("m", "Harbour Times")
    fixed = report("a", "Harbour Times", f"CORRECTION: name of capital\n\n{LATER}")
    save(store, replace(fixed, published=date(2025, 3, 5)))
    merge_store(store)
    save(store, first)
    merge_store(store)
    (found,) = event_lines(store)
    assert found["reports"] == ["a"]
    told = [h["detail"] for h in dossier(store, found["event"])["history"]]
    assert any(line.startswith("a takes the place of m") for line in told)


def test_one_report_twice_is_kept_once(three: SqlStore) -> None:
    save(three, report("a", "Northern Wire"))
    assert merge_store(three).reports == 0
    (found,) = event_lines(three)
    assert len(found["claims"]) == 3


def test_an_old_name_still_finds_its_event(three: SqlStore) -> None:
    (found,) = event_lines(three)
    for name in "abc":
        assert three.merging.event_names(f"event-of-{name}-RETREAT") == [found["event"]]


def fights(store: SqlStore, days: list[date]) -> None:
    """Keep a report of each day, each of another outlet, with a fight of one dyad.

    They fight for seven towns, in other words each time.
    """
    for number, day in enumerate(days):
        name, town = f"r{number:03}", number % 7
        text = f"{TEXT} {number} men of post {town} fell."
        made = claim("ASSAULT", report=name)
        where: dict[str, Any] = {
            "name": f"Post {town}",
            "precision": "city",
            "lat": 0.0,
            "lon": town,
        }
        made = replace(
            made,
            action=replace(made.action, evidence=Span(0, len(text))),
            event=f"event-of-{name}",
            when=replace(made.when, first=day, last=day),
            where=replace(made.where, **where),
        )
        kept = report(name, f"Outlet {number}", text, published=day)
        store.save(kept, [made], [], MADE)


def members(store: SqlStore) -> dict[str, list[str]]:
    """Return the days of the claims of each event."""
    found: dict[str, list[str]] = {}
    for told_of in store.claims({}):
        found.setdefault(told_of["event"], []).append(told_of["when"]["from"])
    return found


def lines_of(store: SqlStore, what: str) -> list[str]:
    """Return the events whose history tells something, once for each line."""
    told_of = store.merging.history(list(members(store)))
    return [row["event"] for row in told_of if row["what"] == what]


def test_a_war_of_one_day_is_bounded_and_its_events_say_so_once(store: SqlStore) -> None:
    days = [date(2025, 3, 3)] * 150
    fights(store, days)
    merge_store(store)
    first = members(store)
    assert sum(map(len, first.values())) == 150
    assert len(first) >= 7
    assert max(map(len, first.values())) <= MOST
    assert sorted(lines_of(store, "bounded")) == sorted(first)
    merge_store(store, again=True)
    assert members(store) == first
    assert sorted(lines_of(store, "bounded")) == sorted(first)


def test_a_story_that_runs_for_a_year_is_no_chain(store: SqlStore) -> None:
    days = [date(2024, 1, 1) + timedelta(days=3 * n) for n in range(122)]
    fights(store, days[:-2])
    merge_store(store)
    fights(store, days)
    merge_store(store)
    found = members(store)
    assert sum(map(len, found.values())) == 122
    for told_on in found.values():
        first, last = min(told_on), max(told_on)
        assert (date.fromisoformat(last) - date.fromisoformat(first)).days <= LONG
