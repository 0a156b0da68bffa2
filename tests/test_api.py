"""The Python API, as the docs show it."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import dateline
from dateline.model import Problem
from dateline.resources.plugins import MissingPart
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore
from dateline.testing import MADE, REPORT, sample

SAID = "Kenya expelled two Ugandan diplomats on Monday, the foreign minister said."


@pytest.fixture(scope="module")
def coder() -> dateline.Coder:
    return dateline.load()


def test_two_lines_give_a_frame(coder: dateline.Coder) -> None:
    frame = coder.code(SAID, published="2025-03-04", outlet="Lake Daily").to_frame()
    assert len(frame) >= 1
    first = frame.iloc[0]
    assert (first["actor_countries"], first["recipient_countries"]) == ("KEN", "UGA")
    assert str(first["when_from"].date()) == "2025-03-03"
    assert (first["outlet"], str(first["published"].date())) == ("Lake Daily", "2025-03-04")


def test_claims_are_records_and_attributes(coder: dateline.Coder) -> None:
    coding = coder.code(SAID, published=date(2025, 3, 4))
    claim = coding.claims[0]
    assert claim["type"] == claim.type
    assert claim.actors[0].country == "KEN"
    assert json.loads(json.dumps(claim)) == claim
    assert coding.problems == ()
    assert "<td>" in coding._repr_html_()
    assert coding.to_polars().height == len(coding.claims)


def test_what_cannot_be_coded_is_a_problem(coder: dateline.Coder) -> None:
    coding = coder.code("!!! ???")
    assert (coding.claims, coding.problems[0].code) == ([], "not_a_report")
    assert len(coding.to_frame()) == 0
    with pytest.raises(ValueError, match="Monday"):
        coder.code(SAID, published="Monday")


def test_many_texts_come_out_in_order(coder: dateline.Coder) -> None:
    codings = list(coder.code_all([SAID, "", SAID]))
    assert [len(c.claims) > 0 for c in codings] == [True, False, True]


def test_a_store_gives_tables(tmp_path: Path) -> None:
    where = str(tmp_path / "s.db")
    with SqlStore(where) as kept:
        kept.save(REPORT, [sample()], [], MADE)
    with dateline.open(where) as store:
        events = store.events(actor="KEN")
        assert len(events) == 1
        frame = events.to_pandas()
        assert (frame["recipient_countries"][0], frame["origins"][0]) == ("UGA", 1)
        assert events.to_polars()["when_from"].to_list() == [date(2025, 3, 3)]
        assert len(store.events(actor="UGA")) == 0
        assert store.events(actor="UGA").to_pandas().empty
        assert next(iter(store.claims())).said_by == "the army"
        assert len(store.reports()) == 1
        assert list(store.reports()[0]) == store.reports().columns
        assert store.search("pilots")[0].id == REPORT.id
        assert store.query("SELECT count(*) AS n FROM claims")[0].n == 1
        with pytest.warns(UserWarning, match="only the first 1 rows"):
            assert len(store.query("VALUES (1), (2)", rows=1)) == 1
        assert store.records()[0].trigger.text == "freed"
        with pytest.raises(StoreError, match="no type 'NONE'"):
            len(store.claims(type="NONE"))
    with pytest.raises(StoreError, match="no store at"):
        dateline.open(str(tmp_path / "none.db"))


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.export import tables

    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingPart, match=r"\.\[analysis\]"):
        tables.require_library("polars")


def test_importing_dateline_loads_nothing() -> None:
    code = "import sys, dateline; print(len(sys.modules), 'spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    count, heavy = done.stdout.split()
    assert (int(count) < 300, heavy) == (True, "False")
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        dateline.nothing  # noqa: B018


RUN = """
import sys
import nbformat
from nbclient import NotebookClient
shown = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(shown, timeout=240, kernel_name="python3").execute()
nbformat.write(shown, sys.argv[2])
"""


@pytest.mark.slow
def test_the_example_notebook_runs_and_plots(tmp_path: Path) -> None:
    given = Path(__file__).parents[1] / "examples" / "dyad.ipynb"
    out = tmp_path / "dyad.ipynb"
    env = {**os.environ, "PYDEVD_DISABLE_FILE_VALIDATION": "1", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(given), str(out)],
        capture_output=True,
        text=True,
        check=False,
        env=env,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    cells = json.loads(out.read_text(encoding="utf-8"))["cells"]
    told = [output for cell in cells for output in cell.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in told)
    assert {"conflict_score", "cooperation_score"} <= set(
        json.dumps(told).replace('"', " ").replace("\\n", " ").split()
    )
    code = "".join(line for cell in cells for line in cell["source"])
    assert "dateline.store" not in code  # it uses what the docs tell of, no more


def test_filters_are_words_lists_and_days(tmp_path: Path) -> None:
    with SqlStore(str(tmp_path / "s.db")) as made:
        made.save(REPORT, [sample()], [], MADE)
    with dateline.open(str(tmp_path / "s.db")) as kept:
        assert len(kept.claims(type=["AID", "RETREAT"], actor=None)) == 1
        assert len(kept.events(since=date(1900, 1, 1))) == 1
        assert kept.claims()[0].type == "RETREAT"
        with pytest.raises(StoreError, match="is after --until"):
            kept.events(since="2024-02-01", until="2024-01-01").rows  # noqa: B018


def test_wrong_arguments_are_told(coder: dateline.Coder) -> None:
    for text in (None, b"Kenya.", ["Kenya."], float("nan")):
        with pytest.raises(TypeError, match="a text is a string"):
            coder.code(text)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="is no date like"):
        coder.code(SAID, published=2025)  # type: ignore[arg-type]
    assert coder.code(SAID, published=float("nan")).report.published is None  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no option 'codebok': there are codebook"):
        dateline.load(codebok="plover")
    with pytest.raises(MissingPart, match=r"nofile.csv: No such file"):
        dateline.load(actors="nofile.csv")


def test_a_coding_is_kept_as_dateline_code_keeps_it(coder: dateline.Coder, tmp_path: Path) -> None:
    coding = coder.code(f"{SAID} It rained.", published="2025-03-04")
    assert coding.coded
    asked = {**coding.made_by, "opinion": "small"}
    unheard = replace(coding.coded, unadvised=True)
    parts = Problem("", "code", "coded_in_parts", "a part was left out")
    in_parts = replace(unheard, problems=(parts,))
    told = replace(coding, coded=in_parts, problems=(parts,), made_by=asked)
    with dateline.open(str(tmp_path / "new.db"), write=True) as store:
        assert store.add(told) == len(coding.claims)
        kept = store.kept.report(coding.report.id)
        assert kept and kept["sentences"] == coding.coded.sentences == 2
        assert kept["left_out"] is not None
        stamps = store.query("SELECT settings FROM runs")
        assert [("opinion" in row.settings) for row in stamps] == [False]
        store.add(replace(told, coded=replace(in_parts, unadvised=False)))
        stamps = store.query("SELECT settings FROM runs")
        assert sorted("opinion" in row.settings for row in stamps) == [False, True]


def test_a_coding_is_added_and_months_are_summed(coder: dateline.Coder, tmp_path: Path) -> None:
    acts = {"2025-03-04": SAID, "2025-04-08": "Kenya sent aid to Uganda on Tuesday."}
    with dateline.open(str(tmp_path / "new.db"), write=True) as store:
        for day, text in acts.items():
            coding = coder.code(text, published=day)
            assert store.add(coding) == len(coding.claims) > 0
            assert store.add(coding) == 0
        assert len(store.events(between="KEN,UGA")) == 2
        assert len(store.events(between=("UGA", "KEN"), sure=1.0)) == 0
        months = {str(row.month): row for row in store.monthly(between="KEN,UGA")}
        assert list(months) == ["2025-03-01", "2025-04-01"]
        assert months["2025-03-01"].conflict_score < 0
        assert months["2025-04-01"].cooperation_events == 1
        assert store.monthly().to_pandas()["events"].sum() == 2
        with pytest.raises(ValueError, match="nothing was coded"):
            store.add(coder.code("!!!"))
        assert len(store.agenda(since="2025-01-01")) == 0
