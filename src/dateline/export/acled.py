"""Rows in ACLED's columns: political violence, protest and strategic acts, dated."""

from collections.abc import Iterator
from pathlib import Path

from dateline.export.columns import join_cells
from dateline.export.crosswalk import day_precision, name_of, place_precision, ucdp_region
from dateline.export.source import Given, Record, Told
from dateline.export.table import write_rows
from dateline.export.ucdp import NO_TYPE, deaths, list_violent, party_names, tell_source, ucdp_sides
from dateline.model.atomic_write import write_aside

COLUMNS = (
    "event_id_cnty event_date year time_precision disorder_type event_type"
    " sub_event_type actor1 assoc_actor_1 actor2 assoc_actor_2 civilian_targeting"
    " iso3 region country admin1 admin2 location latitude longitude geo_precision"
    " source notes fatalities origins deaths_claimed said_by status confidence day_is"
).split()
VIOLENT = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians"))
PEACEFUL = frozenset(("Protests", "Riots"))


def write(given: Given, out: Path) -> None:
    """Write a row for each dated event that happened or goes on and has a type there.

    What ACLED alone knows (its ids of actors, interaction codes) is left out.
    """
    with write_aside(out) as path, path.open("w", encoding="utf-8", newline="") as file:
        write_rows(file, COLUMNS, acled_rows(given), raw=given.raw)


def acled_rows(given: Given) -> Iterator[Record]:
    """Yield the row of each event of a type that ACLED has."""
    for event, told, kinds in list_violent(given):
        if kinds[0]:
            yield make_acled_row(event, told, kinds)
        else:
            given.left_out(event["event"], NO_TYPE)


def make_acled_row(event: Record, told: list[Told], kinds: tuple[str, str]) -> Record:
    """Return one event under ACLED's names."""
    when, place = event["when"], event["where"] or {}
    first = when["from"] or when["to"]
    one, two = party_names(event["actors"]), party_names(event["recipients"])
    civilians = ucdp_sides(event)[1] == "civilian" and kinds[0] in VIOLENT
    killed = deaths(event, None)
    disorder = "Demonstrations" if kinds[0] in PEACEFUL else "Strategic developments"
    if kinds[0] in VIOLENT:
        disorder = "Political violence"
    return {
        "event_id_cnty": event["event"],
        "event_date": first,
        "year": int(first[:4]),
        "time_precision": day_precision(when["from"], when["to"], "acled"),
        "disorder_type": disorder,
        "event_type": kinds[0],
        "sub_event_type": kinds[1],
        "actor1": next(iter(one), ""),
        "assoc_actor_1": join_cells(one[1:]),
        "actor2": next(iter(two), "Civilians" if civilians else ""),
        "assoc_actor_2": join_cells(two[1:]),
        "civilian_targeting": "Civilian targeting" if civilians else "",
        "iso3": place.get("country"),
        "region": ucdp_region(place.get("country")),
        "country": name_of(place.get("country")),
        "admin1": place.get("admin1"),
        "admin2": place.get("admin2"),
        "location": place.get("name"),
        "latitude": place.get("lat"),
        "longitude": place.get("lon"),
        "geo_precision": place_precision(place.get("precision"), "acled"),
        "source": join_cells(dict.fromkeys(head["outlet"] for _, head in told)),
        "notes": told[0][0]["evidence"]["text"],
        "fatalities": killed["best"] or 0,
        "origins": event["origins"],
        **tell_source(event, told),
    }
