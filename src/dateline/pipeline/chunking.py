"""A report that takes too long as a whole is coded in parts, each by itself.

What takes so long is most often one stretch of a text. The parts that it does not
stand in are coded as ever; it is cut in two until it is small, and then told.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from textwrap import shorten
from time import thread_time

from dateline.model import Problem, Report, Span
from dateline.model.coding import Coding
from dateline.model.timeouts import TooSlow, deadline

PART = 10_000  # characters coded at once, at the most
LEAST = 500  # characters of a part that is not cut in two again
EACH = 4  # parts of that size that may take a whole report's seconds
SLACK = 3  # times its share of a report's seconds that one part may take
TIMES = 3.5  # as often as a report's seconds all its parts together may take, and
LONG = 200_000  # characters for which they may take them once more
ENDS = "\n\n", "\n", ". ", " "  # where to cut, the best first


def code_in_parts(
    report: Report, seconds: float, code: Callable[[Report], Coding]
) -> Coding | None:
    """Return what can be coded of a report in parts; None where nothing can.

    `seconds` of CPU are what a whole report may take. Its problem tells how many
    characters were left out. All spans refer to the whole text.
    """
    text = report.text
    until = thread_time() + seconds * (TIMES + len(text) / LONG)
    first = max(LEAST, min(PART, len(text) // 4))
    each = max(SLACK / len(text), 1 / (EACH * PART))  # of the seconds, a character
    waiting = list(parts_of(text, Span(0, len(text)), first))[::-1]
    done: list[Coding] = []
    lost: list[Span] = []
    while waiting:
        part = waiting.pop()
        size = part.end - part.start
        bound = seconds * min(max(each * size, 1 / 20), 1)
        try:
            if thread_time() > until:
                raise TooSlow
            with deadline(bound):
                done.append(code(report_of_part(report, part)))
        except TooSlow:
            if size <= LEAST or thread_time() > until:
                lost.append(part)
            else:
                waiting += list(parts_of(text, part, size // 2 + 1))[::-1]
    return put_together(report, seconds, done, lost) if done else None


def parts_of(text: str, whole: Span, most: int) -> Iterator[Span]:
    """Yield the parts of a stretch that hold a word, cut where it hurts least.

    >>> words = "Kim left.\\n\\nKarlov stayed."
    >>> [part.of(words) for part in parts_of(words, Span(0, len(words)), 15)]
    ['Kim left.\\n\\n', 'Karlov stayed.']
    """
    at = whole.start
    while at < whole.end:
        end = min(at + most, whole.end)
        if end < whole.end:
            found = ((text.rfind(m, at + most // 2, end), len(m)) for m in ENDS)
            end = next((hit + size for hit, size in found if hit >= 0), end)
        if any(map(str.isalnum, text[at:end])):
            yield Span(at, end)
        at = end


def report_of_part(report: Report, part: Span) -> Report:
    """Return a report with one part of its text, all else but its dateline blank."""
    text = report.text
    kept = [m for m in report.marks if m.kind == "dateline" or part.covers(m.span)]
    blank = ["\n"] * len(text)
    for span in (part, *(mark.span for mark in kept)):
        blank[span.start : span.end] = span.of(text)
    return replace(report, text="".join(blank), marks=tuple(kept))


def put_together(report: Report, seconds: float, done: "list[Coding]", lost: list[Span]) -> Coding:
    """Return the codings of parts as one, with what was left out told as a problem."""
    why = f"took more than {seconds:g} seconds: coded in {len(done)} parts, each apart"
    if lost:
        count = sum(part.end - part.start for part in lost)
        begins = shorten(lost[0].of(report.text).strip()[:200], 60, placeholder=" …")
        why += (
            f"; {count:,} of {len(report.text):,} characters were too slow even so and"
            f" are not coded, from {begins!r} on"
        )
    return replace(
        done[0],
        report=report,
        claims=tuple(claim for each in done for claim in each.claims),
        problems=(
            Problem(report.id, "code", "coded_in_parts", why, report.capture),
            *(problem for each in done for problem in each.problems),
        ),
        sentences=sum(each.sentences for each in done),
        skipped=sum(each.skipped for each in done),
        left_out=tuple(found for each in done for found in each.left_out),
        unadvised=any(each.unadvised for each in done),
    )
