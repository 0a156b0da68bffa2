"""A report over its time: what can be coded of it is, and the rest is told."""

from dataclasses import fields, replace
from time import thread_time
from typing import Any

from dateline.cli.code import print_sums
from dateline.ingest.run import Ingest
from dateline.model import Mark, Report, Span
from dateline.model.coding import UNDATED, Coding
from dateline.model.timeouts import deadline
from dateline.pipeline.chunking import code_in_parts
from dateline.pipeline.coder import Coder
from dateline.pipeline.factory import make_coder

GOOD = "Kenya freed two pilots on Monday, the army said. " * 4 + "\n\n"
SLOW = "the president of the minister of " * 12 + "\n\n"
TEXT = "LAMU (Coast Wire) - " + GOOD * 8 + SLOW + GOOD * 8


def spun(report: Report) -> Coding:
    """Code one word for each sentence that frees pilots; never end over a minister."""
    while "minister" in report.text:
        pass
    at = report.text.find("freed")
    assert report.text.startswith("LAMU (Coast Wire)")
    claims: Any = (Span(at, at + 5),)
    return Coding(report, UNDATED, claims, (), report.text.count("freed"), 1)


REPORT = Report("r", TEXT, marks=(Mark("dateline", Span(0, 17)),))


def test_all_but_the_slow_stretch_is_coded_and_the_stretch_told() -> None:
    found = code_in_parts(REPORT, 0.4, spun)
    assert found is not None
    assert found.report == REPORT
    assert found.sentences >= 2 * 4 * 7  # at most a paragraph beside it is lost
    assert {span.of(TEXT) for span in found.claims} == {"freed"}
    (problem,) = found.problems
    assert problem.code == "coded_in_parts"
    assert "more than 0.4 seconds" in problem.message
    assert "of 3,5" in problem.message and "are not coded, from" in problem.message


def test_a_long_text_is_not_slow_in_parts_and_loses_nothing() -> None:
    def quick(report: Report) -> Coding:
        words = report.text.split()
        return Coding(report, UNDATED, (), (), len(words), 0)

    text = GOOD * 200
    found = code_in_parts(Report("r", text), 1.0, quick)
    assert found is not None and found.sentences == len(text.split())
    (problem,) = found.problems
    assert problem.message.endswith("coded in 4 parts, each apart")


def test_a_long_text_that_is_evenly_slow_is_coded_whole_in_parts() -> None:
    """Twice over its time, and no word of it slower than another."""
    text = GOOD * 40

    def even(report: Report) -> Coding:
        words = len(report.text.split())
        until = thread_time() + 0.4 * words / len(text.split())
        while thread_time() < until:
            pass
        return Coding(report, UNDATED, (), (), words, 0)

    found = code_in_parts(Report("r", text), 0.2, even)
    assert found is not None and found.sentences == len(text.split())
    assert "not coded" not in found.problems[0].message


def test_where_no_part_can_be_coded_nothing_is_said_to_be() -> None:
    assert code_in_parts(Report("r", SLOW * 20), 0.05, spun) is None


def test_all_parts_together_are_bounded() -> None:
    with deadline(2):
        assert code_in_parts(Report("r", SLOW * 2000), 0.02, spun) is None


class Hasty(Coder):
    """A coder that never ends over ministers."""

    def claims(self, report: Report) -> Coding:
        return replace(spun(report), claims=())


def test_such_a_report_is_kept_told_and_the_run_called_incomplete() -> None:
    own = {field.name: getattr(make_coder(), field.name) for field in fields(Coder)}
    hasty = Hasty(**own | {"seconds": 0.3})
    coding = hasty.code(REPORT)
    assert [p.code for p in coding.problems] == ["coded_in_parts"]
    ingest = Ingest(lambda items: ((i, coding) for i in items), None, {})
    (done,) = ingest.run([Report("r", TEXT, language="en")])
    assert done.outcome == "stored" and done.problem == coding.problems[0]
    assert ingest.count["stored"] == ingest.count["in parts"] == 1
    assert print_sums(ingest, quiet=True) == 3
