"""Which place of its report an act has, or none: what is weighed.

The acts are those whose own sentences tell no place; the candidates are the places
that the report names. training/choose.py fits what they weigh.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log1p
from operator import itemgetter
from pathlib import Path

from dateline.infer.choose import Choice
from dateline.infer.table import Feature, Table, describe_statuses, describe_traits
from dateline.model import Claim
from dateline.places.report import GRAINS, Placed
from dateline.places.sites import has_locative_before
from dateline.places.ties import is_speaker_seat
from dateline.places.where import ReportPlaces

FAR = 30  # sentences to a place that no act was read with
TRAITS = ("by-word", "talk", "force", "ground", "scene", "target")


@dataclass(eq=False)
class Named:
    """A place that a report names, and what of it is the same for every act.

    `number` counts the places of the report.
    """

    asked: ReportPlaces
    place: Placed
    number: int

    @cached_property
    def land(self) -> str:
        """The country in which it lies, "" for none."""
        return land_of(self.place)

    @cached_property
    def at(self) -> int:
        """The number of the sentence in which it stands."""
        return self.asked.number(self.place.span.start)

    @cached_property
    def grain(self) -> int:
        """How fine it is, by number; what is no entry counts as the coarsest."""
        entry = self.place.entry
        return GRAINS.index(entry.precision) if entry else len(GRAINS)

    @cached_property
    def located(self) -> bool:
        """Whether its words tell where something is: "in Gaza"."""
        return has_locative_before(self.asked.parsed, self.place)

    @cached_property
    def seat(self) -> bool:
        """Whether it stands for a government: "Washington said"."""
        return is_speaker_seat(self.asked.parsed, self.place.span)

    @cached_property
    def filed(self) -> bool:
        """Whether it is where the report is filed."""
        filed = self.asked.known.filed
        return filed is not None and self.place.span == filed.span


@dataclass(eq=False)
class Done:
    """The acts told to be in one country.

    The numbers of their sentences, in order; their happenings, deeds and people.
    """

    told_in: list[int] = field(default_factory=list)
    events: set[str] = field(default_factory=set)
    deeds: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)

    def nearest(self, here: int) -> int:
        """Return how many sentences off the nearest of them is told."""
        n = bisect_left(self.told_in, here)
        near = self.told_in[max(0, n - 1) : n + 1]
        return min(abs(near[0] - here), abs(near[-1] - here))


NOTHING = Done()


@dataclass(eq=False)
class Story:
    """One report's places, and what its claims tell of them."""

    asked: ReportPlaces
    claims: Sequence[Claim]

    @cached_property
    def places(self) -> list[Named]:
        """The places that the report names, its dateline's among them, in order."""
        known = self.asked.known
        every = [p for some in known.by_sentence.values() for p in some]
        filed = [known.filed] if known.filed else []
        told = (p for p in (*every, *filed) if p.entry and p.entry.country)
        ordered = sorted(told, key=lambda p: p.span)
        return [Named(self.asked, p, n) for n, p in enumerate(ordered)]

    @cached_property
    def begins(self) -> list[int]:
        """Where each place starts."""
        return [one.place.span.start for one in self.places]

    @cached_property
    def ranks(self) -> list[tuple[int, int]]:
        """How many places start before each place, and where it does at the latest."""
        every = self.begins
        return [(bisect_left(every, at), bisect_right(every, at)) for at in every]

    @cached_property
    def beside(self) -> Counter[int]:
        """How many places each sentence names."""
        return Counter(one.at for one in self.places)

    @cached_property
    def lands(self) -> Counter[str]:
        """How often the report names places of each country."""
        return Counter(one.land for one in self.places)

    @cached_property
    def most(self) -> int:
        """How often it names the country that it names most."""
        return max(self.lands.values(), default=1)

    @cached_property
    def sited(self) -> list[tuple[int, str | None]]:
        """The sentences of claims that tell a place themselves, with its country."""
        known = [c for c in self.claims if c.where.known]
        known.sort(key=lambda c: c.action.trigger)
        return [(self.sentence(c.action.trigger.start), c.where.country) for c in known]

    @cached_property
    def done(self) -> dict[str | None, Done]:
        """What was done in each country, by acts whose own sentences tell a place."""
        found: dict[str | None, Done] = {}
        for claim in self.claims:
            if claim.where.known:
                there = found.setdefault(claim.where.country, Done())
                there.told_in.append(self.sentence(claim.action.trigger.start))
                there.events.add(claim.event)
                there.deeds.add(claim.action.deed)
                there.people.update(claim.party_names)
        for there in found.values():
            there.told_in.sort()
        return found

    @cached_property
    def tellings(self) -> Counter[str]:
        """How many claims tell each happening."""
        return Counter(c.event for c in self.claims)

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that a character stands in, or after."""
        return self.asked.number(at)


@dataclass(eq=False)
class Unplaced:
    """An act whose sentence tells no place."""

    story: Story
    claim: Claim

    @cached_property
    def start(self) -> int:
        """Where its words start."""
        return self.claim.action.trigger.start

    @cached_property
    def here(self) -> int:
        """The number of its sentence."""
        return self.story.sentence(self.start)

    @cached_property
    def sides(self) -> tuple[set[str | None], set[str | None]]:
        """The countries of those who act, and of those to whom it is done."""
        both = self.claim.actors, self.claim.recipients
        actors, recipients = ({who.country for who in side} for side in both)
        return actors, recipients

    @cached_property
    def known(self) -> tuple[set[str | None], set[str | None]]:
        """The same, without what is not known."""
        actors, recipients = self.sides
        return actors - {None, ""}, recipients - {None, ""}

    @cached_property
    def lands(self) -> set[str]:
        """The countries of both sides, as far as they are told."""
        actors, recipients = self.sides
        return (actors | recipients) - {None}  # type: ignore[return-value]

    @cached_property
    def people(self) -> set[str]:
        """The names of both sides."""
        return self.claim.party_names

    @cached_property
    def between(self) -> tuple[int, int]:
        """How many places start before its words, and at their start at the latest."""
        begins, start = self.story.begins, self.start
        return bisect_left(begins, start), bisect_right(begins, start)

    @cached_property
    def last(self) -> str | None:
        """The country of the place that was last told of an act before it."""
        sited = self.story.sited
        n = bisect_right(sited, self.here, key=itemgetter(0))
        return sited[n - 1][1] if n else None


@dataclass(eq=False)
class Beside:
    """A place beside an act."""

    act: Unplaced
    named: Named

    @cached_property
    def apart(self) -> tuple[int, int]:
        """The first characters of both, in order."""
        low, high = sorted((self.act.start, self.named.place.span.start))
        return low, high

    @property
    def between(self) -> int:
        """How many places are named between both."""
        named, act = self.act.story.ranks[self.named.number], self.act.between
        before = self.named.place.span.start <= self.act.start
        first, last = (named, act) if before else (act, named)
        return max(0, last[0] - first[1])

    @cached_property
    def done(self) -> Done:
        """What else was done in its country."""
        return self.act.story.done.get(self.named.land, NOTHING)

    @property
    def nearest(self) -> int:
        """How many sentences off the nearest act there is told."""
        return self.done.nearest(self.act.here) if self.done.told_in else FAR


def land_of(place: Placed) -> str:
    """Return the country in which a place lies, "" for none."""
    return (place.entry and place.entry.country) or ""


OF_PLACE: Table[Beside] = Table.of(
    Feature(
        "gap",
        "how many sentences after the act it is named",
        lambda b: b.named.at - b.act.here,
    ),
    Feature(
        "distance",
        "how many sentences away it is named",
        lambda b: abs(b.named.at - b.act.here),
    ),
    Feature(
        "after",
        "it is named after the act's words",
        lambda b: b.named.place.span.start > b.act.start,
    ),
    Feature(
        "letters",
        "how many characters away it is named (logarithm)",
        lambda b: log1p(b.apart[1] - b.apart[0]),
    ),
    Feature(
        "grain",
        "how coarse a place it is: a site to a country",
        lambda b: b.named.grain,
    ),
    Feature(
        "adjective",
        "an adjective names it: 'Syrian'",
        lambda b: b.named.place.rule == "places.adjective.v1",
    ),
    Feature(
        "located",
        "its words tell where something is: 'in Gaza'",
        lambda b: b.named.located,
    ),
    Feature(
        "seat", "it stands for a government: 'Washington said'", lambda b: b.named.seat
    ),
    Feature("dateline", "it is where the report is filed", lambda b: b.named.filed),
    Feature(
        "named",
        "how often the report names its country",
        lambda b: b.act.story.lands[b.named.land],
    ),
    Feature(
        "share",
        "how much of all that the report names is of its country",
        lambda b: b.act.story.lands[b.named.land] / len(b.act.story.places),
    ),
    Feature(
        "most",
        "the report names no country oftener",
        lambda b: b.act.story.lands[b.named.land] == b.act.story.most,
    ),
    Feature(
        "filed",
        "it is in the country where the report is filed",
        lambda b: b.named.land == b.act.story.asked.filed,
    ),
    Feature(
        "actor's",
        "it is in an actor's country",
        lambda b: b.named.land in b.act.sides[0],
    ),
    Feature(
        "recipient's",
        "it is in a recipient's country",
        lambda b: b.named.land in b.act.sides[1],
    ),
    Feature(
        "other land's",
        "a party is of another country",
        lambda b: not b.act.lands <= {b.named.land},
    ),
    Feature(
        "names between", "how many places are named between both", lambda b: b.between
    ),
    Feature(
        "acts there",
        "how many acts are told to be in its country",
        lambda b: len(b.done.told_in),
    ),
    Feature(
        "same happening",
        "one of them tells the same happening",
        lambda b: b.act.claim.event in b.done.events,
    ),
    Feature(
        "same deed",
        "one of them is of the same deed",
        lambda b: b.act.claim.action.deed in b.done.deeds,
    ),
    Feature(
        "same party",
        "one of them has a party of the act",
        lambda b: not b.act.people.isdisjoint(b.done.people),
    ),
    Feature(
        "nearest act there",
        "how many sentences away the nearest of them is",
        lambda b: b.nearest,
    ),
    Feature(
        "last told",
        "the last place told of an act was in its country",
        lambda b: b.named.land == b.act.last,
    ),
)
OF_ACT: Table[Unplaced] = Table.of(
    describe_traits(TRAITS, lambda a: a.claim.action),
    describe_statuses(lambda a: a.claim.action),
    Feature("sentence", "the number of the act's sentence", lambda a: a.here),
    Feature(
        "part",
        "how far through the report it is told",
        lambda a: a.here / max(1, len(a.story.asked.parsed.sentences)),
    ),
    Feature(
        "places", "how many places the report names", lambda a: len(a.story.places)
    ),
    Feature(
        "beside",
        "how many its sentence names",
        lambda a: a.story.beside[a.here],
    ),
    Feature(
        "sited",
        "how many acts of the report have a place",
        lambda a: len(a.story.sited),
    ),
    Feature(
        "speakers",
        "how many say that it was done",
        lambda a: len(a.claim.attribution.speakers),
    ),
    Feature(
        "domestic",
        "both sides are of one country",
        lambda a: bool(a.known[0] & a.known[1]),
    ),
    Feature(
        "actors", "of how many countries the actors are", lambda a: len(a.known[0])
    ),
    Feature(
        "recipients",
        "of how many countries the recipients are",
        lambda a: len(a.known[1]),
    ),
    Feature(
        "told there",
        "in how many countries acts are told to be",
        lambda a: len(a.story.done),
    ),
    Feature(
        "tellings",
        "how many claims tell its happening",
        lambda a: a.story.tellings[a.claim.event],
    ),
)
WHERE: Choice[Beside, Unplaced] = Choice(
    "Which place of the report is an act's whose own sentence tells none.",
    OF_PLACE,
    OF_ACT,
    Path(__file__).with_name("elsewhere.npz"),
)
