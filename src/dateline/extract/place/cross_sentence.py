"""The place of an act that its own sentence leaves open, told elsewhere in the report.

Which of a report's places is meant, if any, was learned from annotated reports: what is
weighed stands in `OF_PLACE` and `OF_ACT`, and training/choose fits it. Places of one
country speak together.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, takewhile
from math import log1p
from operator import itemgetter
from pathlib import Path

from dateline.extract.place.report import GRAINS, Placed, as_place
from dateline.extract.place.ties import hangs_on_other_verb, has_locative_before, is_speaker_seat
from dateline.extract.place.where import ReportPlaces
from dateline.ml.feature_table import Feature, Table, describe_statuses, describe_traits
from dateline.ml.ranker import Choice, Floats, Open
from dateline.model import Action, Claim, Place

RULE = "places.elsewhere.v1"
SURE = 0.3  # how likely the likeliest country must be, beside that none is
OWN = 0.5  # of its country's share a place must have to be told, not the country
NEAR, EARLY = 8, 4  # a place so many sentences off, or among the first, is asked about
MOST = 24  # places that are asked about, the nearest
FAR = 30  # sentences to a place that no act was read with
TRAITS = ("by-word", "talk", "force", "ground", "scene", "target")


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
    for each in open_places(Story(asked, claims)):
        odds = WHERE.share(each.rows, each.act, each.states)
        places = [one.named.place for one in each.some]
        if (where := likeliest_place(asked, places, odds)) is not None:
            found[each.claim] = found[each.claim].answered("where", where)
    return tuple(found)


def likeliest_place(asked: ReportPlaces, places: Sequence[Placed], odds: Floats) -> Place | None:
    """Return the likeliest place of the likeliest country, or the country alone."""
    shares: Counter[str] = Counter()
    for place, share in zip(places, odds.tolist(), strict=True):
        shares[land_of(place)] += share
    land = max(sorted(shares), key=lambda each: shares[each])
    if shares[land] < SURE:
        return None
    best = int(max(range(len(places)), key=lambda k: (land_of(places[k]) == land, odds[k])))
    told, state = places[best], asked.table.state(land)
    country = told.entry is not None and told.entry.is_country
    if state is not None and odds[best] < OWN * shares[land] and not country:
        told = Placed(told.span, state, RULE)
    return replace(as_place(told, asked.parsed.text, RULE), role="site")


def open_places(story: "Story") -> Iterator[Open["Beside"]]:
    """Yield each claim without a place, where the report names any."""
    for n, claim in enumerate(story.claims):
        act = Unplaced(story, claim)
        if claim.where.known or not (named := likely_places(act)):
            continue
        some = [Beside(act, one) for one in named]
        spans = [claim.action.trigger, *(one.place.span for one in named)]
        yield WHERE.open(n, act, some, story.asked.parsed.states, spans)


def likely_places(act: "Unplaced") -> list["Named"]:
    """Return the places that may be meant: the report's first, and the nearest.

    Those near stand after the act in the next sentences, or anywhere before it.
    """
    here, places = act.here, act.story.places
    after = bisect_left(act.story.begins, act.start)
    first = (k for k in range(min(EARLY, len(places))) if may_be_meant(act, places[k]))
    beyond = takewhile(lambda k: places[k].at - here <= NEAR, range(max(after, EARLY), len(places)))
    on = (k for k in beyond if may_be_meant(act, places[k]))
    back = (k for k in range(after - 1, EARLY - 1, -1) if may_be_meant(act, places[k]))
    near = [*first, *on, *islice(back, MOST)]
    apart = {k: abs(places[k].place.span.start - act.start) for k in near}
    near.sort(key=lambda k: (k >= EARLY, apart[k], k))
    return [places[k] for k in sorted(near[:MOST])]


def may_be_meant(act: "Unplaced", one: "Named") -> bool:
    """Whether nothing forbids that an act was done in a place.

    It hangs on another verb of the act's sentence, or others' deed is only written
    there: "LONDON - Israel razed ...".
    """
    parsed, traits = act.story.asked.parsed, act.claim.action.traits
    word = parsed.head_of(act.claim.action.trigger) if one.at == act.here else None
    if word is not None and hangs_on_other_verb(parsed, word, one.place.span):
        return False
    deed = "ground" in traits and "talk" not in traits
    elsewhere = all(side and not side & {one.land, None} for side in act.sides)
    return not (one.filed and elsewhere and deed)


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
        return has_locative_before(self.asked.parsed, self.place.span)

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
        """Return how many sentences off the nearest of them is told, FAR for none."""
        if not self.told_in:
            return FAR
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
        return [(self.asked.number(c.action.trigger.start), c.where.country) for c in known]

    @cached_property
    def done(self) -> dict[str | None, Done]:
        """What was done in each country, by acts whose own sentences tell a place."""
        found: dict[str | None, Done] = {}
        for claim in self.claims:
            if claim.where.known:
                there = found.setdefault(claim.where.country, Done())
                there.told_in.append(self.asked.number(claim.action.trigger.start))
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
        return self.story.asked.number(self.start)

    @cached_property
    def sides(self) -> tuple[set[str | None], set[str | None]]:
        """The countries of those who act, and of those to whom it is done."""
        actors = {who.country for who in self.claim.actors}
        return actors, {who.country for who in self.claim.recipients}

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


def land_of(place: Placed) -> str:
    """Return the country in which a place lies, "" for none."""
    return (place.entry and place.entry.country) or ""


OF_PLACE: Table[Beside] = Table.of(
    Feature(
        "gap", "how many sentences after the act it is named", lambda b: b.named.at - b.act.here
    ),
    Feature(
        "distance", "how many sentences away it is named", lambda b: abs(b.named.at - b.act.here)
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
    Feature("grain", "how coarse a place it is: a site to a country", lambda b: b.named.grain),
    Feature(
        "adjective",
        "an adjective names it: 'Syrian'",
        lambda b: b.named.place.rule == "places.adjective.v1",
    ),
    Feature("located", "its words tell where something is: 'in Gaza'", lambda b: b.named.located),
    Feature("seat", "it stands for a government: 'Washington said'", lambda b: b.named.seat),
    Feature("dateline", "it is where the report is filed", lambda b: b.named.filed),
    Feature(
        "named", "how often the report names its country", lambda b: b.act.story.lands[b.named.land]
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
    Feature("actor's", "it is in an actor's country", lambda b: b.named.land in b.act.sides[0]),
    Feature(
        "recipient's", "it is in a recipient's country", lambda b: b.named.land in b.act.sides[1]
    ),
    Feature(
        "other land's", "a party is of another country", lambda b: not b.act.lands <= {b.named.land}
    ),
    Feature("names between", "how many places are named between both", lambda b: b.between),
    Feature(
        "acts there", "how many acts are told to be in its country", lambda b: len(b.done.told_in)
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
        lambda b: not b.act.claim.party_names.isdisjoint(b.done.people),
    ),
    Feature(
        "nearest act there",
        "how many sentences away the nearest of them is",
        lambda b: b.done.nearest(b.act.here),
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
    Feature("places", "how many places the report names", lambda a: len(a.story.places)),
    Feature("beside", "how many its sentence names", lambda a: a.story.beside[a.here]),
    Feature("sited", "how many acts of the report have a place", lambda a: len(a.story.sited)),
    Feature(
        "speakers", "how many say that it was done", lambda a: len(a.claim.attribution.speakers)
    ),
    Feature("domestic", "both sides are of one country", lambda a: bool(a.known[0] & a.known[1])),
    Feature("actors", "of how many countries the actors are", lambda a: len(a.known[0])),
    Feature("recipients", "of how many countries the recipients are", lambda a: len(a.known[1])),
    Feature("told there", "in how many countries acts are told to be", lambda a: len(a.story.done)),
    Feature(
        "tellings", "how many claims tell its happening", lambda a: a.story.tellings[a.claim.event]
    ),
)
WHERE: Choice[Beside, Unplaced] = Choice(
    "Which place of the report is an act's whose own sentence tells none.",
    OF_PLACE,
    OF_ACT,
    Path(__file__).with_name("elsewhere.npz"),
)
