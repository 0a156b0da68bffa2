"""Texts read as the program reads them, up to the encoder's states."""

from dataclasses import replace

from dateline.ml.encoder import Reader
from dateline.model import Parsed, Report
from dateline.nlp.en import pack


def encoded(report: Report) -> Parsed:
    """Return a report parsed, no sentence skipped, with its states."""
    parsed = pack.parse(report, pack.sentences(report))
    return replace(parsed, states=Reader.load().encode(parsed.text, parsed.runs))
