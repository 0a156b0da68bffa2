"""What merging looks at of a claim, from a coder or a store, and of several as one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateline.extract.event_coref.identity import (
    Fact,
    Mark,
    sentence_at,
    sentence_facts,
    sentence_words,
)
from dateline.model import Claim
from dateline.model.event import INFERRED, told_days
from dateline.model.folding import fold_name
from dateline.model.record import BESIDE, SIDES, list_speakers, quantity_record
from dateline.resources.plugins import shared_lexicon

Record = dict[str, Any]
OF_STATE = frozenset(("GOV", "MIL", "COP", "SPY", "JUD", "LEG"))
BEFORE = 24  # characters before a trigger that may hold its article
STAGES = {
    "happened": 0,
    "ongoing": 0,
    "recurring": 1,
    "planned": 2,
    "expected": 2,
    "possible": 3,
    "hypothetical": 3,
    "denied": 4,
    "negated": 4,
}
RESOLVED = "resolved"
WIDE = 31  # days: what is stated more widely states no day
EVIDENCE = 600  # characters of the clauses of several claims
NEARBY = 4  # tellings of which the text around counts
LASTING = 10  # days around its telling that an act may go on
NEAR = (160, 200)  # characters before and after where a trigger starts


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody on one side of an act, as far as it is known who that is."""

    entity: str | None
    name: str
    country: str | None
    sectors: tuple[str, ...]
    known: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """Where, as far as told: `exact` of a place that is a point on a map."""

    name: str
    country: str | None
    exact: bool
    admin1: str | None = None
    spot: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What a claim's own sentence says that tells its event from others like it.

    `words` are the sentence's, by kind, `facts` what identifies the act; `stated` are
    the days that its own words state, as ordinals; `placed` says that they name the
    place. Confidences, of the claim and of each side, are 0 to 1.
    """

    words: tuple[int, ...] = ()
    facts: tuple[Fact, ...] = ()
    stated: tuple[int, int] = (0, 0)
    placed: bool = False
    confidence: float = 0.0
    sides: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim as merging sees it. Days are ordinals; None is not known."""

    report: str
    id: str
    deed: str
    type: str
    status: str
    modes: tuple[str, ...]
    mutual: bool
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    first: int | None
    last: int | None
    site: Site | None
    counts: tuple[tuple[str, float], ...]
    trigger: str
    evidence: str
    lead: str
    start: int
    clause: tuple[int, int]
    speakers: tuple[str, ...]
    part: str = ""
    day: int | None = None
    hand: int = 0
    sense: bytes = b""
    around: str = ""
    identity: Identity = Identity()


def of_claim(claim: Claim, text: str) -> Telling:
    """Return a coder's claim as merging sees it; `text` is its report's.

    It is what `of_record` says of the claim's record, without making one.
    """
    action, when, where = claim.action, claim.when, claim.where
    at, clause = action.trigger.start, action.evidence
    told = when.answer != INFERRED
    spoken = (p.sectors for p in claim.actors if p.span)
    said = [(s.who.name if s.who else s.text, s) for s in claim.attribution.speakers]
    spot = (where.lat, where.lon)
    return Telling(
        report=claim.report_id,
        id=claim.id,
        deed=action.read_as or action.deed,
        type=claim.type,
        status=claim.certainty.status,
        modes=tuple(action.modes),
        mutual=action.mutual and not claim.recipients,
        actors=known_parties(
            (p.entity, p.name, p.country, p.sectors, p.answer == RESOLVED and p.span is not None)
            for p in claim.actors
        ),
        recipients=known_parties(
            (p.entity, p.name, p.country, p.sectors, p.answer == RESOLVED and p.span is not None)
            for p in claim.recipients
        ),
        first=when.first.toordinal() if told and when.first else None,
        last=when.last.toordinal() if told and when.last else None,
        site=telling_site(where.name, where.country, where.precision, where.admin1, spot)
        if where.known
        else None,
        counts=telling_counts([quantity_record(q, text) for q in claim.quantities]),
        trigger=action.trigger.of(text),
        evidence=clause.of(text),
        lead=text[max(0, at - BEFORE) : at],
        start=at,
        clause=(clause.start, clause.end),
        speakers=tuple(name or (s.span.of(text) if s.span else s.text) for name, s in said),
        part=claim.event,
        hand=hand(spoken),
    )


