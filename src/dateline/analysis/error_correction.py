"""Counts of a panel as they are without the error that an audit found."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dateline.analysis.audit import OTHER, Key, key_path, read_audit_key, read_sheet, stratum_of
from dateline.analysis.estimate import correct_count
from dateline.analysis.frames import Frame
from dateline.analysis.panel import Panel, key_columns
from dateline.store.errors import StoreError

Record = dict[str, Any]
COLUMNS = ("events_corrected", "corrected_low", "corrected_high")
SIDES = {"actor": ("actor",), "recipient": ("recipient",), "dyad": ("actor", "recipient")}
HELD = ("type", "deed", "country", "status", "confidence")  # what an event tells


def correct_panel(frame: Frame, panel: Panel, sheet: Path) -> Panel:
    """Return a panel with its counts corrected by an audit, with 95% intervals.

    Each event of a cell stands in the stratum of its surest claim, and counts as much
    as the share of that stratum's judged claims that truly are of such a cell: of the
    types that were asked, and with the right states on the sides that make the unit.
    Counted by type, an event counts for each type that people gave claims like it. The
    estimator is post-stratification (see `estimate`): it takes the error of a stratum
    to be the same in all its cells, and knows nothing of acts that were never coded.
    A cell that holds a stratum without a judged claim has no corrected count.

    Raises StoreError for a sheet that is not whole, a panel by what an audit does not
    ask, and strata that an event does not tell (outlets).
    """
    asked = panel.asked
    if asked.by not in ("", "type"):
        raise StoreError("a corrected panel is of all events, or --by type")
    if asked.of not in ("country", "dyad") or asked.role in ("place", "any"):
        told = "an audit asks for actor and recipient"
        raise StoreError(f"{told}: correct country or dyad units by --role of those")
    key = read_audit_key(key_path(sheet))
    if wrong := [name for name in key.strata if name not in HELD]:
        told = f"an audit with strata of {wrong[0]} corrects no panel"
        raise StoreError(f"{told}: draw one by {', '.join(HELD)}")
    rates = rates_of(key, read_sheet(sheet, key), panel)
    cells = count_strata(frame, panel, key)
    rows = []
    for row, record in zip(panel.rows, panel.records(), strict=True):
        corrected: tuple[float | None, ...] = (None, None, None)
        if record["events"] is not None:
            at = (*(record[name] for name in asked.keys), record[asked.period])
            of = rates.get(record["type"] if asked.by else "", {})
            if found := correct_count(cells.get(at, {}), of):
                corrected = (round(found.value, 3), round(found.low, 3), round(found.high, 3))
        rows.append((*row, *corrected))
    return replace(panel, columns=(*panel.columns, *COLUMNS), rows=rows)


def count_strata(frame: Frame, panel: Panel, key: Key) -> dict[tuple[Any, ...], dict[str, int]]:
    """Return how many events of each stratum each cell of a panel holds."""
    cells: dict[tuple[Any, ...], dict[str, int]] = {}
    keys = key_columns(panel.asked)
    names = f"{keys}, period, type, deed, status, confidence, first"
    events = frame.rows(  # that each cell holds, by what strata are made of
        f"SELECT {names}, count(DISTINCT event) FROM (SELECT *, [w.country FOR w IN"
        " actors IF w.country IS NOT NULL][1] AS first FROM counted)"
        f" GROUP BY {names}"
    )
    for row in events:
        *cell, kind, deed, status, sure, country, many = row
        facts = {"type": kind, "deed": deed, "status": status, "country": country or ""}
        stratum = stratum_of({**facts, "confidence": sure}, key.strata)
        held = cells.setdefault(tuple(cell), {})
        stratum = OTHER if stratum in key.pooled else stratum
        held[stratum] = held.get(stratum, 0) + many
    return cells


def rates_of(
    key: Key, sheet: Mapping[str, Record], panel: Panel
) -> dict[str, dict[str, tuple[int, int]]]:
    """Return by type ("" for all) and stratum how many judged claims count."""
    asked = panel.asked
    sides = SIDES["dyad" if asked.of == "dyad" else asked.role]
    types = panel.scope.types or key.types
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for name in types if asked.by else ("",):
        counts: dict[str, tuple[int, int]] = {}
        for item, true in sheet.items():
            told = key.items[item]
            right = all(told[side] == true[side] for side in sides)
            right = right and (true["type"] == name if name else true["type"] in types)
            held, judged = counts.get(told["stratum"], (0, 0))
            counts[told["stratum"]] = held + right, judged + 1
        found[name] = counts
    return found
