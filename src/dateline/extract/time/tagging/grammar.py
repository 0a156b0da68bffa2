"""The grammar of times: patterns over the letters of words, and who reads a match.

The letters are those of `words.py` and of a language's vocabulary: M month, W weekday,
n a number of figures that may be a day, Y year, U unit, V units, e "the", L "last", A
"ago" and so on. The patterns are in grammar.tsv. Longer matches win; among equals the
earlier rule. A reader may refuse a match.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from types import ModuleType

from dateline.extract.time.tagging import dates, relative, spans
from dateline.extract.time.tagging.match import Kind, Match, Told, Value
from dateline.extract.time.tagging.words import Words, cut_into_words
from dateline.model import Lexicon, Span, Why

WIDEST = 8  # letters that may stand before a core as its modifier
BEFORE_DATE = re.compile(r"(?:e?[12](?:-|,)?|e?3-?|e?[456]f|[bg]|~)$")
BEFORE_SPAN = re.compile(r"~$")
Reader = Callable[[Match], Value | None]
Found = tuple[int, int, int, str, Reader]
MACROS = {"{COUNT}": "(?:[nNq]|a(?=[+]?[UV]))", "{DAYPART}": "(?:[iLEFPB]?W,?|D|e)"}
MODULES: dict[str, ModuleType] = {"dates": dates, "relative": relative, "spans": spans}


@dataclass(frozen=True, slots=True)
class Timex:
    """Words that tell a time: a TIMEX3 type and value, other values they may mean."""

    span: Span
    kind: Kind
    value: str
    alternatives: tuple[str, ...]
    mod: str
    why: Why


@cache
def load_time_grammar() -> tuple[tuple[str, re.Pattern[str], Reader], ...]:
    """Return the grammar: rule, pattern, reader."""
    found = []
    rows = (files("dateline.extract.time") / "grammar.tsv").read_text("utf-8").splitlines()
    for row in (row for row in rows if row and not row.startswith("# ")):
        name, reader, pattern = row.split("\t")
        for macro, meaning in MACROS.items():
            pattern = pattern.replace(macro, meaning)
        module, function = reader.split(".")
        found.append((name, re.compile(pattern), getattr(MODULES[module], function)))
    return tuple(found)


def tag(text: str, lexicon: Lexicon, day: date | datetime | None = None) -> tuple[Timex, ...]:
    """Return the times that a text tells, seen from the day of its report.

    >>> from dateline.resources import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> [(t.span.of("Kim left on Monday."), t.value)
    ...  for t in tag("Kim left on Monday.", english, date(2019, 1, 8))]
    [('Monday', '2019-01-07')]
    """
    return tagged_words(cut_into_words(text, lexicon), day)


def tagged_words(words: Words, day: date | datetime | None = None) -> tuple[Timex, ...]:
    """Return the times that words tell, seen from the day of their report.

    Each knows those told before it.
    """
    today = day.date() if isinstance(day, datetime) else day
    told, found, end = Told(today=today), list[Timex](), 0
    for tried in time_candidates(words.letters):
        for first, last, _, rule, reader in tried:
            if first < end:
                continue
            value = reader(Match(words, first, last, today, told))
            if value is None:
                continue
            start, mod = widen(words, first, value, end)
            span = Span(words.starts[start], words.ends[last - 1])
            why = Why(rule, span)
            found.append(Timex(span, value.kind, value.value, value.others, mod, why))
            if value.kind in ("DATE", "TIME") and "REF" not in value.value:
                told.note(value.value, span.start)
            end = last
            break
    return tuple(found)


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


def widen(words: Words, first: int, value: Value, end: int) -> tuple[int, str]:
    """Return where a time begins with its modifier ("early"), and which it is."""
    head = words.letters[max(end, first - WIDEST) : first]
    dated = value.kind in ("DATE", "TIME")
    hit = (BEFORE_DATE if dated else BEFORE_SPAN).search(head)
    if not hit or "REF" in value.value:
        return first, ""
    start = first - (len(head) - hit.start())
    mod = next(words.values[i] for i in range(start, first) if words.letters[i] in "12345 6~bg")
    counted = words.letters[first] in "nNaq"
    before = words.lower[start - 1] if start else ""
    exceeding = counted and before in words.listed("times.exceeding")
    if words.lower[start] in words.listed("times.over") and not exceeding:
        return first, ""
    return start, "" if mod in ("-1", "1") else mod
