"""Which values a filter may have: a wrong one is told with the right ones."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from dateline import plugins
from dateline.model.record import STATUSES
from dateline.reference.countries import answering, countries
from dateline.store import tables
from dateline.store.errors import StoreError

FOLDS = {"mode": str.lower, "status": str.lower, "country": answering}
NAMED = ("type", "deed", "mode", "status", "country")


def check_filter(to: Connection, where: Mapping[str, str]) -> None:
    """Refuse a value that no claim could have.

    Raises StoreError with the legal names.
    """
    days = [parse_filter_day(n, where[n]) for n in ("since", "until") if n in where]
    if days != sorted(days):
        told = f"--since {where['since']} is after --until {where['until']}"
        raise StoreError(told)
    for name in NAMED:
        if name in where:
            refuse_unknown_name(to, name, where[name])
    read_share(where.get("sure", "0"))
    two = where.get("between", "A,B").split(",")
    if len(two) != 2 or not all(map(str.strip, two)):
        raise StoreError("--between takes two parties with a comma: KEN,UGA")


def read_share(told: str) -> float:
    """Return how sure a claim must be; refuse what is no number from 0 to 1."""
    try:
        found = float(told)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise StoreError(f"--sure {told!r} is no number from 0 to 1, as .7")
    return found


def parse_filter_day(name: str, told: str) -> date:
    """Return a day; refuse what is none."""
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        raise StoreError(f"--{name} {told!r} is no date like 2019-01-08") from error


def refuse_unknown_name(to: Connection, name: str, told: str) -> None:
    """Refuse a name that neither the codebooks nor the claims of a store have."""
    asked = told.replace(",", " ").split() if name != "mode" else [told]
    fold = FOLDS.get(name, str.upper)
    wrong = [value for value in asked if not used(to, name, fold(value))]
    if not wrong and asked:
        return
    there = sorted(set(legal_values(to, name)))
    wrong = [value for value in wrong if fold(value) not in map(fold, there)]
    if wrong or not asked:
        value = wrong[0] if wrong else told
        raise StoreError(f"no {name} {value!r}: there are {', '.join(there)}")


def used(to: Connection, name: str, value: str) -> bool:
    """Whether any claim has this value."""
    column = tables.modes.c.mode if name == "mode" else tables.claims.c[name]
    return (
        to.execute(select(column).where(column == value).limit(1)).first() is not None
    )


def legal_values(to: Connection, name: str) -> Iterable[str]:
    """Return every value that the filter may have in this store."""
    if name == "status":
        return STATUSES
    if name == "country":
        codes = (country.code for country in countries())
        return {c for c in map(answering, codes) if len(c) == len("KEN")}
    known = [
        book for told in books(to) or ["plover"] if (book := codebook_of_run(told))
    ]
    if name == "mode":
        return {mode.name for book in known for mode in book.modes}
    return {kind for book in known for kind in book.types}


def books(to: Connection) -> list[str]:
    """Return the ontologies that a store was coded with, by name or folder."""
    return list(to.execute(select(tables.runs.c.codebook).distinct()).scalars())


def codebook_of_run(told: str) -> Any:
    """Return the codebook of a run by its name or folder, None where it is gone."""
    from dateline.codebook import load

    if Path(told).is_dir():
        return load(Path(told))
    try:
        return plugins.load_plugin("codebooks", told)()
    except plugins.MissingPart:
        return None
