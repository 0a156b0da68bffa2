"""What the linker looks at: a content and a cue, a cue and a source, a whole saying."""

from dateline.attribution.candidates import Candidate, Field
from dateline.attribution.linear import Features
from dateline.attribution.tags import Run, mean_inside
from dateline.model import Span

FAR = (1, 4, 9, 20, 50, 120, 300)  # characters between; the last bucket is open
LEAD = 12  # characters from a cue to what a colon opens
MARKS = frozenset("\"“”„'’‘‚`«»‹›")


def distance_bucket(prefix: str, gap: int) -> str:
    """Return the name of the bucket a distance falls into."""
    return f"{prefix}:{next((n for n in FAR if gap <= n), 'far')}"


def span_gap(a: Span, b: Span) -> int:
    """Return the characters between two spans, 0 where they overlap."""
    return max(0, a.start - b.end, b.start - a.end)


def covered_share(pieces: tuple[Span, ...], span: Span) -> float:
    """Return the share of a span that pieces cover."""
    inside = sum(
        max(0, min(p.end, span.end) - max(p.start, span.start)) for p in pieces
    )
    return inside / max(1, span.end - span.start)


def begins_at_quote(f: Field, span: Span) -> bool:
    """Whether a span begins at a quotation mark."""
    lead = f.g.parsed.text[max(0, span.start - 2) : span.start]
    return any(c in MARKS for c in lead)


def content_cue(f: Field, run: Run, cue: Candidate, cues: "Marks") -> Features:
    """Describe a content and a cue that may tell it."""
    side = "after" if cue.span.start >= run.span.start else "before"
    between = f.between(cues.cue_starts, run.span, cue.span)
    breaks = f.paragraphs(run.span, cue.span)
    quote = "quote" if begins_at_quote(f, run.span) else "plain"
    mine, whole = covered_share(cue.content, run.span), 0.0
    if cue.content:
        size = sum(p.end - p.start for p in cue.content)
        whole = mine * (run.span.end - run.span.start) / max(1, size)
    skipped = f.between(cues.content_starts, run.span, cue.span)
    return {
        distance_bucket(f"{side} {quote}", span_gap(run.span, cue.span)): 1.0,
        f"cues between:{min(between, 3)} {side}": 1.0,
        f"contents between:{min(skipped, 3)} {side}": 1.0,
        f"paragraphs:{min(breaks, 2)} {quote}": 1.0,
        f"sense:{cue.sense} {quote}": 1.0,
        f"rule:{cue.rule}": 1.0,
        "in grammar": mine,
        "grammar whole": min(1.0, whole),
        f"grammar {quote}": float(mine > 0.5),
        "has grammar": float(bool(cue.content)),
        "cue": cue.prob,
        "tagged": float(cue.tagged),
        "inside": float(run.span.covers(cue.span)),
        f"starts lower {side}": float(f.g.parsed.text[run.span.start].islower()),
        "colon": float(colon_opens_saying(f, run.span, cue.words[-1])),
    }


def colon_opens_saying(f: Field, said: Span, cue: Span) -> bool:
    """Whether a colon after a cue opens what is said: marks alone stand between."""
    lead = f.g.parsed.text[cue.end - 1 : said.start]
    return len(lead) < LEAD and ":" in lead and not any(map(str.isalnum, lead[1:]))


class Marks:
    """Where cues, contents and sources of one field start, for counting between."""

    def __init__(self, f: Field) -> None:
        """Count the tagged cues only."""
        self.cue_starts = [c.span.start for c in f.cues if c.tagged]
        self.content_starts = [r.span.start for r in f.contents]
        self.source_starts = [r.span.start for r in f.sources]


def cue_source(
    f: Field, cue: Candidate, span: Span, said: tuple[Span, ...], marks: Marks
) -> Features:
    """Describe a cue and words that may name its speaker."""
    side = "after" if span.start >= cue.span.start else "before"
    grammar = max((covered_share((p,), span) for p in cue.source), default=0.0)
    parsed = f.g.parsed
    head = parsed.head_of(span)
    relation = head.relation if head is not None else ""
    hangs = head is not None and head.head == cue.head.i
    same = parsed.sentence_at(span.start) == parsed.sentence_at(cue.span.start)
    between = f.between(marks.source_starts, span, cue.span)
    cues = f.between(marks.cue_starts, span, cue.span)
    return {
        distance_bucket(f"source {side}", span_gap(span, cue.span)): 1.0,
        f"sources between:{min(between, 3)} {side}": 1.0,
        f"cues between source:{min(cues, 3)} {side}": 1.0,
        f"same sentence:{same}": 1.0,
        f"paragraphs source:{min(2, f.paragraphs(span, cue.span))}": 1.0,
        f"relation:{relation}": 1.0,
        f"hangs:{hangs} {relation}": float(hangs),
        "grammar source": grammar,
        f"named by {cue.rule}:{bool(cue.source)}": 1.0,
        f"grammar rule:{cue.rule}": float(grammar > 0),
        "in content": min(1.0, covered_share(said, span)),
        "prob": mean_inside(parsed, f.tags["source"], span),
        "in cue": float(span.overlaps(cue.span)),
    }
