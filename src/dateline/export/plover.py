"""PLOVER JSON, as its manual lays it down: one event object a line."""

import json
from pathlib import Path
from typing import Any

from dateline import __version__
from dateline.export.columns import AUXILIARY
from dateline.export.crosswalk import name_of, quad_number
from dateline.export.events import name_voices, pick_count
from dateline.export.source import Given, Record
from dateline.model.atomic_write import write_aside

FEATURES = {"PPL": "P", "ADM": "A", "PCL": "A"}
RESOLUTION = {"site": 5, "city": 4, "admin2": 3, "admin1": 2, "country": 1}
SIZES = {"dead": "killed", "injured": "injured", "arrested": "arrested"}


def write(given: Given, out: Path) -> None:
    """Write the JSON of PLOVER's manual, an event (or claim) a line.

    Empty fields are left out.
    """
    with write_aside(out) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        for claim, head in given.dated_rows():
            found = drop_empty_fields(plover(claim, head))
            file.write(json.dumps(found, ensure_ascii=False) + "\n")


def plover(claim: Record, head: Record) -> Record:
    """Return one claim, or event as a claim, under PLOVER's names."""
    when = claim["when"] or {}
    folded = claim["type"] != claim["deed"]  # AGREE says by itself that it is to come
    auxiliary = None if folded else AUXILIARY.get(claim["status"])
    if claim.get("background") and not auxiliary:
        auxiliary = "historical"
    first = when.get("from") or when.get("to")
    return {
        "id": claim["id"],
        "has_event": True,
        "date": first,
        "enddate": when.get("to") if when.get("to") != first else None,
        "actor": [plover_party(who) for who in claim["actors"]],
        "recipient": [plover_party(who) for who in claim["recipients"]],
        "event": [claim["type"]],
        "event_loc": location(claim["where"]) if claim["where"] else None,
        "event_text": [claim["trigger"]["text"]],
        "quad_code": quad_number(claim["quad"]),
        "event_scale": claim["score"],
        "mode": [*claim["mode"], *([auxiliary] if auxiliary else [])],
        "context": claim["contexts"],
        "link": claim["event"],
        "text": claim["evidence"]["text"],
        "text_info": {n: claim["evidence"][n] for n in ("start", "end")},
        "size": {n: pick_count(claim["quantities"], w)["best"] for n, w in SIZES.items()},
        "cite_info": {
            "citation": claim["report"],
            "url": head["url"],
            "title": head["title"],
            "language": head["language"],
            "publication": head["outlet"],
            "coder": f"Dateline {__version__}",
        },
        "comment": f"status {claim['status']}; confidence {claim['confidence']}"
        f"; day {claim['day_is']}"
        f"; said by {name_voices([(claim, head)]) or 'the report'}",
    }


def plover_party(who: Record) -> Record:
    """Return one party under PLOVER's names."""
    return {
        "code": who["country"],
        "sector": "".join(who["sector"][:2]),
        "entity_text": who["text"],
        "identifier_id": who["entity"],
        "identifier_text": who["name"],
    }


def location(where: Record) -> Record:
    """Return one place under PLOVER's names."""
    return {
        "extracted_place": where["text"],
        "resolved_place": where["name"],
        "geonameid": where["geonameid"],
        "lat": where["lat"],
        "lon": where["lon"],
        "city": where["name"] if where["precision"] in ("city", "site") else None,
        "district": where["admin2"],
        "province": where["admin1"],
        "country": name_of(where["country"]),
        "country_code": where["country"],
        # That class of a GeoNames feature which its code alone tells.
        "feature_class": FEATURES.get((where["feature_code"] or "")[:3]),
        "feature_code": where["feature_code"],
        "resolution": RESOLUTION.get(where["precision"]),
    }


def drop_empty_fields(found: Record) -> Record:
    """Return an object without its empty fields; `actor` and `event` always stay."""
    kept: Record = {k: drop_empty_fields(v) if isinstance(v, dict) else v for k, v in found.items()}
    lists: Record = {k: [drop_empty_fields(x) for x in v] for k, v in kept.items() if objects(v)}
    needed = ("id", "date", "actor", "event")
    kept |= lists
    return {k: v for k, v in kept.items() if k in needed or v not in (None, "", [], {})}


def objects(value: Any) -> bool:
    """Whether a value is a list of objects."""
    return isinstance(value, list) and all(isinstance(x, dict) for x in value)
