"""Rows in UCDP GED's columns, with ACLED's types and precisions beside them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.export.columns import join_cells
from dateline.export.crosswalk import (
    acled_types,
    country,
    day_precision,
    name_of,
    near_words_pattern,
    party_kind,
    place_precision,
    ucdp_region,
)
from dateline.export.events import name_voices, pick_count, spans_of_counts
from dateline.export.source import Given, Record, Told, surest_telling
from dateline.export.table import write_rows
from dateline.model.atomic_write import write_aside

COLUMNS = (
    "id year code_status type_of_violence dyad_name side_a side_b number_of_sources"
    " origins source_article source_office source_date source_headline"
    " where_prec where_coordinates where_description adm_1 adm_2 latitude longitude"
    " geom_wkt country country_id region event_clarity date_prec date_start date_end"
    " deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"
    " acled_event_type acled_sub_event_type time_precision geo_precision"
    " deaths_claimed said_by status confidence day_is"
).split()
NO_TYPE = "of no type that the format has"
NEAR = 2  # UCDP's figure for what happened near a place
FIRM = frozenset(("happened", "ongoing"))
BODIES = frozenset(("IGO", "UNO", "EUR", "NGO", "MED"))
"""Codes and sectors of those who count the dead of others."""


def write(given: Given, out: Path) -> None:
    """Write violence, protest and arms: events that happened and that ACLED has.

    UCDP's own data hold only what killed: keep the rows with `best` of 1 and more.
    """
    with write_aside(out) as path, path.open("w", encoding="utf-8", newline="") as file:
        rows = (ucdp_row(*each) for each in list_violent(given))
        write_rows(file, COLUMNS, rows, raw=given.raw)


def list_violent(given: Given) -> Iterator[tuple[Record, list[Told], tuple[str, str]]]:
    """Yield the dated events that killed or that ACLED has a type for, with that.

    Their deaths are those that somebody vouches for; `claimed` is the highest figure
    that parties and strangers alone tell.
    """
    for whole, told in given.dated_events():
        event = keep_vouched(whole, told)
        modes = [mode for claim, _ in told for mode in claim["mode"]]
        kinds = acled_types(event["type"], modes, befallen(event))
        if event["status"] not in FIRM:
            given.left_out(event["event"], event["status"])
        elif kinds[0] or is_deadly(event):
            yield event, told, kinds
        else:
            given.left_out(event["event"], NO_TYPE)


def keep_vouched(event: Record, told: list[Told]) -> Record:
    """Return an event with the counts alone that a report or a witness vouches for."""
    good, rest = list[Record](), list[Record]()
    for claim, _ in told:
        (rest if hearsay(claim, event) else good).append(claim)
    if not rest:
        return {**event, "claimed": None}
    claimed = pick_count(spans_of_counts(rest), "killed")
    high = claimed["high"] if claimed["high"] is not None else claimed["best"]
    return {**event, "quantities": spans_of_counts(good), "claimed": high}


def hearsay(claim: Record, event: Record) -> bool:
    """Whether a state or party from elsewhere alone says so, as in a speech.

    Police who count the dead of their own town, doctors and the UN are witnesses.
    """
    speaker = claim["said_by"][-1] if claim["said_by"] else None
    if speaker is None or speaker["kind"] == "outlet":
        return False
    land = speaker["country"]
    if not (land or speaker["sector"]) or {land, *speaker["sector"]} & BODIES:
        return False
    here = (event["where"] or {}).get("country")
    return not land or land != here


def is_deadly(event: Record) -> bool:
    """Whether somebody is told to have been killed."""
    killed = pick_count(event["quantities"], "killed")
    return bool(killed["best"] or killed["high"])


def ucdp_row(event: Record, told: list[Told], kinds: tuple[str, str]) -> Record:
    """Return one event under UCDP's names."""
    side_a, side_b = (join_cells(party_names(event[s])) for s in ("actors", "recipients"))
    kind = violence(event) if is_deadly(event) else None
    _, head = surest_telling(event, told)
    heads = [h for _, h in told]
    when = event["when"]
    first, last = when["from"] or when["to"], when["to"] or when["from"]
    return {
        **dict.fromkeys(COLUMNS),
        "id": event["event"],
        "code_status": "Clear" if kind else "",
        "type_of_violence": kind,
        "dyad_name": f"{side_a} - {side_b}" if side_b else side_a,
        "side_a": side_a,
        "side_b": side_b or ("Civilians" if kind == 3 else ""),
        "number_of_sources": len(event["reports"]),
        "origins": event["origins"],
        "source_article": join_cells(h["url"] or h["title"] for h in heads),
        "source_office": join_cells(dict.fromkeys(h["outlet"] for h in heads)),
        "source_date": (event["first_told"] or "")[:10],
        "source_headline": head["title"],
        **ucdp_place(event["where"], told),
        "year": int(first[:4]),
        "date_start": first,
        "date_end": last,
        "date_prec": day_precision(when["from"], when["to"], "ucdp"),
        "time_precision": day_precision(when["from"], when["to"], "acled"),
        "event_clarity": 1 if when and event["where"] else 2,
        **deaths(event, kind),
        "gwnoa": gleditsch_ward_state(event["actors"]),
        "gwnob": gleditsch_ward_state(event["recipients"]),
        "acled_event_type": kinds[0],
        "acled_sub_event_type": kinds[1],
        **tell_source(event, told),
    }


