"""The cast of a report, worked out once: names joined, later words linked."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from dateline.model import Link, Parsed, Span, Why
from dateline.model.mention import Cast, Member, MemberKind, Mention
from dateline.nlp.coref.chains import Reading, likeliest_readings
from dateline.nlp.coref.groups import counted_antecedents
from dateline.nlp.coref.names import Figures, owner_of_body
from dateline.nlp.coref.network import Network, View, candidate_chances, networks, pooled
from dateline.nlp.coref.offices import Offices, Realms
from dateline.nlp.coref.pairs import (
    FORM,
    NOUN,
    Columns,
    Floats,
    Ints,
    Words,
    blocks_of_pairs,
    candidate_pairs,
    count_between,
    mention_columns,
    own_figures,
    pair_features,
    resolvable,
)

SURE = {"he": 0.55, "she": 0.55, "it": 0.45, "they": 0.35, "we": 0.5, "i": 0.4}
SURE_NOUN = 0.45
THEY = FORM["they"]
FAINT = 0.2  # how likely a reading must be to weigh with other evidence
TOLD = {
    "cast.pronoun.v1": "A pronoun stands for whom the learned scorer reads in it.",
    "cast.noun.v1": "A noun stands for whom the learned scorer reads in it.",
    "cast.several.v1": "As many as the text says, named in one list or right before.",
}
PRONOUN_RULE, NOUN_RULE, SEVERAL_RULE = TOLD
KINDS: dict[str, MemberKind] = {
    "person": "person",
    "people": "group",
    "body": "body",
    "state": "state",
    "place": "place",
    "thing": "thing",
}


def needed_likelihood(mention: Mention) -> float:
    """Return how likely a reading of a mention must be to be told."""
    return SURE_NOUN if mention.kind == "noun" else SURE.get(mention.words[0], 1.0)


class Scene:
    """Everything known of one report's mentions while its cast is made."""

    def __init__(
        self,
        parsed: Parsed,
        nets: Sequence[Network],
        sure: Callable[[Mention], float] = needed_likelihood,
    ) -> None:
        """Join the names, then score whom all other words stand for."""
        self.sure = sure
        self.parsed = parsed
        self.mentions = parsed.mentions
        self.first_by_word: dict[str, int] = {}
        self.first_by_head: dict[int, int] = {}
        self.plurals_by_modifier: dict[str, list[int]] = {}
        for n, mention in enumerate(self.mentions):
            self.first_by_word.setdefault(mention.words[-1], n)
            self.first_by_head.setdefault(mention.head, n)
            for word in dict.fromkeys(mention.told) if mention.many else ():
                self.plurals_by_modifier.setdefault(word, []).append(n)
        self.figures = Figures(parsed)
        self.columns: Columns = mention_columns(parsed, self.mentions, self.figures)
        self.who: list[int] = self.columns.who.tolist()
        # The words that say how many they are, with whom they stand for.
        counted = (
            (n, counted_antecedents(parsed, self.figures, mention))
            for n, mention in enumerate(self.mentions)
            if mention.kind != "name" and mention.words != ("who",)
        )
        self.counted = {n: every for n, every in counted if every}
        self.offices = Offices(parsed, self.figures)
        self.realms = Realms(parsed, self.figures)
        self.readings = self.read_links(nets)

    def read_links(self, nets: Sequence[Network]) -> dict[int, Reading]:
        """Return the likeliest reading of each pronoun and open noun.

        How likely one is, is the mean of what the nets say.
        """
        c = self.columns
        asked = np.setdiff1d(resolvable(c), [*self.counted]).astype(np.int32)
        pairs = candidate_pairs(c, self.figures, asked)
        if not len(pairs[0]):
            return {}
        of = np.searchsorted(asked, pairs[0]).astype(np.int32)
        linked, alone = self.score_pairs(nets, pairs, asked)
        every = [
            candidate_chances(scores, nobody, of)
            for scores, nobody in zip(linked, alone, strict=True)
        ]
        told, nobody = (np.mean(part, 0) for part in zip(*every, strict=True))
        likely = told, nobody
        return likeliest_readings(c, asked, pairs, likely, self.never, self.title_holder)

    def weigh_states(
        self, nets: Sequence[Network], own: Floats, asked: Ints
    ) -> tuple[list[list[View]], list[Floats]]:
        """Return each net's views of all mentions, and what it says of *nobody*.

        The states of all mentions, much of a long report, are let go of here.
        """
        heads = [self.parsed.tokens[m.head].span for m in self.mentions]
        states = self.parsed.states.of(heads, nets[0].width)
        alone = [net.unlinked(states, asked, own[asked]) for net in nets]
        figures = pooled(states, self.columns.who)
        return [net.views(states, figures) for net in nets], alone

    def score_pairs(
        self, nets: Sequence[Network], pairs: tuple[Ints, Ints], asked: Ints
    ) -> tuple[list[Floats], list[Floats]]:
        """Return what each net says of each pair, and of *nobody* for each asked.

        Pairs are scored a block at a time.
        """
        words, own = Words(self.mentions, self.figures), own_figures(self.columns)
        views, alone = self.weigh_states(nets, own, asked)
        out = [np.empty(len(pairs[0]), np.float32) for _ in nets]
        between = count_between(self.columns, *pairs)
        for some in blocks_of_pairs(len(pairs[0])):
            block = pairs[0][some], pairs[1][some]
            rows = pair_features(self.columns, own, words, block, between[some])
            for net, view, scores in zip(nets, views, out, strict=True):
                scores[some] = net.paired(view, block, rows)
        return out, alone

    def never(self, n: int) -> frozenset[int]:
        """Return whom words do not mean: of another rank or office, no kingdom."""
        if self.body_of(n) is not None:
            return frozenset(range(len(self.figures.figures)))
        others = (known.never(n) for known in (self.offices, self.realms))
        return self.figures.unlike(n).union(*others)

    def title_holder(self, n: int) -> int | None:
        """Return the one who holds an office, or has the monarch, if there is one."""
        every = (known.holder(n) for known in (self.offices, self.realms))
        one = next((who for who in every if who is not None), None)
        return self.body_of(n) if one is None else one

    def body_of(self, n: int) -> int | None:
        """Return the one people told of a body: "Chad's army troops … the army"."""
        mention = self.mentions[n]
        bare = mention.kind == "noun" and not mention.told and mention.sort == "body"
        if not bare or mention.definite != "the":
            return None
        word = mention.words[-1]
        if self.first_by_word[word] < n:
            return None
        told = [k for k in self.plurals_by_modifier.get(word, ())[:2] if k < n]
        return -1 - told[0] if len(told) == 1 else None

    def unit(self, n: int) -> int:
        """Return whom a mention stands for, itself where nobody can tell."""
        if self.who[n] >= 0:
            return self.who[n]
        reading = self.readings.get(n)
        if reading is None or reading.sure < self.sure(self.mentions[n]):
            return -1 - n
        return reading.unit

    def words(self, unit: int) -> Span:
        """Return the words that tell most of a unit: a full name, or a noun.

        A ministry is named with its country: "Iran's Foreign Ministry".
        """
        if unit >= 0:
            best = self.figures.figures[unit].best
            span = self.mentions[best].span
            owner = owner_of_body(self.mentions, best)
            land = self.figures.figures[unit].land and owner is not None
            return owner.span.join(span) if land and owner else span
        mention = self.mentions[-1 - unit]
        tokens = self.parsed.tokens[mention.first : mention.last]
        if len(tokens) > 1 and tokens[0].pos == "DET":
            return Span(tokens[1].start, mention.span.end)  # without its article
        return mention.span


