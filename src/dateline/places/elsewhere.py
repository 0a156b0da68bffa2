"""The place of an act that its own sentence leaves open, told elsewhere in the report.

Which of a report's places is meant, if any, was learned from annotated reports
(training/places/elsewhere.py): how far off it stands, how often the report names its
country, whose country it is, what else was done there, how the act is told, and what
the encoder read in the words of both. Places of one country speak together.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log1p
from pathlib import Path

import numpy as np

from dateline.infer.choose import choose_one
from dateline.infer.layers import Floats
from dateline.model import Action, Claim, Place
from dateline.places.report import GRAINS, Placed, as_place
from dateline.places.sites import foreign, located
from dateline.places.ties import seat
from dateline.places.where import ReportPlaces

RULE = "places.elsewhere.v1"
LEARNED = Path(__file__).with_name("elsewhere.npz")
SURE = 0.3  # how likely the likeliest country must be, beside that none is
OWN = 0.5  # of its country's share a place must have to be told, not the country
NEAR, EARLY = 8, 4  # a place so many sentences off, or among the first, is asked about
MOST = 24  # places that are asked about, the nearest
FAR = 30  # sentences to a place that no act was read with
WIDTH = 384  # numbers of a state
TRAITS = ("by-word", "talk", "force", "ground", "scene", "target")
STATUSES = (
    "happened ongoing planned expected possible hypothetical denied negated recurring"
).split()
OF_ACT = (
    *TRAITS,
    *STATUSES,
    *"sentence part places beside sited speakers domestic actors recipients".split(),
    *("told there", "tellings"),
)
OF_PLACE = (
    *"gap distance after letters grain adjective located seat dateline".split(),
    *("named", "share", "most", "filed", "actor's", "recipient's", "other land's"),
    *("acts there", "same happening", "same deed", "same party", "nearest act there"),
    *("last told", "names between"),
)
FIGURES = (*OF_PLACE, *OF_ACT)


@dataclass(frozen=True, slots=True)
class Open:
    """A claim without a place: its number, the places it may have, what is weighed.

    `rows` are places x figures; `act` is the state of its words, `states` those of the
    places.
    """

    claim: int
    places: Sequence[Placed]
    rows: Floats
    act: Floats
    states: Floats


@dataclass(eq=False)
class Story:
    """One report's claims and places, as the question sees them."""

    asked: ReportPlaces
    claims: Sequence[Claim]

    @cached_property
    def places(self) -> list[Placed]:
        """The places that the report names, its dateline's among them, in order."""
        known = self.asked.known
        every = [p for some in known.by_sentence.values() for p in some]
        filed = [known.filed] if known.filed else []
        told = (p for p in (*every, *filed) if p.entry and p.entry.country)
        return sorted(told, key=lambda p: p.span)

    @cached_property
    def begins(self) -> list[int]:
        """Where each place starts."""
        return [p.span.start for p in self.places]

    @cached_property
    def lands(self) -> list[str]:
        """The country of each place."""
        return [(p.entry and p.entry.country) or "" for p in self.places]

    @cached_property
    def fixed(self) -> list[list[float]]:
        """The figures of each place that are the same for every act."""
        parsed, filed = self.asked.parsed, self.asked.known.filed
        count = Counter(self.lands)
        most = max(count.values(), default=1)
        return [
            [
                GRAINS.index(p.entry.precision) if p.entry else len(GRAINS),
                p.rule == "places.adjective.v1",
                located(parsed, p),
                seat(parsed, p.span),
                filed is not None and p.span == filed.span,
                count[land],
                count[land] / len(self.places),
                count[land] == most,
                land == self.asked.filed,
            ]
            for p, land in zip(self.places, self.lands, strict=True)
        ]

    @cached_property
    def at(self) -> list[int]:
        """The number of the sentence in which each place stands."""
        return [self.sentence(p.span.start) for p in self.places]

    @cached_property
    def sited(self) -> list[tuple[int, Claim]]:
        """The claims whose own sentences tell a place, with those sentences."""
        known = [c for c in self.claims if c.where.known]
        known.sort(key=lambda c: c.action.trigger)
        return [(self.sentence(c.action.trigger.start), c) for c in known]

    @cached_property
    def tellings(self) -> Counter[str]:
        """How many claims tell each happening."""
        return Counter(c.event for c in self.claims)

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that a character stands in, or after."""
        return self.asked.number(at)

    def open(self) -> Iterator[Open]:
        """Yield each claim without a place, where the report names any."""
        for n, claim in enumerate(self.claims):
            if not claim.where.known and (some := self.candidates(claim)):
                own = self.of_act(claim)
                there = {land: self.there(claim, land) for land in self.of(some)}
                rows = [
                    [*self.of_place(claim, k), *there[self.lands[k]], *own]
                    for k in some
                ]
                spans = [claim.action.trigger, *(self.places[k].span for k in some)]
                act, *states = self.asked.parsed.states.of(spans, WIDTH)
                places = [self.places[k] for k in some]
                yield Open(n, places, np.array(rows, np.float32), act, np.stack(states))

    def of(self, some: Sequence[int]) -> set[str]:
        """Return the countries of some places."""
        return {self.lands[k] for k in some}

    def candidates(self, claim: Claim) -> list[int]:
        """Return the places that may be meant: those near, and the report's first."""
        start, parsed = claim.action.trigger.start, self.asked.parsed
        here, act = self.sentence(start), parsed.head_of(claim.action.trigger)
        near = [
            k
            for k, at in enumerate(self.at)
            if (
                k < EARLY or abs(at - here) <= NEAR or self.places[k].span.start < start
            )
            and not (act and at == here and foreign(parsed, act, self.places[k]))
            and not self.from_afar(claim, k)
        ]
        near.sort(key=lambda k: (k >= EARLY, abs(self.places[k].span.start - start)))
        return sorted(near[:MOST])

    def from_afar(self, claim: Claim, k: int) -> bool:
        """Whether others' deed is only written there: "LONDON - Israel razed ..."."""
        filed, traits = self.asked.known.filed, claim.action.traits
        sides = [
            {who.country for who in side} for side in (claim.actors, claim.recipients)
        ]
        elsewhere = all(side and not side & {self.lands[k], None} for side in sides)
        deed = "ground" in traits and "talk" not in traits
        return (
            filed is not None
            and filed.span == self.places[k].span
            and elsewhere
            and deed
        )

    def of_place(self, claim: Claim, k: int) -> list[float]:
        """Return the figures of one place beside one act."""
        place, land, there = self.places[k], self.lands[k], self.at[k]
        start, here = (
            claim.action.trigger.start,
            self.sentence(claim.action.trigger.start),
        )
        low, high = sorted((start, place.span.start))
        actors = {who.country for who in claim.actors}
        recipients = {who.country for who in claim.recipients}
        return [
            there - here,
            abs(there - here),
            place.span.start > start,
            log1p(high - low),
            *self.fixed[k],
            land in actors,
            land in recipients,
            bool((actors | recipients) - {land, None}),
            max(0, bisect_left(self.begins, high) - bisect_right(self.begins, low)),
        ]

    def there(self, claim: Claim, land: str) -> list[float]:
        """Return the figures of what else was done in a country."""
        here = self.sentence(claim.action.trigger.start)
        then = [(at, c) for at, c in self.sited if c.where.country == land]
        everyone = {who.name for who in (*claim.actors, *claim.recipients)}
        before = [(at, c) for at, c in self.sited if at <= here]
        last = before[-1][1].where.country if before else None
        return [
            len(then),
            any(c.event == claim.event for _, c in then),
            any(c.action.deed == claim.action.deed for _, c in then),
            any(
                everyone & {who.name for who in (*c.actors, *c.recipients)}
                for _, c in then
            ),
            min((abs(at - here) for at, _ in then), default=FAR),
            land == last,
        ]

    def of_act(self, claim: Claim) -> list[float]:
        """Return the figures of how an act is told."""
        action = claim.action
        status = dict(action.act.statuses) if action.act else {}
        here = self.sentence(action.trigger.start)
        actors = {who.country for who in claim.actors if who.country}
        recipients = {who.country for who in claim.recipients if who.country}
        return [
            *(float(trait in action.traits) for trait in TRAITS),
            *(status.get(name, 0.0) for name in STATUSES),
            here,
            here / max(1, len(self.asked.parsed.sentences)),
            len(self.places),
            sum(at == here for at in self.at),
            len(self.sited),
            len(claim.attribution.speakers),
            bool(actors & recipients),
            len(actors),
            len(recipients),
            len({c.where.country for _, c in self.sited}),
            self.tellings[claim.event],
        ]


