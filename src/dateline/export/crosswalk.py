"""Crosswalks to other projects' codes, and what the knowledge base knows of a party.

Each crosswalk is a table in `crosswalks/`.
"""

import csv
import re
from datetime import date
from functools import cache
from importlib.resources import files

from dateline.export.source import Record
from dateline.resources.knowledge_base.base import base
from dateline.resources.knowledge_base.values import Entity
from dateline.resources.reference.countries import countries

Table = tuple[dict[str, str], ...]
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


@cache
def load_crosswalk(name: str) -> Table:
    """Return the rows of a crosswalk."""
    path = files("dateline.export") / "crosswalks" / f"{name}.csv"
    return tuple(csv.DictReader(path.read_text("utf-8").splitlines()))


@cache
def country(code: str) -> dict[str, str]:
    """Return a state's codes: cow, cowc, gw, fips; empty where it has none.

    >>> country("PRK")["cow"], country("PRK")["fips"], country("UNO")["cow"]
    ('731', 'KN', '')
    """
    found = [row for row in load_crosswalk("countries") if row["code"] == code]
    return found[0] if found else dict.fromkeys(("cow", "cowc", "gw", "fips"), "")


def name_of(code: str | None) -> str:
    """Return a state's name in English, "" for what is none."""
    return countries().name_of(code) if code and country(code)["fips"] else ""


def ucdp_region(code: str | None) -> str:
    """Return UCDP's region of a state."""
    found = countries().by_code(code or "")
    wanted = (code, found.region if found else "")
    rows = [
        row["ucdp"] for name in wanted for row in load_crosswalk("regions") if row["region"] == name
    ]
    return rows[0] if rows else ""


def place_precision(ours: str | None, theirs: str) -> int | None:
    """Return another project's figure for how precise a place is."""
    found = [row[theirs] for row in load_crosswalk("places") if row["ours"] == ours]
    return int(found[0]) if found else None


def day_precision(first: str | None, last: str | None, theirs: str) -> int | None:
    """Return another project's figure for how many days an interval has.

    >>> day_precision("2025-03-03", "2025-03-07", "ucdp")
    2
    """
    if not first and not last:
        return None
    open_ended = load_crosswalk("days")[-1]
    if not first or not last:
        return int(open_ended[theirs])
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    found = [row for row in load_crosswalk("days") if days <= int(row["days"])]
    return int((found or [open_ended])[0][theirs])


def party_kind(sectors: list[str], code: str | None) -> str:
    """Return what kind of party that is: state, armed, civilian, or "" unknown."""
    for sector in sectors:
        for row in load_crosswalk("sectors"):
            if row["sector"] == sector:
                return row["party"]
    return "state" if code and country(code)["fips"] and not sectors else ""


def acled_types(kind: str, modes: list[str], side: str) -> tuple[str, str]:
    """Return ACLED's event and sub-event type, empty where it has none.

    `side` is whom it befell: "civilian", "fighters", or "" where that is not told.
    """
    known = {(r["type"], r["mode"], r["side"]): r for r in load_crosswalk("acled")}
    for asked in ((kind, mode, who) for mode in (*modes, "") for who in (side, "")):
        if found := known.get(asked):
            return found["event_type"], found["sub_event_type"]
    return "", ""


@cache
def near_words_pattern() -> re.Pattern[str]:
    """Return what stands before a place that something happened near."""
    words = "|".join(row["words"] for row in load_crosswalk("near"))
    return re.compile(rf"\b(?:{words})(?: the (?:city|town|village) of)?\s+$", re.I)


def quad_number(name: str) -> int | None:
    """Return the number of a quad class: 1 to 4."""
    return QUADS.index(name) + 1 if name in QUADS else None


def entity_of_party(who: Record) -> Entity | None:
    """Return the entity that a party was resolved to, None where it is not ours."""
    return base().get(who["entity"])


def is_known_entity_person(who: Record) -> bool:
    """Whether a party is a person of the knowledge base."""
    found = entity_of_party(who)
    return found is not None and found.kind == "person"


def is_body(who: Record) -> bool:
    """Whether a party is an organisation of the knowledge base, no state or person."""
    found = entity_of_party(who)
    return found is not None and found.kind not in ("person", "state", "ethnic group")
