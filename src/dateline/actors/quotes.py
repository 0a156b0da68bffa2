"""Quotations and who speaks them: whose "we" and "our" their words are."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter

from dateline.model import SUBJECTS, Parsed, Span, Token

QUOTED = re.compile(r"[“\"]([^“”\"]{2,2000})(?:[”\"]|$)|``(.{2,2000}?)''", re.DOTALL)

START = attrgetter("start")
FAR = 400  # characters: beyond, a quotation without a speaker is somebody else's


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, and the words for who speaks it (None where not told)."""

    span: Span
    speaker: Span | None


def find_quotes(parsed: Parsed) -> tuple[Quote, ...]:
    """Return the quotations of a report with their speakers, in text order."""
    spans = [Span(*hit.span()) for hit in QUOTED.finditer(parsed.text)]
    if not spans:
        return ()
    say = parsed.words("actors.say")
    voices: list[tuple[Token, Token]] = []
    for verb in parsed.tokens:
        if verb.pos == "VERB" and verb.lemma.lower() in say:
            n = bisect_right(spans, verb.start, key=START)
            if not n or spans[n - 1].end < verb.end:
                voices += [(verb, each) for each in parsed.below(verb, *SUBJECTS)]
    found: list[Quote] = []
    last: Span | None = None
    for span in spans:
        speaker = spoken_by(parsed, span, voices)
        if speaker is None and found and span.start - found[-1].span.end < FAR:
            speaker = last
        last = speaker
        found.append(Quote(span, speaker))
    return tuple(found)


def spoken_by(
    parsed: Parsed, quote: Span, voices: list[tuple[Token, Token]]
) -> Span | None:
    """Return the subject of the verb of saying nearest to a quotation.

    `voices` are verbs with their subjects, in text order.
    """
    one = parsed.sentence_at(quote.start)
    two = parsed.sentence_at(max(quote.start, quote.end - 1))
    if one is None or two is None:
        return None
    first, last = (
        bisect_left(voices, at, key=lambda voice: voice[0].start)
        for at in (one.span.start, two.span.end)
    )
    subject = min(
        voices[first:last],
        key=lambda voice: max(quote.start - voice[0].end, voice[0].start - quote.end),
        default=(None, None),
    )[1]
    if subject is None:
        return None
    # The noun with what stands before it: "the Turkish president".
    near = range(subject.i - 8, subject.i + 1)
    left = [token.start for token in parsed.subtree(subject) if token.i in near]
    return Span(min(left), subject.end)


def quote_at(quotes: tuple[Quote, ...], at: int) -> Quote | None:
    """Return the quotation that holds character `at`."""
    n = bisect_left(quotes, at + 1, key=lambda quote: quote.span.end)
    inside = n < len(quotes) and quotes[n].span.start <= at
    return quotes[n] if inside else None
