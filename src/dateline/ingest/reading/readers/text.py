"""A file that is one report: plain text, and PDF with a text layer, through pypdf."""

import re
from collections.abc import Iterator
from typing import Any

from dateline.ingest.reading.charset import Decoded, decode, replace_surrogates
from dateline.model import Problem, Report, Source
from dateline.model.source import TooLarge
from dateline.model.text import LONGEST

MOST_BYTES = 4 * LONGEST + 4  # no text of LONGEST characters has more


def read_text(source: Source) -> Iterator[Report | Problem]:
    """Yield the one report in a text file."""
    try:
        raw = source.read(MOST_BYTES)
    except TooLarge:
        why = f"over {LONGEST:,} characters: cut it into single reports"
        yield source.problem("too_large", why)
        return
    found = decode_source(source, raw)
    if isinstance(found, Problem):
        yield found
        return
    capture = source.captured(raw, charset=found.charset)
    yield Report("", found.text, language="", capture=capture)


def decode_source(source: Source, raw: bytes) -> Decoded | Problem:
    """Return the text of these bytes, or what is wrong with them."""
    found = decode(raw, source.capture.charset)
    if found is None:
        why = "binary data, not text: give plain text, a page, a feed or JSONL"
        return source.problem("unreadable", why)
    if found.garbled:
        lost = found.text.count("\ufffd")
        why = f"{lost} of {len(found.text)} characters are lost: what charset is it in?"
        return Problem(source.found_at, "read", "garbled", why, source.captured(raw), raw)
    return found


MOST_PDF_BYTES = 64 << 20
MOST_PAGES = 300
# What pypdf raises over broken bytes, beside errors of its own.
BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
BARE = "nothing stands on it, and the file is damaged"
MISSING = "what stands on it cannot be found"
UNREAD = "its words cannot be read"
SCANNED = "it has no text layer: scan it"
CUT = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


def read_pdf(source: Source) -> Iterator[Report | Problem]:
    """Yield the one report in a PDF file. Its dates are the file's, so none counts."""
    try:
        raw = source.read(MOST_PDF_BYTES)
    except TooLarge as error:
        yield source.problem("too_large", f"a PDF of {error}")
        return
    try:
        import pypdf
    except ImportError:
        yield source.problem("needs_extra", "PDF: pip install '.[pdf]' in the clone")
        return
    try:
        with source.open() as file:
            opened = pypdf.PdfReader(file)
            pages, count = opened.pages, len(opened.pages)
            found, lost = extract_pages(pages)
            said = declared(opened)
            if bare := [n for n, why in lost.items() if why == BARE]:
                sound = soundly_bare(source, bare)
                lost = {n: why for n, why in lost.items() if not (sound and n in bare)}
    except (pypdf.errors.PyPdfError, RecursionError, *BROKEN) as error:
        yield source.problem("damaged", f"no sound PDF: {error}")
        return
    text = CUT.sub("", replace_surrogates("\n\n".join(found))).strip()
    if not text:
        broken = [why for why in lost.values() if why != SCANNED]
        why = f"no sound PDF: {broken[0]}" if broken else "a PDF without a text layer"
        code = "damaged" if broken else "not_a_report"
        yield source.problem(code, why if broken else f"{why}: scan it")
        return
    yield Report("", text, language="", capture=source.captured(raw))
    if said > count:
        why = f"{said} pages by its own count, {count} that can be found"
        yield source.problem("truncated", why, "#pages")
    for number, why in lost.items():
        yield source.problem("truncated", f"page {number} of {count}: {why}", f"#{number}")
    if count > MOST_PAGES:
        first = MOST_PAGES + 1
        why = f"pages {first} to {count} are not read: cut it into single reports"
        yield source.problem("too_large", why, f"#{first}")


def extract_pages(pages: Any) -> tuple[list[str], dict[int, str]]:
    """Return the words of pages, and why others, by their numbers, gave none."""
    from pypdf.errors import PyPdfError

    found, lost = [], {}
    for number in range(1, min(len(pages), MOST_PAGES) + 1):
        try:
            page = pages[number - 1]
            words = page.extract_text()
            if not words.strip() and (why := emptied(page)):
                lost[number] = why
            found.append(words)
        except (PyPdfError, RecursionError, *BROKEN) as error:
            lost[number] = f"it is damaged: {error}"[:200]
    return found, lost


def emptied(page: Any) -> str:
    """Return why a page without words may have some, "" for a blank one."""
    drawn = (page.get("/Resources") or {}).get("/XObject")
    if drawn and drawn.get_object():
        return SCANNED
    content = page.get_contents()
    if content is None:
        return MISSING if "/Contents" in page else BARE
    return UNREAD if b"Tj" in content.get_data() else ""


def soundly_bare(source: Source, numbers: list[int]) -> bool:
    """Whether pages with nothing on them are so in a file without a fault.

    pypdf mends what it can, and what it cannot read of a page is then not there.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        with source.open() as file:
            pages = PdfReader(file, strict=True).pages
            return not any(pages[n - 1].get_contents() for n in numbers)
    except (PyPdfError, RecursionError, *BROKEN):
        return False


def declared(opened: Any) -> int:
    """Return how many pages a PDF says it has, 0 where it does not say."""
    tree = opened.root_object.get("/Pages")
    count = tree.get_object().get("/Count") if tree is not None else 0
    return count if isinstance(count, int) else 0
