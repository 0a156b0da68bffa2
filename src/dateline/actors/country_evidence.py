"""What may tell of a country, code by code: a row of numbers for each."""

from collections.abc import Iterable

from dateline.reference.countries import filed_under

KINDS = (
    "state",
    "person",
    "organisation",
    "armed group",
    "media",
    "party",
    "igo",
    "ngo",
    "company",
    "metonym",
    "ethnic group",
    "school",
    "government body",
)
NAMES = (
    "strong",
    "weak",
    "based",
    "bystander",
    "nations",
    "sense",
    "base_kind",
    "base_loose",
    "base_sure",
    "base_lands",
    "base_words",
    "ruled",
    "city_size",
    "city_share",
    "generic",
    "outlet",
)
WIDTH = len(NAMES)
AT = {name: i for i, name in enumerate(NAMES)}
Told = dict[str, list[float]]


def raise_evidence(told: Told, code: str | None, **values: float) -> None:
    """Raise what is told of one country to the values given."""
    if not code:
        return
    code = filed_under(code)
    row = told.setdefault(code, [0.0] * WIDTH)
    for name, value in values.items():
        row[AT[name]] = max(row[AT[name]], value)


def merge_evidence(every: Iterable[Told]) -> Told:
    """Return the most that any of several sources tells of each country."""
    found: Told = {}
    for told in every:
        for code, values in told.items():
            row = found.get(code)
            found[code] = list(map(max, row, values)) if row else values
    return found
