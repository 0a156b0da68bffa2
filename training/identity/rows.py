"""Reads the annotated reports and writes what the identity scorers are trained on.

usage: python training/identity/rows.py SPLIT_FOLDER ROWS.pkl [PARSED.pkl]

SPLIT_FOLDER holds gold/*.json and texts/*.txt. Parsed reports are kept in PARSED.pkl,
where one is named, and read from there the next time.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from dateline.actors.evidence import mention_of
from dateline.actors.features import COLUMNS, candidates
from dateline.actors.kinds import traits
from dateline.actors.marks import marks
from dateline.actors.ranks import about
from dateline.actors.related import kin_of
from dateline.actors.split import pieces
from dateline.actors.survey import survey
from dateline.evaluate.actors import opened
from dateline.facts import base
from dateline.model import Span

Record = dict[str, Any]


def reports(folder: Path) -> Iterator[tuple[str, Any, Any, str, list[Record]]]:
    """Yield id, parsed report, setting without its outlet, outlet's home, parties."""
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        name = gold["report"]
        with (folder / f"texts/{name}.txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        row = {"id": name, "text": text, "published": gold["published"]}
        parsed, setting = opened(row)
        _, at = opened({**row, "outlet": gold["outlet"], "text": text[:200]})
        yield name, parsed, setting, at.home, parties(gold)


def parties(gold: Record) -> list[Record]:
    """Return the parties with words of their own, each place once."""
    found: dict[tuple[int, int], Record] = {}
    for telling in gold["tellings"]:
        for party in telling["actors"] + telling["recipients"]:
            if party["start"] is not None:
                found.setdefault((party["start"], party["end"]), party)
    return list(found.values())


def kept(folder: Path, cache: Path | None) -> list[Any]:
    """Return the parsed reports, from the file that keeps them where there is one."""
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())
    every = list(reports(folder))
    if cache:
        cache.write_bytes(pickle.dumps(every))
    return every


def pieces_of(every: list[Any]) -> Iterator[Any]:
    """Yield one stretch of three sentences of each report, as a report of its own."""
    rng = random.Random("identity")
    for name, parsed, setting, home, found in every:
        if not found or len(parsed.sentences) < 4:
            continue
        first = parsed.sentence_at(rng.choice(found)["start"])
        at = parsed.sentences.index(first) if first else 0
        last = parsed.sentences[min(at + rng.randrange(3), len(parsed.sentences) - 1)]
        start, end = parsed.sentences[at].span.start, last.span.end
        day = setting.day.isoformat() if setting.day else None
        row = {"id": name, "text": parsed.text[start:end], "published": day}
        inside = [p for p in found if start <= p["start"] and p["end"] <= end]
        moved = [
            {**p, "start": p["start"] - start, "end": p["end"] - start} for p in inside
        ]
        yield (name, *opened(row), home, moved)


def row_of(mention: Any, report: str, party: Record) -> Record:
    """Return one party as numbers: its candidates, their strings, its sector's."""
    kin = kin_of(mention)
    found = candidates(mention, kin)
    return {
        "report": report,
        "countries": {party["country"], *party["accept_countries"]},
        "sector": party["sector"],
        "sectors": party["accept_sectors"],
        "codes": found.codes,
        "rows": np.array(found.rows, np.float32).reshape(-1, len(COLUMNS)),
        "marks": [np.asarray(each, np.int32) for each in marks(mention, kin, found)],
        "traits": sorted(set(traits(mention, kin))),
        "about": about(mention),
        "text": " ".join(word.text for word in mention.words),
    }


def told(every: Iterable[Any], short: bool) -> Iterator[Record]:
    """Yield the parties of reports as numbers."""
    known = base()
    for name, parsed, setting, home, found in every:
        odd = hashlib.sha1(name.encode()).digest()[0] % 2
        seen = survey(parsed, replace(setting, home=home if odd else ""), known)
        for party in found:
            span = Span(party["start"], party["end"])
            words, place = pieces(parsed.text, span, known)[0]
            mention = mention_of(words, place, seen, known)
            yield {**row_of(mention, name, party), "short": short}


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    every = kept(folder, Path(sys.argv[3]) if len(sys.argv) > 3 else None)
    rows = [*told(every, False), *told(pieces_of(every), True)]
    out.write_bytes(pickle.dumps(rows))
    print(len(rows), "parties of", len(every), "reports")


if __name__ == "__main__":
    main()
