"""The public sets, read into rows; held-out sentences and their likes left out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rows import QUADS, THREE, Bounds, Deal, Row

DATA = Path(__file__).resolve().parents[3] / "shared/data"
Record = dict[str, Any]
Parties = tuple[list[Bounds], list[Bounds], list[Bounds]]


def load(name: str) -> list[Record]:
    lines = (DATA / name).read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def key(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def fifth(text: str) -> int:
    """Return which fifth a sentence is of; 0 is the held-out one."""
    return int(hashlib.sha1(key(text).encode()).hexdigest()[:8], 16) % 5


def fold(text: str, folds: int) -> int:
    """Return the fold of a sentence among those that are not held out."""
    return int(hashlib.sha1(key(text).encode()).hexdigest()[8:16], 16) % folds


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def alike(text: str, others: Iterable[frozenset[str]]) -> bool:
    """Whether `text` shares words with one of `others` by a Jaccard of .8 or more."""
    mine = words(text)
    return any(
        len(mine & o) >= 0.8 * len(mine | o)
        for o in others
        if 0.8 * len(o) <= len(mine) <= 1.25 * len(o)
    )


def everything() -> dict[str, list[Record]]:
    return {
        "relations": load("relations/plv_train.jsonl"),
        "parties": load("parties/cameo_ner_train.jsonl"),
        "sentences": load("sentences/cameo_class_train.jsonl"),
    }


def unseen(apart: set[str]) -> dict[str, list[Record]]:
    """Give the rows of the three sets that neither are nor resemble a sentence apart.

    `apart` are keys of sentences to test on; the held-out fifth is always among them.
    """
    every = everything()
    tests = {
        words(r["text"])
        for rows in every.values()
        for r in rows
        if fifth(r["text"]) == 0 or key(r["text"]) in apart
    }
    return {name: [r for r in rows if not alike(r["text"], tests)] for name, rows in every.items()}


def relation(record: Record) -> Row:
    root = record["root"]
    types = ("CONCEDE", "RETREAT") if root == "YIELD" else (root,)
    deal = Deal(types=types)
    for side in ("actor", "recipient"):
        if record[side] and None not in record[side]:
            getattr(deal, side + "s").append(tuple(record[side]))
    return Row(record["text"], "plv", [deal])


def pairs(sets: dict[str, list[Record]]) -> list[Row]:
    """Read the pairs; they tell the parties where no set marks those on purpose."""
    marked = {key(r["text"]) for r in sets["parties"]}
    rows = [relation(r) for r in sets["relations"]]
    for row in rows:
        if key(row.text) not in marked:
            row.parties += sides(row)
    return rows


def joined(sets: dict[str, list[Record]]) -> list[Row]:
    """Join the three sets by sentence, so that each sentence is there once."""
    rows = pairs(sets)
    typed = {key(row.text): row for row in rows}
    quads = {key(r["text"]): r for r in sets["sentences"]}
    for r in sets["parties"]:
        actors = [tuple(s) for s in r["actor"] + r["both"]]
        recipients = [tuple(s) for s in r["recipient"]]
        row = Row(r["text"], "ner", parties=[([], actors, recipients)])
        mate = quads.pop(key(r["text"]), None)
        if mate and mate["class"] in QUADS and key(r["text"]) not in typed:
            types = QUADS[mate["class"]]
            row.deals.append(Deal(actors, recipients, types=types))
        rows.append(row)
    for name, r in quads.items():
        if name in typed:
            continue
        if r["class"] in QUADS:
            rows.append(Row(r["text"], "class", [Deal(types=QUADS[r["class"]])]))
        elif r["quiet"]:
            quiet = Deal(types=("NONE",), deeds=("NONE",))
            rows.append(Row(r["text"], "class", [quiet], parties=[([], [], [])]))
    return rows


def sides(row: Row) -> list[Parties]:
    """Return the parties of a pair; none where both are one phrase: "A and B"."""
    deal = row.deals[0]
    if not (deal.actors and deal.recipients):
        return []
    low, high = sorted((deal.actors[0], deal.recipients[0]))
    if re.fullmatch(r"\W*(and)?\W*(the )?", row.text[low[1] : high[0]]):
        return []
    return [([], deal.actors, deal.recipients)]


def triggered(rows: list[Row], path: Path) -> None:
    """Add the parties of the act that they fit best, of those that acts.py found."""
    lines = path.read_text("utf-8").split("\n")
    acts = {r["text"]: r["acts"] for line in lines if line for r in [json.loads(line)]}
    for row in rows:
        if not row.parties or row.parties[0][0]:
            continue
        _, actors, recipients = row.parties[0]
        every = actors + recipients
        best = max(acts.get(row.text, ()), key=lambda a: fit(a, every), default=None)
        if best and every and fit(best, every)[0] >= 0.5:
            row.parties.append(([tuple(best["trigger"])], actors, recipients))


def fit(act: Record, parties: list[Bounds]) -> tuple[float, float]:
    """Return the share of the parties that an act's words touch, and its confidence."""
    hit = sum(any(a < d and c < b for c, d in act["parties"]) for a, b in parties)
    return hit / max(1, len(parties)), act["sure"]


def certain(name: str) -> list[Row]:
    """Read a factuality set, one row a sentence."""
    rows: dict[str, Row] = {}
    for r in load(f"certainty/{name}.jsonl"):
        row = rows.setdefault(r["text"], Row(r["text"], "uw"))
        trigger = [tuple(r["trigger"])]
        row.deals.append(Deal(triggers=trigger, statuses=THREE[r["class"]], value=r["value"] / 3))
    return list(rows.values())


ROLE = re.compile(r"T\d+\t(Source|Cue|Content) ([\d ;]+)\t")


def polnear(split: str) -> list[Row]:
    """Read articles with their attributions, one row an article."""
    found = []
    for path in sorted((DATA / f"polnear/{split}/text").glob("*.txt")):
        folder = DATA / f"polnear/{split}/attributions"
        several = sorted(folder.glob(f"{path.stem}_????.ann"))  # one an annotator
        if not several:
            continue
        with path.open(encoding="utf-8", newline="") as file:
            row = Row(file.read(), "polnear", tags={"source": [], "cue": [], "content": []})
        for line in several[0].read_text("utf-8").split("\n"):
            if hit := ROLE.match(line):
                for piece in hit[2].split(";"):
                    a, b = piece.split()
                    row.tags[hit[1].lower()].append((int(a), int(b)))
        found.append(row)
    return found
