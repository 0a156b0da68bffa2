"""What an event's claims add up to: days, place, counts, who is on either side.

And where they contradict each other, and which event another is part of: a call of many
and the call of one of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateline.extract.event_coref.lexicon import COMMON, load_merge_lexicon
from dateline.extract.event_coref.mentions import unit_of
from dateline.model import Event
from dateline.model.event import told_days
from dateline.model.folding import fold_name
from dateline.model.record import PRONOUNS, STATUSES, who_is
from dateline.resources.reference.countries import countries

Record = dict[str, Any]
DONE = frozenset(("happened", "ongoing", "recurring"))
AUTHORITY = sorted(STATUSES, key=lambda status: status not in DONE)
"""Of two equally common statuses the one that tells more: what is done first."""
NOT = frozenset(("denied", "negated"))
VAGUE = {"day": 0, "range": 1, "week": 2, "month": 3, "season": 4, "year": 5}
TOTAL = "running total"
LONG = 7  # days of an act at the most; a count over more is a total
PRECISE = ("site", "city", "admin2", "admin1", "country", "region")
SIDES = ("actors", "recipients")
ORGANS = frozenset(("MIL", "COP", "LEG", "JUD", "SPY"))
OF_STATE = ORGANS | {"GOV", None}
NAMED, NOMINAL, OWNED, PRONOUN = range(4)  # how telling a name is, the best first


@dataclass(frozen=True, slots=True)
class Count:
    """One telling of a count: when it was told, by whom, of whom, and how many.

    `victim` is of one who is named, "a general": at least that one, but no toll.
    """

    told: str
    report: str
    claim: str
    speaker: str
    low: float | None
    best: float | None
    high: float | None
    scope: str
    bound: str = "exact"
    unit: str | None = None
    of: str = ""
    victim: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """How many, over all claims: a series in time, never added up.

    `best` is what was told last; `low` and `high` are the least and the most told of
    the act itself. A running total, a war's or a year's, grows: of several the last
    told counts. `bound` is that of all tellings, "exact" where they differ; sums of
    money in two units are two counts.
    """

    what: str
    low: float | None
    best: float
    high: float
    series: tuple[Count, ...]
    bound: str = "exact"
    unit: str | None = None


def agreed_status(claims: Sequence[Record]) -> str:
    """Return the status: done where any claim says so, else the commonest."""
    told = Counter(c["status"] for c in claims)
    done = [s for s in told if s in DONE]
    ranked = sorted(done or told, key=lambda s: (-told[s], AUTHORITY.index(s)))
    return str(ranked[0])


def commonest_answer(claims: Sequence[Record], name: str) -> str:
    """Return the commonest answer of the claims, the first of equals by name."""
    told = Counter(c[name] for c in claims)
    return str(min(told, key=lambda d: (-told[d], d)))


def agreed_days(claims: Sequence[Record]) -> Record | None:
    """Return the days that most tellings agree with, the narrowest of equals.

    A telling agrees with a day that its own days hold: "in July" with the 29th. Reports
    are asked first, then their claims; so nine that say the 29th outvote one of the 7th
    of August. Of days equally told the first are taken.

    Where single days differ, a telling of several days that holds them all has it: of a
    visit from the 20th to the 21st one report tells the arrival, one the departure.
    Days that are inferred count where none are told.
    """
    told = [(c["report"], when) for c in claims if (when := told_days(c))]
    told = told or [(c["report"], c["when"]) for c in claims if c["when"]]
    if not told:
        return None
    ranked = [w for _, w in told]
    single = {day for w in ranked if (day := single_day(w))}
    if len(single) > 1:
        wide = [w for w in ranked if w["precision"] == "range" and w["from"] and w["to"]]
        first, last = min(single), max(single)
        whole = [w for w in wide if w["from"] <= first and last <= w["to"]]
        ranked = whole or ranked
    spans = [(report, *bound_days(w)) for report, w in told]
    votes = {
        day: [report for report, first, last in spans if first <= day <= last]
        for _, *some in spans
        for day in some
    }

    def rank(when: Record) -> tuple[Any, ...]:
        first, last = bound_days(when)
        inside = (found for day, found in votes.items() if first <= day <= last)
        most = max((len({*found}), len(found)) for found in inside)
        same = sum((w["from"], w["to"]) == (when["from"], when["to"]) for _, w in told)
        vague = VAGUE.get(when["precision"], 9)
        return -most[0], -most[1], vague, -same, when["from"] or last, when["to"] or ""

    best = min(ranked, key=rank)
    same = {name: best[name] for name in ("from", "to", "precision")}
    return {**same, "answer": best.get("answer", "told")}


def bound_days(when: Record) -> tuple[str, str]:
    """Return the first and the last day; an end that is untold is open."""
    return when["from"] or "0000", when["to"] or "9999"


def single_day(told: Record | None) -> str | None:
    """Return the day, where a claim tells just one."""
    return told["from"] if told and told["from"] == told["to"] else None


def agreed_place(claims: Sequence[Record]) -> Record | None:
    """Return the place most claims name at the finest precision that any gives."""
    told = [c["where"] for c in claims if c["where"]]
    if not told:
        return None
    support = Counter(w["name"] for w in told)
    best = min(told, key=lambda w: (PRECISE.index(w["precision"]), -support[w["name"]], w["name"]))
    names = ("name", "country", "admin1", "lat", "lon", "geonameid", "precision")
    return {name: best.get(name) for name in names}


def exact(place: Record | None) -> bool:
    """Whether a place is a point on a map."""
    return bool(place) and place["precision"] in ("site", "city") if place else False


def agreed_counts(
    claims: Sequence[Record], told: Mapping[str, str], others: Iterable[Record] = ()
) -> list[Counted]:
    """Return what the claims count. `told` is the day of each report, in time's order.

    `others` are claims of other events of the same reports: a number that stands
    nearer to one of them is that one's, so that no toll is told of two events.
    """
    series = series_of(claims, told, others)
    made = (spread_of_counts(what, found) for (what, _), found in sorted(series.items()))
    return [c for c in made if c]


def totals(
    claims: Sequence[Record], told: Mapping[str, str], others: Iterable[Record] = ()
) -> list[Counted]:
    """Return the running totals that claims tell beside the act's own counts."""
    series = series_of(claims, told, others)
    made = (
        spread_of_counts(what, [c for c in found if c.scope == TOTAL])
        for (what, _), found in sorted(series.items())
        if {c.scope for c in found} > {TOTAL}
    )
    return [c for c in made if c]


