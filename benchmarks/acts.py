"""Acts in sentences and documents: their type, their parties, silence, attacks."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from benchmarks.engines.encoder import Encoder
from benchmarks.figures import group_by_report, harmonic, macro_f1
from dateline.model import Span
from dateline.resources.codebook.plover import deeds_with_traits, load, older

Record = dict[str, Any]
Bounds = list[int]
TOGETHER = 64  # texts read in one go
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
KINDS = {"ATTACK", "BOMBING", "ARSON", "KIDNAPPING"}
MODES = {"BOMBING": {"explosives", "suicide-attack"}, "KIDNAPPING": {"abduct"}}
REAL = ("happened", "ongoing", "recurring")
DULL = frozenset(
    """the a an of in and or by to for on at from with some several members member group
    groups unidentified unknown other two three four five men man people
    persons""".split()
)


def ask_relations(rows: Iterable[Record], encoder: Encoder | None = None) -> Iterator[Record]:
    """Answer with the type of act between two marked parties, and how sure that is."""
    reader = encoder or Encoder.load()
    todo = list(rows)
    for n in range(0, len(todo), TOGETHER):
        some = todo[n : n + TOGETHER]
        read = reader.read_text([row["text"] for row in some])
        for row, seen in zip(some, read, strict=True):
            parties = marked_party(row, "actor"), marked_party(row, "recipient")
            kind, sure = choose_type(seen.pair(*parties, None))
            yield {"id": row["id"], "type": kind, "confidence": round(sure, 4)}


def choose_type(found: Mapping[str, float]) -> tuple[str, float]:
    """Return the likeliest type; those of one older root stand as one.

    >>> choose_type({"CONCEDE": 0.3, "RETREAT": 0.25, "AGREE": 0.35, "NONE": 0.1})[0]
    'CONCEDE'
    """
    acts = {kind: p for kind, p in found.items() if kind != "NONE"}
    total = sum(acts.values()) or 1.0
    roots: dict[str, float] = {}
    for kind, p in acts.items():
        root = older_root(kind)
        roots[root] = roots.get(root, 0.0) + p
    best = max(roots, key=lambda root: roots[root])
    among = [kind for kind in acts if older_root(kind) == best]
    return max(among, key=lambda kind: acts[kind]), roots[best] / total


def older_root(kind: str) -> str:
    """Return the root of a type in PLV, which has PLOVER's older ones."""
    return older().get(kind, kind)


def marked_party(row: Record, side: str) -> Span | None:
    """Return the words of a party, None where the row marks none."""
    at = row.get(side)
    return Span(*at) if at and None not in at else None


