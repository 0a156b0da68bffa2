"""Numbers in figures and words, with their bounds and honest ranges."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.model import Span
from dateline.model.answers import Bound

UNITS = dict(
    zip(
        """one two three four five six seven eight nine ten eleven twelve thirteen
        fourteen fifteen sixteen seventeen eighteen nineteen""".split(),
        range(1, 20),
        strict=True,
    )
)
TENS = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
SCALES |= {"trillion": 10**12, "dozen": 12}
VAGUE = {
    "dozens": (24, 99),
    "several dozen": (24, 99),
    "few dozen": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "several hundred": (200, 999),
    "few hundred": (200, 999),
    "several thousand": (2000, 9999),
    "few thousand": (2000, 9999),
    "thousands": (2000, 9999),
    "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
    "millions": (2 * 10**6, 9 * 10**6),
}
BOUNDS: dict[str, Bound] = {
    "at least": "at least",
    "no fewer than": "at least",
    "no less than": "at least",
    "more than": "at least",
    "over": "at least",
    "just over": "at least",
    "upwards of": "at least",
    "at most": "at most",
    "no more than": "at most",
    "fewer than": "at most",
    "less than": "at most",
    "under": "at most",
    "up to": "up to",
    "as many as": "up to",
    "as much as": "up to",
    "about": "about",
    "around": "about",
    "some": "about",
    "roughly": "about",
    "nearly": "about",
    "almost": "about",
    "close to": "about",
    "approximately": "about",
    "an estimated": "about",
    "estimated": "about",
}
WORD = "|".join((*UNITS, *TENS, *SCALES))
ONE = (
    rf"(?:(?:{'|'.join(TENS)})-(?:{'|'.join(UNITS)})|\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?"
    rf"|\d+(?:\.\d+)?|{WORD})"
)
SCALED = "|".join(f"(?<={scale} )and " for scale in SCALES)  # "one hundred and two"
FIGURE = rf"{ONE}(?:(?: |-(?!\d))(?:{SCALED}|)(?:{ONE})(?![\d-])){{0,6}}"
NUMBER = re.compile(
    rf"(?<![\w.$-])(?P<bound>(?:{'|'.join(BOUNDS)}) )?(?P<between>between )?"
    rf"(?:(?P<half>half a )?(?P<a>an? )?(?P<first>{FIGURE})"
    rf"(?:(?: to |-| and (?=\S+ )|–)(?P<second>{FIGURE}))?"
    rf"|(?P<vague>tens of thousands|hundreds of thousands|{'|'.join(VAGUE)}))(?![\w%])",
    re.IGNORECASE,
)
RANGE = re.compile(r" to |[-–]")
PLAIN = re.compile(rf"{ONE}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text: its span, its range, and what its words vouch for."""

    span: Span
    low: float | None
    best: float | None
    high: float | None
    bound: Bound


def numbers(text: str, within: Span) -> Iterator[Number]:
    """Yield the numbers of a stretch of text.

    >>> [n.best for n in numbers("Twenty-three men and 1,200 boys", Span(0, 31))]
    [23.0, 1200.0]
    """
    for hit in NUMBER.finditer(text, within.start, within.end):
        yield from read(hit)


def read(hit: re.Match[str]) -> Iterator[Number]:
    """Yield what one match tells."""
    bound = BOUNDS.get((hit["bound"] or "").strip().lower(), "exact")
    if hit["vague"]:
        low, high = VAGUE[hit["vague"].lower()]
        yield Number(Span(*hit.span()), low, None, high, "about")
        return
    first = value(hit["first"]) * (0.5 if hit["half"] else 1)
    if hit["second"] and hit["second"].split()[0].lower() in SCALES:
        best = first * value(hit["second"])  # "a 20-million-dollar loan"
        yield bounded(Span(*hit.span()), best, bound)
        return
    if hit["second"]:
        second = value(hit["second"])
        if hit["between"] or RANGE.search(hit[0]):
            first *= shared(hit["first"], hit["second"])
            ends = sorted((first, second))
            yield Number(Span(*hit.span()), ends[0], None, ends[1], "about")
            return
        start, end = hit.span("second")
        yield bounded(Span(hit.start(), hit.end("first")), first, bound)
        yield bounded(Span(start, end), second, "exact")
        return
    yield bounded(Span(*hit.span()), first, bound)


def shared(first: str, second: str) -> int:
    """Return by what both ends of a range are multiplied: "10 to 20 million".

    >>> shared("10", "20 million"), shared("900,000", "two million")
    (1000000, 1)
    """
    told, *last = second.lower().rsplit(maxsplit=1)
    bare = not any(word in SCALES for word in first.lower().split())
    if not (last and last[0] in SCALES and bare and value(first) < value(told)):
        return 1
    return SCALES[last[0]]


def bounded(span: Span, best: float, bound: Bound) -> Number:
    """Return a number with the range that its bound leaves open."""
    low = None if bound in ("at most", "up to") else best
    high = None if bound == "at least" else best
    told = None if bound == "at most" else best
    return Number(span, low, told, high, bound)


def value(words: str) -> float:
    """Return the value of a number in figures or words.

    >>> value("one hundred and twelve"), value("1.2 million")
    (112.0, 1200000.0)
    """
    whole, part = 0.0, 0.0
    for word in re.split(r"[ -]", words.lower()):
        if word == "and":
            continue
        if word in SCALES:
            part = (part or 1) * SCALES[word]
            if SCALES[word] > 100:
                whole, part = whole + part, 0.0
        else:
            part += UNITS.get(word) or TENS.get(word) or float(word.replace(",", ""))
    return whole + part
