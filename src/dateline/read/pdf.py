"""PDF with a text layer, read by pypdf where it is installed."""

import re
from collections.abc import Iterator

from dateline.model import Problem, Report, Source
from dateline.model.source import TooLarge
from dateline.read.charset import whole

MOST_BYTES = 64 << 20
MOST_PAGES = 300
# What pypdf raises over broken bytes, beside errors of its own.
BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
CUT = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


def read(source: Source) -> Iterator[Report | Problem]:
    """Yield the one report in a PDF file. Its dates are the file's, so none counts."""
    try:
        raw = source.read(MOST_BYTES)
    except TooLarge as error:
        yield source.problem("too_large", f"a PDF of {error}")
        return
    try:
        import pypdf
    except ImportError:
        yield source.problem("needs_extra", "PDF: pip install 'dateline[pdf]'")
        return
    try:
        with source.open() as file:
            pages = pypdf.PdfReader(file).pages
            found = [page.extract_text() for page in pages[:MOST_PAGES]]
    except (pypdf.errors.PyPdfError, RecursionError, *BROKEN) as error:
        yield source.problem("damaged", f"no sound PDF: {error}")
        return
    text = CUT.sub("", whole("\n\n".join(found))).strip()
    if not text:
        yield source.problem("not_a_report", "a PDF without a text layer: scan it")
        return
    yield Report("", text, language="", capture=source.captured(raw))
