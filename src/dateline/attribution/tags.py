"""Runs of words that the encoder tags as source, cue or content."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dateline.encoder import Encoder
from dateline.model import Parsed, Span

Floats = npt.NDArray[np.float32]
ROLES = ("source", "cue", "content")
FLOOR = {"source": 0.5, "cue": 0.3, "content": 0.5}  # probability of being inside

GAP = 4  # tokens: a longer stretch outside parts two contents
DOUBTFUL = 0.15  # mean probability from which a gap counts as inside


@dataclass(frozen=True, slots=True)
class Run:
    """Tagged words: their tokens (the last one included), characters, probability."""

    first: int
    last: int
    span: Span
    prob: float


def tag_runs(parsed: Parsed, tags: "Tags", role: str) -> list[Run]:
    """Return the runs of one role from tokens x (O, B, I) probabilities."""
    table = tags[role]
    inside = 1.0 - table[:, 0]
    begins = table[:, 1] > table[:, 2]
    chosen = inside > FLOOR[role]
    if role == "content":
        begins &= sentence_openings(parsed)
        chosen = bridged(chosen, inside, tagged_tokens(tags))
    found: list[Run] = []
    for stretch in token_stretches(parsed, chosen, begins):
        whole = range(stretch[0], stretch[1] + 1)
        words = [i for i in whole if not is_mark_or_space(parsed, i)]
        if role == "cue" and not words:
            words = [i for i in whole if parsed.tokens[i].text == ":"]
        if words:
            first, last = words[0], words[-1]
            span = Span(parsed.tokens[first].start, parsed.tokens[last].end)
            found.append(Run(first, last, span, float(inside[first : last + 1].mean())))
    return found


def tagged_tokens(tags: "Tags") -> npt.NDArray[np.bool_]:
    """Return which tokens are tagged as cue or source."""
    both = np.maximum(1.0 - tags["cue"][:, 0], 1.0 - tags["source"][:, 0])
    found: npt.NDArray[np.bool_] = both > FLOOR["cue"]
    return found


def sentence_openings(parsed: Parsed) -> npt.NDArray[np.bool_]:
    """Return which tokens open a sentence, marks before its first word included."""
    found = np.zeros(len(parsed.tokens), bool)
    for sentence in parsed.sentences:
        found[sentence.first : min(sentence.first + 2, sentence.last)] = True
    return found


def bridged(
    chosen: npt.NDArray[np.bool_],
    inside: npt.NDArray[np.float32],
    barred: npt.NDArray[np.bool_],
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
    start: int | None = None
    text, tokens = parsed.text, parsed.tokens
    places = np.flatnonzero(inside).tolist()
    previous = -2
    for i in places:
        fresh = i != previous + 1 or bool(begins[i])
        if not fresh and "\n" in text[tokens[previous].end : tokens[i].start]:
            fresh = True
        if fresh and start is not None:
            yield start, previous
        if fresh:
            start = i
        previous = i
    if start is not None:
        yield start, previous


def is_mark_or_space(parsed: Parsed, i: int) -> bool:
    """Whether a token is a mark or white space."""
    return not any(map(str.isalnum, parsed.tokens[i].text))


def mean_inside(parsed: Parsed, table: Floats, span: Span) -> float:
    """Return the mean probability that the words of a span are inside a role."""
    words = parsed.tokens_in(span)
    if not words:
        return 0.0
    return float(1.0 - table[words[0].i : words[-1].i + 1, 0].mean())


Tags = Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class EncoderTags:
    """Gives the tags of the shared encoder: one reading a report serves every room."""

    encoder: Encoder

    def __call__(self, parsed: Parsed) -> Tags:
        """Return tokens x (O, B, I) for each role."""
        read = self.encoder.read_report(parsed)
        return {role: read.tags(role) for role in ROLES}
