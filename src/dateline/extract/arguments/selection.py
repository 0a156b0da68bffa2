"""From what the two readings say to the decisions of a report.

The shares of choices are a conditional logistic model over FEATURES; boosted trees over
whole answers (options.py) say how likely each answer of a side is right, and trees over
both sides' best answers whether the act is told and wholly right.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dateline.extract.arguments.argument_ranker import ACT_FEATURES, OPTION_FEATURES, mark_parties
from dateline.extract.arguments.candidates import Answer, Ints, Known, Odds, Options, one_of_each
from dateline.extract.arguments.features import (
    FEATURES,
    LISTED,
    NOBODY,
    UNLISTED,
    Real,
    Seen,
    feature_columns,
    is_reason,
    see,
)
from dateline.extract.arguments.reranker import Scored, second_reading
from dateline.ml import trees
from dateline.ml.feature_table import Table
from dateline.ml.trees import Trees
from dateline.model import Span
from dateline.model import decisions as kinds
from dateline.model.decisions import Decision, Decisions, Own, Question, Side

WEIGHTS = Path(__file__).with_name("weights.json")
TREES = Path(__file__).with_name("trees.npz")
WHOLE = 5  # sentences: texts of fewer have judges of their own
MOST, AROUND, LEAD, PARTIES = 96, 8, 2, 128
"""Acts of a block; sentences around them, and of the report's head; parties of it."""
FEW = 0.005  # a share below it is not kept
LIKELY = 0.05  # of a rival that is told
REASONS, SPEAKS = 3, 0.2
"""How many features are told as reasons, and by how much each multiplies: exp(.2)."""
PLAIN = 0.75  # what an answer keeps for each party that the own words do not call for
TABLES: dict[str, Table[Any]] = {
    "right": OPTION_FEATURES,
    "told": ACT_FEATURES,
    "sure": ACT_FEATURES,
}
NAMES = {name: table.names for name, table in TABLES.items()}


@dataclass(frozen=True, slots=True)
class Judges:
    """Trees over answers and acts, and from where on an act is told.

    An act is told where the odds of `told` and of `sure` reach their bars: `clear` of
    acts that their words alone tell surely enough, `doubtful` of others.
    """

    right: Trees
    told: Trees
    sure: Trees
    clear: tuple[float, float]
    doubtful: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """What training/decide/stack.py fitted.

    `choices` weigh FEATURES; `whole` judges reports, `few` texts of a few sentences,
    where less is known of anybody. A deed that does harm is put on somebody, and others
    in the place of whom the own words name, only where the answer is right with a
    probability of `hostile` at least.
    """

    choices: Real
    hostile: float
    whole: Judges
    few: Judges


@cache
def fitted_weights(path: Path = WEIGHTS, forests: Path = TREES) -> Weights:
    """Return the weights of two files.

    A feature that they do not name weighs nothing. Raises ValueError where they were
    fitted for features that are not ours.
    """
    kept = json.loads(path.read_text("utf-8"))
    fitted = kept["choices"]
    if not fitted.keys() <= set(FEATURES.names):
        raise ValueError(f"{path.name} was fitted for other features")
    choices = np.array([fitted.get(name, 0.0) for name in FEATURES.names])
    whole, few = (read_judges(kept["bars"], forests, of) for of in ("", "few "))
    return Weights(choices, kept["hostile"], whole, few)


def read_judges(bars: Mapping[str, Mapping[str, float]], forests: Path, of: str) -> Judges:
    """Return the judges of one kind of text."""
    grown = {name: trees.read_trees(forests, f"{of}{name}.") for name in NAMES}
    for name, told in NAMES.items():
        if grown[name].names != told:
            raise ValueError(f"{forests.name} was fitted for other features")
    clear, doubtful = (
        (told["told"], told["sure"]) for told in (bars[of + name] for name in ("clear", "doubtful"))
    )
    return Judges(**grown, clear=clear, doubtful=doubtful)


def decide(question: Question) -> Decisions:
    """Return what is told of a report's acts, and who stands on each side.

    The port `ports.Decide`: a language model may be asked the same question. A long
    report is asked about in blocks of acts, each with what stands around it, so that it
    takes as much longer as it is longer.
    """
    read, weights = second_reading(), fitted_weights()
    if len(question.acts) <= MOST:
        return decide_scored(question, read(question), weights)
    sentences = question.parsed.sentences
    starts = np.array([s.span.start for s in sentences])
    where = [  # the sentence of each mention of each party
        (starts.searchsorted([m.start for m in p.mentions], "right") - 1).tolist()
        for p in question.parties
    ]
    out: list[Decision] = []
    for first in range(0, len(question.acts), MOST):
        block, numbers = cut_block(question, first, where)
        found = decide_scored(block, read(block), weights)
        out += [renumber(told, numbers) for told in found]
    return out