def series_of(
    claims: Sequence[Record], told: Mapping[str, str], others: Iterable[Record]
) -> dict[tuple[str, str], list[Count]]:
    """Return the tellings of each count in time's order, by what and its unit.

    A number belongs to the claim whose trigger is nearest.
    """
    best: dict[tuple[Any, ...], tuple[int, int, str, str]] = {}
    for claim in (*claims, *others):
        start = claim["trigger"]["start"]
        for many in claim["quantities"]:
            at = claim["report"], many["start"], many["end"], many["what"]
            near = (abs(start - many["start"]), start, claim["report"], claim["id"])
            best[at] = min(best.get(at, near), near)
    series: dict[tuple[str, str], list[Count]] = {}
    seen: set[tuple[Any, ...]] = set()
    mine = {(c["report"], c["id"]) for c in claims}
    for claim in claims:
        for many in claim["quantities"]:
            at = claim["report"], many["start"], many["end"], many["what"]
            if at in seen or best[at][2:] not in mine:
                continue
            seen.add(at)
            found = count_telling(claim, many, told.get(claim["report"], ""))
            series.setdefault((many["what"], unit_of(many)), []).append(found)
    order = {report: i for i, report in enumerate(told)}
    for some in series.values():
        some.sort(key=lambda c: (order.get(c.report, -1), c.report, c.claim))
    return series


