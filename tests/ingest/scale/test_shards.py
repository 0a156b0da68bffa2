"""Shards: named by their contents, whole or not there, loss-free, resumed."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from dateline.ingest.run import one_by_one
from dateline.ingest.scale.cluster import code_shard
from dateline.ingest.scale.loading import load_shards_into
from dateline.ingest.scale.pool import options_to_travel
from dateline.ingest.scale.shards import Folder, packed, shards, unpack_shard
from dateline.model import Capture, Dating, LeftOut, Mark, Problem, Report, Span, Why, record
from dateline.model.coding import Coding
from dateline.model.record import claim_record, left_out_record
from dateline.pipeline.factory import Options, make_coder
from dateline.store.errors import StoreDamaged, StoreError
from dateline.store.provenance import Custody
from dateline.store.sql import Kept, SqlStore
from dateline.testing import REPORT, TEXT, sample
from tests.export.told import CLAIMS
from tests.ingest.scale.test_pool import LIGHT, made_up

MADE = LIGHT.made_by()


def test_a_record_becomes_the_claim_it_was_made_of() -> None:
    claim = sample()
    assert claim_record(record.revive_claim(claim_record(claim, TEXT)), TEXT) == claim_record(
        claim, TEXT
    )


def test_the_pattern_that_decided_is_revived() -> None:
    own = Why("actions.pattern.v1", None, "U1")
    told = claim_record(replace(sample(), why=(("what", own),)), TEXT)
    assert told["why"][0]["pattern"] == "U1"
    assert claim_record(record.revive_claim(told), TEXT) == told
    out = LeftOut("actions.forbidden.v1", Span(0, 5), "AID", "U2")
    assert record.revive_left_out(left_out_record(out)) == out


@pytest.mark.parametrize("name", [told["id"] for told in CLAIMS])
def test_every_kind_of_answer_is_revived(name: str) -> None:
    told = next(told for told in CLAIMS if told["id"] == name)
    again = claim_record(record.revive_claim(told), " " * 100)
    for part in ("actors", "recipients", "when", "where", "places", "quantities"):
        assert without_words(again[part]) == without_words(told[part]), part
    for part in ("said_by", "status", "mode", "score", "event", "why"):
        assert without_words(again[part]) == without_words(told[part]), part


def without_words(value: Any) -> Any:
    """What is left when the report's own words are taken out."""
    if isinstance(value, dict):
        return {
            k: without_words(v)
            for k, v in value.items()
            if k not in ("text", "name", "low", "best", "high")
        }
    return [without_words(each) for each in value] if isinstance(value, list) else value


def test_a_shard_gives_back_what_was_put_in() -> None:
    whole = replace(
        REPORT,
        published=datetime(2025, 3, 4, 9, 30),
        marks=(Mark("dateline", Span(0, 3)),),
        contributors=("Ana Roy",),
        capture=Capture(sha256="ab", found_at="x!y", offset=3, length=9),
    )
    dating = Dating(None, None, False, (Why("times.test.v1", Span(1, 2)),))
    refused = Problem("bad", "read", "unreadable", "x \0 \u202e", whole.capture)
    rest = (LeftOut("actions.unsure.v1", Span(4, 9), "AID"),)
    problems = (replace(refused, report_id="w"),)
    read = replace(sample(), sense=bytes(range(64)))
    coding = Coding(whole, dating, (read,), problems, 3, 1, rest)
    items = [(whole, coding), refused, (REPORT, refused)]
    back = list(unpack_shard(packed(items)))
    assert back[1:] == items[1:]
    report, found = back[0]
    assert report == whole
    assert (found.dating, found.problems, found.sentences) == (dating, coding.problems, 3)
    assert found.left_out == rest
    assert claim_record(found.claims[0], TEXT) == claim_record(sample(), TEXT)
    assert found.claims[0].sense == read.sense


