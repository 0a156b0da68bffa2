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

    `told` is the second reading's logit of each act, `again` the shares of other
    tellings.
    """

    seen: Seen
    shares: Real
    told: Real
    again: Real

    @classmethod
    def of(cls, seen: Seen, shares: Real, told: Real) -> "Known":
        """Work out what is needed of a whole report once."""
        return cls(seen, shares, told, other_tellings(seen))

    def options(self, row: int, side: int) -> Options:
        """Return the answers that can be given to a side, each with its features."""
        answers = list_answers(self.seen, self.shares[row, side], row, side)
        rows = [self.describe(row, side, answer) for answer in answers]
        return Options(answers, np.array(rows, np.float32))

    def describe(self, row: int, side: int, answer: Answer) -> list[float]:
        """Return what speaks for an answer, in the order of OPTION_FEATURES."""
        seen, act = self.seen, self.seen.acts[row]
        shares, read = self.shares[row, side], seen.shares[row, side]
        named = set(np.flatnonzero(seen.named[row, side][LISTED:]).tolist())
        opposite = seen.named[row, 1 - side]
        both, own = set(answer), [seen.said[row, side, n + LISTED] for n in answer]
        codes = sorted({int(seen.codes[n]) for n in answer})
        mine, other = (
            by_number(seen, shares),
            by_number(seen, self.shares[row, 1 - side]),
        )
        plain = by_number(seen, read)
        inside = np.isin(np.arange(len(mine)), codes)
        who = [seen.parties[n].who for n in answer]
        meant = (
            (act.act.actor_meant, act.act.recipient_meant)[side] if act.act else None
        )
        crossed = [seen.said[row, 1 - side, n + LISTED] for n in answer]
        known = [w.country for w in who if w.country]
        return [
            float(mine[inside].sum()),
            float(mine[inside].min(initial=1.0)) if codes else 0.0,
            float(mine[~inside].max(initial=0.0)),
            float(shares[NOBODY]),
            float(shares[UNLISTED]),
            float(plain[inside].sum()),
            float(plain[inside].min(initial=1.0)) if codes else 0.0,
            float(plain[~inside].max(initial=0.0)),
            float(read[NOBODY]),
            float(read[UNLISTED]),
            len(answer),
            len(named),
            float(both == named),
            len(both & named),
            float(bool(both) and not both & named),
            len(set(codes) & {int(seen.codes[n]) for n in named}),
            len(codes),
            max(own, default=0.0),
            min(own, default=0.0),
            float(seen.said[row, side].max(initial=0.0)),
            max(crossed, default=0.0),
            meant.nobody if meant else 0.0,
            meant.told if meant else 0.0,
            meant.implied if meant else 0.0,
            max((ANSWERS.index(w.answer) for w in who), default=-1),
            min((w.sure for w in who), default=1.0),
            len(who) - len(known),
            len(known),
            len(set(known)),
            max((seen.near[row, n] for n in answer), default=-1.0),
            float(any(opposite[n + LISTED] for n in answer)),
            float(other[inside].max(initial=0.0)),
            max((self.again[row, side, n + LISTED] for n in answer), default=0.0),
            act.act.sure if act.act else act.sure,
            self.told[row],
            float(act.mutual),
            float(side),
            float(act.main),
            float(act.clear),
            float(
                np.log1p(
                    max((len(seen.parties[n].mentions) for n in answer), default=0)
                )
            ),
            *traits_of_act(act),
        ]

    def act(
        self, row: int, sides: Sequence[Options], odds: Sequence[Odds], sentences: int
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
            (other.act.sure, other.deed == act.deed)
            for other in self.seen.acts
            if other is not act and other.act and act.act
            if other.act.sentence == act.act.sentence
        ]
        alike = [sure for sure, same in near if same]
        out += [*traits_of_act(act), len(near), max((s for s, _ in near), default=0.0)]
        return [*out, max(alike, default=0.0), len(self.seen.acts), sentences]


def traits_of_act(act: Action) -> list[float]:
    """Return which of TRAITS a deed has."""
    return [float(name in act.traits) for name in TRAITS]


def by_number(seen: Seen, shares: Real) -> Real:
    """Return the share of each country and sectors, by the number of the code."""
    if not len(seen.codes):
        return np.zeros(0)
    return np.asarray(np.bincount(seen.codes, shares[LISTED:]), np.float64)


def list_answers(seen: Seen, shares: Real, row: int, side: int) -> tuple[Answer, ...]:
    """Return the answers worth asking about: nobody, the own words', the likeliest.

    Several that no words of the act name together are asked about only of what is
    done together: two guesses are no better answer than one. Of one
    country and sectors the party that the own words name stands for all, else the
    likeliest.
    """
    named = seen.named[row, side]
    own = tuple(np.flatnonzero(named[LISTED:]).tolist())
    sums = by_number(seen, shares)
    best: dict[int, tuple[bool, float, int]] = {}
    for n, code in enumerate(seen.codes.tolist()):
        told = bool(named[n + LISTED]), float(shares[n + LISTED]), n
        best[code] = max(best.get(code, (False, -1.0, 0)), told)
    order = sorted(best, key=lambda code: -sums[code])[:LIKELY]
    first = [best[code][2] for code in order]
    found: list[Answer] = [(), own, *((n,) for n in first)]
    if seen.acts[row].mutual:
        found += [tuple(first[:n]) for n in (2, 3) if len(first) >= n]
    if len(own) > 1:
        found.append((max(own, key=lambda n: sums[seen.codes[n]]),))
    return tuple(dict.fromkeys(tuple(sorted(answer)) for answer in found))
