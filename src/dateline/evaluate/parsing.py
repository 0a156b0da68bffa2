"""Texts of questions, parsed as the program parses reports, the last few remembered."""

from functools import lru_cache

from dateline.language.en import pack
from dateline.model import Parsed, Report


@lru_cache(maxsize=8)
def parse_question(text: str) -> Parsed:
    """Return the parse of a text, every sentence of it."""
    report = Report("question", text)
    return pack.parse(report, pack.sentences(report))
