"""Seats of government told without their name: "the Ethiopian capital"."""

from collections.abc import Iterator

from dateline.gazetteer import Entry, Gazetteer
from dateline.model import Parsed, Span
from dateline.places.report import Placed
from dateline.reference import countries


def find_capitals(table: Gazetteer, parsed: Parsed) -> Iterator[Placed]:
    """Yield capitals named by their country alone, as "the Kenyan capital"."""
    for hit in parsed.lexicon.patterns["places.capital"].finditer(parsed.text):
        if entry := capital_of_adjective(table, hit["whose"], hit["state"]):
            span = Span(*hit.span())
            yield Placed(span, entry, "places.capital.v1", 1.0)


def capital_of_adjective(
    table: Gazetteer, adjective: str | None, state: str | None
) -> Entry | None:
    """Return the capital of the country that an adjective or a name tells."""
    known = countries()
    country = known.by_adjective(adjective) if adjective else known.by_name(state or "")
    if country is None or not (city := known.capital_of(country.code)):
        return None
    towns = [
        e
        for e in table.find(city)
        if e.country == country.answers and e.precision == "city"
    ]
    return max(towns, key=lambda e: e.population, default=None)
