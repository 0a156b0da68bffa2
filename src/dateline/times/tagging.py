"""The words in a text that tell a time, with what they say as TIMEX3 values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from dateline.model import Lexicon, Span, Why
from dateline.times.grammar import Reader, load_time_grammar
from dateline.times.match import Kind, Match, Told, Value
from dateline.times.words import Words, cut_into_words

WIDEST = 8  # letters that may stand before a core as its modifier
BEFORE_DATE = re.compile(r"(?:e?[12](?:-|,)?|e?3-?|e?[456]f|[bg]|~)$")
BEFORE_SPAN = re.compile(r"~$")


@dataclass(frozen=True, slots=True)
class Timex:
    """Words that tell a time: a TIMEX3 type and value, other values they may mean."""

    span: Span
    kind: Kind
    value: str
    alternatives: tuple[str, ...]
    mod: str
    why: Why


Found = tuple[int, int, int, str, Reader]


def tag(
    text: str, lexicon: Lexicon, day: date | datetime | None = None
) -> tuple[Timex, ...]:
    """Return the times that a text tells, seen from the day of its report.

    >>> from dateline import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> [(t.span.of("Kim left on Monday."), t.value)
    ...  for t in tag("Kim left on Monday.", english, date(2019, 1, 8))]
    [('Monday', '2019-01-07')]
    """
    return tagged_words(cut_into_words(text, lexicon), day)


def tagged_words(words: Words, day: date | datetime | None = None) -> tuple[Timex, ...]:
    """Return the times that words tell, seen from the day of their report."""
    today = day.date() if isinstance(day, datetime) else day
    told = Told(today=today)
    return tuple(read_times(words, today, told))


def read_times(words: Words, day: date | None, told: Told) -> Iterator[Timex]:
    """Yield the times in order, each knowing those told before it."""
    end = 0
    for tried in time_candidates(words.letters):
        for first, last, _, rule, reader in tried:
            if first < end:
                continue
            match = Match(words, first, last, day, told)
            if (value := reader(match)) is None:
                continue
            start, mod = widen(words, first, last, value, end)
            span = Span(words.starts[start], words.ends[last - 1])
            yield Timex(
                span, value.kind, value.value, value.others, mod, Why(rule, span)
            )
            if value.kind in ("DATE", "TIME") and "REF" not in value.value:
                told.note(value.value, span.start)
            end = last
            break


def time_candidates(letters: str) -> Iterator[list[Found]]:
    """Yield what the grammar finds, in groups that begin at one word, longest first."""
    found: list[Found] = []
    for order, (rule, pattern, reader) in enumerate(load_time_grammar()):
        for hit in pattern.finditer(letters):
            found.append((hit.start(), hit.end(), order, rule, reader))
    found.sort(key=lambda f: (f[0], -f[1], f[2]))
    at = 0
    while at < len(found):
        upto = at + 1
        while upto < len(found) and found[upto][0] == found[at][0]:
            upto += 1
        yield found[at:upto]
        at = upto


def widen(
    words: Words, first: int, last: int, value: Value, end: int
) -> tuple[int, str]:
    """Return where a time begins with its modifier ("early"), and which it is."""
    head = words.letters[max(end, first - WIDEST) : first]
    dated = value.kind in ("DATE", "TIME")
    pattern = BEFORE_DATE if dated else BEFORE_SPAN
    hit = pattern.search(head)
    if not hit or "REF" in value.value:
        return first, ""
    start = first - (len(head) - hit.start())
    mod = next(
        words.values[i] for i in range(start, first) if words.letters[i] in "12345 6~bg"
    )
    counted = words.letters[first] in "nNaq"
    before = words.lower[start - 1] if start else ""
    exceeding = counted and before in words.listed("times.exceeding")
    if words.lower[start] in words.listed("times.over") and not exceeding:
        return first, ""
    return start, "" if mod in ("-1", "1") else mod
