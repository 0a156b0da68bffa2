"""Who, in the end, vouches for an event: independent origins, whoever relays them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dateline.merge.agree import NOT
from dateline.merge.cluster import components
from dateline.merge.copies import Copy
from dateline.model import Span
from dateline.model.fold import key
from dateline.reference import Outlet, outlet

Record = dict[str, Any]
ORGANS = frozenset(("GOV", "MIL", "COP", "LEG", "JUD", "SPY", "PTY"))
STATELESS = frozenset(("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"))


@dataclass(frozen=True, slots=True)
class Item:
    """What origins need to know of a report besides its claims."""

    report: str
    outlet: str = ""
    agency: str = ""
    day: str = ""
    instant: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """One witness of an event: the claims that go back to it, and why they do.

    `denies` is of one that does nothing but deny what others affirm: it vouches for
    nothing, and does not count among the independent origins.
    """

    name: str
    kind: str
    reports: tuple[str, ...]
    claims: tuple[str, ...]
    reasons: tuple[str, ...]
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a claim is: a name, what kind of witness, and a key to compare by."""

    name: str
    kind: str
    key: tuple[str, ...]


def origins(
    claims: Sequence[Record],
    items: Mapping[str, Item],
    copied: Sequence[Copy] = (),
) -> tuple[Origin, ...]:
    """Return the independent origins of one event's claims, the most told first.

    Claims go back to one origin when their words are one copy, when the innermost
    speaker is the same, or when their speakers are organs of one party to the event.
    """
    claims = sorted(claims, key=lambda c: (c["report"], c["trigger"]["start"], c["id"]))
    parties = countries(claims)
    voices = [
        voice(c, items.get(c["report"], Item(c["report"])), parties) for c in claims
    ]
    lent = lent_voices(claims)
    voices = [voices[lent.get(i, i)] for i in range(len(claims))]
    pairs, reasons = ties(claims, voices, copied)
    for i, j in lent.items():
        reasons[i, j] = f"{claims[i]['report']} names no one else for the rest"
    one, two = [a for a, _ in pairs], [b for _, b in pairs]
    groups: dict[int, list[int]] = {}
    for i, root in enumerate(components(len(claims), one, two)):
        groups.setdefault(root, []).append(i)
    found = [origin(rows, claims, voices, reasons) for rows in groups.values()]
    if all(claim["status"] in NOT for claim in claims):
        found = [replace(o, denies=False) for o in found]
    return tuple(sorted(found, key=lambda o: (o.denies, -len(o.reports), o.claims)))


def vouching(found: Sequence[Origin]) -> int:
    """Return how many independent origins vouch for an event."""
    return sum(not o.denies for o in found)


def lent_voices(claims: Sequence[Record]) -> dict[int, int]:
    """Return, for a claim in a report's own voice, the claim whose speaker it rests on.

    A report that names who says one thing of an event, and tells the rest itself, is no
    witness beside that speaker. Who denies vouches for nothing that is affirmed.
    """
    named = [i for i, claim in enumerate(claims) if speakers(claim)]
    found = {}
    for i, claim in enumerate(claims):
        near = [
            (abs(claims[j]["trigger"]["start"] - claim["trigger"]["start"]), j)
            for j in named
            if claims[j]["report"] == claim["report"]
            and (claims[j]["status"] in NOT) == (claim["status"] in NOT)
        ]
        if near and not claim["said_by"]:
            found[i] = min(near)[1]
    return found


def speakers(claim: Record) -> list[Record]:
    """Return those of a claim's speakers whom its report names."""
    return [s for s in claim["said_by"] if s["kind"] != "unnamed"]


def origin(
    rows: Sequence[int],
    claims: Sequence[Record],
    voices: Sequence[Voice],
    reasons: Mapping[tuple[int, int], str],
) -> Origin:
    """Return one origin with its reports, claims and reasons."""
    inside = set(rows)
    told = (why for (a, _), why in sorted(reasons.items()) if a in inside)
    first = voices[min(rows, key=lambda i: (voices[i].kind == "report", i))]
    return Origin(
        first.name,
        first.kind,
        tuple(dict.fromkeys(claims[i]["report"] for i in rows)),
        tuple(claims[i]["id"] for i in rows),
        tuple(dict.fromkeys(told)),
        all(claims[i]["status"] in NOT for i in rows),
    )


