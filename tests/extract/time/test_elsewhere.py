"""Times told outside the sentence that tells the act, by the whole program."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dateline.extract.time.cross_sentence import WHEN, Story, open_times, told_elsewhere
from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.pipeline.factory import Options, make_coder

DAY = date(2024, 8, 28)  # a Wednesday
TEXT = (
    "Rebels attacked an army convoy near Mopti in Mali on Monday, the army said.\n\n"
    "The president condemned the attack and sent troops to the town.\n\n"
    "France also condemned the attack.\n"
)


@pytest.fixture(scope="module")
def asked():
    """The question opened on a report, and its claims before it is asked."""
    kept = []

    def keep(when, claims):
        kept.append((when, claims))
        return claims

    program = replace(make_coder(Options()), when_elsewhere=keep)
    program.code(complete_report(Report("r", TEXT, published=DAY)))
    return kept[0]


def test_every_figure_has_a_name_and_the_nets_know_it(asked):
    every = list(open_times(Story(*asked)))
    assert every
    assert {each.rows.shape[1] for each in every} == {len(WHEN.names)}
    assert all(np.isfinite(each.rows).all() for each in every)
    assert WHEN.learned().figures == WHEN.names


def test_a_time_told_elsewhere_carries_its_words_and_says_so(asked):
    when, claims = asked
    before = {c.action.trigger for c in claims if c.when.known}
    found = [c for c in told_elsewhere(*asked) if c.action.trigger not in before]
    told = [c for c in found if c.when.known]
    assert told
    for claim in told:
        assert claim.when.why.rule == "times.elsewhere.v1"
        assert claim.when.first == claim.when.last == date(2024, 8, 26)
        assert claim.when.span and claim.when.span.of(TEXT) == "Monday"


def test_what_has_a_time_keeps_it(asked):
    when, claims = asked
    for before, after in zip(claims, told_elsewhere(when, claims), strict=True):
        assert not before.when.known or after == before


def test_no_time_where_none_is_likely_enough(asked, monkeypatch):
    monkeypatch.setattr("dateline.extract.time.cross_sentence.SURE", 1.01)
    assert [c.when for c in told_elsewhere(*asked)] == [c.when for c in asked[1]]


def test_another_answer_to_when_is_left_alone(asked):
    claims = asked[1]
    assert told_elsewhere(lambda action: claims[0].when, claims) == tuple(claims)


@pytest.mark.parametrize(
    "text",
    [
        "Police in Chad arrested a blogger. Chad votes on September 14.",
        "Rebels in Chad burned a fort. The army had left the fort on Monday.",
        "Soldiers in Chad detained two men. Chad quit the union on May 4, 1974.",
        "Mali may close its border with Chad. Guards met two envoys on Monday.",
        "Chad released two men. A third had been released on May 20.",
        "Chad released two men. They were seized on August 10, 2020.",
        "Rebels in Chad burned a fort, the army said on Monday.",
    ],
)
def test_a_day_of_another_act_is_not_borrowed(text):
    program = make_coder(Options())
    first = program.code(complete_report(Report("r", text, published=DAY))).claims[0]
    assert first.when.answer == "inferred" or not first.when.known


def test_a_day_to_come_leaves_what_was_done_its_own_day():
    text = "The envoy resigned on Monday and leaves Chad on September 14."
    first = make_coder(Options()).code(complete_report(Report("r", text, published=DAY))).claims[0]
    assert first.when.first == date(2024, 8, 26)