def test_shards_are_named_by_what_is_in_them() -> None:
    reports = made_up(300)
    first = list(shards(reports, MADE, size=8))
    assert sum(len(shard.items) for shard in first) == 300
    assert len(first) > 15
    assert max(len(shard.items) for shard in first) <= 16
    assert [s.name for s in shards(reports, MADE, size=8)] == [s.name for s in first]
    other = {s.name for s in shards(reports, {**MADE, "version": "2"}, size=8)}
    assert not other & {s.name for s in first}
    more = {s.name for s in shards([Report("new", "x"), *reports], MADE, size=8)}
    assert len({s.name for s in first} - more) <= 3


@pytest.fixture(scope="module")
def coded() -> list[tuple[str, bytes, Any]]:
    """The shards of twelve reports and a problem."""
    items = [*made_up(12), Problem("bad", "read", "unreadable", "x")]
    parts = list(shards(items, MADE, size=4))
    return [(s.name, *code_shard(options_to_travel(LIGHT), s.items)) for s in parts]


@pytest.fixture
def folder(tmp_path: Path, coded: list[tuple[str, bytes, Any]]) -> Folder:
    """A folder of shards."""
    made = Folder(tmp_path / "out")
    made.open()
    for name, raw, line in coded:
        made.keep(name, raw, {**line, "made_by": MADE})
    return made


def test_loading_gives_the_record_of_one_process(folder: Folder, tmp_path: Path) -> None:
    plain = SqlStore(str(tmp_path / "plain.db"))
    for item, coding in one_by_one(make_coder(LIGHT))(made_up(12)):
        records = [claim_record(claim, item.text) for claim in coding.claims]
        rest = [left_out_record(each) for each in coding.left_out]
        told = coding.problems, coding.dating, coding.sentences, rest
        plain.save_all([Kept(item, records, *told)], MADE)
    loaded = SqlStore(str(tmp_path / "loaded.db"))
    for _ in range(2):  # the second time changes nothing
        found = load_shards_into(folder, loaded)
        list(found.run())
        count = found.ingest.count
        assert count["read"] == 13
        assert count["stored"] + count["rejected"] + count["duplicate"] == 13
        assert list(loaded.claims({})) == list(plain.claims({})) != []
        kept = [{**r, "run": ""} for r in loaded.reports()]
        assert kept == [{**r, "run": ""} for r in plain.reports()]
    assert [p["report"] for p in loaded.problems()] == ["bad"]
    loaded.close()
    plain.close()


def test_code_after_load_finds_all_done(tmp_path: Path, coded: Any) -> None:
    made_by = Options(actors=("mine.csv",)).made_by()  # tuples, which JSON has not
    folder = Folder(tmp_path / "out")
    folder.open()
    for name, raw, line in coded:
        folder.keep(name, raw, {**line, "made_by": made_by})
    store = SqlStore(str(tmp_path / "s.db"))
    list(load_shards_into(Folder(tmp_path / "out"), store).run())
    custody = Custody(store, made_by, {})
    assert {custody.known(report).standing for report in made_up(12)} == {"kept"}
    store.close()


def test_what_is_damaged_or_cut_is_told_or_passed_over(folder: Folder, tmp_path: Path) -> None:
    lines = list(folder.lines())
    manifest = folder.path / "manifest.jsonl"
    with manifest.open("a") as file:
        file.write('{"shard": "abc", "sha')  # a driver that was killed
    assert list(folder.lines()) == lines
    folder.keep("later", b"x", {"made_by": MADE})
    assert [line["shard"] for line in folder.lines()][-1] == "later"
    folder.file("later").unlink()
    assert list(folder.lines()) == lines
    folder.file(lines[0]["shard"]).write_bytes(b"other")
    with pytest.raises(StoreDamaged, match="scale again"):
        folder.read_shard(lines[0])
    manifest.write_text("no manifest\n")
    with pytest.raises(StoreError, match="no manifest's line"):
        list(folder.lines())
    with SqlStore(str(tmp_path / "s.db")) as store, pytest.raises(StoreError):
        load_shards_into(Folder(tmp_path / "empty"), store)