def cast(parsed: Parsed) -> Cast:
    """Return who appears in a report, and the links of later words to earlier ones."""
    return cast_by(parsed, networks("pairs"))


def cast_by(parsed: Parsed, nets: Sequence[Network]) -> Cast:
    """Return the cast as given nets link it."""
    if not parsed.mentions:
        return Cast()
    scene = Scene(parsed, nets)
    found: dict[Span, Link] = {}
    for link in find_links(scene):
        if link.mention not in link.antecedents:
            found.setdefault(link.mention, link)
    ordered = sorted(found.values(), key=lambda link: link.mention)
    by_unit: dict[int, list[int]] = {}
    for n, mention in enumerate(scene.mentions):
        unit = scene.unit(n)
        if mention.kind == "pronoun" and unit == -1 - n:
            continue  # a pronoun that stands for nobody known is no member
        by_unit.setdefault(unit, []).append(n)
    members: list[Member] = []
    numbers = [-1] * len(scene.mentions)
    for k, (unit, every) in enumerate(by_unit.items()):
        mentions = [scene.mentions[n] for n in every]
        sort = scene.figures.figures[unit].sort if unit >= 0 else mentions[0].sort
        spans = tuple(sorted(mention.span for mention in mentions))
        named = any(mention.kind == "name" for mention in mentions)
        kind = KINDS.get(sort, "unknown")
        members.append(Member(scene.words(unit), kind, spans, named))
        for n in every:
            numbers[n] = k
    return Cast(tuple(members), tuple(ordered), tuple(numbers))


