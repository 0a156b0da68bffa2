"""What the reader learns from beside whole annotated reports.

    corpus          our own invented sentences, their names filled in anew
    quiet           statements that tell no act, read by hand
    spots:FILE      single sentences with the words of both sides, and where a teacher
                    sees the act (spots.py)
    silver:FOLDER   articles as a teacher reads them (silver.py)

Single sentences are never those that `held_out` of the shared scorer keeps for
measuring, nor near copies of them.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from data import (
    CONTEXTS,
    DEEDS,
    HERE,
    MODES,
    ROLES,
    SHARED,
    STATUSES,
    Page,
    Record,
    Telling,
    cutter,
    several,
    soft,
)

sys.path.insert(0, str(HERE.parent / "corpus"))
from corpus import Line, fill, read

CORPUS = HERE.parent / "corpus"
NOT_ACTS = ("attribution", "contexts", "long")  # files of mini-reports, or of no acts
SETS = {
    "class": "sentences/cameo_class_train.jsonl",
    "parties": "parties/cameo_ner_train.jsonl",
    "relations": "relations/plv_train.jsonl",
}
LIKE = 0.8  # share of words from which a sentence is a copy of a held out one
UNKNOWN = np.zeros((2, 3), np.float32)
PLAIN = {"importance": "core"}


def source(name: str, rng: random.Random) -> list[Page]:
    """Return the pages of one of these sources."""
    kind, _, path = name.partition(":")
    if kind == "corpus":
        return list(corpus(rng))
    if kind == "quiet":
        return list(quiet())
    if kind == "spots":
        return list(spotted(Path(path)))
    if kind == "silver":
        return list(silver(Path(path)))
    raise ValueError(f"no source {name!r}")


def corpus(rng: random.Random) -> Iterator[Page]:
    """Yield the invented sentences that are one sentence long."""
    for path in sorted(CORPUS.glob("*.txt")):
        if path.stem.startswith(NOT_ACTS):
            continue
        for line in read(path):
            made = invented(fill(line, rng))
            if made and not re.search(r"[.?!]\"? [A-Z\"]", made.text):
                yield made


def invented(line: Line) -> Page | None:
    """Return an invented sentence as a page, or None where no word tells its act."""
    text, marked = line.plain()
    bounds = (0, len(text))
    made = Page(f"{line.where}", text, [bounds])
    spans: dict[str, list[tuple[int, int]]] = {}
    for label, low, high in marked:
        spans.setdefault(label, []).append((low, high))
    speakers = [*spans.get("o", []), *spans.get("s", [])]
    for n, act in enumerate(line.acts, 1):
        if act.type == "NONE":
            continue
        key = "" if n == 1 else str(n)
        own = spans.get(f"t{key}") or spans.get(f"t{n}")
        if not own:
            return None
        both = spans.get(f"b{key}", [])
        actors = [*spans.get(f"a{key}", []), *both]
        recipients = spans.get(f"r{key}", [])
        mode = act.modes[0] if act.modes and act.modes[0] in MODES else ""
        made.tellings.append(
            Telling(
                trigger=own[0],
                sentence=bounds,
                deed=soft(DEEDS, act.deed, []),
                status=soft(STATUSES, act.status, []),
                mode=soft(MODES, mode, act.modes),
                contexts=several(CONTEXTS, act.contexts) if act.contexts else None,
                mutual=float(bool(both)),
                weight=1.0,
                roles={
                    "actor": actors,
                    "recipient": recipients,
                    "place": None,
                    "time": None,
                    "speaker": speakers,
                },
                told=UNKNOWN,
                gold=PLAIN,
            )
        )
    return made


def quiet() -> Iterator[Page]:
    """Yield the statements of quiet.txt: nobody does anything in them."""
    chosen = set((HERE / "quiet.txt").read_text("utf-8").split())
    for row in sentences("class"):
        if row["id"] in chosen:
            yield Page(row["id"], row["text"], [(0, len(row["text"]))])


def spotted(path: Path) -> Iterator[Page]:
    """Yield sentences whose parties are marked; of others acts nothing is known."""
    rows = {(name, r["id"]): r for name in SETS for r in sentences(name)}
    for spot in map(json.loads, path.read_text("utf-8").splitlines()):
        row = rows[spot["set"], spot["id"]]
        bounds = (0, len(row["text"]))
        roles: dict[str, list[tuple[int, int]] | None] = dict.fromkeys(ROLES)
        told = UNKNOWN.copy()
        for n, side in enumerate(("actor", "recipient")):
            if spans := sides(row)[side]:
                roles[side] = spans
                told[n, 1] = 1
            elif row.get("both"):
                roles[side] = []
        one = Telling(
            trigger=tuple(spot["trigger"]),
            sentence=bounds,
            deed=np.array(spot["deed"], np.float32),
            status=np.zeros(len(STATUSES), np.float32),
            mode=np.zeros(len(MODES), np.float32),
            contexts=None,
            mutual=spot["mutual"],
            weight=1.0,
            roles=roles,
            told=told,
            gold=PLAIN,
        )
        yield Page(f"{spot['set']}-{spot['id']}", row["text"], [bounds], [one], False)


def sides(row: Record) -> dict[str, list[tuple[int, int]]]:
    """Return the words of both sides of a row of relations or of parties."""
    found = {}
    for side in ("actor", "recipient"):
        told = row.get(side) or []
        found[side] = [tuple(s) for s in ([told] if told[:1] and _flat(told) else told)]
    found["actor"] += [tuple(s) for s in row.get("both") or []]
    return found


def _flat(told: list) -> bool:
    return isinstance(told[0], int)


def silver(folder: Path) -> Iterator[Page]:
    """Yield articles as the teacher reads them: every answer a share."""
    cut, texts = cutter(), pool()
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as kept:
            one = {name: kept[name] for name in kept.files}
        text = texts[str(one["id"])]
        bounds = [tuple(map(int, row)) for row in one["bounds"]]
        made = Page(str(one["id"]), text, bounds)
        ends = np.cumsum(one["sizes"])
        for n, size in enumerate(one["sizes"]):
            rows = one["pieces"][ends[n] - size : ends[n]]
            made.soft[bounds[n]] = rows.astype(np.float32)
        made.tellings = list(seen(one, text, bounds, cut))
        yield made


def seen(one: dict, text: str, bounds: list, cut) -> Iterator[Telling]:
    """Yield the acts that a teacher sees in an article."""
    at, spans, held = 0, [], -1
    for k, n in enumerate(one["owner"]):
        size = int(one["sizes"][n])
        roles = one["roles"][at : at + size].reshape(size, len(ROLES), 3)
        at += size
        if n != held:
            low, high = bounds[n]
            code = cut.encode(text[low:high], add_special_tokens=False)
            spans, held = [(low + a, low + b) for a, b in code.offsets], n
        first, last = (int(x) for x in one["spans"][k])
        pieces = one["pieces"][one["sizes"][:n].sum() :][first:last, 0]
        yield Telling(
            trigger=(spans[first][0], spans[last - 1][1]),
            sentence=bounds[n],
            deed=one["deed"][k].astype(np.float32),
            status=one["status"][k].astype(np.float32),
            mode=one["mode"][k].astype(np.float32),
            contexts=one["context"][k].astype(np.float32),
            mutual=float(one["mutual"][k, 0]),
            weight=float(pieces.max()),
            roles={},
            told=one["told"][k].astype(np.float32).reshape(2, 3),
            gold=PLAIN,
            soft=roles.astype(np.float32),
        )


@cache
def pool() -> dict[str, str]:
    """Return the texts of the shared pool by their ids."""
    with (SHARED / "pool/articles.jsonl").open(encoding="utf-8") as rows:
        return {row["id"]: row["text"] for row in map(json.loads, rows)}


def held_out(text: str) -> bool:
    """Whether a sentence is one of the fifth that only measures."""
    bare = re.sub(r"\W+", "", text.lower())
    return int(hashlib.sha1(bare.encode()).hexdigest()[:8], 16) % 5 == 0


def sentences(name: str) -> Iterator[Record]:
    """Yield the rows of a shared set that may be learnt from."""
    measured = measuring()
    for row in rows(name):
        words = bag(row["text"])
        if not held_out(row["text"]) and not any(
            len(words & other) >= LIKE * len(words | other) for other in measured
        ):
            yield row


@cache
def measuring() -> tuple[frozenset[str], ...]:
    every = (row["text"] for name in SETS for row in rows(name))
    return tuple(bag(text) for text in every if held_out(text))


def rows(name: str) -> list[Record]:
    lines = (SHARED / SETS[name]).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def bag(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))
