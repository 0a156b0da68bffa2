"""Who is meant where an act is told without words for a party: "The bombing …"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dateline.cast.columns import ROLE, ROLES
from dateline.cast.network import Floats, Network, deeds, network
from dateline.codebook import taught
from dateline.model import PRONOUNS, Action, Parsed, Span, Token
from dateline.model.cast import Cast, Member
from dateline.model.mention import Mention
from dateline.reference import countries

KINDS = ("person", "group", "state", "body", "place", "unknown")
SIDES = ("actor", "recipient")
NEAR = 3  # sentences before an act in which a party may be told
MOST = 24  # members asked about
STEM = 5  # letters by which "bombed" and "bombing" are one
IMPLIED = 0.6  # of the reader, that a party without words is somebody at all
GIVEN = {"actor": 0.63, "recipient": 0.53}  # where it is known that somebody is meant


@dataclass(eq=False)
class Act:
    """An act told without words for one side, and what stands around it."""

    parsed: Parsed
    cast: Cast
    trigger: Span
    deed: str
    side: str
    told: tuple[Span, ...]

    @cached_property
    def head(self) -> Token | None:
        """The word that tells the act."""
        return self.parsed.head_of(self.trigger)

    @cached_property
    def sentence(self) -> int:
        """The number of the sentence that tells it."""
        return next(
            (
                n
                for n, s in enumerate(self.parsed.sentences)
                if s.span.end > self.trigger.start
            ),
            0,
        )

    @cached_property
    def clauses(self) -> tuple[int, ...]:
        """The verbs over the act, its own first where it is one."""
        if self.head is None:
            return ()
        own = (self.head.i,) if self.head.pos in ("VERB", "AUX") else ()
        above = self.parsed.above(self.head)
        return own + tuple(t.i for t in above if t.pos in ("VERB", "AUX"))

    @cached_property
    def others(self) -> frozenset[int]:
        """The members whom the other side's words name, by whatever description."""
        found = (self.cast.member(span) for span in self.told)
        named = {self.cast.members.index(m) for m in found if m is not None}
        heads = (self.parsed.head_of(span) for span in self.told)
        tops = {head.i for head in heads if head is not None}
        both = zip(self.parsed.mentions, self.cast.whom, strict=True)
        same = {whom for m, whom in both if tops & {m.head, m.grammar.same}}
        return frozenset(named | same)


def meant(parsed: Parsed, cast: Cast, action: Action, side: str) -> Span | None:
    """Return the words of whom an action implies on a side that no words tell."""
    act = action.act
    if act is None or not cast.members:
        return None
    told = act.actor_meant if side == "actor" else act.recipient_meant
    shared = side == "recipient" and action.mutual and len(action.actors) > 1
    if shared or told.implied < IMPLIED:
        return None
    others = action.recipients if side == "actor" else action.actors
    asked = Act(parsed, cast, action.trigger, act.deeds[0][0], side, tuple(others))
    found = likeliest(asked, network("implied"), somebody=True)
    if found is None or found[1] < GIVEN[side]:
        return None
    return cast.members[found[0]].name


def likeliest(
    act: Act, net: Network, somebody: bool = False
) -> tuple[int, float] | None:
    """Return the member likeliest to be meant, and how likely its country is.

    Members of one country, by their words, share the likelihood: "Israel" and "the
    Israeli army" are one answer to the question of whose act it was. With `somebody`,
    it is known that the text implies a party, and *nobody* is no answer.
    """
    asked = members(act)
    if not asked:
        return None
    states = act.parsed.states.of([act.trigger, *nearest(act, asked)], net.width)
    others = np.arange(1, len(states), dtype=np.int32)
    own = np.zeros(1, np.int32)
    none = net.unlinked(states, own, alone(act)[None]) - (np.inf if somebody else 0)
    pairs = np.zeros_like(others), others
    scores = np.append(net.linked(states, pairs, rows(act, asked)), none)
    raised = np.exp(scores - scores.max())
    shares = raised / raised.sum()
    best = int(shares[:-1].argmax())
    lands = [land(act.parsed, act.cast.members[k].name) for k in asked]
    alike = [n for n, code in enumerate(lands) if code and code == lands[best]]
    return asked[best], float(sum(shares[n] for n in alike or [best]))


