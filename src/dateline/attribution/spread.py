"""Quotations given to their speakers, whole, over sentences and paragraphs."""

from collections.abc import Sequence
from dataclasses import replace

from dateline.attribution.ground import Ground
from dateline.attribution.onward import Onward
from dateline.attribution.quote_speakers import find_saying_beside
from dateline.attribution.quotes import Quote
from dateline.attribution.saying import Saying, tidy_pieces
from dateline.model import Span
from dateline.model.filed import Filed

RESUMED = 120  # characters of a reporting clause inside a quotation
NEAR = 600  # characters between a quotation and the words that tell who said it
PARTING = 400  # characters between two quotations of one speaker


def spread_quotations(
    g: Ground, found: Sequence[Saying], seek: bool = True
) -> list[Saying]:
    """Return the sayings with each quotation whole, and given to who goes on speaking.

    With `seek`, a quotation that nobody tells is given to the words beside it.
    """
    sayings = list(found)
    long = statements(g)
    speech = [(i, s) for i, s in enumerate(sayings) if s.sense == "speech" and s.cue]
    told = Filed((each[1].cue[0], each) for each in speech)
    owners: list[int | None] = [owner_of_quote(told, quote) for quote in long]
    grown: dict[int, list[Span]] = {}
    last: int | None = None
    onward = Onward(g, sayings)
    for at, quote in enumerate(long):
        mine = owners[at]
        if mine is None and seek and (new := find_saying_beside(g, quote)) is not None:
            mine = take(sayings, new)
        if mine is None and at and last is not None and follows(g, long[at - 1], quote):
            mine = last
        if mine is None:
            mine = onward.speaker(quote)
        onward.keep(quote, mine)
        if mine is not None:
            grown.setdefault(mine, []).append(quote.inner)
        last = mine
    for i, pieces in grown.items():
        one = sayings[i]
        said = tidy_pieces(g.parsed.text, [*one.content, *pieces])
        sayings[i] = replace(one, content=cut_out_cue(said, (*one.cue, *one.source)))
    return sayings


def statements(g: Ground) -> list[Quote]:
    """Return the quotations long enough to be a statement, or that resume one."""
    found: list[Quote] = []
    for quote in g.quotes:
        if quote.long(g.parsed.text) or (found and resumes(g, found[-1], quote)):
            found.append(quote)
    return found


def resumes(g: Ground, before: Quote, quote: Quote) -> bool:
    """Whether a quotation goes on after a comma: "The army," he said, "won"."""
    between = g.parsed.text[before.span.end : quote.span.start]
    broken = before.inner.of(g.parsed.text).endswith(",")
    close = len(between) < RESUMED and not any(c in ".!?\n" for c in between)
    return broken and close and between.rstrip().endswith(",")


def take(sayings: list[Saying], new: Saying) -> int:
    """Put a new saying in the place of its cue, or at the end; return where."""
    for i, one in enumerate(sayings):
        if any(a.overlaps(b) for a in one.cue for b in new.cue):
            sayings[i] = new
            return i
    sayings.append(new)
    return len(sayings) - 1


def owner_of_quote(told: Filed[tuple[int, Saying]], quote: Quote) -> int | None:
    """Return which saying tells a quotation, most of whose words are said in it.

    The sayings are those in speech, by their cues, each with its number.
    """
    best: tuple[int, int] | None = None
    around = Span(max(0, quote.span.start - NEAR - 1), quote.span.end + NEAR + 1)
    for i, one in told.over(around):
        if quote.inner.covers(one.cue[0]):
            continue
        shared = sum(characters_shared(piece, quote.inner) for piece in one.content)
        if shared and (best is None or shared > best[0]):
            best = (shared, i)
    return best[1] if best else None


def characters_shared(a: Span, b: Span) -> int:
    """Return how many characters two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def follows(g: Ground, before: Quote, quote: Quote) -> bool:
    """Whether a quotation without a speaker goes on where the one before it stopped."""
    between = g.parsed.text[before.span.end : quote.span.start]
    if before.runs_on:
        return not any(map(str.isalnum, between))
    starts = between.rstrip()[-1:] in ("", ".", "!", "?", ":", ",")
    return "\n" not in between and len(between) < PARTING and starts


def cut_out_cue(said: Sequence[Span], words: Sequence[Span]) -> tuple[Span, ...]:
    """Return what is said, the words that tell the saying cut out of it."""
    pieces = list(said)
    for word in words:
        cut: list[Span] = []
        for piece in pieces:
            if piece.overlaps(word) and not word.covers(piece):
                cut += [Span(piece.start, word.start), Span(word.end, piece.end)]
            else:
                cut.append(piece)
        pieces = [p for p in cut if p.start < p.end]
    return tuple(sorted(pieces))
