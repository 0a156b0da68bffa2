"""Whole answers for one side of an act, and what speaks for each of them.

A side is not one choice but an answer: nobody, whom its own words name, or whom the
second reading finds likeliest. Boosted trees say how likely each answer is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.extract.arguments.argument_ranker import (
    ACT_FEATURES,
    OPTION_FEATURES,
    TRAITS,
    Told,
    Weighing,
)
from dateline.extract.arguments.features import LISTED, Real, Seen, other_tellings
from dateline.model import Action

Answer = tuple[int, ...]
"""Numbers of parties; none of them is nobody."""
Ints = NDArray[np.int64]
Odds = NDArray[np.floating[Any]]
"""How likely each answer is right."""
LIKELY = 4  # parties, of different codes, that are asked about one by one
ANSWERS = ("resolved", "guess", "unknown", "told_elsewhere")


@dataclass(frozen=True, slots=True)
class Options:
    """The answers for one side of an act, and their features: answers x features."""

    answers: tuple[Answer, ...]
    rows: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Known:
    """What all answers of a report are described by: `shares` acts x sides x choices.

    `speaks` is what each feature adds to the score of each choice (acts x sides x
    choices x features), `told` the second reading's logit of each act, `again` the
    shares of other tellings. `code` and `state` tell each party's country and sectors,
    and country (parties x those there are), `sums` and `read` what the parties of each
    code have together, now and by the second reading alone (acts x sides x codes);
    `guessed`,
    `identity` and `mentions` describe each party, `meant` what the reader says of
    sides (acts x sides x nobody, told, implied), `acts` the acts by themselves,
    `beside` the acts of each sentence that was read: number, how sure, deed.
    """

    seen: Seen
    shares: Real
    speaks: Real
    told: Real
    again: Real
    code: Real
    state: Real
    sums: Real
    read: Real
    guessed: Real
    identity: Real
    mentions: Real
    meant: Real
    acts: Real
    beside: dict[object, list[tuple[int, float, str]]]
    sentences: int

    @classmethod
    def of(cls, seen: Seen, speaks: Real, told: Real, sentences: int) -> "Known":
        """Work out what is needed of a whole report of so many sentences once."""
        shares = share_choices(speaks.sum(-1))
        who = [party.who for party in seen.parties]
        code = one_of_each(seen.codes.tolist())
        alone: list[list[float]] = []  # what every answer about an act has
        beside: dict[object, list[tuple[int, float, str]]] = {}
        for n, act in enumerate(seen.acts):
            traits = [float(name in act.traits) for name in TRAITS]
            sure = act.act.sure if act.act else act.sure
            alone.append([sure, *map(float, (act.mutual, act.main, act.clear)), *traits])
            if act.act is not None:
                row = n, act.act.sure, act.deed
                beside.setdefault(act.act.sentence, []).append(row)
        return cls(
            seen,
            shares,
            speaks,
            told,
            other_tellings.of(seen),
            code,
            one_of_each([each.country for each in who]),
            shares[:, :, LISTED:] @ code,
            seen.shares[:, :, LISTED:] @ code,
            np.array([ANSWERS.index(each.answer) for each in who], float),
            np.array([each.sure for each in who], float),
            np.log1p([len(party.mentions) for party in seen.parties]),
            np.array([meant_by_reader(act) for act in seen.acts]).reshape(-1, 2, 3),
            np.array(alone).reshape(-1, 4 + len(TRAITS)),
            beside,
            sentences,
        )

    def options(self) -> list[tuple[Options, Options]]:
        """Return for each act the answers of both sides, each with its features."""
        every = [(row, side) for row in range(len(self.seen.acts)) for side in (0, 1)]
        if not every:
            return []
        first = self.likeliest().reshape(len(every), -1).tolist()
        answers = [self.answers(*at, some) for at, some in zip(every, first, strict=True)]
        sizes = [len(some) for some in answers]
        rows, sides = np.repeat(np.array(every), sizes, axis=0).T
        table = self.describe(rows, sides, [one for some in answers for one in some])
        parts = np.split(table, np.cumsum(sizes)[:-1])
        found = [Options(*both) for both in zip(answers, parts, strict=True)]
        return list(zip(found[::2], found[1::2], strict=True))

    def likeliest(self) -> Ints:
        """Return who stands for the likeliest codes: acts x sides x up to LIKELY.

        Of one country and sectors the party that the own words name stands for all,
        else the likeliest.
        """
        named, shares = (x[:, :, LISTED:] for x in (self.seen.named, self.shares))
        order = np.lexsort((shares, named), axis=-1)
        stands = np.zeros(self.sums.shape, np.int64)
        np.put_along_axis(stands, self.seen.codes[order], order, -1)  # the last stays
        codes = np.argsort(-self.sums, axis=-1, kind="stable")[:, :, :LIKELY]
        return np.asarray(np.take_along_axis(stands, codes, -1))

    def answers(self, row: int, side: int, first: Sequence[int]) -> tuple[Answer, ...]:
        """Return the answers worth asking about: nobody, own words', the likeliest.

        Several that no words of the act name together are asked about only of what is
        done together: two guesses are no better answer than one. `first` are the
        likeliest, each of another code.
        """
        seen, sums = self.seen, self.sums[row, side]
        own: Answer = tuple(seen.named[row, side, LISTED:].nonzero()[0].tolist())
        answers: list[Answer] = [(), own, *((n,) for n in first)]
        if seen.acts[row].mutual:
            answers += [tuple(first[:n]) for n in (2, 3) if len(first) >= n]
        if len(own) > 1:
            answers.append((max(own, key=lambda n: sums[seen.codes[n]]),))
        return tuple(dict.fromkeys(tuple(sorted(answer)) for answer in answers))

    def describe(self, rows: Ints, sides: Ints, answers: Sequence[Answer]) -> NDArray[np.float32]:
        """Return what speaks for answers to these sides of these acts.

        Answers x OPTION_FEATURES.
        """
        weighing = Weighing.of(self, rows, sides, answers)
        return np.asarray(OPTION_FEATURES.stacked(weighing), np.float32)

    def act(self, row: int, sides: Sequence[Options], odds: Sequence[Odds]) -> list[float]:
        """Return what an act is told by, in the order of ACT_FEATURES.

        `odds` tell how likely each answer is right; the likeliest are taken.
        """
        best = [
            (np.sort(right)[::-1], options.rows[int(right.argmax())])
            for options, right in zip(sides, odds, strict=True)
        ]
        return ACT_FEATURES.row(Told(self, row, tuple(best)))


def meant_by_reader(act: Action) -> list[list[float]]:
    """Return what the reader says of both sides: nobody, told, implied."""
    if act.act is None:
        return [[0.0] * 3] * 2
    both = act.act.actor_meant, act.act.recipient_meant
    return [[side.nobody, side.told, side.implied] for side in both]


def share_choices(scores: Real) -> Real:
    """Return scores of choices as shares that sum to 1."""
    odds = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(odds / odds.sum(-1, keepdims=True))


def one_of_each(kinds: Sequence[object]) -> Real:
    """Return things x kinds: 1 where a thing is of a kind; None is of no kind."""
    some = dict.fromkeys(kind for kind in kinds if kind is not None)
    numbers = {kind: n for n, kind in enumerate(some)}
    out = np.zeros((len(kinds), len(numbers)))
    for n, kind in enumerate(kinds):
        if kind in numbers:
            out[n, numbers[kind]] = 1
    return out