def cut_block(
    question: Question, first: int, where: Sequence[Sequence[int]]
) -> tuple[Question, list[int]]:
    """Return the question of a run of acts, and the numbers of its parties in all.

    It has the report's first sentences and those around the acts, and who is spoken of
    there, the most often mentioned first where they are too many; `where` are the
    sentences of each party's mentions.
    """
    run = slice(first, first + MOST)
    acts, own = question.acts[run], question.own[run]
    sentences = question.parsed.sentences
    starts = [s.span.start for s in sentences]
    low, high = (bisect_right(starts, a.trigger.start) for a in (acts[0], acts[-1]))
    around = range(max(0, low - 1 - AROUND), min(len(sentences), high + AROUND))
    kept = [n for n in range(len(sentences)) if n < LEAD or n in around]
    near = frozenset(kept)
    inside: dict[int, tuple[Span, ...]] = {}
    for n, (party, places) in enumerate(zip(question.parties, where, strict=True)):
        if not near.isdisjoint(places):
            every = zip(party.mentions, places, strict=True)
            inside[n] = tuple(m for m, at in every if at in near)
    numbers = sorted(sorted(inside, key=lambda n: -len(inside[n]))[:PARTIES])
    at = {n: k for k, n in enumerate(numbers)}

    def renumbered(side: Sequence[int]) -> tuple[int, ...]:
        return tuple(at[n] for n in side if n in at)

    block = replace(
        question,
        parsed=replace(question.parsed, sentences=tuple(sentences[n] for n in kept)),
        acts=acts,
        parties=tuple(replace(question.parties[n], mentions=inside[n]) for n in numbers),
        own=tuple(Own(renumbered(o.actors), renumbered(o.recipients)) for o in own),
    )
    return block, numbers


def renumber(told: Decision, numbers: Sequence[int]) -> Decision:
    """Return a decision of a block with the numbers of the whole report's parties."""
    sides = (
        Side(
            tuple(numbers[n] for n in side.chosen),
            {numbers[n] if n >= 0 else n: share for n, share in side.shares.items()},
            side.sure,
        )
        for side in (told.actors, told.recipients)
    )
    return Decision(told.tell, told.told, told.sure, *sides)


def decide_scored(question: Question, scored: Scored, weights: Weights) -> Decisions:
    """Return the decisions that the second reading and the features lead to."""
    found = dict(zip(scored.index, decide_acts(question, scored, weights), strict=True))
    every = range(len(question.acts))
    return tuple(found.get(n) or decide_by_own_words(question, n) for n in every)


def decide_by_own_words(question: Question, n: int) -> Decision:
    """Return the decision of an act that no reading saw: by its own words."""
    act, own = question.acts[n], question.own[n]
    both = (Side(side, {}, act.sure) for side in (own.actors, own.recipients))
    return Decision(act.clear, act.sure, act.sure, *both)


def describe_answers(question: Question, scored: Scored, choices: Real) -> Known:
    """Return what the answers of a report are described by."""
    acts = [question.acts[n] for n in scored.index]
    own = [question.own[n] for n in scored.index]
    spans = [s.span for s in question.parsed.sentences if s.parsed]
    seen = see(acts, question.parties, own, spans, scored.choices)
    speaks = feature_columns(seen) * choices
    return Known.of(seen, speaks, scored.told, len(question.parsed.sentences))


def decide_acts(question: Question, scored: Scored, weights: Weights) -> Iterator[Decision]:
    """Yield the decisions of the acts that the second reading saw, in their order.

    What a sentence's own verb says was done is told, whoever did it.
    """
    if not scored.index:
        return
    known = describe_answers(question, scored, weights.choices)
    judges = weights.whole if known.sentences >= WHOLE else weights.few
    every = known.options()
    flat = [options.rows for both in every for options in both]
    odds = np.split(judges.right.odds(np.concatenate(flat)), np.cumsum([len(r) for r in flat])[:-1])
    acts = [known.act(n, both, odds[2 * n : 2 * n + 2]) for n, both in enumerate(every)]
    rows = np.array(acts, np.float32)
    told, sure = judges.told.odds(rows), judges.sure.odds(rows)
    chosen: list[tuple[Answer, float]] = []
    for n, both in enumerate(every):
        own = odds[2 * n : 2 * n + 2]
        who, (whom, right) = choose_answers(known.seen, n, both, own, weights)
        if known.seen.acts[n].mutual:  # of what is done together nobody stands twice
            whom = tuple(party for party in whom if party not in who[0])
        chosen += [who, (whom, right)]
    sides = settle_sides(known, chosen, weights.choices)
    for n, act in enumerate(known.seen.acts):
        chances = float(told[n]), float(sure[n])
        bars = judges.clear if act.clear else judges.doubtful
        tell = all(c >= bar for c, bar in zip(chances, bars, strict=True))
        if act.act is not None and act.act.asked:  # the user's own pattern
            tell, chances = True, (1.0, act.sure)
        yield Decision(tell or act.main, *chances, *sides[2 * n : 2 * n + 2])