def count_telling(claim: Record, many: Record, told: str) -> Count:
    """Return one telling of a count.

    What a claim counts over weeks, "since March", is no act's own but a total.
    """
    chain, scope = claim["said_by"], str(many["scope"])
    when = told_days(claim)
    if when and when["from"] and scope != TOTAL:
        first = date.fromisoformat(when["from"][:10])
        last = date.fromisoformat((when["to"] or when["from"])[:10])
        scope = TOTAL if (last - first).days > LONG else scope
    whose, words = many.get("whose") or "", many.get("text") or ""
    return Count(
        told=told,
        report=claim["report"],
        claim=claim["id"],
        speaker=(chain[-1]["name"] or chain[-1]["text"]) if chain else "",
        low=many["low"],
        best=many["best"],
        high=many["high"],
        scope=scope,
        bound=many.get("bound", "exact"),
        unit=many.get("unit"),
        of=whose,
        victim=many["best"] == 1 and words[:1].isupper() and words in whose,
    )


def spread_of_counts(what: str, found: Sequence[Count]) -> Counted | None:
    """Return the spread of a series: the act's own; of mere totals the last told.

    A victim who is named is a toll of one where nobody counts.
    """
    own = [c for c in found if c.scope != TOTAL] or list(found)
    own = [c for c in own if not c.victim] or own
    values = [(c, [n for n in (c.low, c.best, c.high) if n is not None]) for c in own]
    values = [(c, ns) for c, ns in values if ns]
    if not values:
        return None
    counts = tuple(c for c, _ in values)
    if counts[0].scope == TOTAL:
        values = [v for v in values if v[0].told == counts[-1].told]
    last = values[-1][1]
    latest = values[-1][0].best
    best = latest if latest is not None else last[0]
    open_below = ("up to", "at most")  # "up to 50" has no lowest figure
    lows = [c.low if c.bound in open_below else min(ns) for c, ns in values]
    low = min((n for n in lows if n is not None), default=None)
    high = max(max(ns) for _, ns in values)
    bounds = {c.bound for c, _ in values}
    bound = bounds.pop() if len(bounds) == 1 else "exact"
    return Counted(what, low, best, high, counts, bound, counts[0].unit)


def disagreements(claims: Sequence[Record], series: Sequence[Counted]) -> list[str]:
    """Return in words what the claims contradict each other in.

    Who denies what others tell as done or to come; which single days are told, the most
    told first, and by how many; places; counts.
    """
    found = []
    if any(c["status"] not in NOT for c in claims):
        denied = (c for c in claims if c["status"] in NOT)
        chains = ((c["said_by"], c["report"]) for c in denied)
        speakers = {
            (chain[-1]["name"] or chain[-1]["text"]) if chain else str(report)
            for chain, report in chains
        }
        found += [f"{who} denies" for who in sorted(speakers)]
    days = Counter(day for c in claims if (day := single_day(told_days(c))))
    if len(days) > 1:
        ranked = sorted(days.items(), key=lambda told: (-told[1], told[0]))
        told = ", ".join(f"{day} ({many})" for day, many in ranked)
        found.append(f"days told: {told}")
    places = sorted({c["where"]["name"] for c in claims if exact(c["where"])})
    if len(places) > 1:
        found.append(f"places told: {', '.join(places)}")
    for many in series:
        # of "at most 30" the figure is 30
        figures = [next(n for n in (c.best, c.low, c.high) if n is not None) for c in many.series]
        if len({*figures}) > 1:
            told = " → ".join(f"{figure:g}" for figure in figures)
            what = f"{many.what} ({many.unit})" if many.unit else many.what
            found.append(f"{what}: {told}")
    return found


@dataclass(frozen=True, slots=True)
class Naming:
    """Somebody as one claim names them on one side."""

    claim: int
    side: str
    who: Record
    name: str

    @property
    def entity(self) -> str | None:
        """The id of an entity, where it is known who that is."""
        found: str | None = self.who["entity"]
        return found

    @property
    def sector(self) -> str | None:
        """The first sector."""
        return next(iter(self.who["sector"]), None)

    @property
    def rank(self) -> int:
        """How telling the name is."""
        if self.entity:
            return NAMED
        words = self.name.split()  # in "The two men" a sentence has the capital
        if not words or self.name.casefold() in PRONOUNS:
            return PRONOUN
        if words[0].casefold() in PRONOUNS:
            return OWNED
        if words[0][0].isdigit():
            return NOMINAL
        known = words[load_merge_lexicon().rarity(words[0].casefold()) <= COMMON :]
        return NAMED if names_state(self) or any(w != w.lower() for w in known) else NOMINAL


