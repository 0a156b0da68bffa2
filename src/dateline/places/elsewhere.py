"""The place of an act that its own sentence leaves open, told elsewhere in the report.

Which of a report's places is meant, if any, was learned from annotated reports
(`which.py`). Places of one country speak together.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from dateline.infer.choose import Floats, Open
from dateline.model import Action, Claim, Place, Token
from dateline.places.report import Placed, as_place
from dateline.places.sites import hangs_on_other_verb
from dateline.places.where import ReportPlaces
from dateline.places.which import WHERE, Beside, Named, Story, Unplaced, land_of

RULE = "places.elsewhere.v1"
SURE = 0.3  # how likely the likeliest country must be, beside that none is
OWN = 0.5  # of its country's share a place must have to be told, not the country
NEAR, EARLY = 8, 4  # a place so many sentences off, or among the first, is asked about
MOST = 24  # places that are asked about, the nearest


def open_places(story: Story) -> Iterator[Open[Beside]]:
    """Yield each claim without a place, where the report names any."""
    for n, claim in enumerate(story.claims):
        act = Unplaced(story, claim)
        if claim.where.known or not (named := likely_places(act)):
            continue
        some = [Beside(act, one) for one in named]
        spans = [claim.action.trigger, *(one.place.span for one in named)]
        yield WHERE.open(n, act, some, story.asked.parsed.states, spans)


def likely_places(act: Unplaced) -> list[Named]:
    """Return the places that may be meant: those near, and the report's first."""
    start, places = act.start, act.story.places
    near = list(places_near(act))
    near.sort(key=lambda k: (k >= EARLY, abs(places[k].place.span.start - start), k))
    return [places[k] for k in sorted(near[:MOST])]


def places_near(act: Unplaced) -> Iterator[int]:
    """Yield the numbers of the report's first places, those near, and those before.

    Of those before the nearest come first, and no more than are asked about.
    """
    here, places = act.here, act.story.places
    word = act.story.asked.parsed.head_of(act.claim.action.trigger)
    after = bisect_left(act.story.begins, act.start)
    yield from (k for k in range(min(EARLY, len(places))) if may_be_meant(act, k, word))
    beyond = takewhile(
        lambda k: places[k].at - here <= NEAR, range(max(after, EARLY), len(places))
    )
    yield from (k for k in beyond if may_be_meant(act, k, word))
    before = (k for k in range(after - 1, EARLY - 1, -1) if may_be_meant(act, k, word))
    yield from islice(before, MOST)


def may_be_meant(act: Unplaced, k: int, word: Token | None) -> bool:
    """Whether nothing forbids that an act, of this word, was done in a place."""
    one = act.story.places[k]
    elsewhere = (
        word is not None
        and one.at == act.here
        and hangs_on_other_verb(act.story.asked.parsed, word, one.place)
    )
    return not elsewhere and not told_from_afar(act, one)


def told_from_afar(act: Unplaced, one: Named) -> bool:
    """Whether others' deed is only written there: "LONDON - Israel razed ..."."""
    traits = act.claim.action.traits
    deed = "ground" in traits and "talk" not in traits
    elsewhere = all(side and not side & {one.land, None} for side in act.sides)
    return one.filed and elsewhere and deed


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


def likeliest_place(
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
    if state is not None and odds[best] < OWN * shares[land] and not is_country(told):
        told = Placed(told.span, state, RULE)
    return replace(as_place(told, asked.parsed.text, RULE), role="site")


def is_country(place: Placed) -> bool:
    """Whether a place is a country."""
    return place.entry is not None and place.entry.is_country