def land(parsed: Parsed, name: Span) -> str:
    """Return the one country that words name, "" where none or several."""
    known, text = countries(), name.of(parsed.text)
    words = parsed.lexicon.patterns["cast.owner"].sub("", text).split()
    pairs = [" ".join(words[n : n + 2]) for n in range(len(words) - 1)]
    rows = (known.by_name(w) or known.by_demonym(w) for w in (text, *pairs, *words))
    codes = {row.answers for row in rows if row is not None}
    return codes.pop() if len(codes) == 1 else ""


def members(act: Act) -> list[int]:
    """Return the members who may be meant: those near, then those told of most."""
    near: dict[int, None] = {}
    for n, mention in around(act):
        if mention.sentence <= act.sentence:
            near.setdefault(act.cast.whom[n], None)
    every = range(len(act.cast.members))
    often = sorted(every, key=lambda k: -len(act.cast.members[k].mentions))
    most = [k for k in often[:MOST] if act.cast.members[k].named]
    found = [k for k in dict.fromkeys((*near, *most)) if fits(act, k)]
    return found[:MOST]


def nearest(act: Act, asked: Sequence[int]) -> list[Span]:
    """Return the words that head each member's mention nearest to an act."""
    at = act.head.i if act.head is not None else 0
    heads: dict[int, int] = {}
    for n, mention in enumerate(act.parsed.mentions):
        k = act.cast.whom[n]
        if k not in heads or abs(mention.head - at) < abs(heads[k] - at):
            heads[k] = mention.head
    return [act.parsed.tokens[heads[k]].span for k in asked]


def fits(act: Act, k: int) -> bool:
    """Whether a member may be a party: no thing, no bare "he", none who used force."""
    if k < 0 or k in act.others:
        return False
    who = act.cast.members[k]
    words = act.parsed.tokens_in(who.name)
    if all(word.form in PRONOUNS for word in words) or who.kind == "thing":
        return False
    force = act.side == "actor" and act.deed in taught.deeds("might")
    return not (force and who.kind == "person")


def around(act: Act) -> Iterator[tuple[int, Mention]]:
    """Yield the mentions near an act, with their numbers, nearest sentence first."""
    mentions = act.parsed.mentions
    low = first_of(mentions, act.sentence - NEAR)
    high = first_of(mentions, act.sentence + 1)
    for n in range(high - 1, low - 1, -1):
        yield n, mentions[n]


def first_of(mentions: Sequence[Mention], sentence: int) -> int:
    """Return the number of the first mention from a sentence on."""
    low, high = 0, len(mentions)
    while low < high:
        middle = (low + high) // 2
        if mentions[middle].sentence < sentence:
            low = middle + 1
        else:
            high = middle
    return low


def alone(act: Act) -> Floats:
    """Return what an act tells of itself."""
    head = act.head
    out = [float(act.deed == deed) for deed in deeds("implied")]
    out += [float(act.side == side) for side in SIDES]
    passive = agent = noun = verb = bare = 0
    if head is not None:
        below = [act.parsed.tokens[i].relation for i in act.parsed.children[head.i]]
        passive, agent = (
            "passive-auxiliary" in below or head.form == "participle",
            "agent" in below,
        )
        noun, verb = head.pos in ("NOUN", "PROPN"), head.pos == "VERB"
        bare = noun and not any(
            d in ("owner", "adjective", "compound", "preposition") for d in below
        )
    flags = (passive, agent, noun, verb, bare, bool(act.told), act.sentence == 0)
    return np.array([*out, *map(float, flags)], np.float32)


