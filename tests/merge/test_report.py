"""Tellings of one report: what the encoder read of them speaks for or against one."""

from dataclasses import replace

import numpy as np
import pytest

from dateline.merge.columns import Numbering
from dateline.merge.compare import FIGURES
from dateline.merge.report import (
    LIKENESS,
    Seen,
    assign_event_ids,
    join_report_tellings,
    report_judge,
    state_likeness,
)
from dateline.merge.sense import sense_size
from dateline.model import Claim, Parsed, Span
from dateline.model.states import Places, States, Stretch
from tests.claims import REPORT, TEXT, claim
from tests.merge.test_same import BASE

PAIR = np.array([0]), np.array([1])


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
    (told,) = assign_event_ids([claim()], parsed)
    assert len(told.sense) == sense_size()
    (blind,) = assign_event_ids([claim()], replace(parsed, states=States(())))
    assert blind.sense == b""
    assert blind.event == told.event


def test_the_trees_read_the_figures_of_pairs_and_the_likeness_of_states() -> None:
    assert report_judge().trees.names == (*FIGURES, *LIKENESS)


def test_what_was_not_read_is_untold() -> None:
    assert (
        report_judge().seen(Parsed(REPORT, (), (), ()).states, [marks(claim())]) is None
    )
    assert np.isnan(state_likeness(None, *PAIR)).all()
    parsed, act = read(report_judge().centre.shape[1]), claim()
    beyond = replace(act.action, trigger=Span(len(TEXT), len(TEXT) + 2))
    seen = report_judge().seen(
        parsed.states, [marks(act), (beyond.trigger, beyond.evidence)]
    )
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
    assert [there[i] == there[0] for i in range(4)] == [
        back[3 - i] == back[3] for i in range(4)
    ]
