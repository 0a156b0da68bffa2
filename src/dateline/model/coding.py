"""What became of one report that was coded."""

from dataclasses import dataclass

from dateline.model.answers import Dating, LeftOut, Why
from dateline.model.capture import Problem
from dateline.model.claim import Claim
from dateline.model.text import Report

UNDATED = Dating(None, None, False, (Why("times.dating-unread.v1"),))


@dataclass(frozen=True, slots=True)
class Coding:
    """What became of one report: its day, its claims, what could not be done.

    Problems of stage `opinion` are what of a second opinion was refused: the report is
    coded all the same. `unadvised` is true where a second opinion was wanted and of the
    report or a part of it none came: the program's own record stands there.
    """

    report: Report
    dating: Dating
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    sentences: int = 0
    skipped: int = 0
    left_out: tuple[LeftOut, ...] = ()
    unadvised: bool = False
