"""The bench times the program's stages, and changes nothing of what they answer."""

from pathlib import Path
from runpy import run_path

import pytest

from dateline.model import Report
from dateline.parts import make_coder

BENCH = Path(__file__).parents[1] / "docs/bench.py"
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


def test_of_several_rounds_the_lowest_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show = run_path(str(BENCH))["show"]
    rounds = iter([(1.5, "mix; ratio 1.50"), (1.4, "mix; ratio 1.40")])
    show.__globals__["fresh"] = lambda *given: next(rounds)
    show(2, "mix", [], None)
    assert capsys.readouterr().out.split("\n")[:2] == [
        "mix; ratio 1.40",
        "  the lowest of 2; the others 1.50",
    ]
