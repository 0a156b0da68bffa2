"""The events of a report from its tellings: what `evaluate reports` measures by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

Record = dict[str, Any]
RANKS = ("core", "secondary", "arguable")


def pooled(report: str, tellings: Sequence[Record]) -> list[Record]:
    """Return one event for all tellings of one: its first telling leads."""
    names = list(dict.fromkeys(t["event"] for t in tellings))
    rows = sorted(tellings, key=lambda t: names.index(t["event"]))
    groups = groupby(rows, key=lambda t: t["event"])
    return [event(f"{report}-{name}", list(found)) for name, found in groups]


def event(name: str, tellings: Sequence[Record]) -> Record:
    """Return the event that these tellings are of."""
    first = tellings[0]
    modes = [t["mode"] for t in tellings]
    also = [m for t in tellings for m in t["accept_modes"]]
    return first | {
        "id": first["event"],
        "event_id": name,
        "importance": min((t["importance"] for t in tellings), key=RANKS.index),
        "mentions": [t["trigger"] for t in tellings],
        "accept_types": others(tellings, "type", "accept_types"),
        "accept_modes": [*modes, *([[]] if first["mode"] else []), *also],
        "contexts": sorted({c for t in tellings for c in t["contexts"]}),
        "actors": people(t["actors"] for t in tellings),
        "recipients": people(t["recipients"] for t in tellings),
        "reciprocal": any(t["reciprocal"] for t in tellings),
        "when": next((t["when"] for t in tellings if t["when"]), None),
        "where": next((t["where"] for t in tellings if t["where"]), None),
        "accept_when": [],
        "accept_where": [],
        "accept_status": others(tellings, "status", "accept_status"),
        "said_by": [list(c) for c in dict.fromkeys(tuple(t["said_by"]) for t in tellings)],
    }


def others(tellings: Sequence[Record], field: str, accepted: str) -> list[str]:
    """Return what else is right beside the first telling's own answer."""
    told = {x for t in tellings for x in (t[field], *t[accepted])}
    return sorted(told - {tellings[0][field]})


def people(sides: Iterable[Sequence[Record]]) -> list[Record]:
    """Return the parties of a side, each once; none told with words is implicit too."""
    keys = ("name", "country", "sector", "start")
    every = {tuple(p[k] for k in keys): p for side in sides for p in side}
    named = {p["name"] for p in every.values() if not p["implicit"]}
    return [p for p in every.values() if not p["implicit"] or p["name"] not in named]
