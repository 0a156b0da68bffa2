"""Which tellings of a report are of one happening, the tellings themselves given."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline.codebook.taught import taught
from dateline.evaluate.clusters import b_cubed
from dateline.evaluate.figures import harmonic
from dateline.evaluate.reports import gold as reports
from dateline.merge.report import join_report_tellings
from dateline.merge.tellings import (
    BEFORE,
    Party,
    Site,
    Telling,
    day_number,
    telling_counts,
)
from dateline.model.fold import fold_name
from dateline.reference.countries import countries

Record = dict[str, Any]


def gold(paths: Sequence[Path]) -> list[Record]:
    """Return the annotated reports of a folder, each with its tellings."""
    found = reports(paths)
    if any("tellings" not in row for row in found):
        raise ValueError("no tellings in the reports")
    return found


def answers(rows: Sequence[Record]) -> dict[str, list[int]]:
    """Return the cluster of each report's tellings."""
    return {
        g["report"]: join_report_tellings(annotated_tellings(g, g["text"]))
        for g in rows
    }


def score(rows: Sequence[Record], said: dict[str, list[int]]) -> dict[str, float]:
    """Return B-cubed, pairs right, and what never joining any would score."""
    items = [
        ((n, cluster), (n, told["event"]), (n, i))
        for n, row in enumerate(rows)
        for i, (told, cluster) in enumerate(
            zip(row["tellings"], said[row["report"]], strict=True)
        )
        if told["importance"] != "arguable"
    ]
    precision, recall = b_cubed([(mine, want) for mine, want, _ in items])
    _, never = b_cubed([(alone, want) for _, want, alone in items])
    return {
        "B3 precision": precision,
        "B3 recall": recall,
        "B3 F1": harmonic(precision, recall),
        "B3 F1, every telling alone": harmonic(1.0, never),
        **score_pairs([(mine, want) for mine, want, _ in items]),
    }


def score_pairs(items: Sequence[tuple[Any, Any]]) -> dict[str, float]:
    """Return the share of joined pairs that are right, and of right pairs joined."""
    right, mine, want = (
        sum(n * (n - 1) // 2 for n in Counter(found).values())
        for found in (items, [m for m, _ in items], [w for _, w in items])
    )
    return {
        "pair precision": right / max(1, mine),
        "pair recall": right / max(1, want),
    }


def annotated_tellings(row: Record, text: str) -> list[Telling]:
    """Return the annotated tellings of a report as merging sees them."""
    return [
        annotated_telling(row["report"], n, t, text)
        for n, t in enumerate(row["tellings"])
    ]


def annotated_telling(report: str, n: int, told: Record, text: str) -> Telling:
    """Return one annotated telling as merging sees it."""
    when, at, clause = told["when"] or {}, told["trigger"]["start"], told["evidence"]
    return Telling(
        report=report,
        id=f"{at}-{n}",
        deed=deed_of_type(told),
        type=told["type"],
        status=told["status"],
        modes=tuple(told["mode"]),
        mutual=told["reciprocal"],
        actors=annotated_parties(told["actors"]),
        recipients=annotated_parties(told["recipients"]),
        first=day_number(when.get("from")),
        last=day_number(when.get("to")),
        site=annotated_site(told["where"]),
        counts=telling_counts(told["quantities"]),
        trigger=told["trigger"]["text"],
        evidence=clause["text"],
        lead=text[max(0, at - BEFORE) : at],
        start=at,
        clause=(clause["start"], clause["end"]),
        speakers=tuple(told["said_by"]),
    )


def deed_of_type(told: Record) -> str:
    """Return the act itself where the type is the reading of one still to be done."""
    kind: str = told["type"]
    folded = (
        deed
        for (deed, status), read in taught().readings.items()
        if (read, status) == (kind, told["status"]) and deed in told["accept_types"]
    )
    return next(folded, kind)


def annotated_parties(found: list[Record]) -> tuple[Party, ...]:
    """Return the parties of one side about whom anything is told."""
    return tuple(
        Party(
            None,
            fold_name(p["name"] or p["text"] or ""),
            p["country"],
            annotated_sectors(p),
        )
        for p in found
        if p["name"] or p["country"]
    )


def annotated_sectors(party: Record) -> tuple[str, ...]:
    """Return a party's sector, if it has one."""
    return (party["sector"],) if party["sector"] else ()


def annotated_site(where: Record | None) -> Site | None:
    """Return a place; a country's own name is no exact one."""
    if not where:
        return None
    name = where["name"] or where["text"] or ""
    land = countries().by_name(name) is not None
    return Site(fold_name(name), where["country"], not land)
