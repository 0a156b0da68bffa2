"""The story set: twelve invented reports of four outlets, with the tellings in them.

Two outlets relay the first. Which tellings are one happening was written down first.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Record = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """A telling as a record, and the happening that it tells."""

    record: Record
    event: str


def reports() -> list[Record]:
    lines = (HERE / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def told() -> list[Told]:
    texts = {r["id"]: r["text"] for r in reports()}
    lines = (HERE / "tellings.tsv").read_text(encoding="utf-8").splitlines()
    names = lines[1].split("\t")
    rows = [dict(zip(names, line.split("\t"), strict=True)) for line in lines[2:]]
    return [Told(record(row, texts[row["report"]]), row["event"]) for row in rows]


def record(row: dict[str, str], text: str) -> Record:
    start = text.index(row["evidence"])
    at = text.index(row["trigger"], start)
    return {
        "report": row["report"],
        "id": f"{row['report']}-{at}",
        "type": row["deed"],
        "deed": row["deed"],
        "mode": [row["mode"]] if row["mode"] else [],
        "quad": "material conflict" if row["deed"] == "ASSAULT" else "verbal cooperation",
        "trigger": {"text": row["trigger"], "start": at, "end": at + len(row["trigger"])},
        "evidence": {"text": row["evidence"], "start": start, "end": start + len(row["evidence"])},
        "actors": parties(row["actors"]),
        "recipients": parties(row["recipients"]),
        "when": {"from": row["from"], "to": row["to"], "precision": "day"},
        "where": place(row["place"]),
        "quantities": [count(c, text, start) for c in row["counts"].split(";") if c],
        "said_by": [
            {"name": s, "text": s, "kind": "named", "country": None, "sector": []}
            for s in [row["said_by"]]
            if s
        ],
        "status": row["status"],
        "event": "",
    }


def parties(cell: str) -> list[Record]:
    cells = (party.split("|") for party in cell.split(";") if party)
    return [
        {
            "name": n,
            "text": n,
            "country": c or None,
            "sector": s.split() if s else [],
            "entity": None,
        }
        for n, c, s in cells
    ]


def place(cell: str) -> Record | None:
    if not cell:
        return None
    name, country, exact = cell.split("|")
    precision = "city" if exact else "country"
    return {"name": name, "country": country, "admin1": None, "precision": precision}


def count(cell: str, text: str, start: int) -> Record:
    what, number = cell.split("=")
    at = {"start": start, "end": start + 1}
    n = float(number)
    return {"what": what, "low": n, "best": n, "high": n, "scope": "this act", **at}
