"""Tellings of one report: what the encoder read of them speaks for or against one."""

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from dateline.extract.event_coref import drop_repeated_claims
from dateline.extract.event_coref.mention_table import Columns, Numbering, sense_size
from dateline.extract.event_coref.pair_features import FIGURES
from dateline.extract.event_coref.within_report import (
    LIKENESS,
    ReportTellings,
    Seen,
    join_report_tellings,
    report_judge,
    state_likeness,
)
from dateline.model import Claim, Parsed, Span, When, Why
from dateline.model.encoder_output import Places, States, Stretch
from tests.claims import REPORT, TEXT, claim
from tests.extract.event_coref.test_same import BASE

PAIR = np.array([0]), np.array([1])
TWICE = f"{TEXT}\n\n{TEXT}"


def read(width: int, seed: int = 0) -> Parsed:
    """Return a report of which every character has a state of its own."""
    at = Places(range(len(TEXT)), range(1, len(TEXT) + 1))
    rows = np.random.RandomState(seed).rand(len(TEXT), width).astype(np.float32)
    states = States((Stretch(Span(0, len(TEXT)), at, rows, 0),))
    return replace(Parsed(REPORT, (), (), ()), states=states)


def marks(told: Claim) -> tuple[Span, Span]:
    return told.action.trigger, told.action.evidence


def test_a_claim_carries_what_was_read_of_it() -> None:
    parsed = read(report_judge().centre.shape[1])
    (told,) = ReportTellings(parsed).join([claim()])
    assert len(told.sense) == sense_size()
    (blind,) = ReportTellings(replace(parsed, states=States(()))).join([claim()])
    assert blind.sense == b""
    assert blind.event == told.event


def test_the_trees_read_the_figures_of_pairs_and_the_likeness_of_states() -> None:
    assert report_judge().trees.names == (*FIGURES, *LIKENESS)


def test_what_was_not_read_is_untold() -> None:
    assert report_judge().seen(Parsed(REPORT, (), (), ()).states, [marks(claim())]) is None
    assert np.isnan(state_likeness(None, *PAIR)).all()
    parsed, act = read(report_judge().centre.shape[1]), claim()
    beyond = replace(act.action, trigger=Span(len(TEXT), len(TEXT) + 2))
    seen = report_judge().seen(parsed.states, [marks(act), (beyond.trigger, beyond.evidence)])
    assert np.isnan(state_likeness(seen, *PAIR)[0, 0])


def test_the_same_words_are_wholly_alike() -> None:
    states = read(report_judge().centre.shape[1]).states
    seen = report_judge().seen(states, [marks(claim()), marks(claim())])
    assert state_likeness(seen, *PAIR) == pytest.approx(1.0, abs=1e-5)


def test_alike_states_speak_for_one_happening_and_unlike_ones_against() -> None:
    one = replace(BASE, evidence="shelling of Kutum", counts=())
    two = replace(one, id="c2", start=600, clause=(560, 617), trigger="attack")
    rows = np.eye(2, 4, dtype=np.float32)
    apart, alike = Seen(rows, rows), Seen(rows[[0, 0]], rows[[0, 0]])

    def odds(seen: Seen) -> float:
        made = Numbering(report_judge().deeds).columns([one, two])
        return float(report_judge().scores(made, seen, *PAIR)[0])

    assert odds(alike) > odds(apart)


def test_the_order_in_which_tellings_are_given_changes_nothing() -> None:
    told = [replace(BASE, id=f"c{i}", start=100 * i) for i in range(4)]
    rows = np.random.RandomState(1).rand(4, 8).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    there = join_report_tellings(told, Seen(rows, rows))
    back = join_report_tellings(told[::-1], Seen(rows[::-1], rows[::-1]))
    assert [there[i] == there[0] for i in range(4)] == [back[3 - i] == back[3] for i in range(4)]


def test_claims_that_are_joined_again_are_joined_as_if_for_the_first_time() -> None:
    parsed = read(report_judge().centre.shape[1])
    one = claim()
    later = replace(one.action, trigger=replace(one.action.trigger, end=7))
    first = [one, replace(one, action=later)]
    tellings = ReportTellings(parsed)
    joined = tellings.join(first)
    day = date(2024, 3, 5)
    told = When(day, day, "day", None, Why("times.x.v1"))
    dated = (joined[0], replace(joined[1], when=told))
    again, afresh = tellings.join(dated), ReportTellings(parsed)
    assert again == afresh.join(dated)
    assert tellings.order == afresh.order
    for column in fields(Columns):
        kept, made = (getattr(x.rows, column.name) for x in (tellings, afresh))
        assert np.array_equal(kept, made, equal_nan=kept.dtype.kind == "f"), column


def second_print(told: Claim) -> Claim:
    """Return a claim as the second print of the text tells it."""
    by = len(TEXT) + 2
    action = told.action
    spans = (action.trigger, action.evidence)
    trigger, evidence = (Span(s.start + by, s.end + by) for s in spans)
    return replace(told, action=replace(action, trigger=trigger, evidence=evidence))


def test_a_printed_repeat_is_told_once() -> None:
    first = claim()
    assert drop_repeated_claims([first, second_print(first)], TWICE) == (first,)


def test_other_answers_or_events_are_kept() -> None:
    first = claim()
    other = second_print(claim(status="denied"))
    elsewhere = replace(second_print(first), event="e2")
    action = replace(first.action, trigger=Span(0, 5))
    beside = replace(first, action=action)
    every = (first, beside, other, elsewhere)
    assert drop_repeated_claims(every, TWICE) == every
