"""Cues that may hold a saying: the rules' and the tagger's, with what grammar says."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.attribution.cues import Cue
from dateline.attribution.frames import find_content
from dateline.attribution.ground import Ground
from dateline.attribution.saying import Saying
from dateline.attribution.tags import Run, Tags, mean_inside, tag_runs
from dateline.model import Span, Token

ANY = frozenset(("clause", "infinitive", "obj"))  # frames of a word of whatever kind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue with the source and content that grammar gives it, if any."""

    span: Span
    head: Token
    prob: float
    tagged: bool
    rule: str
    sense: str
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A saying on its way: cue, what is said, who says so, what each link scored."""

    cue: Candidate
    said: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    scores: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """All that may be linked in one report, each list in text order."""

    g: Ground
    tags: Tags
    cues: tuple[Candidate, ...]
    contents: tuple[Run, ...]
    sources: tuple[Run, ...]
    breaks: tuple[int, ...]

    def between(self, starts: Sequence[int], a: Span, b: Span) -> int:
        """Count the starts that lie between two spans."""
        low, high = (a.end, b.start) if a.start < b.start else (b.end, a.start)
        return max(0, bisect_left(starts, high) - bisect_left(starts, low))

    def paragraphs(self, a: Span, b: Span) -> int:
        """Count the ends of paragraphs between two spans."""
        return self.between(self.breaks, a, b)


def gather_field(g: Ground, sayings: Sequence[Saying], tags: Tags) -> Field:
    """Return what may be linked in a report."""
    parsed = g.parsed
    found = {role: tag_runs(parsed, tags, role) for role in tags}
    cues = [rule_cue(g, one, found["cue"], tags) for one in sayings]
    spans = sorted(c.span for c in cues)
    for run in found["cue"]:
        if not hits(spans, run.span):
            cues.append(tag_cue(g, run))
    breaks = tuple(i for i, c in enumerate(parsed.text) if c == "\n")
    ordered = tuple(sorted(cues, key=lambda c: c.span))
    contents, sources = tuple(found["content"]), tuple(found["source"])
    return Field(g, tags, ordered, contents, sources, breaks)


def hits(spans: Sequence[Span], one: Span) -> bool:
    """Whether any of the spans, in text order, overlaps one."""
    at = bisect_right(spans, one.end, key=lambda s: s.start)
    return any(spans[i].overlaps(one) for i in range(max(0, at - 4), at))


def rule_cue(g: Ground, one: Saying, tagged: Sequence[Run], tags: Tags) -> Candidate:
    """Return the candidate of a saying that the rules found, its cue as tagged."""
    span = one.cue[0]
    at = bisect_right(tagged, span.start, key=lambda r: r.span.end)
    words = one.cue
    if at < len(tagged) and tagged[at].span.overlaps(span):
        words = (tagged[at].span,)
    head = g.parsed.head_of(span) or g.tokens[0]
    prob = max(mean_inside(g.parsed, tags["cue"], piece) for piece in one.cue)
    rule = one.why.rule.split(".")[1]
    return Candidate(
        span, head, prob, prob > 0.4, rule, one.sense, one.source, one.content, words
    )


def tag_cue(g: Ground, run: Run) -> Candidate:
    """Return the candidate of a cue that only the tagger sees."""
    head = chief(g, run)
    source: tuple[Span, ...] = ()
    said: tuple[Span, ...] = ()
    if head.pos in ("VERB", "AUX"):
        if (subject := g.subject(head)) is not None and not (
            run.first <= subject.i <= run.last
        ):
            source = (g.span(g.phrase(subject)),)
        cue = Cue("speech", ANY, g.parsed.words("attribution.any-preposition"))
        found = find_content(g, head, cue, list(g.below(head)))
        said = tuple(found[0]) if found else ()
    elif (own := g.child(head, "owner")) is not None:
        source = (g.span(g.phrase(own)),)
    return Candidate(
        run.span, head, run.prob, True, "tag", "other", source, said, (run.span,)
    )


def chief(g: Ground, run: Run) -> Token:
    """Return the verb that governs most of a cue, else its head."""
    words = g.tokens[run.first : run.last + 1]
    verbs = [t for t in words if t.pos == "VERB"]
    return verbs[-1] if verbs else (g.parsed.head_of(run.span) or words[0])
