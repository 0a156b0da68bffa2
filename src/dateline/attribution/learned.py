"""Attributions by tags and a linker: which source and cue belong to which content."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.attribution.candidates import (
    Candidate,
    Draft,
    Field,
    gather_field,
    tag_cue,
)
from dateline.attribution.features import Marks, content_cue, cue_source
from dateline.attribution.find import ruled
from dateline.attribution.ground import Ground
from dateline.attribution.linear import Linear, load_linker_models
from dateline.attribution.onward import carry_speaker_on
from dateline.attribution.rules import full_rule_name
from dateline.attribution.saying import Saying, tidy_pieces
from dateline.attribution.spread import spread_quotations
from dateline.attribution.tags import Run, Tags, mean_inside
from dateline.attribution.weigh import SURE, keep_likely_drafts
from dateline.model import Parsed, Span, Why

LINKED = full_rule_name("linked")
REACH = 5  # candidates looked at on either side
FEW = 4  # tokens: fewer are not worth a speaker
SENSES = ("speech", "thought", "wish", "stance", "evidence", "seem")


@dataclass(frozen=True, slots=True)
class Linked:
    """Finds attributions with the tags that `tag` gives.

    The linker decides what counts; the rules add what lies inside its contents.
    """

    tag: Callable[[Parsed], Tags]

    def __call__(self, parsed: Parsed) -> tuple[Saying, ...]:
        """Return who says what in a report, in text order."""
        g = Ground.of(parsed)
        rules = ruled(g)
        f, by = gather_field(g, rules, self.tag(parsed)), load_linker_models()
        chosen = keep_likely_drafts(f, drafts(f, by), by["keep"])
        found = spread_quotations(
            g, [saying_from_draft(f, draft) for draft in chosen], False
        )
        found = carry_speaker_on(g, found, surely_said(f))
        more = [
            one
            for one in rules
            if is_new(one, found) and lies_in_other_saying(one, found)
        ]
        return tuple(sorted([*found, *more], key=lambda s: s.start))


def surely_said(f: Field) -> Iterator[Span]:
    """Yield the words that the tagger is sure somebody says, if they are some."""
    for run in f.contents:
        if run.prob >= SURE and run.last - run.first >= FEW:
            yield run.span


def is_new(one: Saying, found: Sequence[Saying]) -> bool:
    """Whether the linker has not told a saying of the rules already."""
    return not any(a.overlaps(b) for two in found for a in one.cue for b in two.cue)


def lies_in_other_saying(one: Saying, found: Sequence[Saying]) -> bool:
    """Whether a whole saying lies in what another says."""
    parts = (*one.source, *one.cue, *one.content)
    return any(
        all(any(p.covers(part) for p in two.content) for part in parts) for two in found
    )


def drafts(f: Field, by: Mapping[str, Linear]) -> list[Draft]:
    """Return every content with its best cue, every cue with its best source."""
    marks = Marks(f)
    groups: dict[int, list[tuple[Run, float]]] = {}
    found: list[Draft] = []
    for run in f.contents:
        best = best_cue(f, run, marks, by["cue"])
        if best is not None:
            groups.setdefault(best[0], []).append((run, best[1]))
        elif (lone := draft_from_governor(f, run)) is not None:
            found.append(lone)
    found += [draft_of_group(f, f.cues[i], group) for i, group in groups.items()]
    found += [
        draft_of_cue(c) for i, c in enumerate(f.cues) if i not in groups and c.content
    ]
    return [with_source(f, draft, marks, by["source"]) for draft in found]


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
    cue = replace(
        cue, rule="governor", prob=mean_inside(g.parsed, f.tags["cue"], verb.span)
    )
    return Draft(cue, (run.span,), (), (("link", 0.0),))


def draft_of_group(
    f: Field, cue: Candidate, group: Sequence[tuple[Run, float]]
) -> Draft:
    """Return the draft of the contents given to one cue."""
    said = tidy_pieces(f.g.parsed.text, [run.span for run, _ in group])
    return Draft(cue, said, (), (("link", max(p for _, p in group)),))


def draft_of_cue(cue: Candidate) -> Draft:
    """Return the draft of a cue that no tagged content is given to."""
    return Draft(cue, cue.content, (), (("untagged", 1.0),))


def best_cue(
    f: Field, run: Run, marks: Marks, model: Linear
) -> tuple[int, float] | None:
    """Return the cue that most probably tells a content."""
    scored = [
        (model.probability(content_cue(f, run, f.cues[i], marks)), i)
        for i in cues_near(f, run)
    ]
    if not scored:
        return None
    prob, i = max(scored)
    return (i, prob) if prob >= model.at else None


def cues_near(f: Field, run: Run) -> Iterator[int]:
    """Yield the cues around a content: the nearest ones, and those of its grammar."""
    at = bisect_left(f.cues, run.span, key=lambda c: c.span)
    left = right = 0
    for i in range(at - 1, max(-1, at - 40), -1):
        cue = f.cues[i]
        if cue.tagged and left < REACH:
            left += 1
            yield i
        elif any(p.overlaps(run.span) for p in cue.content):
            yield i
    for i in range(at, min(len(f.cues), at + 40)):
        cue = f.cues[i]
        if cue.tagged and right < REACH:
            right += not run.span.covers(cue.span)
            yield i
        elif any(p.overlaps(run.span) for p in cue.content):
            yield i


def with_source(f: Field, draft: Draft, marks: Marks, model: Linear) -> Draft:
    """Return a draft with the words that most probably name its speaker, if any."""
    scored = [
        (model.probability(cue_source(f, draft.cue, s, draft.said, marks)), s)
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