Group = list[Naming]


def parties_of_sides(claims: Sequence[Record]) -> dict[str, list[Record]]:
    """Return the parties of either side, the most told first.

    Whom some tellings name among the actors and some among the recipients stands where
    most have it, else where the surest has it.
    """
    sure = [float(claim.get("confidence") or 0) for claim in claims]
    met = all("cooperation" in claim.get("quad", "") for claim in claims)
    told: dict[str, dict[tuple[Any, ...], Group]] = {side: {} for side in SIDES}
    for group in join_groups(group_namings(claims), met):
        first, names = best(group), who_is(best(group).who)
        # of "251 hostages" and "Mara Sela" who is one of them the name tells one alone
        if first.rank == NAMED and not first.entity and first.sector not in OF_STATE:
            names = (*names, fold_name(first.name))
        told[side_of(group, sure)].setdefault(names, []).extend(group)
    return {
        side: [
            summary(group)
            for group in sorted(
                some.values(), key=lambda g: (-len(claims_of_group(g)), str(who_is(best(g).who)))
            )
        ]
        for side, some in told.items()
    }


def group_namings(claims: Sequence[Record]) -> list[Group]:
    """Return whom claims name by one name, or as one entity; the most told first.

    Nobody is who is nothing but a gap. A name that is of several countries, "the two
    leaders", is nobody's own: each goes by the country's. A state is one by its name,
    whether or not it was looked up: "the two countries".
    """
    every = [
        Naming(i, side, who, who["name"] or who.get("text") or "")
        for i, claim in enumerate(claims)
        for side in SIDES
        for who in claim[side]
        if any(who_is(who))
    ]
    lands: dict[str, set[str]] = defaultdict(set)
    for each in every:
        lands[each.name].update([each.who["country"]] if each.who["country"] else ())
    found: dict[tuple[Any, ...], Group] = {}
    for each in every:
        land = each.who["country"]
        if land and not each.entity and len(lands[each.name]) > 1:
            each = replace(each, name=countries().name_of(land))  # noqa: PLW2901
        alone = each.entity and not names_state(each)
        own = (each.entity,) if alone else (fold_name(each.name), land)
        found.setdefault(own, []).append(each)
    return sorted(found.values(), key=lambda g: (-len(claims_of_group(g)), best(g).name))


def join_groups(groups: Sequence[Group], met: bool) -> list[Group]:
    """Return groups, those that another tells better as part of that one.

    In what two do together a state on one side may be its leader on the other.
    """
    home: dict[int, int] = {}
    for i, group in enumerate(groups):
        fits = (j for j, other in enumerate(groups) if is_better_named(group, other, met))
        home[i] = next(fits, i)
    found: dict[int, Group] = {i: [] for i in home if home[i] == i}
    for i, group in enumerate(groups):
        at = i
        while home[at] != at:
            at = home[at]
        found[at] += group
    return list(found.values())


def is_better_named(group: Group, other: Group, met: bool) -> bool:
    """Whether another group tells better who a group is: none that it stands beside."""
    a, b = best(group), best(other)
    if group is other or names_state(b) or claims_of_group(group) & claims_of_group(other):
        return False
    land = a.who["country"]
    if (a.entity and not names_state(a)) or (land and land != b.who["country"]):
        return False
    beside = bool({n.side for n in group} & {n.side for n in other})
    if names_state(a):  # who may act for it, where a telling names the state alone
        if not beside:
            return met and bool(b.entity) and b.sector == "GOV"
        return b.rank == NAMED and b.sector in (OF_STATE if b.entity else ORGANS)
    # the last words of an entity's name, or the same name in one land
    few, many = fold_name(a.name).split(), fold_name(b.name).split()
    same = few == many and not land
    short = bool(few) and (same or (bool(b.entity) and many[-len(few) :] == few))
    return short or (beside and is_vaguer(a, b))


