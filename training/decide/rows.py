"""What the second reading learns from: a report's states, acts, mentions, gold."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "coder"))
sys.path.insert(0, str(HERE.parents[2] / "shared/score"))
import score_reports  # noqa: E402

from dateline.extract.arguments.parties import gather_parties  # noqa: E402
from dateline.extract.arguments.reranker import lay_out_report  # noqa: E402
from dateline.ml.encoder.reader import Reader  # noqa: E402
from dateline.model.encoder_output import Stretch  # noqa: E402

BOOK = HERE.parents[1] / "src/dateline/resources/codebook/plover"
DEEDS = [
    r.split("\t")[0] for r in (BOOK / "types.tsv").read_text("utf-8").splitlines()[1:] if r.strip()
]
SIDES = ("actors", "recipients")
NOBODY, UNLISTED = 0, 1  # the first two choices of every side
Record = dict[str, Any]
SECTORS = (
    "GOV MIL COP REB OPP PTY LEG JUD CVL MED JRN BUS CRM EDU HLH"
    " LAB SOC REL REF SPY IGO NGO UAF ELI AGR DEV ENV HRI MNC VER"
).split()


@dataclass
class Row:
    """One report; `below` are the states of its pieces, by the reader's layers."""

    name: str
    set: str
    below: np.ndarray
    windows: list[tuple[int, int]]  # first and past-last piece of each
    acts: list[tuple[int, int, int, int]]  # pieces, sentence, deed
    mentions: np.ndarray  # [n, 4]: pieces, sentence, party
    sectors: np.ndarray  # of each party: number of its first sector, 0 none
    known: np.ndarray  # of each party: has a country
    keep: np.ndarray  # 1, 0, -1 unknown
    gold: list[tuple[list[list[int]] | None, ...]]  # [act][side]: groups of choices
    index: list[int]  # of each act among `actions`


def party_row(party: Any) -> Record:
    return {"country": party.who.country, "sector": list(party.who.sectors)}


def choices(telling: Record, parties: list[Record]) -> list[list[list[int]]]:
    """Return for both sides which choices are right, by the gold's parties."""
    out = []
    both = [telling["actors"], telling["recipients"]]
    if telling["reciprocal"]:
        every = [*both[0], *both[1]]
        both = [every, [] if not telling["recipients"] else every]
    for side in both:
        groups, unlisted = [], False
        need = any(g["country"] and not g["implicit"] for g in side)
        for g in side:
            right = [n + 2 for n, p in enumerate(parties) if score_reports.is_party(p, g)]
            if right:
                groups.append(right)
            else:
                unlisted = True
        if not side:
            groups = [[NOBODY]]
        elif not groups and unlisted:
            groups = [[UNLISTED] if need else [UNLISTED, NOBODY]]
        out.append(groups)
    return out


def matching(action: Any, kind: str, tellings: list[Record]) -> Record | None:
    """Return the telling that an act is, if any: arguable ones too."""
    span = {"start": action.trigger.start, "end": action.trigger.end}
    found = []
    for t in tellings:
        if not {kind, action.deed} & {t["type"], *t["accept_types"]}:
            continue
        near, same = score_reports.shares(span, t["trigger"])
        if near >= 0.5:
            found.append((near + same, t))
    return max(found, key=lambda f: f[0])[1] if found else None


def read_of(kept: Record) -> list[Stretch]:
    """Return what the reader that ships reads of a collected report's sentences."""
    return list(Reader.load().encode(kept["text"], kept.get("runs", ())).stretches)


def row_of(kept: Record, read: Sequence[Stretch]) -> Row | None:
    if not kept.get("actions") or not kept["sentences"]:
        return None
    kept["parties"], _ = gather_parties(kept["people"], kept["cast"])
    parties = [party_row(p) for p in kept["parties"]]
    found = lay_out_report(read, kept["actions"], kept["parties"])
    if not found.index:
        return None
    kinds = {key_of(r): r["type"] for r in kept["every"]}
    acts, keep, gold = [], [], []
    for (low, high, sentence), n in zip(found.acts, found.index, strict=True):
        action = kept["actions"][n]
        key = action.trigger.start, action.trigger.end, action.deed
        kind = kinds.get(key, action.deed)
        telling = matching(action, kind, kept["gold"]["tellings"])
        acts.append((low, high, sentence, DEEDS.index(action.deed) + 1))
        told = telling is not None
        keep.append(-1 if told and telling["importance"] == "arguable" else int(told))
        gold.append(tuple(choices(telling, parties)) if told else (None, None))
    firsts = [next(iter(p["sector"]), "") for p in parties]
    return Row(
        kept["gold"]["report"],
        kept["set"],
        np.concatenate([part.below for part in read]),
        list(found.windows),
        acts,
        found.mentions.astype(np.int32),
        np.array([SECTORS.index(f) + 1 if f in SECTORS else 0 for f in firsts]),
        np.array([bool(p["country"]) for p in parties]),
        np.array(keep, np.int8),
        gold,
        list(found.index),
    )


def key_of(row: Record) -> tuple[int, int, str]:
    """Return what tells a claim's act from another's."""
    return row["trigger"]["start"], row["trigger"]["end"], row["deed"]


def load_rows(folder: Path) -> list[Row]:
    """Return the rows of a folder's reports, in the order of their names."""
    every = (pickle.loads(p.read_bytes()) for p in sorted(folder.glob("*.pickle")))
    return [row for kept in every if (row := row_of(kept, read_of(kept))) is not None]
