"""Quotations and who speaks them: whose "we" and "our" their words are."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from dateline.model import SUBJECTS, Parsed, Span, Token

QUOTED = re.compile(r"[“\"]([^“”\"]{2,2000})(?:[”\"]|$)|``(.{2,2000}?)''", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, and the words for who speaks it (None where not told)."""

    span: Span
    speaker: Span | None


def find_quotes(parsed: Parsed) -> tuple[Quote, ...]:
    """Return the quotations of a report with their speakers, in text order."""
    spans = [Span(*hit.span()) for hit in QUOTED.finditer(parsed.text)]
    say = parsed.words("actors.say")
    says = [t for t in parsed.tokens if t.lemma.lower() in say and t.pos == "VERB"]
    voices = [
        (verb, subject)
        for verb in says
        for subject in parsed.below(verb, *SUBJECTS)
        if not any(s.covers(verb.span) for s in spans)
    ]
    found: list[Quote] = []
    last: Span | None = None
    for span in spans:
        speaker = spoken_by(parsed, span, voices)
        if speaker is None and found and span.start - found[-1].span.end < FAR:
            speaker = last
        last = speaker
        found.append(Quote(span, speaker))
    return tuple(found)


FAR = 400  # characters: beyond, a quotation without a speaker is somebody else's


def spoken_by(
    parsed: Parsed, quote: Span, voices: list[tuple[Token, Token]]
) -> Span | None:
    """Return the subject of the verb of saying nearest to a quotation."""
    one = parsed.sentence_at(quote.start)
    two = parsed.sentence_at(max(quote.start, quote.end - 1))
    if one is None or two is None:
        return None
    best: tuple[int, Span] | None = None
    for verb, subject in voices:
        if not one.span.start <= verb.start < two.span.end:
            continue
        gap = max(quote.start - verb.end, verb.start - quote.end)
        if best is None or gap < best[0]:
            best = (gap, phrase_of(parsed, subject))
    return best[1] if best else None


def phrase_of(parsed: Parsed, head: Token) -> Span:
    """Return a noun with what stands before it: "the Turkish president"."""
    left = [t.start for t in parsed.subtree(head) if head.i - 8 <= t.i <= head.i]
    return Span(min(left), head.end)


def quote_at(quotes: tuple[Quote, ...], at: int) -> Quote | None:
    """Return the quotation that holds character `at`."""
    n = bisect_left(quotes, at + 1, key=lambda quote: quote.span.end)
    inside = n < len(quotes) and quotes[n].span.start <= at
    return quotes[n] if inside else None