def of_record(
    found: Record,
    lead: str = "",
    day: int | None = None,
    sense: bytes = b"",
    around: str = "",
    identity: Identity = Identity(),  # noqa: B008  frozen
) -> Telling:
    """Return a stored claim as merging sees it; `lead` is the text before its trigger.

    `day` is the ordinal of its report's day, `sense` what the encoder read, `around`
    the text about the trigger. A deed goes by what the reader calls it, as merging
    learned it, whatever a codebook makes of it.
    """
    when = told_days(found) or {}
    trigger, clause, where = found["trigger"], found["evidence"], found["where"]
    actors, recipients = (
        [
            (
                p["entity"],
                p["name"],
                p["country"],
                tuple(p["sector"]),
                p.get("answer") == RESOLVED and p.get("start") is not None,
            )
            for p in found[side]
        ]
        for side in ("actors", "recipients")
    )
    return Telling(
        report=found["report"],
        id=found["id"],
        deed=found["read_as"] if "read_as" in found else found["deed"],
        type=found["type"],
        status=found["status"],
        modes=tuple(found["mode"]),
        mutual=not recipients and len(actors) > 1,
        actors=known_parties(actors),
        recipients=known_parties(recipients),
        first=day_number(when.get("from")),
        last=day_number(when.get("to")),
        site=telling_site(
            where["name"],
            where["country"],
            where["precision"],
            where["admin1"],
            (where.get("lat"), where.get("lon")),
        )
        if where
        else None,
        counts=telling_counts(found["quantities"]),
        trigger=trigger["text"] or "",
        evidence=clause["text"] or "",
        lead=lead,
        start=trigger["start"] or 0,
        clause=(clause["start"] or 0, clause["end"] or 0),
        speakers=tuple(list_speakers(found)),
        part=found["event"],
        day=day,
        hand=hand(p["sector"] for p in found["actors"] if not p.get("implied")),
        sense=sense,
        around=around,
        identity=identity,
    )


def identity_of_record(record: Record, text: str) -> Identity:
    """Return what identifies the event of a stored claim; `text` is its report's."""
    at = record["trigger"]["start"] or 0
    start, end = sentence_at(text, at)
    when, where = told_days(record) or {}, record["where"]
    spans = [("trigger", record["trigger"])]
    for side in SIDES:
        spans += [("entity" if p["entity"] else "party", p) for p in record[side]]
    spans += [("count", many) for many in record["quantities"]]
    first, last = day_number(when.get("from")), day_number(when.get("to"))
    stated = (first, last) if first and last and last - first <= WIDE else (0, 0)
    if when.get("answer", "told") != "told" or when.get("start") is None:
        stated = (0, 0)
    if stated[0]:
        spans.append(("day", when))
    inside = where and where.get("start") is not None and start <= where["start"] < end
    if inside:
        spans.append(("place", where))
    marks: list[Mark] = [
        (span["start"] - start, span["end"] - start, name)
        for name, span in spans
        if span.get("start") is not None
    ]
    sentence, undone = text[start:end], record["status"] in ("negated", "denied")
    decided = record.get("decided") or {}
    return Identity(
        words=tuple(sentence_words(sentence, marks)),
        facts=sentence_facts(sentence, record["trigger"]["text"] or "", undone),
        stated=stated,
        placed=bool(inside),
        confidence=record.get("confidence", 1.0),
        sides=tuple(decided.get(side, {}).get("sure", 1.0) for side in SIDES),
    )


def joined_identity(told: Sequence[Telling]) -> Identity:
    """Return what identifies the event that several claims of one report are about.

    The words are those of the surest claim; of facts all count.
    """
    best = max(told, key=lambda t: t.identity.confidence).identity
    stated = {t.identity.stated for t in told if t.identity.stated[0]}
    several = [t.identity for t in told]
    return replace(
        best,
        facts=tuple(dict.fromkeys(f for each in several for f in each.facts)),
        stated=(min(a for a, _ in stated), max(b for _, b in stated)) if stated else (0, 0),
        placed=any(each.placed for each in several),
        sides=(max(each.sides[0] for each in several), max(each.sides[1] for each in several)),
    )


def text_near(text: str, start: int) -> tuple[str, str]:
    """Return what stands before a trigger, and the text about it.

    >>> text_near("Rebels took a town", 7)
    ('Rebels ', 'Rebels took a town')
    """
    before, behind = NEAR
    return text[max(0, start - BEFORE) : start], text[max(0, start - before) : start + behind]


