"""Where a report comes from: time zone, country of the dateline, outlet's home."""

from dateline.gazetteer import Entry, find_places, zone
from dateline.model import Report
from dateline.reference import countries, find_outlet


def locate_report(report: Report) -> tuple[str, str, str]:
    """Return time zone, home of the outlet, country of the dateline; "" if unknown.

    An agency that no state runs writes of the whole world: its seat says nothing.
    """
    place = locate_dateline(report.dateline)
    home = find_outlet(report.outlet) if report.outlet else None
    abroad = home is not None and home.kind == "agency" and not home.state
    return (
        zone(place) if place else "",
        (home.country or "") if home and not abroad else "",
        (place.country or "") if place else "",
    )


def locate_dateline(dateline: str) -> Entry | None:
    """Return the capital or most populous place of a dateline, within what it names.

    >>> locate_dateline("SEOUL, South Korea").country
    'KOR'
    """
    first, *rest = [part.strip() for part in dateline.split(",")]
    if not first:
        return None
    found = [entry for entry in find_places(first.title()) if entry.country]
    for name in rest:
        within = countries().by_name(name)
        code = within.code if within else None
        inside = [e for e in found if code == e.country or name in (e.admin1 or "")]
        found = inside or found
    return max(found, key=lambda e: (e.feature == "PPLC", e.population), default=None)
