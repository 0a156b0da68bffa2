"""Short reports of our own as annotated ones: yields (gold, text)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
STATES = [
    ("Kenya", "KEN", "Nairobi"),
    ("Peru", "PER", "Lima"),
    ("Iran", "IRN", "Tehran"),
    ("Poland", "POL", "Warsaw"),
    ("Sudan", "SDN", "Khartoum"),
    ("Japan", "JPN", "Tokyo"),
    ("Israel", "ISR", "Jerusalem"),
    ("Mali", "MLI", "Bamako"),
    ("Turkey", "TUR", "Ankara"),
    ("Chile", "CHL", "Santiago"),
    ("Pakistan", "PAK", "Islamabad"),
    ("Norway", "NOR", "Oslo"),
]
PEOPLE = "Amina Sabel|Joren Tal|Mira Kostan|Idris Wek|Lena Orbach|Paolo Rennick".split("|")
TURNS = 5
Record = dict[str, Any]


def blocks() -> Iterator[tuple[str, list[list[str]]]]:
    for block in (HERE / "invented.txt").read_text("utf-8").split("\n\n"):
        rows = [r for r in block.strip().splitlines() if not r.startswith("#")]
        if rows:
            acts = [[c.strip() for c in r[1:].split("|")] for r in rows[1:]]
            yield rows[0], acts


def reports() -> Iterator[tuple[Record, str]]:
    for n, (form, acts) in enumerate(blocks()):
        for turn in range(TURNS):
            a, b, c = (STATES[(7 * n + 5 * turn + k * 3) % len(STATES)] for k in range(3))
            fill = {"A": a[0], "B": b[0], "C": c[0], "CITY": c[2]}
            fill["P"] = PEOPLE[(n + turn) % len(PEOPLE)]
            text = form.format(**fill)
            codes = {"A": a[1], "B": b[1], "C": c[1]}
            told = [telling(text, row, codes) for row in acts]
            gold = {"report": f"own-{n}-{turn}", "outlet": None, "published": None}
            yield gold | {"tellings": told, "events": [], "origin": "own"}, text


def telling(text: str, row: list[str], codes: dict[str, str]) -> Record:
    words, kind, *sides = row
    at = text.index(words)
    both = [[party(p, codes) for p in s.split(",") if p.strip() != "-"] for s in sides]
    return {
        "trigger": {"start": at, "end": at + len(words)},
        "type": kind,
        "accept_types": [],
        "actors": both[0],
        "recipients": both[1],
        "reciprocal": kind == "CONSULT" and len(both[0]) > 1,
        "importance": "core",
    }


def party(told: str, codes: dict[str, str]) -> Record:
    """A party: "A.GOV", "A" (whatever its sector), "CVL" or ".GOV" (of no country)."""
    land, _, sector = told.strip().partition(".")
    country = codes.get(land)
    if country is None and not sector:
        sector = land
    every = [] if sector else ["GOV", "CVL", "MIL", "LEG"]
    return {
        "country": country,
        "sector": sector or "GOV",
        "accept_countries": [] if country else list(codes.values()),
        "accept_sectors": every,
        "implicit": False,
    }
