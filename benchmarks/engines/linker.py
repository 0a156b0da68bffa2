"""Attributions by tags and a linker: which source and cue belong to which content.

Three logistic models decide: which cue tells a content, which source a cue has, and
which of the sayings so put together are kept, each weighed by itself and among its
rivals.
"""

import json
import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.engines.tags import (
    Candidate,
    Draft,
    Field,
    Floats,
    Run,
    Tags,
    count_starts_between,
    gather_field,
    mean_inside,
    tag_cue,
)
from dateline.extract.attribution.find import carry_speaker_on, find_by_rules, spread_quotations
from dateline.extract.attribution.parse_index import Ground, begins_at_quote
from dateline.extract.attribution.spans import Saying, full_rule_name, tidy_pieces
from dateline.model import Parsed, Span, Token, Why

LINKED = full_rule_name("linked")
REACH = 5  # candidates looked at on either side
FEW = 4  # tokens: fewer are not worth a speaker
SENSES = ("speech", "thought", "wish", "stance", "evidence", "seem")
FAR = (1, 4, 9, 20, 50, 120, 300)  # characters between; the last bucket is open
LEAD = 12  # characters from a cue to what a colon opens
SAME = 0.5  # Dice of two contents that are one
LAST, SURE = 0.05, 0.75  # for words that no other draft says
BARE = 2.0  # times the threshold, for contents that no tag bears out
NEAR = 30  # drafts looked at on either side
Features = dict[str, float]


