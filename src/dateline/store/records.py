"""What a store is given to keep and what it knows of an input, and their names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.model import Claim, Dating, Problem, Report
from dateline.model.record import Record
from dateline.model.source import Columns
from dateline.model.text import hash_words


@dataclass(frozen=True, slots=True)
class Kept:
    """The coding of one report, with its claims in contract form.

    `left_out` is what no claim was made of, in contract form too; None is not told.
    `senses` is what the encoder read of claims, by their ids: merging compares it.
    """

    report: Report
    claims: Sequence[Record]
    problems: Sequence[Problem]
    dating: Dating | None = None
    sentences: int | None = None
    left_out: Sequence[Record] | None = None
    senses: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Input:
    """A file that is read as a whole: the same size and time mean the same bytes.

    `columns` is what its columns are said to be called.
    """

    found_at: str
    size: int
    modified: int
    columns: Columns = ()


def senses_of(claims: Iterable[Claim]) -> dict[str, bytes]:
    """Return what the encoder read of claims, by their ids, where it read anything."""
    return {claim.id: claim.sense for claim in claims if claim.sense}


def report_key(report_id: str, text: str) -> str:
    """Return the key of one version of one report."""
    return hash_words(f"{report_id}\0{text}")


def run_id(made_by: Mapping[str, Any]) -> str:
    """Return the id of what made a row: the same settings give the same id."""
    return hash_words(repr(sorted(made_by.items())))


def digest_content(report: Report) -> str:
    """Return what tells one outlet's words; "" where the outlet is not known."""
    return hash_words(f"{report.outlet}\0{report.text}") if report.outlet else ""