def join_tellings(tellings: Sequence[Telling], part: str) -> Telling:
    """Return what the claims of one report tell of one happening, as one telling."""
    told = sorted(tellings, key=place_of)
    first_day, last_day = most_agreed_days(told)
    lasting = LASTING if any(t.status == "ongoing" for t in told) else 0
    sites = [t.site for t in told if t.site]
    clauses = dict.fromkeys(t.evidence for t in told)

    def commonest(names: Sequence[str]) -> str:
        """Return the name that stands most often, the first of equals."""
        often = Counter(names)
        return min(often, key=lambda n: (-often[n], n))

    def distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
        """Return parties without repeats, those known best first."""
        return tuple(
            sorted(
                dict.fromkeys(parties),
                key=lambda p: (p.entity is None, p.country is None, not p.sectors),
            )
        )

    return replace(
        told[0],
        id=part,
        part=told_as_one(part),
        deed=commonest([t.deed for t in told]),
        type=commonest([t.type for t in told]),
        status=min((t.status for t in told), key=lambda s: (STAGES[s], s)),
        modes=next((t.modes for t in told if t.modes), ()),
        mutual=any(t.mutual for t in told),
        actors=distinct(p for t in told for p in t.actors),
        recipients=distinct(p for t in told for p in t.recipients),
        first=first_day and first_day - lasting,
        last=last_day and last_day + lasting,
        site=next((s for s in sites if s.exact), sites[0] if sites else None),
        counts=tuple(dict.fromkeys(c for t in told for c in t.counts)),
        evidence=" ".join(clauses)[:EVIDENCE],
        speakers=next((t.speakers for t in told if t.speakers), ()),
        around=" ".join(t.around for t in told[:NEARBY]),
        identity=joined_identity(told),
    )


def told_as_one(part: str) -> str:
    """Return the happening as whose telling its report tells a part.

    >>> told_as_one("5aed9648~c1"), told_as_one("5aed9648")
    ('5aed9648', '5aed9648')
    """
    return part.partition(BESIDE)[0]


def most_agreed_days(told: Sequence[Telling]) -> tuple[int | None, int | None]:
    """Return the days that most tellings agree with, of equals the narrowest."""
    known = [(t.first, t.last) for t in told if t.first or t.last]
    if not known:
        return None, None
    spans = [(first or 0, last or 10**7) for first, last in known]

    def rank(span: tuple[int, int]) -> tuple[int, int]:
        with_it = sum(a <= span[1] and span[0] <= b for a, b in spans)
        return -with_it, span[1] - span[0]

    return known[min(range(len(spans)), key=lambda i: rank(spans[i]))]


def place_of(told: Telling) -> tuple[object, ...]:
    """Return what orders tellings, however they came."""
    return told.report, told.start, told.id, told.trigger


def known_parties(
    found: Iterable[tuple[str | None, str | None, str | None, tuple[str, ...], bool]],
) -> tuple[Party, ...]:
    """Return those of one side about whom anything is known.

    Each comes as entity, name, country, sectors, and whether its own words say who.
    """
    return tuple(
        Party(entity, fold_name(name or ""), country, sectors, known, name or "")
        for entity, name, country, sectors, known in found
        if entity or country or fold_name(name or "")
    )


def hand(acting: Iterable[Sequence[str]]) -> int:
    """Return 1 where words tell that a state acts or its forces, 2 if others, else 0.

    `acting` are the sectors of those whom words name.

    >>> hand([["COP"]]), hand([])
    (1, 0)
    """
    told = (sectors[0] if sectors else "" for sectors in acting)
    kinds = {1 if kind in OF_STATE else 2 if kind else 0 for kind in told}
    return kinds.pop() if len(kinds) == 1 else 0


def telling_site(
    name: str | None,
    country: str | None,
    precision: str,
    admin1: str | None,
    spot: tuple[float | None, float | None],
) -> Site:
    """Return a place; `spot` is its latitude and longitude, as far as known."""
    lat, lon = spot
    exact = precision in ("site", "city")
    known = None if lat is None or lon is None else (lat, lon)
    return Site(fold_name(name or ""), country, exact, admin1, known)


def telling_counts(found: list[Record]) -> tuple[tuple[str, float], ...]:
    """Return what was counted, with the best or the nearest bound.

    Sums of money in two units are of two kinds: they are not compared.
    """
    told = ((f"{q['what']} {unit_of(q)}".strip(), q["best"], q["low"], q["high"]) for q in found)
    best = ((w, next((n for n in ns if n is not None), None)) for w, *ns in told)
    return tuple((what, float(n)) for what, n in best if n is not None)


def unit_of(many: Record) -> str:
    """Return what a count is counted in, "" for heads.

    >>> unit_of({"unit": "US$"}), unit_of({"unit": "euro"}), unit_of({"unit": None})
    ('dollar', 'euro', '')
    """
    told = (many.get("unit") or "").casefold()
    return shared_lexicon().senses["merge.unit"].get(told, told)


def day_number(day: str | None) -> int | None:
    """Return an ISO day as a number of days.

    >>> day_number("0001-01-02")
    2
    """
    return date.fromisoformat(day[:10]).toordinal() if day else None
