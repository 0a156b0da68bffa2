"""People: marked by rule, masked, forgotten."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.analysis.people import list_people, mask_claim, masked_forms, place_person
from dateline.events.event_summaries import join, summarise
from dateline.events.merging import unpacked_story
from dateline.extract.event_coref.lexicon import load_merge_lexicon
from dateline.model import Capture
from dateline.store import maintenance as upkeep
from dateline.store.errors import Missing
from dateline.store.maintenance import forget_person, names_back
from dateline.store.provenance import Custody, captures
from dateline.store.records import report_key
from dateline.store.saved_searches import list_searches, save_search
from dateline.store.sql import Kept, SqlStore
from dateline.testing import MADE, REPORT
from tests.analysis.made import Told, claim_of, make_store
from tests.command import run

PEOPLE = [
    ("Ann Poe", "actors", "PROTEST", ["CVL"], None, "private"),
    ("Ann Poe", "recipients", "COERCE", ["CVL"], None, "victim"),
    ("Ann Poe, aged 12", "actors", "PROTEST", ["CVL"], None, "minor"),
    ("Minister Ann Poe", "recipients", "ASSAULT", ["GOV"], None, "official"),
    ("Opposition leader Ann Poe", "actors", "ACCUSE", ["OPP"], None, "public"),
    ("Ann Poe", "actors", "ACCUSE", ["CVL"], "person:ann-poe", "public"),
    ("National Lake Army", "actors", "ASSAULT", ["REB"], "armed-group:nla", ""),
    ("two pilots", "recipients", "ASSAULT", ["CVL"], None, ""),
]


@pytest.mark.parametrize(("name", "side", "deed", "sector", "entity", "kind"), PEOPLE)
def test_standing(
    name: str, side: str, deed: str, sector: list[str], entity: str | None, kind: str
) -> None:
    who = {"name": name, "text": name, "sector": sector, "entity": entity}
    found = place_person(who, side, deed)
    assert found.kind == kind
    assert found.rule.startswith("people.")


def named(told: Told, sector: str = "CVL") -> dict[str, Any]:
    claim = claim_of(told, 0)
    claim["actors"][0]["sector"] = [sector]
    claim["evidence"] = {**claim["evidence"], "text": f"{told.name} freed them"}
    return claim


def test_private_names_are_masked_wherever_they_stand() -> None:
    claim = named(Told("e1", name="Ann Poe"))
    masked = mask_claim(claim)
    assert masked["actors"][0]["name"] == "[private]"
    assert masked["evidence"]["text"] == "[private] freed them"
    assert mask_claim(named(Told("e1", name="Ann Poe"), "GOV"))["actors"][0]["name"] == "Ann Poe"


def test_a_surname_alone_is_masked_and_what_only_has_its_letters_is_not() -> None:
    claim = named(Told("e1", name="Ann Poe"))
    told = "Mr Poe, of Poehler Street, and Robert Poe"
    claim["evidence"]["text"] = f"{told} freed them"
    claim["where"] = {"name": "Poe", "text": "Poe"}
    claim["actors"].append({**claim["actors"][0], "text": "Poe"})
    masked = mask_claim(claim)
    assert (
        masked["evidence"]["text"] == "Mr [private], of Poehler Street, and Robert Poe freed them"
    )
    assert masked["where"]["name"] == "Poe"  # a place
    assert [who["text"] for who in masked["actors"]] == ["[private]", "[private]"]
    assert masked["id"] == claim["id"]


def test_who_is_known_elsewhere_in_a_report_is_not_masked() -> None:
    private = named(Told("e1", name="Ann Poe"))
    official = named(Told("e1", name="Minister Ann Poe"), "GOV")
    assert masked_forms([private]) == {"Ann Poe": "private", "Poe": "private"}
    assert masked_forms([private, official]) == {}


def test_exports_mask_private_people_unless_asked_for_them(tmp_path: Path) -> None:
    where = str(tmp_path / "s.db")
    with SqlStore(where) as kept:
        report = replace(REPORT, id="r1", text=TEXT, title="Ann Poe is free")
        kept.save_all([Kept(report, [named(Told("e1", name="Ann Poe"))], ())], MADE)
        summarise(kept)
    files = [("jsonl", of) for of in ("claims", "events", "reports")]
    files += [("csv", "claims"), ("csv", "events"), ("geojson", "events")]
    files += [(name, "events") for name in ("ftm", "plover", "eventreport", "acled")]
    for name, of in files:
        told = []
        for more in ((), ("--names",)):
            words = ("--format", name, "--of", of, "--out", "x", "--store", "s.db")
            done = run(tmp_path, "export", *words, *more)
            assert done.returncode == 0, done.stderr
            told.append((tmp_path / "x").read_text())
            assert ("1 names of private people" in done.stderr) == (not more)
        assert "Poe" not in told[0].replace("Poehler", ""), (name, of)
        assert len(told[0].splitlines()) == len(told[1].splitlines())
    done = run(tmp_path, "export", "--format", "jsonl", "--of", "reports", "--out", "x")
    assert done.returncode == 2  # no store named: nothing is made up
    run(tmp_path, "export", "--format=jsonl", "--of=reports", "--out=x", "--store=s.db")
    text = json.loads((tmp_path / "x").read_text())["text"]
    assert text.startswith("Kenya freed ███ ███ on Monday. ███ said")
    assert len(text) == len(TEXT)  # offsets hold


def test_people_of_a_store_are_listed(tmp_path: Path) -> None:
    with make_store(tmp_path, [Told("e1", name="Ann Poe"), Told("e2", "r2")]) as kept:
        assert [(r["name"], r["kind"], r["claims"]) for r in list_people(kept)] == [
            ("Ann Poe", "official", 1)
        ]


TEXT = "Kenya freed Ann Poe on Monday. Poe said little; Anna Poehler was not there."


def test_a_person_is_forgotten_everywhere(tmp_path: Path) -> None:
    file = tmp_path / "s.db"
    with SqlStore(str(file)) as kept:
        report = replace(REPORT, id="r1", text=TEXT, title="Ann  Poe is free")
        claim = named(Told("e1", name="Ann Poe"))
        kept.save_all([Kept(report, [claim], (), sentences=1)], MADE)
        summarise(kept)
        kept.review.note("x", "note", "asked by Ann Poe")
        assert len(kept.search("Poe")) == 1
        done = forget_person(kept, "Ann Poe", "on request")
        assert (done.reports, done.claims, done.other) == (1, 1, 1)
        summarise(kept)
        upkeep.compact_store(kept)
        told = kept.report("r1")
        assert told["text"] == TEXT.replace("Ann Poe", "███ ███").replace("Poe said", "███ said")
        assert kept.search("Poe") == []
        assert upkeep.find_store_faults(kept) == [
            f for f in upkeep.find_store_faults(kept) if "evidence" in f or "trigger" in f
        ]
        assert any("forget" in row["what"] for row in kept.review.audited())
        assert names_back(kept) == set()
        with pytest.raises(Missing, match="nothing in"):
            forget_person(kept, "Ann Poe")
        kept.save_all([Kept(replace(report, id="r2"), [], ())], MADE)
        assert names_back(kept) == {"Ann Poe"}
        forget_person(kept, "Ann Poe")
        upkeep.compact_store(kept)
    raw = file.read_bytes()
    assert b"Ann Poe" not in raw
    assert b"Anna Poehler" in raw


def test_what_merging_keeps_and_where_it_was_found_is_forgotten(tmp_path: Path) -> None:
    with SqlStore(str(tmp_path / "s.db")) as kept:
        url = "https://example.org/ann-poe-is-free"
        capture = Capture("ab", url, "2025-03-04T08:00:00Z", "cd", url=url)
        report = replace(REPORT, id="r1", text=TEXT, title="", url=url)
        report = replace(report, capture=capture)
        kept.save_all([Kept(report, [named(Told("e1", name="Ann Poe"))], ())], MADE)
        Custody(kept, MADE, {}).keep([(report, report_key("r1", TEXT))])
        save_search(kept, "about Ann Poe", {"actor": "Ann Poe"}, "x")
        join(kept)
        ann, poe, anna = map(load_merge_lexicon().number, ("ann", "poe", "anna"))
        assert poe in stories(kept)[0]
        forget_person(kept, "Ann Poe")
        assert not {ann, poe} & stories(kept)[0]
        (found,) = captures(kept)
        assert found["found_at"] == "https://example.org/███-███-is-free"
        (search,) = list_searches(kept)
        assert (search["name"], search["asked"]) == ("about ███ ███", {"actor": "███ ███"})
        assert join(kept).reports == 1  # compared by what its words are now
        assert anna in stories(kept)[0]


def stories(store: SqlStore) -> list[set[int]]:
    """Return the words by which merging knows what each report is about, as numbers."""
    keys = store.merging.items([report_key("r1", TEXT)])
    packed = store.merging.stories([row["key"] for row in keys])
    return [set(unpacked_story(some).words[0].tolist()) for some in packed.values()]