def score_relations(gold: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Score types as PLV's fifteen roots, four quads and two classes."""
    said = {a["id"]: older_root(a.get("type", "")) for a in answers}
    rows = [g for g in gold if marked_party(g, "actor") and marked_party(g, "recipient")]
    want = [g["root"] for g in rows]
    got = [said.get(g["id"]) for g in rows]
    right = sum(w == g for w, g in zip(want, got, strict=True))
    quads = [g["quad"] for g in rows]
    numbers = {older_root(t.read_as): QUADS.index(t.quad) + 1 for t in load().types.values()}
    quad = [numbers.get(root or "") for root in got]
    two = [q > 2 if q else None for q in quad]
    return {
        "rows": len(rows),
        "root_macro_f1": macro_f1(want, got),
        "root_accuracy": round(right / max(1, len(rows)), 4),
        "quad_macro_f1": macro_f1(quads, quad),
        "binary_macro_f1": macro_f1([q > 2 for q in quads], two),
    }


def score_parties(gold: Sequence[Record], claims: Sequence[Record]) -> dict[str, float]:
    """Score the words of each sentence's parties by its claims.

    Of the two most confident claims of a sentence the better-fitting counts.
    """
    mine = group_by_report(claims)
    n: Counter[str] = Counter()
    for row in gold:
        ranked = sorted(mine[row["id"]], key=lambda c: -(c.get("confidence") or 0))
        tallies = [tally_spans(row, claim) for claim in ranked[:2] or [{}]]
        n.update(max(tallies, key=lambda t: (t["hit_gold"], t["exact"], -t["said"])))
        n["silent"] += not ranked
    said, total = max(1, n["said"]), max(1, n["gold"])
    return {
        "sentences": len(gold),
        "silent": n["silent"],
        "exact_f1": round(harmonic(n["exact"] / said, n["exact"] / total), 4),
        "overlap_f1": round(harmonic(n["hit_said"] / said, n["hit_gold"] / total), 4),
    }


def tally_spans(row: Record, claim: Record) -> Counter[str]:
    """Count gold spans, said spans and hits of one claim against a gold line."""
    n: Counter[str] = Counter()
    every: list[Bounds] = []
    both = row["both"]
    for side in ("actor", "recipient"):
        parties = claim.get(f"{side}s") or []
        want = row[side]
        said = [[p["start"], p["end"]] for p in parties if p.get("start") is not None]
        every += said
        n["gold"] += len(want)
        n["exact"] += sum(s in want or s in both for s in said)
        n["hit_said"] += sum(any(share_a_character(s, w) for w in want + both) for s in said)
        n["hit_gold"] += sum(any(share_a_character(w, s) for s in said) for w in want)
    n["gold"] += len(both)  # a party of a reciprocal act may stand on either side
    n["hit_gold"] += sum(any(share_a_character(w, s) for s in every) for w in both)
    n["said"] += len(every)
    return n


def share_a_character(a: Bounds, b: Bounds) -> bool:
    """Whether two stretches share a character.

    >>> share_a_character([0, 3], [3, 5])
    False
    """
    return min(a[1], b[1]) > max(a[0], b[0])


def score_silence(gold: Sequence[Record], claims: Sequence[Record]) -> dict[str, float]:
    """Return the share of quiet sentences left alone and of acts found.

    >>> gold = [{"id": "a", "class": "4", "quiet": False}]
    >>> score_silence(gold, [{"report": "a"}])["found_of_acts"]
    1.0
    """
    told = {claim["report"] for claim in claims}
    quiet = [g for g in gold if g["quiet"]]
    acts = [g for g in gold if str(g["class"]) != "0"]
    silent = sum(g["id"] not in told for g in quiet)
    found = sum(g["id"] in told for g in acts)
    return {
        "quiet": len(quiet),
        "silent_on_quiet": round(silent / max(1, len(quiet)), 4),
        "acts": len(acts),
        "found_of_acts": round(found / max(1, len(acts)), 4),
    }


def score_attacks(rows: Sequence[Record], claims: Sequence[Record]) -> dict[str, float]:
    """Score claims about attacks against MUC-4 templates of accomplished incidents.

    Returns the shares found, and how many claims it took a document.
    """
    force = deeds_with_traits("force")
    mine = group_by_report([c for c in claims if c["type"] in force and c["status"] in REAL])
    n: Counter[str] = Counter()
    for row in rows:
        count_incidents(row, mine[row["doc"]], n)
    names = ("perpetrators", "targets", "country", "mode", "killed")
    shares = {name: n[name] / max(1, n[f"all {name}"]) for name in names}
    each = n["claims"] / max(1, len(rows))
    return {"found": n["found"] / max(1, n["docs"]), **shares, "claims_a_document": each}


def count_incidents(row: Record, claims: list[Record], n: Counter[str]) -> None:
    """Count one document's incidents: those that are attacks and must be told."""
    n["claims"] += len(claims)
    told = [
        incident
        for incident in row["incidents"]
        if KINDS & set(incident["kind"].split(" / "))
        and incident["stage"].startswith("ACCOMPLISHED")
        and not incident["optional"]
    ]
    if not told:
        return
    n["docs"] += 1
    n["found"] += bool(claims)
    for incident in told:
        count_incident(incident, claims, n)
    dead = [i["killed"] for i in told if i["killed"] is not None]
    if len(told) == 1 and dead:
        n["all killed"] += 1
        n["killed"] += any(
            q["what"] == "killed" and q["best"] == dead[0] and q["scope"] != "running total"
            for claim in claims
            for q in claim["quantities"]
        )


def count_incident(incident: Record, claims: list[Record], n: Counter[str]) -> None:
    """Count whether sides share a telling word with the claims', country and mode."""
    for field, side in (("perpetrators", "actors"), ("targets", "recipients")):
        if wanted := informative_words(incident[field]):
            said = [f"{x['text'] or ''} {x['name'] or ''}" for c in claims for x in c[side]]
            n[f"all {field}"] += 1
            n[field] += bool(wanted & informative_words(said))
    if incident["country"]:
        where = {(c["where"] or {}).get("country") for c in claims}
        n["all country"] += 1
        n["country"] += incident["country"] in where
    if modes := MODES.get(incident["kind"]):
        n["all mode"] += 1
        n["mode"] += any(modes & set(c["mode"]) for c in claims)


def informative_words(texts: Sequence[str]) -> set[str]:
    """Return the words of texts that tell something."""
    return {w for t in texts for w in re.findall(r"\w+", t.lower())} - DULL
