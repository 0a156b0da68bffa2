"""What counts: types, statuses, speakers, origins; read from and kept as TOML."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from dateline.model.record import STATUSES
from dateline.store.errors import StoreError

FIRM = ("happened", "ongoing", "recurring")
GRAINS = ("event", "episode", "summary")
PRECISIONS = ("day", "week", "month", "season", "year", "range")
DAYS = ("within", "first")
TOLLS = ("low", "best", "high")
PARTS = ("once", "each")
WEEK, YEAR = 7, 366  # days: an event lasts no more, an episode no more


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted. An empty list leaves a question open.

    `grains`: an event is told of a week at the most, an episode of a year, a summary of
    more or of an open end. `days`: "within" counts what lies wholly within a period,
    "first" whatever begins in it. `toll` is the figure that killed, injured … add up.
    `speakers` are believed alone, those of `without` not at all. `parts`: of a whole
    and its parts (the call of many states and that of one) the whole counts "once", or
    "each" counts.
    """

    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = FIRM
    speakers: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    origins: int = 1
    sure: float = 0.0
    grains: tuple[str, ...] = ("event", "episode")
    precisions: tuple[str, ...] = ()
    days: str = "within"
    toll: str = "best"
    parts: str = "once"

    def as_toml(self) -> str:
        """Return the scope as a file of its own, every choice in it."""
        told = {f.name: getattr(self, f.name) for f in fields(self)}
        lines = [f"{name} = {json.dumps(value)}" for name, value in told.items()]
        return "\n".join(["# What counts in a panel of Dateline.", *lines, ""])


LISTED = {
    "statuses": STATUSES,
    "grains": GRAINS,
    "precisions": PRECISIONS,
    "days": DAYS,
    "toll": TOLLS,
    "parts": PARTS,
}


def read_scope(path: Path) -> Scope:
    """Return the scope of a TOML file.

    Raises StoreError for what is no TOML, no choice or no value of one.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StoreError(f"{path} is no scope: {error}") from error
    return make_scope(told, str(path))


def make_scope(told: Mapping[str, Any], where: str = "scope", base: Scope | None = None) -> Scope:
    """Return a scope with some choices made; the rest is that of `base`.

    Raises StoreError with the legal names or values.
    """
    base = base or Scope()
    known = {f.name: getattr(base, f.name) for f in fields(base)}
    chosen: dict[str, Any] = {}
    for name, value in told.items():
        if name not in known:
            raise StoreError(f"{where}: no {name!r}: there are {', '.join(known)}")
        chosen[name] = fit_choice(where, name, value, known[name])
    return replace(base, **chosen)


def fit_choice(where: str, name: str, value: Any, like: Any) -> Any:
    """Return a choice of a scope in its own kind. Raises StoreError."""
    if isinstance(like, tuple):
        many = value if isinstance(value, list | tuple) else [value]
        fold = str.upper if name == "types" else str
        fit: Any = tuple(fold(str(each)) for each in many)
        check_words(where, name, fit)
        return fit
    if isinstance(like, str):
        check_words(where, name, (str(value),))
        return str(value)
    right = isinstance(value, int | float) and not isinstance(value, bool)
    if not right or value < 0 or (name == "sure" and value > 1):
        what = "a number from 0 to 1" if name == "sure" else "a number"
        raise StoreError(f"{where}: {name} is {what}, not {value!r}")
    return type(like)(value)


def check_words(where: str, name: str, words: tuple[str, ...]) -> None:
    """Refuse a word that a choice may not have."""
    legal = LISTED.get(name)
    wrong = [word for word in words if legal and word not in legal]
    if wrong and legal:
        told = f"{where}: no {name} {wrong[0]!r}: there are {', '.join(legal)}"
        raise StoreError(told)