class Linear:
    """One logistic model; `at` is the probability from which it says yes."""

    def __init__(self, weights: Mapping[str, float], at: float) -> None:
        """Keep weights by feature name; "bias" is always on."""
        self.weights = dict(weights)
        self.bias = self.weights.get("bias", 0.0)
        self.at = at

    def probability(self, features: Features) -> float:
        """Return the probability of yes.

        >>> Linear({"bias": 0.0}, 0.5).probability({"far": 1.0})
        0.5
        """
        weights = self.weights
        total = self.bias + sum(weights.get(k, 0.0) * v for k, v in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load_linker_models() -> dict[str, Linear]:
    """Read the linker's models once a process."""
    raw = Path(__file__).with_name("linker.json")
    table: dict[str, Any] = json.loads(raw.read_text(encoding="utf-8"))
    return {k: Linear(v["weights"], v["at"]) for k, v in table["models"].items()}


@dataclass(frozen=True, slots=True)
class Linked:
    """Finds attributions with the tags that `tag` gives.

    The linker decides what counts; the rules add what lies inside its contents.
    """

    tag: Callable[[Parsed], Tags]

    def __call__(self, parsed: Parsed) -> tuple[Saying, ...]:
        """Return who says what in a report, in text order."""
        g = Ground.of(parsed)
        rules = find_by_rules(g)
        f, by = gather_field(g, rules, self.tag(parsed)), load_linker_models()
        chosen = keep_likely_drafts(f, drafts(f, by), by["keep"])
        found = spread_quotations(g, [saying_from_draft(f, draft) for draft in chosen], False)
        # words that the tagger is sure somebody says, if they are some
        tagged = (r for r in f.contents if r.prob >= SURE and r.last - r.first >= FEW)
        found = carry_speaker_on(g, found, (run.span for run in tagged))
        cues = [cue for one in found for cue in one.cue]
        more = [
            one
            for one in rules
            if not any(a.overlaps(b) for a in cues for b in one.cue)
            and any(two.holds(one) for two in found)
        ]
        return tuple(sorted([*found, *more], key=lambda s: s.start))


def drafts(f: Field, by: Mapping[str, Linear]) -> list[Draft]:
    """Return every content with its best cue, every cue with its best source."""
    groups: dict[int, list[tuple[Run, float]]] = {}
    found: list[Draft] = []
    for run in f.contents:
        scored = [
            (by["cue"].probability(content_cue(f, run, f.cues[i])), i) for i in cues_near(f, run)
        ]
        prob, best = max(scored, default=(0.0, -1))
        if best >= 0 and prob >= by["cue"].at:
            groups.setdefault(best, []).append((run, prob))
        elif (lone := draft_from_governor(f, run)) is not None:
            found.append(lone)
    for i, group in groups.items():
        said = tidy_pieces(f.g.parsed.text, [run.span for run, _ in group])
        link = max(prob for _, prob in group)
        found.append(Draft(f.cues[i], said, (), (("link", link),)))
    for i, cue in enumerate(f.cues):
        if i not in groups and cue.content:  # grammar alone says that anything is said
            found.append(Draft(cue, cue.content, (), (("untagged", 1.0),)))
    return [with_source(f, draft, by["source"]) for draft in found]


def draft_from_governor(f: Field, run: Run) -> Draft | None:
    """Return the draft of a content that no cue fits: its governing verb tells it."""
    g = f.g
    head = g.parsed.head_of(run.span)
    if head is None or head.head == head.i:
        return None
    verb = g.tokens[head.head]
    if verb.pos == "ADP" and verb.head != verb.i:
        verb = g.tokens[verb.head]
    if verb.pos not in ("VERB", "NOUN", "ADJ") or run.span.covers(verb.span):
        return None
    cue = tag_cue(g, Run(verb.i, verb.i, verb.span, 0.0))
    cue = replace(cue, rule="governor", prob=mean_inside(g.parsed, f.tags["cue"], verb.span))
    return Draft(cue, (run.span,), (), (("link", 0.0),))


def cues_near(f: Field, run: Run) -> Iterator[int]:
    """Yield the cues around a content: the nearest ones, and those of its grammar."""
    at = bisect_left(f.cues, run.span, key=lambda c: c.span)
    before = range(at - 1, max(-1, at - 40), -1)
    after = range(at, min(len(f.cues), at + 40))
    for side in (before, after):
        near = 0
        for i in side:
            cue = f.cues[i]
            if cue.tagged and near < REACH:
                near += side is before or not run.span.covers(cue.span)
                yield i
            elif any(p.overlaps(run.span) for p in cue.content):
                yield i


def with_source(f: Field, draft: Draft, model: Linear) -> Draft:
    """Return a draft with the words that most probably name its speaker, if any."""
    scored = [
        (model.probability(cue_source(f, draft.cue, s, draft.said)), s)
        for s in sources_near(f, draft.cue)
    ]
    prob, best = max(scored, default=(0.0, None))
    source = (best,) if best is not None and prob >= model.at else ()
    return replace(draft, source=source, scores=(*draft.scores, ("speaker", prob)))


def sources_near(f: Field, cue: Candidate) -> Iterator[Span]:
    """Yield tagged sources around a cue, and the one that grammar names."""
    at = bisect_left(f.sources, cue.span, key=lambda r: r.span)
    near = [r.span for r in f.sources[max(0, at - REACH) : at + REACH]]
    yield from near
    for span in cue.source:
        if not any(span.overlaps(other) for other in near):
            yield span


def saying_from_draft(f: Field, draft: Draft) -> Saying:
    """Return a draft as a saying, by the rule of grammar or else the linker's."""
    cue = draft.cue
    name = LINKED if cue.rule in ("tag", "governor") else full_rule_name(cue.rule)
    sense = cue.sense if cue.sense in SENSES else "speech"
    words = cue.words
    why = Why(name, cue.span)
    return Saying(draft.source, words, draft.said, sense, why)  # type: ignore[arg-type]


def distance_bucket(prefix: str, gap: int) -> str:
    """Return the name of the bucket a distance falls into."""
    return f"{prefix}:{next((n for n in FAR if gap <= n), 'far')}"


def span_gap(a: Span, b: Span) -> int:
    """Return the characters between two spans, 0 where they overlap."""
    return max(0, a.start - b.end, b.start - a.end)


def covered_share(pieces: tuple[Span, ...], span: Span) -> float:
    """Return the share of a span that pieces cover."""
    inside = sum(max(0, min(p.end, span.end) - max(p.start, span.start)) for p in pieces)
    return inside / max(1, span.end - span.start)


def content_cue(f: Field, run: Run, cue: Candidate) -> Features:
    """Describe a content and a cue that may tell it."""
    side = "after" if cue.span.start >= run.span.start else "before"
    between = count_starts_between(f.cue_starts, run.span, cue.span)
    breaks = f.paragraphs(run.span, cue.span)
    quote = "quote" if begins_at_quote(f.g.parsed.text, run.span) else "plain"
    mine, whole = covered_share(cue.content, run.span), 0.0
    if cue.content:
        size = sum(p.end - p.start for p in cue.content)
        whole = mine * (run.span.end - run.span.start) / max(1, size)
    skipped = count_starts_between(f.content_starts, run.span, cue.span)
    # a colon after the cue opens what is said: marks alone stand between
    lead = f.g.parsed.text[cue.words[-1].end - 1 : run.span.start]
    marks = not any(map(str.isalnum, lead[1:]))
    colon = len(lead) < LEAD and ":" in lead and marks
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
        "colon": float(colon),
    }


