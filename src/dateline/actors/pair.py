"""Both sides, the two countries: the two states that a report is about."""

from bisect import bisect_left
from collections.abc import Iterator

from dateline.actors.survey import Survey
from dateline.model import Actor, Parsed, Span, Why
from dateline.reference import countries

TOGETHER, SECOND = 0.7, 0.25  # shares of a report's mentions: of both, of the lesser
FEWEST = 6  # mentions of countries, weighed: a report with fewer is about nobody


def two_of_name(seen: Survey, span: Span) -> Iterator[Actor]:
    """The two states whose names end alike, told together: "the two Koreas"."""
    parsed = seen.parsed
    *before, last = span.of(parsed.text).split() or [""]
    if not before or {w.lower() for w in before} - parsed.words("actors.two"):
        return
    ends = parsed.words("actors.plural-mark")
    one = {last.removesuffix(end) for end in ends if last.endswith(end)}
    states = [row for row in countries() if row.kind == "state"]
    alike = [row for row in states if row.name.split()[-1] in one]
    if len(alike) != 2:  # noqa: PLR2004
        return
    for row in alike:
        why = Why("actors.pair.v1", span)
        yield Actor(row.name, row.code, ("GOV",), None, "resolved", span, why)


def two_of_report(seen: Survey, span: Span) -> Iterator[Actor]:
    """Both sides or countries are the two of which the whole report tells.

    They need not be the two named last: "China welcomed the truce. A White House
    spokesman called on both countries" means those who made the truce.
    """
    own, parsed = led(seen, span), seen.parsed
    both = parsed.lexicon.patterns["actors.both-sides"]
    told = both.fullmatch(" ".join(own.of(parsed.text).split()))
    if told is None or (told["sides"] and not_states(seen, own)):
        return
    sectors = ("MIL",) if told["armies"] else ("GOV",)
    for code in sorted(two_told(seen)):
        why = Why("actors.two-of-report.v1", span)
        name = countries().name_of(code)
        yield Actor(name, code, sectors, f"state:{code}", "guess", span, why)


def not_states(seen: Survey, span: Span) -> bool:
    """Whether one of two sides is told to be no state: "Israel and Hamas"."""
    link, known = seen.link(span), countries()
    told = link.antecedents if link is not None and link.counted else ()
    names = [each.of(seen.parsed.text) for each in told]
    return any((known.by_name(n) or known.by_demonym(n)) is None for n in names)


def led(seen: Survey, span: Span) -> Span:
    """Return the words of the countries of which a mention is the leaders."""
    parsed, head = seen.parsed, seen.parsed.head_of(span)
    headed = parsed.mentions_headed_by(head.i) if head is not None else ()
    own = headed[0] if headed else None
    if head is None or own is None or not (own.many and own.titles):
        return span
    lands = parsed.once("where states are named", state_starts)
    if bisect_left(lands, head.start) > bisect_left(lands, span.start):
        return span  # "U.S. lawmakers from both parties"
    after = [word for word in parsed.tokens_in(span) if word.i > head.i]
    of = parsed.words("actors.of-or-from")
    if len(after) < 2 or after[0].text not in of:  # noqa: PLR2004
        return span
    return Span(after[1].start, span.end)


def state_starts(parsed: Parsed) -> list[int]:
    """Return where the mentions of states start, in order."""
    return sorted(m.span.start for m in parsed.mentions if m.sort == "state")


def two_told(seen: Survey) -> tuple[str, ...]:
    """Return the two countries of which a report tells above all others, or ()."""
    total = seen.total.total()
    if total < FEWEST:
        return ()
    (first, most), *rest = seen.total.most_common(2)
    second, fewer = rest[0] if rest else ("", 0)
    if fewer < SECOND * total or most + fewer < TOGETHER * total:
        return ()
    return first, second
