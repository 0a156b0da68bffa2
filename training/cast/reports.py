"""Annotated reports as the program reads them, with who each mention is by its mark."""

from collections import defaultdict
from pathlib import Path

from dateline.evaluate.links import parties
from dateline.evaluate.reports import gold
from dateline.language.en import pack
from dateline.model import Report
from dateline.read.inputs import known
from dateline.read.jsonl import moment


def reports(folder):
    """Yield each annotated report of a folder with its parse; no sentence skipped."""
    for row in gold([Path(folder)]):
        told = moment(row["published"])
        report = known(
            Report(
                row["report"], row["text"], outlet=row["outlet"] or "", published=told
            )
        )
        yield row, pack.parse(report, pack.sentences(report))


def names_by_head(row, parsed):
    """Return the full names that the marks give, by the token that heads the words."""
    heads = defaultdict(set)
    for span, names in parties(row).items():
        if (token := parsed.head_of(span)) is not None:
            heads[token.i] |= names
    return heads
