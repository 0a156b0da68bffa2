"""Pages that are no report: cookie notices, log-ins, errors, paywalls.

The phrases are a table of the language: id, kind, words. A report about cookies
has none of them twice; a wall is short and has hardly anything else.
"""

import re
from functools import cache

from dateline.model import Problem, Report
from dateline.model.text import LONGEST
from dateline.plugins import shared_lexicon

LONG = 250  # words: a longer text is no wall
SHORT = 70  # words: here one phrase is enough


@cache
def wall_phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each kind of wall with the phrases that tell it."""
    rows = shared_lexicon().tables["read.walls"]
    kinds = dict.fromkeys(kind for _, kind, _ in rows)
    told = {kind: [r[2] for r in rows if r[1] == kind] for kind in kinds}
    return tuple((kind, tuple(map(str.lower, told[kind]))) for kind in kinds)


@cache
def any_phrase_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of several phrases."""
    each = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in words)
    return re.compile(r"\b(?:" + "|".join(each) + r")\b", re.IGNORECASE)


def wall(report: Report) -> Problem | None:
    """Return the problem of a text that is no report but a wall before one."""
    if len(report.text) > 10 * LONG:
        return None
    words = len(report.text.split())
    plain = report.text.replace("’", "'")
    low = " ".join(plain.lower().split())
    for kind, words_of_it in wall_phrases():
        if not any(map(low.__contains__, words_of_it)):
            continue  # most reports have none: no pattern need be tried
        hits = {hit.lower() for hit in any_phrase_pattern(words_of_it).findall(plain)}
        if len(hits) > 1 or (hits and words < SHORT):
            at = report.capture.found_at if report.capture else report.id
            why = f"{kind}, no report: “{min(hits)}”"
            return Problem(at, "read", "not_a_report", why, report.capture)
    return None


def unfit(report: Report, language: str) -> Problem | None:
    """Return why a report cannot be coded at all, or None."""
    if len(report.text) > LONGEST:
        told = f"over {LONGEST:,} characters: cut it into single reports"
        return Problem(report.id, "read", "too_large", told)
    if not any(map(str.isalnum, report.text)):
        return Problem(report.id, "read", "not_a_report", "no words in it")
    if report.language == "zxx":
        told = "no prose in it: a table or a list, or no more than a dateline"
        return Problem(report.id, "read", "not_a_report", told)
    if report.language and report.language.split("-")[0].lower() != language:
        told = f"written in {report.language!r}; this coder reads {language!r}"
        return Problem(report.id, "read", "unsupported_language", told)
    return None
