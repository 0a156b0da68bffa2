"""The bench times the program's stages, and changes nothing of what they answer."""

from contextlib import closing
from pathlib import Path
from runpy import run_path

import pytest

from dateline.events.event_summaries import summarise
from dateline.model import Report
from dateline.pipeline.factory import make_coder
from dateline.store.sql import SqlStore

BENCH = Path(__file__).parents[2] / "benchmarks/speed/stages.py"
TEXTS = (
    "It rained on the lake, and the ducks were glad.",
    "Police in Kenya arrested two traders in Mombasa on Monday.",
)


def test_a_timed_program_answers_as_the_program_does() -> None:
    program, clock = make_coder(), run_path(str(BENCH))["Clock"]()
    timed = clock.on(program)
    for n, text in enumerate(TEXTS):
        report = Report(str(n), text)
        assert timed.code(report) == program.code(report)
    assert {"reader", "parse", "cast", "who is who"} <= set(clock.used)


def test_of_several_rounds_the_lowest_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    show = run_path(str(BENCH))["show"]
    rounds = iter([(1.5, "mix; ratio 1.50"), (1.4, "mix; ratio 1.40")])
    show.__globals__["fresh"] = lambda *given: next(rounds)
    show(2, "mix", [], None)
    assert capsys.readouterr().out.split("\n")[:2] == [
        "mix; ratio 1.40",
        "  the lowest of 2; the others 1.50",
    ]


def test_claims_of_a_past_are_of_reports_that_its_store_keeps(tmp_path: Path) -> None:
    """A store that is told again is one like any other: a day more can be joined."""
    days, past = (run_path(str(BENCH.with_name(f"{name}.py"))) for name in ("days", "past"))
    model, out = str(tmp_path / "model.db"), str(tmp_path / "past.db")
    with closing(SqlStore(model)) as store:
        days["fill"](store, 60)
        summarise(store)
    assert past["tell_of_the_past"](model, 200, out) > 100
    with closing(SqlStore(out)) as store, store.reading() as to:
        told = "SELECT r.id, json_extract(c.record, '$.report') FROM claims c"
        rows = to.exec_driver_sql(f"{told} JOIN reports r ON r.key = c.report").all()
        assert len(rows) > 150
        assert all(own == named for own, named in rows)