def choose_answers(
    seen: Seen, row: int, both: Sequence[Options], odds: Sequence[Odds], weights: Weights
) -> tuple[tuple[Answer, float], tuple[Answer, float]]:
    """Return the answers of both sides that are likeliest right together.

    Two constraints stand whatever was learned: nobody is on both sides of an act
    unless its own words say so, and harm is put on somebody only where that is sure
    and likelier than that nobody is told to have done it.
    """
    harm = "force" in seen.acts[row].traits
    words = [frozenset(np.flatnonzero(n[LISTED:]).tolist()) for n in seen.named[row]]
    sides: list[list[tuple[Answer, float, float]]] = []
    for own, options, rights in zip(words, both, odds, strict=True):
        strict = harm and not sides  # whoever acts is who does harm
        some: list[tuple[Answer, float, float]] = []
        for answer, right in zip(options.answers, rights.tolist(), strict=True):
            replaces = bool(answer and own and not own.issuperset(answer))
            if right < weights.hostile and (replaces or (strict and answer)):
                continue
            plain = own == set(answer) or (strict and not answer)
            some.append((answer, right, 1.0 if plain else PLAIN ** max(1, len(answer))))
        sides.append(some)
    best: tuple[tuple[Answer, float], tuple[Answer, float]] = ((), 0.0), ((), 0.0)
    top, named_twice = -1.0, words[0] & words[1]
    for who, right, keeps in sides[0]:
        for whom, fits, also in sides[1]:
            if set(who) & set(whom) - named_twice:
                continue
            if right * fits * (keeps * also) > top:
                top = right * fits * (keeps * also)
                best = (who, right), (whom, fits)
    return best


def settle_sides(known: Known, found: Sequence[tuple[Answer, float]], weights: Real) -> list[Side]:
    """Return sides as values: who, how sure, the shares of all choices, and why.

    `found` are the answers to both sides of each act in turn, and how sure they are,
    `weights` are those of the features.
    """
    answers = [answer for answer, _ in found]
    rows = np.arange(len(found))
    shares = known.shares.reshape(len(found), -1)
    best = [
        max((n + LISTED for n in answer), key=own.__getitem__, default=NOBODY)
        for answer, own in zip(answers, shares, strict=True)
    ]
    other = likeliest_rivals(shares, known.seen.codes, answers)
    speaks = known.speaks.reshape(*shares.shape, -1)
    more = speaks[rows, best] - speaks[rows, other]
    for_it, for_rival = (strongest_features(each, weights) for each in (more, -more))
    kept = keep_shares(shares)
    rivals = (shares[rows, other] >= LIKELY).tolist()
    sides = []
    for n, (answer, right) in enumerate(found):
        if rivals[n]:
            at = int(other[n])
            known_as = {NOBODY: kinds.NOBODY, UNLISTED: kinds.UNLISTED}
            rival = known_as.get(at, at - LISTED), for_rival[n]
            sides.append(Side(answer, kept[n], right, for_it[n], *rival))
        else:
            sides.append(Side(answer, kept[n], right, for_it[n]))
    return sides


def keep_shares(shares: Real) -> list[dict[int, float]]:
    """Return of each side the shares that are kept; nobody and unlisted always are."""
    kept: list[dict[int, float]] = [{} for _ in shares]
    listed = shares[:, LISTED:]
    rows, parties = (listed >= FEW).nonzero()
    every = zip(rows.tolist(), parties.tolist(), listed[rows, parties], strict=True)
    for row, party, share in every:
        kept[row][party] = float(share)
    for own, (nobody, unlisted) in zip(kept, shares[:, :LISTED].tolist(), strict=True):
        own[kinds.NOBODY], own[kinds.UNLISTED] = nobody, unlisted
    return kept


def likeliest_rivals(shares: Real, codes: Ints, answers: Sequence[Answer]) -> Ints:
    """Return the likeliest choice beside each answer, and of no code that is in it."""
    code = one_of_each(codes.tolist())
    has = mark_parties(answers, len(codes))
    mine = (has @ code @ code.T) > 0
    none = np.where(has.any(1), NOBODY, UNLISTED)
    last = np.take_along_axis(shares, none[:, None], 1)
    others = np.where(mine, -1.0, shares[:, LISTED:])
    first = np.concatenate([others, last], 1).argmax(1)
    return np.where(first < len(codes), first + LISTED, none)


def strongest_features(more: Real, weights: Real) -> list[tuple[str, ...]]:
    """Return the names of the reasons that speak most for one of two choices.

    `more` is by how much each feature speaks for it: choices x features.
    """
    reasons = [is_reason(f, w) for f, w in zip(FEATURES, weights, strict=True)]
    speaks = np.where((more >= SPEAKS) & reasons, more, 0.0)
    order = np.argsort(-speaks, axis=1, kind="stable")[:, :REASONS]
    some = np.take_along_axis(speaks, order, 1) > 0
    names, every = FEATURES.names, zip(order.tolist(), some.tolist(), strict=True)
    return [tuple(names[n] for n, told in zip(*both, strict=True) if told) for both in every]
