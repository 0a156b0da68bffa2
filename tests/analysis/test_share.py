"""Claims travel without text and find their words again in other copies."""

import json
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.analysis.share import (
    Copies,
    Copy,
    read_shared,
    rehydrate_report,
    shared_lines,
    spans_of,
    write_shared,
)
from dateline.events.event_summaries import summarise
from dateline.model.record import claim_record
from dateline.store.errors import StoreError
from dateline.store.sql import Kept, SqlStore
from dateline.testing import MADE, REPORT, TEXT, sample

LONG = (
    f"LAKE CITY – {TEXT}\n\nThe pilots, who had been held since “early” February, were "
    "flown to Entebbe, the capital’s airport, and met by their families. A café owner "
    "said he had seen the convoy pass; officials in both capitals declined to comment "
    "on the terms, which were worked out over several weeks of quiet talks.\n"
)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    at = LONG.index(TEXT)
    report = replace(REPORT, id="x1", text=LONG, url="")
    claim = claim_record(replace(sample("x1"), event="e1"), TEXT)
    for span in spans_of(claim):
        if span["start"] is not None:
            span["start"], span["end"] = span["start"] + at, span["end"] + at
    with SqlStore(str(tmp_path / "s.db")) as kept:
        kept.save_all([Kept(report, [claim], ())], MADE)
        summarise(kept)
        assert write_shared(kept, tmp_path / "s.jsonl") == {"reports": 1, "claims": 1}
    return tmp_path / "s.jsonl"


def test_nobodys_words_are_shared(shared: Path) -> None:
    told = shared.read_text()
    for words in ("freed", "pilots", "Entebbe", "the army", "Pilots freed"):
        assert words not in told
    claim = json.loads(told)["claims"][0]
    assert (claim["type"], claim["actors"][0]["country"]) == ("RETREAT", "KEN")


@pytest.mark.parametrize(
    "copy",
    [
        LONG,
        "\n".join(textwrap.wrap(LONG, 50)),
        LONG.replace("\n", "\r\n").replace("“", '"').replace("”", '"'),
        LONG.encode("ascii", "replace").decode(),
        "ADVERTISEMENT Buy now.\n" + LONG.replace("’", "'"),
    ],
)
def test_other_copies_have_the_same_words(shared: Path, copy: str) -> None:
    copies = Copies(
        [Copy("other", "", "Something else entirely, of no lake at all."), Copy("mine", "", copy)]
    )
    joined = [rehydrate_report(told, copies) for told in read_shared(shared)]
    assert [(j.spans, j.met, j.missed) for j in joined] == [(joined[0].spans,) * 2 + ((),)]
    claim = joined[0].claims[0]
    assert joined[0].spans > 5
    assert " ".join(claim["evidence"]["text"].split()).startswith("Kenya freed two")
    at = claim["trigger"]
    assert copy[at["start"] : at["end"]] == at["text"] == "freed"


def test_what_does_not_fit_is_told(shared: Path, tmp_path: Path) -> None:
    told = next(read_shared(shared))
    assert rehydrate_report(told, Copies([])).why.startswith("no copy")
    rewritten = LONG.replace("freed", "released")
    joined = rehydrate_report(told, Copies([Copy("x1", "", rewritten)]))
    assert 0 < joined.met < joined.spans
    assert any(joined.missed)
    (tmp_path / "bad.jsonl").write_text('{"a": 1}\n')
    with pytest.raises(StoreError, match="no line of `dateline share`"):
        list(read_shared(tmp_path / "bad.jsonl"))


def test_lines_are_the_same_each_time(shared: Path, tmp_path: Path) -> None:
    with SqlStore(str(tmp_path / "s.db")) as kept:
        assert list(shared_lines(kept)) == [json.loads(shared.read_text())]