def tell_source(event: Record, told: list[Told]) -> Record:
    """Return by whose word an event stands, and how surely."""
    return {
        "deaths_claimed": event["claimed"],
        "said_by": name_voices(told),
        "status": event["status"],
        "confidence": event["confidence"],
        "day_is": event["day_is"],
    }


def party_names(parties: list[Record]) -> list[str]:
    """Return what parties are called."""
    return [who["name"] or who["text"] or "" for who in parties]


def violence(event: Record) -> int | None:
    """Return UCDP's type: 1 state-based, 2 non-state, 3 one-sided; None unclear."""
    first, second = ucdp_sides(event)
    if second == "civilian" and first in ("state", "armed"):
        return 3
    if "state" in (first, second) and first and second:
        return 1
    return 2 if first == second == "armed" else None


def ucdp_sides(event: Record) -> tuple[str, str]:
    """Return what kind of party acts, and what kind it is done to."""
    first, second = (
        next((party_kind(who["sector"], who["country"]) for who in event[side]), "")
        for side in ("actors", "recipients")
    )
    return first, second


def befallen(event: Record) -> str:
    """Return whom an event befell, as ACLED tells them apart."""
    first, second = ucdp_sides(event)
    fight = {first, second} <= {"state", "armed"}
    return "fighters" if fight else "civilian" * (second == "civilian")


def deaths(event: Record, kind: int | None) -> Record:
    """Return the columns of deaths; whose they are is told only of civilians."""
    killed = pick_count(event["quantities"], "killed")
    best = killed["best"] if killed["best"] is not None else killed["low"]
    if not is_deadly(event):
        return {"best": 0, "low": 0, "high": 0}
    civilian = {"deaths_civilians": best} if kind == 3 else {"deaths_unknown": best}
    return {**civilian, "best": best, "low": killed["low"], "high": killed["high"]}


def all_tell_near(place: Record, told: list[Told]) -> bool:
    """Whether all claims that tell this place tell that it happened near it."""
    found = []
    for claim, _ in told:
        at, words = claim["where"], claim["evidence"]
        if at and at["name"] == place["name"] and at["start"] is not None:
            before = words["text"][: max(0, at["start"] - words["start"])]
            found.append(bool(near_words_pattern().search(before)))
    return all(found) and bool(found)


def ucdp_place(place: Record | None, told: list[Told]) -> Record:
    """Return the columns of place."""
    if not place:
        return {}
    exactly = place_precision(place["precision"], "ucdp")
    lat, lon = place["lat"], place["lon"]
    return {
        "where_prec": NEAR if exactly == 1 and all_tell_near(place, told) else exactly,
        "geo_precision": place_precision(place["precision"], "acled"),
        "where_coordinates": place["name"],
        "where_description": place["text"],
        "adm_1": place["admin1"],
        "adm_2": place["admin2"],
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})" if lat is not None else "",
        "country": name_of(place["country"]),
        "country_id": country(place["country"] or "")["gw"],
        "region": ucdp_region(place["country"]),
    }


def gleditsch_ward_state(parties: list[Record]) -> Any:
    """Return the Gleditsch-Ward numbers of the states on one side."""
    told = [
        country(who["country"])["gw"]
        for who in parties
        if who["country"] and party_kind(who["sector"], who["country"]) == "state"
    ]
    return join_cells(dict.fromkeys(told))
