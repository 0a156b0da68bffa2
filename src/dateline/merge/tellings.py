"""What merging looks at of one claim, whether it comes from a coder or from a store."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dateline.model import Claim
from dateline.model.event import told_days
from dateline.model.fold import fold_name
from dateline.model.record import claim_record, list_speakers
from dateline.plugins import shared_lexicon

Record = dict[str, Any]
OF_STATE = frozenset(("GOV", "MIL", "COP", "SPY", "JUD", "LEG"))
BEFORE = 24  # characters before a trigger that may hold its article
NEAR = (160, 200)  # characters before and after where a trigger starts


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody on one side of an act, as far as it is known who that is."""

    entity: str | None
    name: str
    country: str | None
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """Where, as far as told: `exact` of a place that is a point on a map."""

    name: str
    country: str | None
    exact: bool
    admin1: str | None = None
    spot: tuple[float, float] | None = None


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


def of_claim(claim: Claim, text: str) -> Telling:
    """Return a coder's claim as merging sees it; `text` is its report's."""
    at = claim.action.trigger.start
    told = of_record(claim_record(claim, text), text[max(0, at - BEFORE) : at])
    return replace(told, mutual=claim.action.mutual and not told.recipients)


def of_record(
    found: Record,
    lead: str = "",
    day: int | None = None,
    sense: bytes = b"",
    around: str = "",
) -> Telling:
    """Return a stored claim as merging sees it; `lead` is the text before its trigger.

    `day` is the ordinal of its report's day, `sense` what the encoder read, `around`
    the text about the trigger. A deed goes by what the reader calls it, as merging
    learned it, whatever a codebook makes of it.
    """
    when = told_days(found) or {}
    clause = found["evidence"]
    return Telling(
        report=found["report"],
        id=found["id"],
        deed=found["read_as"] if "read_as" in found else found["deed"],
        type=found["type"],
        status=found["status"],
        modes=tuple(found["mode"]),
        mutual=not found["recipients"] and len(found["actors"]) > 1,
        actors=known_parties(found["actors"]),
        recipients=known_parties(found["recipients"]),
        first=day_number(when.get("from")),
        last=day_number(when.get("to")),
        site=telling_site(found["where"]),
        counts=telling_counts(found["quantities"]),
        trigger=found["trigger"]["text"] or "",
        evidence=clause["text"] or "",
        lead=lead,
        start=found["trigger"]["start"] or 0,
        clause=(clause["start"] or 0, clause["end"] or 0),
        speakers=tuple(list_speakers(found)),
        part=found["event"],
        day=day,
        hand=hand(found["actors"]),
        sense=sense,
        around=around,
    )


def text_near(text: str, start: int) -> tuple[str, str]:
    """Return what stands before a trigger, and the text about it.

    >>> text_near("Rebels took a town", 7)
    ('Rebels ', 'Rebels took a town')
    """
    before, behind = NEAR
    return text[max(0, start - BEFORE) : start], text[
        max(0, start - before) : start + behind
    ]


def known_parties(found: list[Record]) -> tuple[Party, ...]:
    """Return the parties of one side about whom anything is known."""
    known = (
        Party(p["entity"], fold_name(p["name"] or ""), p["country"], tuple(p["sector"]))
        for p in found
    )
    return tuple(p for p in known if p.entity or p.name or p.country)


def hand(actors: list[Record]) -> int:
    """Return 1 where words tell that a state acts or its forces, 2 if others, else 0.

    >>> hand([{"sector": ["COP"]}]), hand([])
    (1, 0)
    """
    told = [(p["sector"] or [""])[0] for p in actors if not p.get("implied")]
    kinds = {1 if kind in OF_STATE else 2 if kind else 0 for kind in told}
    return kinds.pop() if len(kinds) == 1 else 0


def telling_site(found: Record | None) -> Site | None:
    """Return a place, or None where none is told."""
    if not found:
        return None
    exact = found["precision"] in ("site", "city")
    lat, lon = found.get("lat"), found.get("lon")
    spot = None if lat is None or lon is None else (lat, lon)
    name = fold_name(found["name"] or "")
    return Site(name, found["country"], exact, found["admin1"], spot)


def telling_counts(found: list[Record]) -> tuple[tuple[str, float], ...]:
    """Return what was counted, with the best or the nearest bound.

    Sums of money in two units are of two kinds: they are not compared.
    """
    told = (
        (f"{q['what']} {unit_of(q)}".strip(), q["best"], q["low"], q["high"])
        for q in found
    )
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