def placed_elsewhere(
    asked: Callable[[Action], tuple[Place, Sequence[Place]]], claims: Sequence[Claim]
) -> tuple[Claim, ...]:
    """Return claims, those without a place with one told elsewhere, where it is likely.

    Each such place carries the words it was read from. Where a country is likely and
    none of its places is, the country is told. Where another part answers where,
    nothing is added.
    """
    found = list(claims)
    if not isinstance(asked, ReportPlaces):
        return tuple(found)
    for each in Story(asked, claims).open():
        odds = choose_one(LEARNED, each.rows, each.act, each.states)
        if (where := likeliest(asked, each.places, odds)) is not None:
            claim = found[each.claim]
            whys = tuple((q, where.why if q == "where" else w) for q, w in claim.why)
            found[each.claim] = replace(claim, where=where, why=whys)
    return tuple(found)


def likeliest(
    asked: ReportPlaces, places: Sequence[Placed], odds: Floats
) -> Place | None:
    """Return the likeliest place of the likeliest country, or the country alone."""
    shares: Counter[str] = Counter()
    for place, share in zip(places, odds.tolist(), strict=True):
        shares[land_of(place)] += share
    land = max(sorted(shares), key=lambda each: shares[each])
    if shares[land] < SURE:
        return None
    best = int(
        max(range(len(places)), key=lambda k: (land_of(places[k]) == land, odds[k]))
    )
    told, state = places[best], asked.table.state(land)
    if state is not None and odds[best] < OWN * shares[land] and not whole(told):
        told = Placed(told.span, state, RULE)
    return replace(as_place(told, asked.parsed.text, RULE), role="site")


def land_of(place: Placed) -> str:
    """Return the country in which a place lies, "" for none."""
    return (place.entry and place.entry.country) or ""


def whole(place: Placed) -> bool:
    """Whether a place is a country."""
    return place.entry is not None and place.entry.is_country