def cue_source(f: Field, cue: Candidate, span: Span, said: tuple[Span, ...]) -> Features:
    """Describe a cue and words that may name its speaker."""
    side = "after" if span.start >= cue.span.start else "before"
    grammar = max((covered_share((p,), span) for p in cue.source), default=0.0)
    parsed = f.g.parsed
    head = parsed.head_of(span)
    relation = head.relation if head is not None else ""
    hangs = head is not None and head.head == cue.head.i
    same = parsed.sentence_at(span.start) == parsed.sentence_at(cue.span.start)
    between = count_starts_between(f.source_starts, span, cue.span)
    cues = count_starts_between(f.cue_starts, span, cue.span)
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


def keep_likely_drafts(f: Field, drafts: Sequence[Draft], model: Linear) -> list[Draft]:
    """Return the drafts that the model keeps, the surest of those alike.

    Words surely said that no draft kept says are told by the likeliest that does; where
    grammar alone says that anything is said, a draft must be surer.
    """
    scored = [(model.probability(x), i, x) for i, x in enumerate(describe_drafts(f, drafts))]
    found: list[Draft] = []
    for prob, i, x in sorted(scored, key=lambda row: -row[0]):
        untagged, sure = "untagged" in x, x["content prob"] >= SURE
        wanted = prob >= model.at * (BARE if untagged else 1)
        if not wanted and sure and not untagged and prob >= LAST:
            said = [piece for other in found for piece in other.said]
            wanted = not any(a.overlaps(b) for a in said for b in drafts[i].said)
        if wanted and not any(are_alike_drafts(drafts[i], other) for other in found):
            found.append(drafts[i])
    return found


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
        {**describe_saying(f, d), **describe_edges(f, d), **describe_words(f, d)} for d in ranked
    ]
    weights = [one["all prob"] for one in alone]
    found: list[Features] = [{} for _ in drafts]
    for at, i in enumerate(order):
        low, high = max(0, at - NEAR), at + NEAR + 1
        others = [(ranked[n], weights[n]) for n in range(low, min(high, len(ranked))) if n != at]
        found[i] = {**alone[at], **describe_rivals(ranked[at], others)}
    return found


def describe_saying(f: Field, draft: Draft) -> Features:
    """Describe a saying put together, to judge whether anybody would mark it."""
    cue, said, source = draft.cue, draft.said, draft.source[:1]
    weight, tags = size_of_pieces(said), f.tags
    inside = sum(mean_inside(f.g.parsed, tags["content"], p) * (p.end - p.start) for p in said)
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
        "quoted": float(any(begins_at_quote(f.g.parsed.text, p) for p in said)),
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
    mine = size_of_pieces(said)
    longer = [(o.said, p) for o, p in others if size_of_pieces(o.said) > mine]
    over = [p for o, p in longer if sum(covered(o, s) for s in said) > SAME * mine]
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
