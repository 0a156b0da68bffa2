"""Who an event's claims name: everybody on one side, once, by the most telling name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.merge.lexicon import COMMON, load_merge_lexicon
from dateline.model.fold import fold_name
from dateline.model.record import PRONOUNS, who_is
from dateline.reference.countries import countries

Record = dict[str, Any]
SIDES = ("actors", "recipients")
ORGANS = frozenset(("MIL", "COP", "LEG", "JUD", "SPY"))
OF_STATE = ORGANS | {"GOV", None}
NAMED, NOMINAL, OWNED, PRONOUN = range(4)  # how telling a name is, the best first


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
        return (
            NAMED
            if names_state(self) or any(w != w.lower() for w in known)
            else NOMINAL
        )


Group = list[Naming]


def parties_of_sides(claims: Sequence[Record]) -> dict[str, list[Record]]:
    """Return the parties of either side, the most told first.

    Whom some tellings name among the actors and some among the recipients stands where
    most have it, else where the surest has it.
    """
    sure = [float(claim.get("confidence") or 0) for claim in claims]
    met = all("cooperation" in claim.get("quad", "") for claim in claims)
    found = join_groups(group_namings(list_namings(claims)), met)
    told: dict[str, dict[tuple[Any, ...], Group]] = {side: {} for side in SIDES}
    for group in found:
        side = side_of(group, sure)
        told[side].setdefault(one_party(best(group)), []).extend(group)
    return {side: group_records(some.values()) for side, some in told.items()}


def one_party(who: Naming) -> tuple[Any, ...]:
    """Return what makes one party of groups: a code, but of a name no others' code.

    Of "251 hostages" and "Mara Sela" who is one of them the name tells one alone.
    """
    own = who.rank == NAMED and not who.entity and who.sector not in OF_STATE
    return (*who_is(who.who), fold_name(who.name)) if own else who_is(who.who)


def list_namings(claims: Sequence[Record]) -> list[Naming]:
    """Return everybody whom claims name, and nobody who is nothing but a gap.

    A name that is of several countries, "the two leaders", is nobody's own: each goes
    by the country's.
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
    return [
        Naming(n.claim, n.side, n.who, countries().name_of(n.who["country"]))
        if n.who["country"] and not n.entity and len(lands[n.name]) > 1
        else n
        for n in every
    ]


def group_namings(every: Iterable[Naming]) -> list[Group]:
    """Return who is named by one name, or is one entity; the most told first.

    A state is one by its name, whether or not it was looked up: "the two countries".
    """
    found: dict[tuple[Any, ...], Group] = {}
    for each in every:
        own = (fold_name(each.name), each.who["country"])
        alone = each.entity and not names_state(each)
        found.setdefault((each.entity,) if alone else own, []).append(each)
    return sorted(
        found.values(), key=lambda g: (-len(claims_of_group(g)), best(g).name)
    )


def join_groups(groups: Sequence[Group], met: bool) -> list[Group]:
    """Return groups, those that another tells better as part of that one.

    In what two do together a state on one side may be its leader on the other.
    """
    home: dict[int, int] = {}
    for i, group in enumerate(groups):
        fits = (
            j for j, other in enumerate(groups) if is_better_named(group, other, met)
        )
        home[i] = next(fits, i)
    return [
        [n for i, g in enumerate(groups) if root(home, i) == j for n in g]
        for j in range(len(groups))
        if home[j] == j
    ]


def root(home: dict[int, int], i: int) -> int:
    """Return the group in which one ends up."""
    while home[i] != i:
        i = home[i]
    return i


def is_better_named(group: Group, other: Group, met: bool) -> bool:
    """Whether another group tells better who a group is: none that it stands beside."""
    a, b = best(group), best(other)
    if (
        group is other
        or names_state(b)
        or claims_of_group(group) & claims_of_group(other)
    ):
        return False
    land = a.who["country"]
    if (a.entity and not names_state(a)) or (land and land != b.who["country"]):
        return False
    beside = bool(sides_of_group(group) & sides_of_group(other))
    if names_state(a):
        return acts_for_state(b, beside, met)
    return is_short_form(a, b) or (beside and vaguer(a, b))


def acts_for_state(b: Naming, beside: bool, met: bool) -> bool:
    """Whether somebody acts for a state where a telling names the state alone."""
    if not beside:
        return met and bool(b.entity) and b.sector == "GOV"
    return b.rank == NAMED and b.sector in (OF_STATE if b.entity else ORGANS)


def vaguer(a: Naming, b: Naming) -> bool:
    """Whether a name may be a vaguer one of somebody: "its fighter" of al-Shabaab."""
    like = a.sector == b.sector or (a.sector is None and a.rank >= OWNED)
    if not like or a.rank <= b.rank:
        return False
    return a.rank >= OWNED or not a.who["country"] or names_body(b)


def is_short_form(a: Naming, b: Naming) -> bool:
    """Whether a name may be the last words of an entity's, or the same in one land."""
    few, many = fold_name(a.name).split(), fold_name(b.name).split()
    same = few == many and not a.who["country"]
    return bool(few) and (same or (bool(b.entity) and many[-len(few) :] == few))


def names_body(told: Naming) -> bool:
    """Whether that is a body, not a person, who would not be "two soldiers"."""
    return bool(told.entity) and not str(told.entity).startswith("person:")


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


def sides_of_group(group: Group) -> set[str]:
    """Return the sides on which claims name somebody."""
    return {n.side for n in group}


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


def group_records(groups: Iterable[Group]) -> list[Record]:
    """Return the parties of one side as an event has them."""
    ranked = sorted(
        groups, key=lambda g: (-len(claims_of_group(g)), str(who_is(best(g).who)))
    )
    return [summary(group) for group in ranked]


def summary(group: Group) -> Record:
    """Return a party as all its claims together tell it."""
    first = best(group)
    land = first.who["country"]
    name = countries().name_of(land) if land and first.rank == PRONOUN else first.name
    kept = {k: first.who[k] for k in ("country", "sector", "entity")}
    told = len(claims_of_group(group))
    return {"name": name, **kept, "answer": group_answer(group), "told": told}


def group_answer(group: Group) -> str:
    """Return how a party is known: resolved where one claim has it so."""
    told = {n.who.get("answer") for n in group}
    return next(
        (a for a in ("resolved", "guess", "told_elsewhere") if a in told), "unknown"
    )
