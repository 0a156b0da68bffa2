import random
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.events import near_duplicates as relayed
from dateline.events.merging import merge_store
from dateline.events.text_reuse import (
    LEAST,
    Copies,
    Edition,
    compare_texts,
    copies,
    cut_words,
    names_itself,
    supersedes,
)
from dateline.model import Report
from dateline.store.sql import SqlStore
from tests.events.story import reports

EXAMPLES = Path(__file__).parents[2] / "examples"
LOCAL = (
    "The mayor of our own town said that the library would stay open on Sunday and"
    " that volunteers could still put their names down at the desk by the door"
).split()


def texts() -> dict[str, str]:
    found = {p.name: p.read_text("utf-8") for p in sorted(EXAMPLES.glob("*.txt"))}
    return {name: text for name, text in found.items() if len(cut_words(text).words) > 60}


def half(text: str, first: bool) -> str:
    middle = text.index(" ", len(text) // 2)
    return text[:middle] if first else text[middle:]


def local(text: str) -> str:
    """A paragraph that no other outlet has: our words in an order of its own."""
    words = LOCAL.copy()
    random.Random(text).shuffle(words)
    return f"\n\n{' '.join(words)}.\n"


def edited(text: str) -> str:
    chance = random.Random(0)
    return " ".join("thing" if chance.random() < 0.05 else word for word in text.split(" "))


def shuffled(text: str) -> str:
    parts = [p for p in text.split("\n") if p.strip()]
    random.Random(0).shuffle(parts)
    return "\n".join(parts)


MADE = {
    "cut tail": lambda t: half(t, True),
    "cut head": lambda t: half(t, False),
    "new lead": lambda t: "A day of news from abroad ended badly for many.\n\n" + half(t, False),
    "local paragraph": lambda t: half(t, True) + local(t),
    "edits": edited,
    "shuffled": shuffled,
}


@pytest.mark.parametrize("how", MADE)
def test_a_copy_is_found_however_it_was_made(how: str) -> None:
    given = texts()
    rows = [*given.items(), *((f"{n} copy", MADE[how](t)) for n, t in given.items())]
    found = {(c.a, c.b) for c in copies(rows)}
    wanted = {(n, f"{n} copy") for n in given}
    assert len(wanted & found) >= 0.95 * len(wanted)
    assert found <= wanted


def test_a_store_finds_the_same_and_lays_few_texts_side_by_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid = []

    def counted(one: tuple[str, str], two: tuple[str, str]) -> object:
        laid.append({one[0], two[0]})
        return compare_texts(one, two)

    monkeypatch.setattr(relayed, "compare_texts", counted)
    given = texts()
    rows = [*given.items(), *((f"{n} copy", half(t, True)) for n, t in given.items())]
    store = SqlStore(str(tmp_path / "s.db"))
    for name, text in rows:
        store.save(Report(name, text), [], [], {"version": "1", "codebook": "plover"})
    merge_store(store)
    kept = store.merging.copies([name for name, _ in rows])
    assert {(c["a"], c["b"]) for c in kept} == {(c.a, c.b) for c in copies(rows)}
    assert len(kept) >= 0.95 * len(given)
    assert len(laid) <= 2.5 * len(given)  # each pair of a copy is met from both sides


def test_a_short_report_that_a_long_one_quotes_in_part_shares_copy() -> None:
    told = " ".join(text for text in texts().values()).split()
    short, long = told[:180], [*told[90:180], *told[400:1400]]
    (found,) = copies([("short", " ".join(short)), ("long", " ".join(long))])
    assert 0.45 <= found.shared <= 0.6


def test_unrelated_stories_share_nothing() -> None:
    assert copies(texts().items()) == []


def test_the_shared_passages_are_the_evidence() -> None:
    by_id = {r["id"]: r["text"] for r in reports()}
    found = {(c.a, c.b): c for c in copies(by_id.items())}
    assert {("r01", "r02"), ("r01", "r03"), ("r09", "r10")} <= set(found)
    copy = found["r01", "r02"]
    assert copy.shared >= LEAST
    for one, other in copy.passages:
        assert cut_words(one.of(by_id["r01"])).words == cut_words(other.of(by_id["r02"])).words


def test_reports_that_come_later_are_held_against_all_before() -> None:
    rows = [(r["id"], r["text"]) for r in reports()]
    met = Copies()
    step = [copy for row in rows for copy in met.add([row])]
    assert sorted(step, key=lambda c: (c.a, c.b)) == copies(rows)


def test_one_report_twice_is_no_copy_of_itself() -> None:
    one = next(iter(texts().items()))
    assert copies([one, one]) == []


OLD = Edition("a", "Harbour Times", "", "Bomb kills 12 in market", 100)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("CORRECTION: Toll in market blast was 12", "correction"),
        ("Corrected: Toll in market blast was 12", "correction"),
        ("Market blast (Corrects date in second paragraph)", "correction"),
        ("UPDATE 2 - Market blast kills 15", "update"),
        ("Market blast kills 15 - 2nd lead", "update"),
        ("Police update citizens on blast", ""),
        ("House of correction burns", ""),
        ("Leaders take the lead in talks", ""),
    ],
)
def test_a_later_version_names_itself(head: str, kind: str) -> None:
    assert names_itself(head) == kind


def test_the_same_id_or_address_with_another_text_is_a_new_version() -> None:
    assert "same id" in supersedes(OLD, OLD, 0.0)
    here = replace(OLD, url="https://harbour.example/1")
    assert "same address" in supersedes(replace(here, report="b"), here, 0.0)


def test_a_correction_takes_the_place_of_what_it_copies() -> None:
    new = replace(OLD, report="b", head="CORRECTION: Bomb kills 11", day=101)
    assert supersedes(new, OLD, 0.8).startswith("correction")
    assert supersedes(new, OLD, 0.1) == ""
    assert supersedes(replace(new, outlet="Civic Herald"), OLD, 0.8) == ""
    assert supersedes(replace(new, day=140), OLD, 0.8) == ""
    assert supersedes(replace(OLD, report="b"), OLD, 0.9) == ""


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("Bomb kills 12 in market", "Bomb kills 15 in market - 2nd lead"),
        ("Bomb kills 15 in market - 2nd lead", "Bomb kills 18 in market - 3rd lead"),
        ("UPDATE 1 - Bomb kills 12", "UPDATE 2 - Bomb kills 15"),
    ],
)
def test_leads_of_one_day_follow_each_other_by_their_number(older: str, newer: str) -> None:
    old, new = replace(OLD, head=older), replace(OLD, report="b", head=newer)
    assert supersedes(new, old, 0.8).startswith("update")
    assert supersedes(old, new, 0.8) == ""
