"""A sentence printed twice tells its acts once."""

from dataclasses import replace

from dateline.merge import drop_repeated_claims
from dateline.model import Claim, Span
from tests.claims import TEXT, claim

TWICE = f"{TEXT}\n\n{TEXT}"


def moved(told: Claim) -> Claim:
    """Return a claim as the second print of the text tells it."""
    by = len(TEXT) + 2
    action = told.action
    spans = (action.trigger, action.evidence)
    trigger, evidence = (Span(s.start + by, s.end + by) for s in spans)
    return replace(told, action=replace(action, trigger=trigger, evidence=evidence))


def test_a_printed_repeat_is_told_once() -> None:
    first = claim()
    assert drop_repeated_claims([first, moved(first)], TWICE) == (first,)


def test_other_answers_or_events_are_kept() -> None:
    first = claim()
    other = moved(claim(status="denied"))
    elsewhere = replace(moved(first), event="e2")
    action = replace(first.action, trigger=Span(0, 5))
    beside = replace(first, action=action)
    every = (first, beside, other, elsewhere)
    assert drop_repeated_claims(every, TWICE) == every
