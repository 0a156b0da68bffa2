"""Whole answers for one side of an act, and what speaks for each of them.

A side is not one choice but an answer: nobody, whom its own words name, or whom the
second reading finds likeliest. Boosted trees say how likely each answer is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.decide.features import (
    LISTED,
    NOBODY,
    UNLISTED,
    Real,
    Seen,
    other_tellings,
)
from dateline.model import Action

Answer = tuple[int, ...]
"""Numbers of parties; none of them is nobody."""
Ints = NDArray[np.int64]
Odds = NDArray[np.floating[Any]]
"""How likely each answer is right."""
LIKELY = 4  # parties, of different codes, that are asked about one by one
TRAITS = "force talk visit people mutual alone".split()
ANSWERS = ("resolved", "guess", "unknown", "told_elsewhere")

OPTION_FEATURES = {
    "share": "share of its parties, by country and sectors, together",
    "least share": "the smallest share of its parties",
    "other share": "the largest share of a party that is not in it",
    "nobody": "the share of nobody",
    "unlisted": "the share of somebody whom the report does not name",
    "read share": "what the second reading alone gives its parties",
    "least read share": "of those, the smallest",
    "other read share": "what the second reading alone gives the likeliest other",
    "read nobody": "what the second reading alone gives nobody",
    "read unlisted": "what the second reading alone gives somebody not named",
    "parties": "how many parties it has",
    "named": "how many parties the act's own words name on this side",
    "as named": "it is just whom the own words name",
    "both": "how many of its parties the own words name",
    "none named": "it has parties, and the own words name none of them",
    "codes named": "how many of its codes the own words name",
    "codes": "how many countries and sectors it has",
    "words": "how surely the reader takes words of it for this side, at best",
    "least words": "how surely, at worst",
    "best words": "how surely the reader takes any party's words for this side",
    "other words": "how surely the reader takes words of it for the other side",
    "reader nobody": "how surely the reader takes the side for nobody's",
    "reader told": "how surely the reader takes the side for told by words",
    "reader implied": "how surely the reader takes the side for implied",
    "guessed": "how little is known of its least known party",
    "identity": "how sure the least sure identity in it is",
    "stateless": "how many of its parties are of no known country",
    "of states": "how many of its parties are of a known country",
    "countries": "how many countries it has",
    "sentences away": "how far the words of its farthest party are, in sentences",
    "named opposite": "the own words of the other side name one of its parties",
    "share opposite": "the largest share of its parties on the other side",
    "other tellings": "its share in the report's other acts of the same deed",
    "act": "how sure the reader is of the act",
    "told": "how far the second reading would tell the act",
    "mutual": "the act is done together",
    "recipients": "the side is that of the recipients",
    "main": "the act is what the sentence's own verb tells",
    "clear": "the act's own words are sure enough by themselves",
    "mentions": "how often its most mentioned party is mentioned (logarithm)",
    **{f"trait {name}": f"the deed's property '{name}'" for name in TRAITS},
}
ACT_FEATURES = {
    "told": "how far the second reading would tell the act",
    "act": "how sure the reader is of it",
    "deed": "how sure the reader is of its type",
    "margin": "by how much that type leads",
    "clear": "its own words are sure enough by themselves",
    "main": "it is what the sentence's own verb tells",
    "mutual": "it is done together",
    **{
        f"{side} {name}": f"of the {side}: {told}"
        for side in ("actors", "recipients")
        for name, told in {
            "right": "how likely the answer is right",
            "lead": "by how much it leads the next",
            **{
                name: OPTION_FEATURES[name]
                for name in (
                    "parties",
                    "as named",
                    "reader nobody",
                    "reader told",
                    "reader implied",
                    "guessed",
                    "identity",
                    "stateless",
                    "read nobody",
                    "read unlisted",
                )
            },
        }.items()
    },
    **{f"trait {name}": f"the deed's property '{name}'" for name in TRAITS},
    "near": "how many other acts its sentence may tell",
    "surest near": "how sure the surest of them is",
    "surest near alike": "how sure the surest of the same deed is",
    "acts": "how many acts the report may tell",
    "sentences": "how many sentences it has",
}
AT = {name: n for n, name in enumerate(OPTION_FEATURES)}
OF_SIDE = [AT[name.removeprefix("actors ")] for name in list(ACT_FEATURES)[9:19]]


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
        return cls(
            seen,
            shares,
            speaks,
            told,
            other_tellings(seen),
            code,
            one_of_each([each.country for each in who]),
            shares[:, :, LISTED:] @ code,
            seen.shares[:, :, LISTED:] @ code,
            np.array([ANSWERS.index(each.answer) for each in who], float),
            np.array([each.sure for each in who], float),
            np.log1p([len(party.mentions) for party in seen.parties]),
            np.array([meant_by_reader(act) for act in seen.acts]).reshape(-1, 2, 3),
            np.array([act_by_itself(act) for act in seen.acts]).reshape(
                -1, 4 + len(TRAITS)
            ),
            acts_by_sentence(seen.acts),
            sentences,
        )

    def options(self) -> list[tuple[Options, Options]]:
        """Return for each act the answers of both sides, each with its features."""
        every = [(row, side) for row in range(len(self.seen.acts)) for side in (0, 1)]
        if not every:
            return []
        answers = [self.answers(row, side) for row, side in every]
        sizes = [len(some) for some in answers]
        rows, sides = np.repeat(np.array(every), sizes, axis=0).T
        table = self.describe(rows, sides, [one for some in answers for one in some])
        parts = np.split(table, np.cumsum(sizes)[:-1])
        found = [Options(*both) for both in zip(answers, parts, strict=True)]
        return list(zip(found[::2], found[1::2], strict=True))

    def answers(self, row: int, side: int) -> tuple[Answer, ...]:
        """Return the answers worth asking about: nobody, own words', the likeliest.

        Several that no words of the act name together are asked about only of what is
        done together: two guesses are no better answer than one. Of one country and
        sectors the party that the own words name stands for all, else the likeliest.
        """
        seen, sums = self.seen, self.sums[row, side]
        named, shares = (
            every[row, side, LISTED:].tolist() for every in (seen.named, self.shares)
        )
        own = tuple(n for n, by_words in enumerate(named) if by_words)
        best: dict[int, tuple[bool, float, int]] = {}
        for n, code in enumerate(seen.codes.tolist()):
            told = bool(named[n]), shares[n], n
            best[code] = max(best.get(code, (False, -1.0, 0)), told)
        order = sorted(best, key=lambda code: -sums[code])[:LIKELY]
        first = [best[code][2] for code in order]
        answers: list[Answer] = [(), own, *((n,) for n in first)]
        if seen.acts[row].mutual:
            answers += [tuple(first[:n]) for n in (2, 3) if len(first) >= n]
        if len(own) > 1:
            answers.append((max(own, key=lambda n: sums[seen.codes[n]]),))
        return tuple(dict.fromkeys(tuple(sorted(answer)) for answer in answers))

    def describe(
        self, rows: Ints, sides: Ints, answers: Sequence[Answer]
    ) -> NDArray[np.float32]:
        """Return what speaks for answers to these sides of these acts.

        Answers x OPTION_FEATURES.
        """
        seen, at, across = self.seen, (rows, sides), (rows, 1 - sides)
        has = np.zeros((len(answers), len(seen.parties)), bool)
        for n, answer in enumerate(answers):
            has[n, list(answer)] = True
        some, inside, states = has.any(1), has @ self.code > 0, has @ self.state > 0
        named, opposite = (seen.named[which][:, LISTED:] > 0 for which in (at, across))
        own, crossed = (seen.said[which][:, LISTED:] for which in (at, across))
        mine, plain = self.sums[at], self.read[at]
        many, known = has.sum(1), (has & self.state.any(1)).sum(1)
        both, as_named = (has & named).sum(1), (has == named).all(1)
        columns = (
            (inside * mine).sum(1),
            lowest(inside, mine, 1.0) * some,
            highest(~inside, mine),
            *self.shares[at][:, [NOBODY, UNLISTED]].T,
            (inside * plain).sum(1),
            lowest(inside, plain, 1.0) * some,
            highest(~inside, plain),
            *seen.shares[at][:, [NOBODY, UNLISTED]].T,
            many,
            named.sum(1),
            as_named,
            both,
            some & (both == 0),
            (inside & (named @ self.code > 0)).sum(1),
            inside.sum(1),
            highest(has, own),
            np.where(some, lowest(has, own, np.inf), 0.0),
            own.max(1, initial=0.0),
            highest(has, crossed),
            *self.meant[at].T,
            highest(has, self.guessed, -1.0),
            lowest(has, self.identity, 1.0),
            many - known,
            known,
            states.sum(1),
            highest(has, seen.near[rows], -1.0),
            (has & opposite).any(1),
            highest(inside, self.sums[across]),
            highest(has, self.again[at][:, LISTED:]),
            self.acts[rows, 0],
            self.told[rows],
            self.acts[rows, 1],
            sides,
            *self.acts[rows, 2:4].T,
            highest(has, self.mentions),
            *self.acts[rows, 4:].T,
        )
        return np.stack([np.asarray(c, np.float32) for c in columns], 1)

    def act(
        self, row: int, sides: Sequence[Options], odds: Sequence[Odds]
    ) -> list[float]:
        """Return what an act is told by, in the order of ACT_FEATURES.

        `odds` tell how likely each answer is right; the likeliest are taken.
        """
        act = self.seen.acts[row]
        chances = (
            sorted((p for _, p in act.act.deeds), reverse=True) if act.act else [1.0]
        )
        out = [
            self.told[row],
            act.act.sure if act.act else act.sure,
            chances[0],
            chances[0] - (chances[1] if len(chances) > 1 else 0.0),
            float(act.clear),
            float(act.main),
            float(act.mutual),
        ]
        for options, right in zip(sides, odds, strict=True):
            order = np.sort(right)[::-1]
            out += [float(order[0]), float(order[0] - order[1:2].sum())]
            out += options.rows[int(right.argmax()), OF_SIDE].tolist()
        near = [
            (sure, deed == act.deed)
            for n, sure, deed in self.beside.get(sentence_of(act), ())
            if n != row
        ]
        alike = [sure for sure, same in near if same]
        out += [*traits_of_act(act), len(near), max((s for s, _ in near), default=0.0)]
        return [*out, max(alike, default=0.0), len(self.seen.acts), self.sentences]


def act_by_itself(act: Action) -> list[float]:
    """Return what every answer about an act has: sure, mutual, main, clear, traits."""
    sure = act.act.sure if act.act else act.sure
    told = float(act.mutual), float(act.main), float(act.clear)
    return [sure, *told, *traits_of_act(act)]


def sentence_of(act: Action) -> object:
    """Return which sentence an act was read in; None where it was not read."""
    return act.act.sentence if act.act else None


def acts_by_sentence(
    acts: Sequence[Action],
) -> dict[object, list[tuple[int, float, str]]]:
    """Return number, how sure and deed of the acts read in each sentence."""
    out: dict[object, list[tuple[int, float, str]]] = {}
    for n, act in enumerate(acts):
        if act.act is not None:
            row = n, act.act.sure, act.deed
            out.setdefault(act.act.sentence, []).append(row)
    return out


def traits_of_act(act: Action) -> list[float]:
    """Return which of TRAITS a deed has."""
    return [float(name in act.traits) for name in TRAITS]


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


def highest(has: NDArray[np.bool_], values: Real, least: float = 0.0) -> Real:
    """Return the largest value that each row has, `least` where it has none."""
    return np.asarray(np.where(has, values, least).max(1, initial=least))


def lowest(has: NDArray[np.bool_], values: Real, most: float) -> Real:
    """Return the smallest value that each row has, at most `most`."""
    return np.asarray(np.where(has, values, most).min(1, initial=most))