def is_vaguer(a: Naming, b: Naming) -> bool:
    """Whether a name may be a vaguer one of somebody: "its fighter" of al-Shabaab."""
    like = a.sector == b.sector or (a.sector is None and a.rank >= OWNED)
    if not like or a.rank <= b.rank:
        return False
    # a body, not a person, who would not be "two soldiers"
    body = bool(b.entity) and not str(b.entity).startswith("person:")
    return a.rank >= OWNED or not a.who["country"] or body


def names_state(told: Naming) -> bool:
    """Whether a state itself is named."""
    land = told.who["country"]
    return bool(land) and told.name == countries().name_of(land)


def best(group: Group) -> Naming:
    """Return the naming that tells most who somebody is, of equals the commonest."""
    count = Counter(n.name for n in group)

    def order(n: Naming) -> tuple[object, ...]:
        return n.rank, not n.entity, -count[n.name], names_state(n), n.name

    return min(group, key=order)


def claims_of_group(group: Group) -> set[int]:
    """Return the claims that name somebody."""
    return {n.claim for n in group}


def side_of(group: Group, sure: Sequence[float]) -> str:
    """Return the side on which somebody stands by most claims, else by the surest."""
    first, by = best(group), defaultdict[int, set[str]](set)
    for n in group:
        if (n.entity, n.name) == (first.entity, first.name):
            by[n.claim].add(n.side)
    votes = [(next(iter(found)), sure[i]) for i, found in by.items() if len(found) == 1]

    def weight(side: str) -> tuple[int, float]:
        own = [how_sure for at, how_sure in votes if at == side]
        return len(own), max(own, default=0.0)

    return max(SIDES, key=weight)


def summary(group: Group) -> Record:
    """Return a party as all its claims together tell it.

    It is resolved where one claim has it so.
    """
    first = best(group)
    land = first.who["country"]
    name = countries().name_of(land) if land and first.rank == PRONOUN else first.name
    kept = {k: first.who[k] for k in ("country", "sector", "entity")}
    told = {n.who.get("answer") for n in group}
    ways = (way for way in ("resolved", "guess", "told_elsewhere") if way in told)
    answer = next(ways, "unknown")
    return {"name": name, **kept, "answer": answer, "told": len(claims_of_group(group))}


def whole_of(event: Event, others: Iterable[Event]) -> str | None:
    """Return the event that one is part of, None if of none.

    `others` are the events that its reports tell beside it, as the record sums them up.
    The whole is of the same type, its days hold the part's, and on one side it names
    all whom the part names and more, on the other no fewer. Of several the one that
    names most, the first of equals. `research.frame.PARTS` asks the same of all events
    of a store at once.
    """

    def identify(told: Mapping[str, Any]) -> dict[str, set[str]]:
        return {
            side: {who["entity"] or fold_name(who["name"]) for who in told[side]} for side in SIDES
        }

    if not event["when"]:
        return None
    part, (first, last) = identify(event), bound_days(event["when"])
    wholes = []
    for other in others:
        alike = other["event"] != event["event"] and other["type"] == event["type"]
        if not alike or not other["when"]:
            continue
        start, end = bound_days(other["when"])
        whole = identify(other)
        if start <= first and last <= end and holds_part(whole, part):
            named = {*whole["actors"], *whole["recipients"]}
            wholes.append((-len(named), other["event"]))
    return min(wholes)[1] if wholes else None


def holds_part(whole: Mapping[str, set[str]], part: Mapping[str, set[str]]) -> bool:
    """Whether one side of a whole names more than a part's, and the other no fewer."""
    actors, recipients = (part[side] for side in SIDES)
    if not actors:
        return False
    more = actors < whole["actors"] and recipients <= whole["recipients"]
    if more and (recipients or not whole["recipients"]):
        return True
    return bool(recipients) and actors <= whole["actors"] and recipients < whole["recipients"]
