"""Drafts of sayings weighed: each by itself and among its rivals; the likely kept."""

import math
from collections.abc import Sequence

import numpy as np

from dateline.attribution.candidates import Draft, Field
from dateline.attribution.features import begins_at_quote, covered_share, span_gap
from dateline.attribution.linear import Features, Linear
from dateline.attribution.tags import Floats, mean_inside
from dateline.model import Span, Token

SAME = 0.5  # Dice of two contents that are one
LAST, SURE = 0.05, 0.75  # for words that no other draft says
BARE = 2.0  # times the threshold, for contents that no tag bears out
NEAR = 30  # drafts looked at on either side


def keep_likely_drafts(f: Field, drafts: Sequence[Draft], model: Linear) -> list[Draft]:
    """Return the drafts that the model keeps, the surest of those alike.

    Words surely said that no draft kept says are told by the likeliest that does; where
    grammar alone says that anything is said, a draft must be surer.
    """
    scored = [
        (model.probability(x), i, x) for i, x in enumerate(describe_drafts(f, drafts))
    ]
    found: list[Draft] = []
    for prob, i, x in sorted(scored, key=lambda row: -row[0]):
        untagged, sure = "untagged" in x, x["content prob"] >= SURE
        wanted = prob >= model.at * (BARE if untagged else 1)
        if not wanted and sure and not untagged:
            wanted = prob >= LAST and not says_same_words(drafts[i], found)
        if wanted and not any(are_alike_drafts(drafts[i], other) for other in found):
            found.append(drafts[i])
    return found


def says_same_words(draft: Draft, found: Sequence[Draft]) -> bool:
    """Whether any of the drafts says some of the same words."""
    return any(a.overlaps(b) for o in found for a in o.said for b in draft.said)


def are_alike_drafts(a: Draft, b: Draft) -> bool:
    """Whether two drafts say mostly the same words."""
    if a.said[0].start >= b.said[-1].end or b.said[0].start >= a.said[-1].end:
        return False
    common = sum(covered(b.said, p) for p in a.said)
    return 2 * common > SAME * (size_of_pieces(a.said) + size_of_pieces(b.said))


def covered(pieces: tuple[Span, ...], span: Span) -> float:
    """Return how many characters of a span the pieces cover."""
    return covered_share(pieces, span) * (span.end - span.start)


def size_of_pieces(pieces: tuple[Span, ...]) -> int:
    """Return how many characters pieces hold, one at least."""
    return max(1, sum(p.end - p.start for p in pieces))


def describe_drafts(f: Field, drafts: Sequence[Draft]) -> list[Features]:
    """Return the features of every draft of a report."""
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].said[0].start)
    ranked = [drafts[i] for i in order]
    alone = [
        {**describe_saying(f, d), **describe_edges(f, d), **describe_words(f, d)}
        for d in ranked
    ]
    weights = [one["all prob"] for one in alone]
    found: list[Features] = [{} for _ in drafts]
    for at, i in enumerate(order):
        low, high = max(0, at - NEAR), at + NEAR + 1
        others = [
            (ranked[n], weights[n])
            for n in range(low, min(high, len(ranked)))
            if n != at
        ]
        found[i] = {**alone[at], **describe_rivals(ranked[at], others)}
    return found


def describe_saying(f: Field, draft: Draft) -> Features:
    """Describe a saying put together, to judge whether anybody would mark it."""
    cue, said, source = draft.cue, draft.said, draft.source[:1]
    weight, tags = size_of_pieces(said), f.tags
    inside = sum(
        mean_inside(f.g.parsed, tags["content"], p) * (p.end - p.start) for p in said
    )
    inside /= weight
    named = mean_inside(f.g.parsed, tags["source"], source[0]) if source else 0.0
    return {
        "content prob": inside,
        f"content prob {'short' if weight < 25 else 'long'}": inside,
        "all prob": inside * cue.prob,
        "with source": inside * cue.prob * named,
        "agrees": sum(covered(cue.content, p) for p in said) / weight,
        "cue prob": cue.prob,
        f"sense:{cue.sense}": 1.0,
        f"rule:{cue.rule}": 1.0,
        "no source": float(not source),
        "source prob": named,
        "quoted": float(any(begins_at_quote(f, p) for p in said)),
        f"pieces:{min(3, len(said))}": 1.0,
        f"size:{min(6, weight // 20)}": 1.0,
        "length": math.log1p(weight),
        **dict(draft.scores),
    }