def rows(act: Act, asked: Sequence[int]) -> Floats:
    """Return one row of features for each member asked."""
    near: dict[int, list[Mention]] = {}
    for n, mention in around(act):
        near.setdefault(act.cast.whom[n], []).append(mention)
    base = alone(act)
    most = max(len(m.mentions) for m in act.cast.members)
    every = [np.concatenate([base, row(act, k, near.get(k, []), most)]) for k in asked]
    return np.array(every, np.float32)


def row(act: Act, k: int, near: Sequence[Mention], most: int) -> Floats:
    """Return the features of one member: kind, salience, nearness, grammar."""
    member = act.cast.members[k]
    kind = [float(member.kind == kind) for kind in KINDS]
    sides = [
        v * s for v in kind for s in (act.side == "actor", act.side == "recipient")
    ]
    here = [m for m in near if m.sentence == act.sentence]
    before = [m for m in near if m.sentence == act.sentence - 1]
    out = [*kind, *sides, *salience(act, member, most)]
    out += [bool(here), bool(before), bool(near), len(here) / 3]
    out += grammar(act, here)
    out += [float(any(m.grammar.role == role for m in before)) for role in ROLES]
    out += [any(m.grammar.main and m.grammar.role == "subject" for m in before)]
    out += alike(act, near)
    return np.array(out, np.float32)


def salience(act: Act, member: Member, most: int) -> list[float]:
    """Return how much of a report is about a member."""
    count = len(member.mentions)
    before = sum(m.start < act.trigger.start for m in member.mentions)
    first = act.parsed.sentences[0].span.end if act.parsed.sentences else 0
    return [
        np.log1p(count) / 3,
        np.log1p(before) / 3,
        count / most,
        float(count == most),
        float(member.mentions[0].start < first),
        float(member.named),
        float(before == 0),
    ]


def grammar(act: Act, here: Sequence[Mention]) -> list[float]:
    """Return where a member stands in the sentence of an act."""
    at = act.head.i if act.head is not None else -1
    roles = {m.grammar.role for m in here}
    own = act.clauses[0] if act.clauses else -1
    governs = [m for m in here if m.grammar.clauses[:1] == (own,)]
    above = [
        m
        for m in here
        if m.grammar.clauses[:1] and m.grammar.clauses[0] in act.clauses[1:]
    ]
    tokens, placing = act.parsed.tokens, act.parsed.words("cast.place-before")
    inside = [
        m for m in here if at in (tokens[m.head].head, tokens[tokens[m.head].head].head)
    ]
    out = [float(role in roles) for role in ROLES]
    out += [float(any(m.grammar.role == role for m in governs)) for role in ROLES[:7]]
    out += [
        any(m.grammar.role == "subject" for m in above),
        any(m.grammar.role in ("object", "dative") for m in above),
        any(m.grammar.main and m.grammar.role == "subject" for m in here),
        any(m.grammar.says and m.grammar.role == "subject" for m in here),
        bool(inside),
        any(m.grammar.role in ("modifier", "owner") for m in inside),
        any(m.grammar.before in placing for m in here),
        any(m.last <= at for m in here),
        any(m.first > at for m in here),
        any(m.kind == "pronoun" for m in here),
        any(m.span.overlaps(act.trigger) for m in here),
        any(m.grammar.quoted for m in here),
        min((abs(m.head - at) for m in here), default=40) / 40,
    ]
    return list(map(float, out))


def alike(act: Act, near: Sequence[Mention]) -> list[float]:
    """Return whether a member does, or suffers, an act of the same word nearby."""
    stem = act.head.lemma[:STEM].lower() if act.head is not None else ""
    same = [m for m in near if stem and m.grammar.verb[:STEM] == stem]
    tokens = act.parsed.tokens
    of = [m for m in near if stem and tokens[tokens[m.head].head].lemma[:STEM] == stem]
    return [
        float(
            any(ROLE[m.grammar.role] == 0 or m.grammar.role == "agent" for m in same)
        ),
        float(any(m.grammar.role in ("object", "passive") for m in same)),
        float(any(m.grammar.role in ("modifier", "owner") for m in of)),
        float(any(m.grammar.quoted for m in near)),
    ]
