"""Who, in the end, vouches for an event: independent origins, whoever relays them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dateline.events.aggregation import NOT
from dateline.events.text_reuse import Copy
from dateline.extract.event_coref.clustering import components
from dateline.model import Span
from dateline.model.folding import fold_name
from dateline.resources.plugins import shared_lexicon
from dateline.resources.reference import find_outlet

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
    nothing, and does not count among the independent origins. `unknown` is of one that
    no report names: it may be several, or be one of the others.
    """

    name: str
    kind: str
    reports: tuple[str, ...]
    claims: tuple[str, ...]
    reasons: tuple[str, ...]
    denies: bool = False
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a claim is: a name, what kind of witness, and a key to compare by.

    `spelled` are the words of a speaker's name by which it may be another's spelling.
    """

    name: str
    kind: str
    key: tuple[str, ...]
    spelled: tuple[str, ...] = ()
    country: str = ""
    unknown: bool = False


def find_origins(
    claims: Sequence[Record], items: Mapping[str, Item], copied: Sequence[Copy] = ()
) -> tuple[Origin, ...]:
    """Return the independent origins of one event's claims, the most told first.

    A report vouches for an event by the voice in which it first tells it: its own, or
    that of a speaker. Claims go back to one origin when their words are one copy, when
    that voice is one and the same, or when the speakers are organs of one party to it.
    """
    claims = sorted(claims, key=lambda c: (c["report"], c["trigger"]["start"], c["id"]))
    parties = find_party_states(claims)
    voices = [voice_of_claim(c, items.get(c["report"], Item(c["report"])), parties) for c in claims]
    lent = lent_voices(claims)
    voices = [voices[lent.get(i, i)] for i in range(len(claims))]
    pairs, reasons = ties(claims, voices, copied)
    for i, j in lent.items():
        report = claims[i]["report"]
        if tells_itself(claims[j]):
            why = f"{report} tells it itself first: whom it quotes later only comment"
        else:
            why = f"{report} names no one else for the rest"
        reasons[i, j] = why
    one, two = [a for a, _ in pairs], [b for _, b in pairs]
    groups: dict[int, list[int]] = {}
    for i, root in enumerate(components(len(claims), one, two)):
        groups.setdefault(root, []).append(i)
    denied = [claim["status"] in NOT for claim in claims]
    found = []
    for rows in groups.values():
        first = voices[min(rows, key=lambda i: (voices[i].kind == "report", i))]
        told = (why for (a, _), why in sorted(reasons.items()) if a in rows)
        origin = Origin(
            name=first.name,
            kind=first.kind,
            reports=tuple(dict.fromkeys(claims[i]["report"] for i in rows)),
            claims=tuple(claims[i]["id"] for i in rows),
            reasons=tuple(dict.fromkeys(told)),
            denies=all(denied[i] for i in rows) and not all(denied),
            unknown=first.unknown,
        )
        found.append(origin)
    return tuple(sorted(found, key=lambda o: (o.denies, -len(o.reports), o.claims)))


def vouching(found: Sequence[Origin]) -> int:
    """Return how many independent origins vouch for an event."""
    return sum(not o.denies for o in found)


def known_to_be(found: Sequence[Origin]) -> str:
    """Return in words how many independent origins vouch for an event.

    Where one is a voice that no report names, it is no more than a least number.
    """
    many = vouching(found)
    unknown = any(o.unknown and not o.denies for o in found)
    return f"at least {many}" if unknown else str(many)


def lent_voices(claims: Sequence[Record]) -> dict[int, int]:
    """Return, for claims in another voice than their report first told it in, that one.

    A report that tells an event itself is its witness, whoever comments later. One that
    begins with who says so rests on that speaker, also where it tells the rest itself.
    Who denies vouches for nothing that is affirmed, and who affirms for no denial.
    """
    first: dict[tuple[str, bool], int] = {}
    found = {}
    for i, claim in enumerate(claims):
        at = first.setdefault((claim["report"], claim["status"] in NOT), i)
        if tells_itself(claim) != tells_itself(claims[at]):
            found[i] = at
    return found


def tells_itself(claim: Record) -> bool:
    """Whether a report tells a claim itself: also what somebody does by saying it.

    That a minister accuses a neighbour, "the minister said", is told by who heard it.
    """
    inner = claim["said_by"][-1] if claim["said_by"] else None
    if inner is None or "verbal conflict" not in claim["quad"]:
        return inner is None
    return any(
        (inner.get("entity") and inner["entity"] == who.get("entity"))
        or (who.get("name") and fold_name(inner["name"] or "") == fold_name(who["name"]))
        for who in claim["actors"]
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
            kinds = {
                "speaker": "the same speaker",
                "party": "organs of its own parties",
                "agency": "copy of one agency",
            }
            told = kinds.get(says.kind, "the same outlet")
            reasons[known, i] = f"{told}: {says.name}"
    pairs = [(first[says.key], i) for i, says in enumerate(voices)]
    for one, other in find_namesakes(voices):
        i, j = first[one.key], first[other.key]
        pairs.append((i, j))
        if claims[i]["report"] != claims[j]["report"]:
            name = max(other.name, one.name, key=len)
            reasons[i, j] = f"the same speaker: {name}"
    spans = [Span(c["trigger"]["start"], c["trigger"]["end"]) for c in claims]
    by_report: dict[str, list[int]] = {}
    for i, claim in enumerate(claims):
        by_report.setdefault(claim["report"], []).append(i)
    for copy in copied:
        for i in by_report.get(copy.a, ()):
            for j in by_report.get(copy.b, ()):
                if any(x.overlaps(spans[i]) and y.overlaps(spans[j]) for x, y in copy.passages):
                    pairs.append((i, j))
                    share = f"{copy.shared:.0%}"
                    reasons[i, j] = f"{copy.a} and {copy.b} share copy ({share})"
    return pairs, reasons


def find_namesakes(voices: Sequence[Voice]) -> list[tuple[Voice, Voice]]:
    """Return voices that are one speaker, however each report spells or codes them.

    Who has a country in one report and none in another is one, where just one has the
    name; two of a name and of two countries are two. A surname is whoever bears it.
    """

    def same_spelling(one: Voice, other: Voice) -> bool:
        few, many = sorted((one.spelled, other.spelled), key=len)
        return few[-1] == many[-1] and {*few} <= {*many}

    told = list(dict.fromkeys(v for v in voices if v.spelled))
    alike = {one: [o for o in told if same_spelling(one, o)] for one in told}
    lands = {one: {o.country for o in some} - {""} for one, some in alike.items()}
    return [
        (other, one)
        for one, some in alike.items()
        for other in some
        if other != one and (one.country == other.country or len(lands[one] | lands[other]) < 2)
    ]


def voice_of_claim(claim: Record, item: Item, parties: frozenset[str]) -> Voice:
    """Return whose words a claim is, as far as the report tells.

    An unnamed speaker is known by the report alone: who "officials" are, no one says.
    """
    chain = [s for s in claim["said_by"] if s["kind"] != "unnamed"]
    if not chain or tells_itself(claim):
        own = voice_of_report(item, parties, claim["quad"])
        return replace(own, unknown=bool(claim["said_by"]) and not chain)
    inner = chain[-1]
    name, land = inner["name"] or inner["text"], inner.get("country")
    if inner["kind"] == "outlet":
        named = Item(item.report, name)
        return spell_speaker(inner, voice_of_report(named, parties, claim["quad"]))
    sectors: Sequence[str] = inner.get("sector") or ()
    # an army or state media speak for their state, but no civilian of an organ
    if land in parties and ORGANS.intersection(sectors) and sectors[0] != "CVL":
        return spell_speaker(inner, party_voice(land, claim["quad"]))
    told = Voice(name, "speaker", ("speaker", inner.get("entity") or fold_name(name)))
    return spell_speaker(inner, told)


def spell_speaker(inner: Record, says: Voice) -> Voice:
    """Return a voice with the words by which it may be known elsewhere.

    A body by what it is and whose, "Syrian officials" or "the authorities"; a person by
    the name without titles and initials.
    """
    name, land = inner["name"] or inner["text"], inner.get("country") or ""
    known = shared_lexicon().words
    titles = known["actors.address"]
    words = [w for w in fold_name(name).split() if len(w) > 1 and w not in titles]
    last = name.split()[-1:]
    if last and last[0] == last[0].lower() and not inner.get("entity"):
        if says.kind == "party":
            return says
        sector = next(iter(inner.get("sector") or ()), "")
        if land and land not in STATELESS and sector in ORGANS:
            return replace(says, key=("body", land, sector))
        one = known["merge.article"] | known["merge.another"]
        single = name.split()[0].lower() in one  # "a villager", unlike "activists"
        return says if single or not sector else replace(says, key=("body", *words[-1:]))
    if not words:
        return says
    return replace(says, spelled=tuple(words), country=land)


def party_voice(land: str, quad: str) -> Voice:
    """Return the witness that an organ of a party to the event is.

    What parties do together their organs announce together; in a conflict each side
    speaks for itself.
    """
    if "cooperation" in quad:
        return Voice("the parties themselves", "party", ("party", ""))
    return Voice(f"{land} authorities", "party", ("party", land))


def voice_of_report(item: Item, parties: frozenset[str], quad: str) -> Voice:
    """Return the witness behind what a report tells itself: its agency, its outlet."""
    name = item.agency or item.outlet
    if not name:
        return Voice(item.report, "report", ("report", item.report))
    known = find_outlet(name)
    if known and known.state and known.country in parties:
        return party_voice(known.country, quad)
    agency = item.agency or (known is not None and known.kind == "agency")
    told = known.name if known else name
    return Voice(told, "agency" if agency else "outlet", ("outlet", fold_name(told)))


def find_party_states(claims: Sequence[Record]) -> frozenset[str]:
    """Return the states that are parties to an event, by any of its claims.

    Within one state its organs are no one party: a court and a ministry are two.
    """
    every = (p["country"] for c in claims for p in (*c["actors"], *c["recipients"]))
    found = frozenset(filter(None, every))
    force = any(c["quad"] == "material conflict" for c in claims)
    return found - STATELESS if len(found) > 1 or force else frozenset()
