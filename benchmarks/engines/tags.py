"""What the encoder tags as source, cue or content, and the cues that may tell a saying.

The cues are the rules' and the tagger's, each with what grammar says of it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.engines.encoder import Encoder
from dateline.extract.attribution.parse_index import Ground
from dateline.extract.attribution.spans import Cue, Saying
from dateline.extract.attribution.verbs import find_content
from dateline.model import Parsed, Span, Token

Floats = npt.NDArray[np.float32]
Tags = Mapping[str, Floats]
ROLES = ("source", "cue", "content")
FLOOR = {"source": 0.5, "cue": 0.3, "content": 0.5}  # probability of being inside

GAP = 4  # tokens: a longer stretch outside parts two contents
DOUBTFUL = 0.15  # mean probability from which a gap counts as inside
ANY = frozenset(("clause", "infinitive", "obj"))  # frames of a word of whatever kind


@dataclass(frozen=True, slots=True)
class EncoderTags:
    """Gives the tags of the shared encoder: one reading a report serves every room."""

    encoder: Encoder

    def __call__(self, parsed: Parsed) -> Tags:
        """Return tokens x (O, B, I) for each role."""
        read = self.encoder.read_report(parsed)
        return {role: read.tags(role) for role in ROLES}


@dataclass(frozen=True, slots=True)
class Run:
    """Tagged words: their tokens (the last one included), characters, probability."""

    first: int
    last: int
    span: Span
    prob: float


def tag_runs(parsed: Parsed, tags: Tags, role: str) -> list[Run]:
    """Return the runs of one role from tokens x (O, B, I) probabilities."""
    table = tags[role]
    inside = 1.0 - table[:, 0]
    begins = table[:, 1] > table[:, 2]
    chosen = inside > FLOOR[role]
    if role == "content":
        # one begins where a sentence does, marks before its first word included
        opening = np.zeros(len(parsed.tokens), bool)
        for sentence in parsed.sentences:
            opening[sentence.first : min(sentence.first + 2, sentence.last)] = True
        begins &= opening
        others = np.maximum(1.0 - tags["cue"][:, 0], 1.0 - tags["source"][:, 0])
        chosen = fill_short_gaps(chosen, inside, others > FLOOR["cue"])
    found: list[Run] = []
    for stretch in token_stretches(parsed, chosen, begins):
        whole = range(stretch[0], stretch[1] + 1)
        words = [i for i in whole if any(map(str.isalnum, parsed.tokens[i].text))]
        if role == "cue" and not words:
            words = [i for i in whole if parsed.tokens[i].text == ":"]
        if words:
            first, last = words[0], words[-1]
            span = Span(parsed.tokens[first].start, parsed.tokens[last].end)
            found.append(Run(first, last, span, float(inside[first : last + 1].mean())))
    return found


def fill_short_gaps(
    chosen: npt.NDArray[np.bool_], inside: npt.NDArray[np.float32], barred: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Return the chosen tokens with short doubtful gaps between them filled."""
    filled = chosen.copy()
    places = np.flatnonzero(chosen)
    for a, b in zip(places[:-1].tolist(), places[1:].tolist(), strict=True):
        if 1 < b - a <= GAP and not barred[a + 1 : b].any():
            filled[a + 1 : b] = inside[a + 1 : b].mean() > DOUBTFUL
    return filled


def token_stretches(
    parsed: Parsed, inside: npt.NDArray[np.bool_], begins: npt.NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of each stretch; a paragraph's end parts them."""
    text, tokens = parsed.text, parsed.tokens
    places = np.flatnonzero(inside).tolist()
    start = previous = places[0] if places else 0
    for i in places[1:]:
        apart = i != previous + 1 or bool(begins[i])
        if apart or "\n" in text[tokens[previous].end : tokens[i].start]:
            yield start, previous
            start = i
        previous = i
    if places:
        yield start, previous


def mean_inside(parsed: Parsed, table: Floats, span: Span) -> float:
    """Return the mean probability that the words of a span are inside a role."""
    words = parsed.tokens_in(span)
    if not words:
        return 0.0
    return float(1.0 - table[words[0].i : words[-1].i + 1, 0].mean())


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
    """All that may be linked in one report, each list in text order.

    `breaks` are the line ends; where tagged cues, contents and sources start is told
    apart, for counting those between two spans.
    """

    g: Ground
    tags: Tags
    cues: tuple[Candidate, ...]
    contents: tuple[Run, ...]
    sources: tuple[Run, ...]
    breaks: tuple[int, ...]
    cue_starts: tuple[int, ...]
    content_starts: tuple[int, ...]
    source_starts: tuple[int, ...]

    def paragraphs(self, a: Span, b: Span) -> int:
        """Count the ends of paragraphs between two spans."""
        return count_starts_between(self.breaks, a, b)


def count_starts_between(starts: Sequence[int], a: Span, b: Span) -> int:
    """Count the starts that lie between two spans."""
    low, high = (a.end, b.start) if a.start < b.start else (b.end, a.start)
    return max(0, bisect_left(starts, high) - bisect_left(starts, low))


def gather_field(g: Ground, sayings: Sequence[Saying], tags: Tags) -> Field:
    """Return what may be linked in a report."""
    parsed = g.parsed
    found = {role: tag_runs(parsed, tags, role) for role in tags}
    cues = [rule_cue(g, one, found["cue"], tags) for one in sayings]
    spans = sorted(c.span for c in cues)
    for run in found["cue"]:
        at = bisect_right(spans, run.span.end, key=lambda s: s.start)
        if not any(run.span.overlaps(span) for span in spans[max(0, at - 4) : at]):
            cues.append(tag_cue(g, run))
    breaks = tuple(i for i, c in enumerate(parsed.text) if c == "\n")
    ordered = tuple(sorted(cues, key=lambda c: c.span))
    contents, sources = tuple(found["content"]), tuple(found["source"])
    starts = (
        tuple(cue.span.start for cue in ordered if cue.tagged),
        tuple(run.span.start for run in contents),
        tuple(run.span.start for run in sources),
    )
    return Field(g, tags, ordered, contents, sources, breaks, *starts)


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
    return Candidate(span, head, prob, prob > 0.4, rule, one.sense, one.source, one.content, words)


def tag_cue(g: Ground, run: Run) -> Candidate:
    """Return the candidate of a cue that only the tagger sees."""
    # the verb that governs most of it, else its head
    words = g.tokens[run.first : run.last + 1]
    verbs = [t for t in words if t.pos == "VERB"]
    head = verbs[-1] if verbs else (g.parsed.head_of(run.span) or words[0])
    source: tuple[Span, ...] = ()
    said: tuple[Span, ...] = ()
    if head.pos in ("VERB", "AUX"):
        subject = g.subject(head)
        if subject is not None and not run.first <= subject.i <= run.last:
            source = (g.span(g.phrase(subject)),)
        cue = Cue("speech", ANY, g.parsed.words("attribution.any-preposition"))
        found = find_content(g, head, cue, list(g.below(head)))
        said = tuple(found[0]) if found else ()
    elif (own := g.child(head, "owner")) is not None:
        source = (g.span(g.phrase(own)),)
    return Candidate(run.span, head, run.prob, True, "tag", "other", source, said, (run.span,))
