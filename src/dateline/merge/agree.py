"""What an event's claims agree on, and where they contradict each other."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.merge.tellings import unit_of
from dateline.model.event import told_days
from dateline.model.record import STATUSES

Record = dict[str, Any]
DONE = frozenset(("happened", "ongoing", "recurring"))
AUTHORITY = sorted(STATUSES, key=lambda status: status not in DONE)
"""Of two equally common statuses the one that tells more: what is done first."""
NOT = frozenset(("denied", "negated"))
VAGUE = {"day": 0, "range": 1, "week": 2, "month": 3, "season": 4, "year": 5}
TOTAL = "running total"
LONG = 7  # days of an act at the most; a count over more is a total
PRECISE = ("site", "city", "admin2", "admin1", "country", "region")


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
    single = {day for _, when in told if (day := single_day(when))}
    ranked = [w for _, w in told]
    if len(single) > 1:
        whole = [
            w for w in ranked if w["precision"] == "range" and interval_holds(w, single)
        ]
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


def dissent(claims: Sequence[Record]) -> list[str]:
    """Return in words which single days are told, and by how many, where they differ.

    The days that most tell come first.
    """
    days = Counter(day for c in claims if (day := single_day(told_days(c))))
    if len(days) < 2:
        return []
    ranked = sorted(days.items(), key=lambda told: (-told[1], told[0]))
    return ["days told: " + ", ".join(f"{day} ({many})" for day, many in ranked)]


def agreed_place(claims: Sequence[Record]) -> Record | None:
    """Return the place most claims name at the finest precision that any gives."""
    told = [c["where"] for c in claims if c["where"]]
    if not told:
        return None
    support = Counter(w["name"] for w in told)
    best = min(
        told,
        key=lambda w: (PRECISE.index(w["precision"]), -support[w["name"]], w["name"]),
    )
    names = ("name", "country", "admin1", "lat", "lon", "geonameid", "precision")
    return {name: best.get(name) for name in names}


def agreed_counts(
    claims: Sequence[Record],
    told: Mapping[str, str],
    others: Iterable[Record] = (),
) -> list[Counted]:
    """Return what the claims count. `told` is the day of each report, in time's order.

    `others` are claims of other events of the same reports: a number that stands
    nearer to one of them is that one's, so that no toll is told of two events.
    """
    series = series_of(claims, told, others)
    made = (
        spread_of_counts(what, found) for (what, _), found in sorted(series.items())
    )
    return [c for c in made if c]


def totals(
    claims: Sequence[Record],
    told: Mapping[str, str],
    others: Iterable[Record] = (),
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
    """Return the tellings of each count in time's order, by what and its unit."""
    taken = claims_of_counts([*claims, *others])
    series: dict[tuple[str, str], list[Count]] = {}
    seen: set[tuple[Any, ...]] = set()
    mine = {(c["report"], c["id"]) for c in claims}
    for claim in claims:
        for many in claim["quantities"]:
            at = claim["report"], many["start"], many["end"], many["what"]
            if at in seen or taken[at] not in mine:
                continue
            seen.add(at)
            found = count_telling(claim, many, told.get(claim["report"], ""))
            series.setdefault((many["what"], unit_of(many)), []).append(found)
    order = {report: i for i, report in enumerate(told)}
    for some in series.values():
        some.sort(key=lambda c: (order.get(c.report, -1), c.report, c.claim))
    return series


def claims_of_counts(
    claims: Sequence[Record],
) -> dict[tuple[Any, ...], tuple[str, str]]:
    """Return the claim to which each number belongs: that whose trigger is nearest."""
    best: dict[tuple[Any, ...], tuple[int, int, str, str]] = {}
    for claim in claims:
        for many in claim["quantities"]:
            at = claim["report"], many["start"], many["end"], many["what"]
            far = abs(claim["trigger"]["start"] - many["start"])
            rank = (far, claim["trigger"]["start"], claim["report"], claim["id"])
            best[at] = min(best.get(at, rank), rank)
    return {at: rank[2:] for at, rank in best.items()}


def count_telling(claim: Record, many: Record, told: str) -> Count:
    """Return one telling of a count."""
    chain = claim["said_by"]
    speaker = (chain[-1]["name"] or chain[-1]["text"]) if chain else ""
    numbers = (many["low"], many["best"], many["high"])
    how = scope(claim, many), many.get("bound", "exact"), many.get("unit")
    whose = many.get("whose") or ""
    words = many.get("text") or ""
    named = many["best"] == 1 and words[:1].isupper() and words in whose
    return Count(
        told, claim["report"], claim["id"], speaker, *numbers, *how, whose, named
    )


def scope(claim: Record, many: Record) -> str:
    """Return of what a count is: of this act, or of all in a time that is long.

    What a claim counts over weeks, "since March", is no act's own.
    """
    when = told_days(claim)
    if when and when["from"] and many["scope"] != TOTAL:
        first = date.fromisoformat(when["from"][:10])
        last = date.fromisoformat((when["to"] or when["from"])[:10])
        return TOTAL if (last - first).days > LONG else str(many["scope"])
    return str(many["scope"])


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
    """Return in words what the claims contradict each other in."""
    found = [*denials(claims), *dissent(claims)]
    places = sorted({c["where"]["name"] for c in claims if exact(c["where"])})
    if len(places) > 1:
        found.append(f"places told: {', '.join(places)}")
    for many in series:
        if len({count_figure(c) for c in many.series}) > 1:
            told = " → ".join(f"{count_figure(c):g}" for c in many.series)
            what = f"{many.what} ({many.unit})" if many.unit else many.what
            found.append(f"{what}: {told}")
    return found


def count_figure(told: Count) -> float:
    """Return the one number by which a telling is known: of "at most 30" it is 30."""
    return next(n for n in (told.best, told.low, told.high) if n is not None)


def denials(claims: Sequence[Record]) -> list[str]:
    """Return who denies what others tell as done or to come."""
    if all(c["status"] in NOT for c in claims):
        return []
    speakers = (innermost_speaker(c) for c in claims if c["status"] in NOT)
    return [f"{who} denies" for who in sorted(set(speakers))]


def innermost_speaker(claim: Record) -> str:
    """Return who says a claim, innermost; else its report."""
    chain = claim["said_by"]
    return (chain[-1]["name"] or chain[-1]["text"]) if chain else str(claim["report"])


def single_day(told: Record | None) -> str | None:
    """Return the day, where a claim tells just one."""
    return told["from"] if told and told["from"] == told["to"] else None


def interval_holds(told: Record, days: set[str]) -> bool:
    """Whether an interval with both its ends told holds all of some days."""
    first, last = told["from"], told["to"]
    return bool(first and last) and first <= min(days) and max(days) <= last


def exact(place: Record | None) -> bool:
    """Whether a place is a point on a map."""
    return bool(place) and place["precision"] in ("site", "city") if place else False