def test_a_manifest_line_tells_what_is_in_its_shard(folder: Folder) -> None:
    lines = list(folder.lines())
    assert sum(line["reports"] for line in lines) == 12
    assert sum(line["problems"] for line in lines) == 1
    assert all(json.dumps(line) for line in lines)


def loaded(folder: Folder, tmp_path: Path) -> tuple[Counter[str], dict[str, str]]:
    """Load a folder; return the counts and the problems by their places."""
    with SqlStore(str(tmp_path / "s.db")) as store:
        found = load_shards_into(folder, store)
        list(found.run())
        count = found.ingest.count
        ways = ("stored", "rejected", "quarantined", "duplicate")
        assert count["read"] == sum(count[way] for way in ways)
        told = {p["report"]: p["message"] for p in store.problems()}
    return count, {place: told[place] for place in told if place != "bad"}


def spoil(folder: Folder, line: int, change: Callable[[str], str]) -> None:
    """Change one line of a manifest."""
    path = folder.path / "manifest.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    lines[line] = change(lines[line])
    path.write_text("".join(lines))


def test_a_shard_that_is_gone_is_told_and_the_others_are_loaded(
    folder: Folder, tmp_path: Path
) -> None:
    first, second, *_ = folder.lines()
    raw = folder.file(first["shard"]).read_bytes()
    folder.file(first["shard"]).unlink()
    folder.file(second["shard"]).write_bytes(b"PAR1 no more")
    count, told = loaded(folder, tmp_path)
    assert count["stored"] == 12 - first["reports"] - second["reports"]
    assert count["rejected"] == 2 + 1
    gone, torn = (f"{folder.path}!{x['shard']}.parquet" for x in (first, second))
    assert f"gone, with {first['reports']} reports" in told[gone]
    assert "is damaged" in told[torn]
    folder.file(first["shard"]).write_bytes(raw)
    count, told = loaded(folder, tmp_path)
    assert count["stored"] == first["reports"] and list(told) == [torn]


@pytest.mark.parametrize(
    "change",
    [
        lambda words: words.replace('"sha256"', '"sha\x00256"'),
        lambda words: words.replace('{"shard": "', '{"shard": "x'),
        lambda words: words[:40] + "\n",
        lambda words: "no line\n",
        lambda words: "",
    ],
)
def test_a_damaged_line_of_a_manifest_loses_no_shard_without_a_word(
    folder: Folder, tmp_path: Path, change: Callable[[str], str]
) -> None:
    first = next(folder.lines())
    spoil(folder, 0, change)
    count, told = loaded(folder, tmp_path)
    assert count["stored"] == 12 - first["reports"]
    assert count["rejected"] > 1 and all("scale` again" in why for why in told.values())
    folder.keep(first["shard"], folder.file(first["shard"]).read_bytes(), first)
    count, told = loaded(folder, tmp_path)
    assert count["stored"] == first["reports"]


def test_a_crash_s_cut_line_is_no_loss_when_its_shard_was_coded_again(
    folder: Folder, tmp_path: Path
) -> None:
    first = next(folder.lines())
    spoil(folder, 0, lambda words: words[:30] + "\n" + words[:8] + "\n" + words)
    count, told = loaded(folder, tmp_path)
    assert count["stored"] == 12 and count["rejected"] == 1 and not told
    assert next(folder.lines()) == first


def test_a_manifest_leads_to_no_file_outside_its_folder(folder: Folder, tmp_path: Path) -> None:
    first = next(folder.lines())
    away = tmp_path / "away.parquet"
    away.write_bytes(folder.file(first["shard"]).read_bytes())
    spoil(folder, 0, lambda words: words.replace(first["shard"], "../away"))
    count, _ = loaded(folder, tmp_path)
    assert count["stored"] == 12 - first["reports"] and count["rejected"] > 1