def find_links(scene: Scene) -> Iterator[Link]:
    """Yield the link of each mention that others tell more of."""
    for n, mention in enumerate(scene.mentions):
        if mention.kind == "name":
            yield from name_link(scene, n)
        elif mention.words == ("who",):
            yield from link_relative(scene, mention)
        elif spans := scene.counted.get(n, ()):
            yield Link(mention.span, spans, Why(SEVERAL_RULE, spans[0]))
        elif not mention.count:
            yield from link_pronoun(scene, n)


def name_link(scene: Scene, n: int) -> Iterator[Link]:
    """A short name stands for the fullest name of the same one in the report."""
    who = scene.who[n]
    if who < 0:
        return
    best, weight = scene.mentions[scene.figures.figures[who].best], scene.figures.weight
    fuller = weight(best)[:2] > weight(scene.mentions[n])[:2]
    if fuller or (not scene.mentions[n].told and scene.figures.placed(who)):
        why = Why("cast.name.v1", best.span)
        yield Link(scene.mentions[n].span, (best.span,), why)


def link_relative(scene: Scene, mention: Mention) -> Iterator[Link]:
    """Who and which stand for the word that their clause hangs on."""
    other = scene.first_by_head.get(mention.grammar.same)
    if other is not None:
        span = scene.words(scene.unit(other))
        yield Link(mention.span, (span,), Why("cast.relative.v1", span))


def link_pronoun(scene: Scene, n: int) -> Iterator[Link]:
    """A pronoun or open noun stands for whom the net reads in it; faintly if unsure."""
    reading = scene.readings.get(n)
    if reading is None or reading.unit == -1 - n or reading.sure < FAINT:
        return
    mention, through, unit = scene.mentions[n], reading.through, reading.unit
    if unit < 0 and scene.mentions[-1 - unit].sort == "thing":
        return  # talks or a bomb are no party
    spans = scene.counted.get(-1 - unit, ())
    if -1 - unit in scene.counted and not mention.many:
        return  # "the country" is none of "the two countries"
    c = scene.columns
    listed = c.list[through] >= 0 and not c.many[through]
    if not spans and listed and c.many[n] and c.form[n] in (THEY, NOUN):
        # Words in the plural stand for all of a list of which they stand for a part.
        parts = np.flatnonzero((c.list == c.list[through]) & (c.form >= NOUN))
        every = (scene.words(scene.unit(k)) for k in parts.tolist() if k < n)
        spans = tuple(dict.fromkeys(every))
    spans = spans or (scene.words(unit),)
    rule = NOUN_RULE if mention.kind == "noun" else PRONOUN_RULE
    why = Why(rule, scene.mentions[through].span)
    faint = reading.sure < scene.sure(mention)
    yield Link(mention.span, spans, why, reading.sure, faint)