def ties(
    claims: Sequence[Record], voices: Sequence[Voice], copied: Sequence[Copy]
) -> tuple[list[tuple[int, int]], dict[tuple[int, int], str]]:
    """Return the pairs of claims that go back to one origin, and why each does."""
    reasons: dict[tuple[int, int], str] = {}
    first: dict[tuple[str, ...], int] = {}
    for i, says in enumerate(voices):
        known = first.setdefault(says.key, i)
        if known != i and claims[known]["report"] != claims[i]["report"]:
            reasons[known, i] = because(says)
    pairs = [(first[says.key], i) for i, says in enumerate(voices)]
    same = {(i, j): f"the same speaker: {name}" for i, j, name in namesakes(claims)}
    pairs += same
    two = [p for p in same if claims[p[0]]["report"] != claims[p[1]]["report"]]
    reasons = {p: same[p] for p in two} | reasons
    by_report: dict[str, list[int]] = {}
    for i, claim in enumerate(claims):
        by_report.setdefault(claim["report"], []).append(i)
    for copy in copied:
        for i in by_report.get(copy.a, ()):
            for j in by_report.get(copy.b, ()):
                if carried(copy, claims[i], claims[j]):
                    pairs.append((i, j))
                    share = f"{copy.shared:.0%}"
                    reasons[i, j] = f"{copy.a} and {copy.b} share copy ({share})"
    return pairs, reasons


def namesakes(claims: Sequence[Record]) -> Iterator[tuple[int, int, str]]:
    """Yield pairs of claims with one innermost speaker, whatever codes each was given.

    Who has a country in one report and none in another is one; two of a name and of
    two countries are two.
    """
    inner = [(i, chain[-1]) for i, c in enumerate(claims) if (chain := speakers(c))]
    named = [(i, s["name"] or s["text"], s.get("country")) for i, s in inner]
    lands: dict[str, set[str]] = {}
    for _, name, land in named:
        lands.setdefault(key(name), set()).update({land} if land else ())
    first: dict[tuple[str, str], int] = {}
    for i, name, land in named:
        known = lands[key(name)]
        own = land or (min(known) if len(known) == 1 else "")
        at = first.setdefault((key(name), own), i)
        if at != i:
            yield at, i, name


def because(says: Voice) -> str:
    """Return in words why claims of one voice are one witness."""
    return {
        "speaker": f"the same speaker: {says.name}",
        "party": f"organs of its own parties: {says.name}",
        "agency": f"copy of one agency: {says.name}",
    }.get(says.kind, f"the same outlet: {says.name}")


def carried(copy: Copy, one: Record, two: Record) -> bool:
    """Whether the words of both claims stand in a passage that two reports share."""
    a, b = (Span(c["trigger"]["start"], c["trigger"]["end"]) for c in (one, two))
    return any(x.overlaps(a) and y.overlaps(b) for x, y in copy.passages)


def voice(claim: Record, item: Item, parties: frozenset[str]) -> Voice:
    """Return whose words a claim is, as far as the report tells.

    An unnamed speaker is known by the report alone: who "officials" are, no one says.
    """
    chain = speakers(claim)
    if not chain:
        return own_voice(item, parties, claim["quad"])
    inner = chain[-1]
    if inner["kind"] == "outlet":
        named = Item(item.report, inner["name"] or inner["text"])
        return own_voice(named, parties, claim["quad"])
    land = inner.get("country")
    if land in parties and is_organ(inner.get("sector") or ()):
        return party(land, claim["quad"])
    name = inner["name"] or inner["text"]
    return Voice(name, "speaker", ("speaker", inner.get("entity") or key(name)))


def is_organ(sectors: Sequence[str]) -> bool:
    """Whether a speaker speaks for a state: an army, state media, but no civilian."""
    return bool(ORGANS.intersection(sectors)) and sectors[0] != "CVL"


def party(land: str, quad: str) -> Voice:
    """Return the witness that an organ of a party to the event is.

    What parties do together their organs announce together; in a conflict each side
    speaks for itself.
    """
    if "cooperation" in quad:
        return Voice("the parties themselves", "party", ("party", ""))
    return Voice(f"{land} authorities", "party", ("party", land))


def own_voice(item: Item, parties: frozenset[str], quad: str) -> Voice:
    """Return the witness behind what a report tells itself: its agency, its outlet."""
    name = item.agency or item.outlet
    if not name:
        return Voice(item.report, "report", ("report", item.report))
    known = outlet(name)
    if known and known.state and known.country in parties:
        return party(known.country, quad)
    kind = "agency" if item.agency or is_agency(known) else "outlet"
    told = known.name if known else name
    return Voice(told, kind, ("outlet", key(told)))


def is_agency(known: Outlet | None) -> bool:
    """Whether an outlet is a news agency."""
    return known is not None and known.kind == "agency"


def countries(claims: Sequence[Record]) -> frozenset[str]:
    """Return the states that are parties to an event, by any of its claims."""
    found = (p["country"] for c in claims for p in (*c["actors"], *c["recipients"]))
    return frozenset(land for land in found if land and land not in STATELESS)
