"""Annotated reports, parsed once and kept: whole, and a stretch of each by itself."""

from __future__ import annotations

import hashlib
import json
import pickle
import random
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1] / "coder"))
from invented import ORIGIN, invented
from marks import annotated

from benchmarks.texts import open_without_gate
from dateline.ml.encoder import Reader
from dateline.model import Parsed, Setting, States

OURS = {"marks": annotated, ORIGIN: invented}
FOLDS = 2  # halves: one is linked by a net that has learnt from the other
PART = 100  # reports and stretches that are kept in one file
Record = dict[str, Any]
STATES = re.compile(
    r"\b(countries|nations|states|allies|powers?|governments|leaders|partners|community"
    r"|coalition|west|world|ministers|donors|capitals|neighbou?rs|envoys|ambassadors)\b"
)
BODY = re.compile(
    r"\b(nato|g7|g8|g20|eu|un|u\.n\.|union|united nations|asean|apec|brics|osce|league"
    r"|bank|health|commonwealth|organi[sz]ation|council|cooperation|islamic|isis|qaeda|qaida)\b"
)


@dataclass
class Kept:
    """One report as the program reads it, before its cast is made, and its marks."""

    name: str
    gold: Record
    parsed: Parsed
    setting: Setting
    home: str
    short: bool

    @property
    def fold(self) -> int:
        """The part in which a report is asked and not learnt from."""
        return int(hashlib.sha1(self.name.encode()).hexdigest()[:8], 16) % FOLDS


def rows(names: Iterable[str]) -> Iterator[tuple[Record, str]]:
    """Yield marks and text of each report: of a folder, of our `marks`, `invented`."""
    for name in names:
        if name in OURS:
            yield from OURS[name]()
            continue
        for path in sorted((Path(name) / "gold").glob("*.json")):
            gold = json.loads(path.read_text("utf-8"))
            with (Path(name) / f"texts/{path.stem}.txt").open(encoding="utf-8", newline="") as file:
                yield gold, file.read()


def load(names: list[str], store: Path) -> list[Kept]:
    """Return the reports parsed; what the folder `store` keeps is not parsed again."""
    store.mkdir(parents=True, exist_ok=True)
    known: dict[str, Any] = {}
    for part in sorted(store.glob("*.pkl")):
        known |= pickle.loads(part.read_bytes())
    found, new = [], {}
    for gold, text in rows(names):
        for short in (False, True):
            marks, part = stretch(gold, text) if short else (gold, text)
            if not part:
                continue
            key = digest(marks, part)
            if key not in known:
                known[key] = new[key] = read(marks, part)
            part_only = short or gold.get("origin") == ORIGIN
            found.append(Kept(gold["report"], marks, *known[key], part_only))
            if len(new) == PART:
                new = keep(new, store)
    keep(new, store)
    print(f"{len(found)} reports and stretches", flush=True)
    encode = Reader.load().encode
    for kept in found:
        kept.parsed = replace(kept.parsed, states=halved(encode(kept.parsed)))
    return found


def halved(states: States) -> States:
    """Return states in 16 bits: those of all reports are held at once."""
    some = (replace(s, rows=s.rows.astype(np.float16)) for s in states.stretches)
    return States(tuple(some))


def keep(new: dict[str, Any], store: Path) -> dict[str, Any]:
    """Write what was parsed, so that a broken run loses little."""
    if new:
        name = f"{min(new)[:12]}.pkl"
        (store / f"{name}.new").write_bytes(pickle.dumps(new))
        (store / f"{name}.new").rename(store / name)
    return {}


def digest(gold: Record, text: str) -> str:
    """Return what tells one text and its day from all others."""
    told = f"{gold['report']}\n{gold['published']}\n{gold['outlet']}\n{text}"
    return hashlib.sha1(told.encode()).hexdigest()


def read(gold: Record, text: str) -> tuple[Parsed, Setting, str]:
    """Return a text parsed, its setting without the outlet, the outlet's home."""
    row = {"id": gold["report"], "text": text, "published": gold["published"]}
    parsed, setting = open_without_gate(row)
    _, at = open_without_gate({**row, "outlet": gold["outlet"], "text": text[:200]})
    return parsed, setting, at.home


def stretch(gold: Record, text: str) -> tuple[Record, str]:
    """Return up to three sentences of a report as a report of its own, marks moved."""
    rng, cut = random.Random(gold["report"]), gold["sentences"]
    found = [t for t in gold["tellings"] if party_words(t)]
    if not found or len(cut) < 4:
        return gold, ""
    at = next(n for n, s in enumerate(cut) if s[1] > rng.choice(found)["trigger"]["start"])
    start, end = cut[at][0], cut[min(at + rng.randrange(3), len(cut) - 1)][1]
    told = []
    for telling in gold["tellings"]:
        kept = {side: within(telling[side], start, end) for side in SIDES}
        if any(kept.values()):
            told.append({**telling, **kept})
    return {**gold, "tellings": told, "sentences": []}, text[start:end]


SIDES = ("actors", "recipients")


def party_words(telling: Record) -> list[Record]:
    """Return the parties of a telling that have words."""
    return [p for side in SIDES for p in telling[side] if p["start"] is not None]


def within(parties: list[Record], start: int, end: int) -> list[Record]:
    """Return the parties whose words lie between two offsets, counted from there."""
    return [
        {**p, "start": p["start"] - start, "end": p["end"] - start}
        for p in parties
        if p["start"] is not None and start <= p["start"] and p["end"] <= end
    ]


def parties(gold: Record) -> list[Record]:
    """Return the parties with words of their own, each place once."""
    found: dict[tuple[int, int], Record] = {}
    for telling in gold["tellings"]:
        for party in party_words(telling):
            found.setdefault((party["start"], party["end"]), in_common(party))
    return list(found.values())


def in_common(party: Record) -> Record:
    """Return a party, several states without a body of their own as one code.

    "Western countries" and "the international community" are marked IMG by some and
    IGO by others. Most of the given marks have IMG: it is learnt, and both are right.
    """
    name = (party["name"] or "").lower()
    if party["country"] not in ("IMG", "IGO") or BODY.search(name):
        return party
    if not STATES.search(name) or party["sector"] not in ("GOV", "MIL", None):
        return party
    both = {*party["accept_countries"], "IMG", "IGO"}
    return party | {"country": "IMG", "accept_countries": sorted(both)}
