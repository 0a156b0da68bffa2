"""Plain text: the whole file is one report, and nobody tells us its date."""

from collections.abc import Iterator

from dateline.model import Problem, Report, Source
from dateline.model.source import TooLarge
from dateline.model.text import LONGEST
from dateline.read.charset import Decoded, decode

MOST_BYTES = 4 * LONGEST + 4  # no text of LONGEST characters has more


def read(source: Source) -> Iterator[Report | Problem]:
    """Yield the one report in a text file."""
    try:
        raw = source.read(MOST_BYTES)
    except TooLarge:
        why = f"over {LONGEST:,} characters: cut it into single reports"
        yield source.problem("too_large", why)
        return
    found = decoded(source, raw)
    if isinstance(found, Problem):
        yield found
        return
    capture = source.captured(raw, charset=found.charset)
    yield Report("", found.text, language="", capture=capture)


def decoded(source: Source, raw: bytes) -> Decoded | Problem:
    """Return the text of these bytes, or what is wrong with them."""
    found = decode(raw, source.capture.charset)
    if found is None:
        why = "binary data, not text: give plain text, a page, a feed or JSONL"
        return source.problem("unreadable", why)
    if found.garbled:
        lost = found.text.count("\ufffd")
        why = f"{lost} of {len(found.text)} characters are lost: what charset is it in?"
        return Problem(
            source.found_at, "read", "garbled", why, source.captured(raw), raw
        )
    return found
