"""POLECAT: tab-separated, its 40 columns in its order, one row an event and dyad."""

from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any

from dateline import __version__
from dateline.export.columns import join_cells
from dateline.export.crosswalk import country, is_body, is_known_entity_person, quad_number
from dateline.export.events import CODED
from dateline.export.source import FLAGS, Given, Record
from dateline.export.table import write_rows
from dateline.model.atomic_write import write_aside

PARTY = (
    "{0} Name|{0} Country|{0} COW|Primary {0} Sector|{0} Sectors|{0} Title"
    "|{0} Name Raw|Wikipedia {0} ID"
)
COLUMNS = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|"
    + PARTY.format("Actor")
    + "|"
    + PARTY.format("Recipient")
    + "|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID"
    "|Raw Placename|Feature Type|Source|Publication Date|Story People"
    "|Story Organizations|Story Locations|Language|Version"
).split("|")


def write(given: Given, out: Path) -> None:
    """Write POLECAT's layout; what is denied or supposed has no place there."""
    with write_aside(out) as path, path.open("w", encoding="utf-8", newline="") as file:
        # The layout has forty columns: what a day is stands beside them on demand.
        columns = [*COLUMNS, *(FLAGS if given.by_publication else ())]
        found = ({n: row[n] for n in columns} for row in polecat_rows(given))
        write_rows(file, columns, found, tabs=True, raw=given.raw)


def polecat_rows(given: Given) -> Iterator[Record]:
    """Yield a row for each pair of parties of each event, or claim."""
    for claim, head in given.dated_rows():
        if claim["status"] not in CODED:
            given.left_out(claim["id"], claim["status"])
            continue
        for number, (actor, recipient) in enumerate(party_pairs(claim), 1):
            yield polecat_row(claim, head, number, (actor, recipient))


def party_pairs(claim: Record) -> list[tuple[Record | None, Record | None]]:
    """Return who did it to whom, two by two; those who act together are paired.

    >>> party_pairs({"actors": [{"name": "A"}, {"name": "B"}], "recipients": []})
    [({'name': 'A'}, {'name': 'B'})]
    """
    actors, recipients = claim["actors"], claim["recipients"]
    if not recipients and len(actors) > 1:
        return list(combinations(actors, 2))
    return list(product(actors or [None], recipients or [None]))


def polecat_row(claim: Record, head: Record, number: int, dyad: Any) -> Record:
    """Return one row."""
    place = claim["where"] or {}
    city = place.get("name") if place.get("precision") in ("city", "site") else ""
    # Known persons are named apart from bodies.
    parties = [*claim["actors"], *claim["recipients"]]
    people = [who["name"] for who in parties if is_known_entity_person(who)]
    bodies = [who["name"] for who in parties if is_body(who)]
    return {
        "Event ID": f"{claim['id']}-{number}",
        "Event Date": claim["day_or_published"],
        "Event Type": claim["type"],
        "Event Mode": join_cells(claim["mode"]),
        "Intensity": claim["score"],
        "Quad Code": quad_number(claim["quad"]),
        "Contexts": join_cells(claim["contexts"]),
        **polecat_party("Actor", dyad[0]),
        **polecat_party("Recipient", dyad[1]),
        "Placename": place.get("name"),
        "City": city,
        "District": place.get("admin2"),
        "Province": place.get("admin1"),
        "Country": place.get("country"),
        "Latitude": place.get("lat"),
        "Longitude": place.get("lon"),
        "GeoNames ID": place.get("geonameid"),
        "Raw Placename": place.get("text"),
        "Feature Type": place.get("feature_code"),
        "Source": head["outlet"],
        "Publication Date": (head["published"] or "")[:10],
        "Story People": join_cells(dict.fromkeys(people)),
        "Story Organizations": join_cells(dict.fromkeys(bodies)),
        "Story Locations": join_cells(dict.fromkeys(p["name"] for p in claim["places"])),
        "Language": head["language"],
        "Version": f"Dateline {__version__}",
        **{name: claim[name] for name in FLAGS},
    }


def polecat_party(side: str, who: Record | None) -> Record:
    """Return the columns of one party."""
    who = who or {"name": "", "country": None, "sector": [], "text": "", "entity": ""}
    code = who["country"] or ""
    return {
        f"{side} Name": who["name"] or who["text"],
        f"{side} Country": code,
        f"{side} COW": country(code)["cow"],
        f"Primary {side} Sector": next(iter(who["sector"]), ""),
        f"{side} Sectors": join_cells(who["sector"]),
        f"{side} Title": "",
        f"{side} Name Raw": who["text"],
        f"Wikipedia {side} ID": "",
    }
