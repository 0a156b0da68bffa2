"""The report-level layout of the R package eventreport: a row a report and event."""

from collections.abc import Iterator
from pathlib import Path

from dateline.export.columns import join_cells
from dateline.export.crosswalk import country, day_precision, name_of, place_precision
from dateline.export.events import event_record, pick_count
from dateline.export.source import Given, Record, Told, file_under
from dateline.export.table import write_rows
from dateline.export.ucdp import party_names
from dateline.model.atomic_write import write_aside
from dateline.model.record import list_speakers

COLUMNS = (
    "id event_id report_id country gwno event_type mode status date_start date_end"
    " date_precision adm1 adm2 city location latitude longitude location_precision"
    " actor1 actor2 target1 target2 deaths_low deaths_best deaths_high injuries_low"
    " injuries_best injuries_high arrests_best crowd_best said_by confidence source"
    " source_date source_title source_url day_is"
).split()


def write(given: Given, out: Path) -> None:
    """Write one row for each report of each event, as the package aggregates them."""
    with write_aside(out) as path, path.open("w", encoding="utf-8", newline="") as file:
        write_rows(file, COLUMNS, eventreport_rows(given), raw=given.raw)


def eventreport_rows(given: Given) -> Iterator[Record]:
    """Yield a row for each report that tells an event, however often it does."""
    for found, told in given.dated_events():
        for report in found["reports"]:
            yield eventreport_row(found, [pair for pair in told if pair[0]["report"] == report])


def eventreport_row(found: Record, told: list[Told]) -> Record:
    """Return what one report says of one event; its day, where that report has none."""
    said, head = event_record(told), told[0][1]
    flags = file_under(said["when"], None) if said["when"] else found
    surest = max((claim for claim, _ in told), key=lambda c: c["confidence"])
    when, place = said["when"] or found["when"], said["where"] or {}
    city = place.get("name") if place.get("precision") in ("city", "site") else ""
    counts: Record = {}
    for theirs, ours in (("deaths", "killed"), ("injuries", "injured")):
        many = pick_count(said["quantities"], ours)
        counts |= {f"{theirs}_{end}": many[end] for end in ("low", "best", "high")}
    counts["arrests_best"] = pick_count(said["quantities"], "arrested")["best"]
    counts["crowd_best"] = pick_count(said["quantities"], "crowd")["best"]
    actors, targets = party_names(said["actors"]), party_names(said["recipients"])
    return {
        "id": f"{said['event']}-{surest['id']}",
        "event_id": said["event"],
        "report_id": surest["report"],
        "country": name_of(place.get("country")),
        "gwno": country(place.get("country") or "")["gw"],
        "event_type": said["type"],
        "mode": join_cells(surest["mode"]),
        "status": said["status"],
        "date_start": when.get("from") or when.get("to"),
        "date_end": when.get("to") or when.get("from"),
        "date_precision": day_precision(when.get("from"), when.get("to"), "ucdp"),
        "adm1": place.get("admin1"),
        "adm2": place.get("admin2"),
        "city": city,
        "location": place.get("text") or place.get("name"),
        "latitude": place.get("lat"),
        "longitude": place.get("lon"),
        "location_precision": place_precision(place.get("precision"), "ucdp"),
        **two("actor", actors),
        **two("target", targets),
        **counts,
        "said_by": " > ".join(list_speakers(surest)),
        "confidence": surest["confidence"],
        "source": head["outlet"],
        "source_date": head["published"],
        "source_title": head["title"],
        "source_url": head["url"],
        "day_is": flags["day_is"],
    }


def two(side: str, called: list[str]) -> Record:
    """Return the first party of a side, and all others in one."""
    return {f"{side}1": next(iter(called), ""), f"{side}2": join_cells(called[1:])}