def describe_edges(f: Field, draft: Draft) -> Features:
    """Describe how sharply what is said begins and ends, and what it leaves out."""
    table = f.tags["content"]
    inside = 1.0 - table[:, 0]
    pieces = [w for p in draft.said if (w := f.g.parsed.tokens_in(p))]
    if not pieces:
        return {}
    first, last = pieces[0][0].i, pieces[-1][-1].i
    grammar = draft.cue.content
    left = sum(covered(draft.said, p) for p in grammar) / size_of_pieces(grammar)
    return {
        "before": float(inside[first - 1]) if first else 0.0,
        "after": float(inside[last + 1]) if last + 1 < len(inside) else 0.0,
        "first": float(inside[first]),
        "last": float(inside[last]),
        "begins": float(table[first, 1]),
        "least": min(float(inside[w[0].i : w[-1].i + 1].min()) for w in pieces),
        "grammar kept": left if grammar else -1.0,
    }


def describe_words(f: Field, draft: Draft) -> Features:
    """Describe the words of a cue and of a speaker, and where they stand."""
    g, tags = f.g, f.tags
    cue = g.parsed.tokens_in(draft.cue.words[0])
    source = draft.source[0] if draft.source else None
    who = g.parsed.tokens_in(source) if source else ()
    at, head = draft.cue.span, draft.cue.head
    return {
        "cue words": float(len(cue)),
        "cue most": most(tags["cue"], cue),
        "cue content": most(tags["content"], cue),
        "source words": float(len(who)),
        "source most": most(tags["source"], who),
        "source content": most(tags["content"], who),
        "pronoun": float(len(who) == 1 and who[0].pos == "PRON"),
        "gap": math.log1p(min(span_gap(p, at) for p in draft.said)),
        "source gap": math.log1p(span_gap(source, at)) if source else -1.0,
        "cue after": float(at.start > draft.said[0].start),
        "source after": float(source is not None and source.start > at.start),
        f"form:{head.form}": 1.0,
        f"head:{head.relation}": 1.0,
        "breaks": float(min(5, f.paragraphs(draft.said[0], at))),
    }


def most(table: Floats, tokens: Sequence[Token]) -> float:
    """Return the highest probability that a word is inside a role."""
    if not tokens:
        return 0.0
    return float(1.0 - np.min(table[tokens[0].i : tokens[-1].i + 1, 0]))


def describe_rivals(draft: Draft, others: Sequence[tuple[Draft, float]]) -> Features:
    """Describe a draft beside others: what it lies in, holds, says again.

    Who judges by hand marks the outermost saying, and of two alike the better.
    """
    said, cue = draft.said, draft.cue.span
    over = [p for o, p in others if lies_mostly_in(said, o.said)]
    around = [p for o, p in others if covered_share(o.said, cue) > SAME]
    rivals = [p for o, p in others if are_alike_drafts(draft, o)]
    holds = [p for o, p in others if covered_share(said, o.cue.span) > SAME]
    return {
        "over": float(bool(over)),
        "over most": max(over, default=0.0),
        "cue within": float(bool(around)),
        "cue within most": max(around, default=0.0),
        "rivals": float(len(rivals)),
        "rival most": max(rivals, default=0.0),
        "holds": float(min(3, len(holds))),
        "holds most": max(holds, default=0.0),
    }


def lies_mostly_in(said: tuple[Span, ...], other: tuple[Span, ...]) -> bool:
    """Whether most of what is said lies in something longer."""
    mine = size_of_pieces(said)
    return (
        size_of_pieces(other) > mine
        and sum(covered(other, p) for p in said) > SAME * mine
    )
