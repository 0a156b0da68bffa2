"""Attributions asked of whole texts, and scored word by word and one by one."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline.attribution import Saying, attributions
from dateline.attribution.learned import Linked
from dateline.attribution.tags import EncoderTags
from dateline.encoder import Encoder, available
from dateline.evaluate.scores import json_lines
from dateline.language.en import pack
from dateline.model import Parsed, Report

Record = dict[str, Any]
Words = dict[str, frozenset[int]]
Find = Callable[[Parsed], tuple[Saying, ...]]
PLACE = re.compile(r"(T\d+)\t\S+ ([\d; ]+)(?:\t|$)")
ROLES = ("source", "cue", "content")
WORD = re.compile(r"[^\W_]+(?:['’.,\-][^\W_]+)*")
LEAST = 0.5  # Dice of two contents that count as the same saying
TASKS = ("content", "source+content", "full")


def gold(paths: Sequence[Path]) -> list[Record]:
    """Return the annotated documents of PolNeAR folders, or the lines of gold files."""
    found: list[Record] = []
    for path in paths:
        found += documents(path) if path.is_dir() else json_lines([path])
    return found


def documents(folder: Path) -> list[Record]:
    """Return the documents of a PolNeAR split: folders `text` and `attributions`."""
    marked: dict[str, list[list[Record]]] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rpartition("_")[0]
        marked.setdefault(name, []).append(
            brat_attributions(path.read_text(encoding="utf-8"))
        )
    return [
        {
            "doc": name,
            "text": (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8"),
            "annotators": annotators,
        }
        for name, annotators in marked.items()
    ]


def brat_attributions(standoff: str) -> list[Record]:
    """Return the attributions of a file in brat's standoff format."""
    spans: dict[str, list[list[int]]] = {}
    found: list[Record] = []
    for row in standoff.split("\n"):
        if hit := PLACE.match(row):
            spans[hit[1]] = [[int(n) for n in p.split()] for p in hit[2].split(";")]
        elif row.startswith("E"):
            one: Record = {role: [] for role in ROLES}
            for argument in row.split("\t")[1].split():
                role, _, name = argument.partition(":")
                role = role.rstrip("0123456789").lower()
                if role in one:
                    one[role] += spans.get(name, [])
            found.append(one)
    return found


def ask(rows: Iterable[Record], find: Find | None = None) -> Iterator[Record]:
    """Answer every text with its attributions."""
    find = find or (
        Linked(EncoderTags(Encoder.load())) if available() else attributions
    )
    for row in rows:
        report = Report(row["doc"], row["text"])
        parsed = pack.parse(report, pack.sentences(report))
        yield {
            "doc": row["doc"],
            "attributions": [saying_offsets(s) for s in find(parsed)],
        }


def saying_offsets(saying: Saying) -> Record:
    """Return a saying as plain offsets."""
    return {
        "source": [[piece.start, piece.end] for piece in saying.source],
        "cue": [[piece.start, piece.end] for piece in saying.cue],
        "content": [[piece.start, piece.end] for piece in saying.content],
    }


def score(rows: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return F1 of words by role and of attributions, nested answers left out.

    Gold lines hold "doc", "text" and "attributions", or "annotators": a list of such
    lists, each of which counts for its share.
    """
    told = {row["doc"]: row["attributions"] for row in answers}
    total: Counter[str] = Counter()
    for row in rows:
        total.update(count_attributions(row, told.get(row["doc"], [])))
    names = [*(f"tok.{role}" for role in ROLES), *(f"att.{task}" for task in TASKS)]
    return {name: measure_f1(total, name) for name in names}


def count_attributions(row: Record, answer: Sequence[Record]) -> Counter[str]:
    """Count what is right in one document, over its annotators."""
    annotators = row.get("annotators") or [row["attributions"]]
    at = [hit.span() for hit in WORD.finditer(row["text"])]
    told = outermost_attributions([words_by_role(one, at) for one in answer])
    counts: Counter[str] = Counter()
    for annotator in annotators:
        mine = [words_by_role(one, at) for one in annotator]
        for key, value in count_annotator(mine, told).items():
            counts[key] += value / len(annotators)  # type: ignore[assignment]
    return counts


def words_by_role(one: Record, at: Sequence[tuple[int, int]]) -> Words:
    """Return the numbers of the words that each role covers, if only in part."""
    found: Words = {}
    for role in ROLES:
        inside: set[int] = set()
        for start, end in one.get(role) or []:
            i = bisect_left(at, start + 1, key=lambda word: word[1])
            while i < len(at) and at[i][0] < end:
                inside.add(i)
                i += 1
        found[role] = frozenset(inside)
    return found


def outermost_attributions(told: Sequence[Words]) -> list[Words]:
    """Return the attributions that lie in no other's content."""
    every = [one["source"] | one["cue"] | one["content"] for one in told]
    return [
        one
        for i, one in enumerate(told)
        if not any(
            i != j and every[i] and every[i] <= other["content"]
            for j, other in enumerate(told)
        )
    ]


def count_annotator(gold: Sequence[Words], told: Sequence[Words]) -> Counter[str]:
    """Count the right, the wanted and the given of one annotator."""
    counts: Counter[str] = Counter()
    for role in ROLES:
        wanted = frozenset().union(*(one[role] for one in gold))
        given = frozenset().union(*(one[role] for one in told))
        add_to_measure(
            counts, f"tok.{role}", len(wanted & given), len(wanted), len(given)
        )
    matched = pair_attributions(gold, told)
    speakers = [(i, j) for i, j in matched if roles_agree(gold[i], told[j], "source")]
    full = [(i, j) for i, j in speakers if roles_agree(gold[i], told[j], "cue")]
    for task, hits in zip(TASKS, (matched, speakers, full), strict=True):
        add_to_measure(counts, f"att.{task}", len(hits), len(gold), len(told))
    return counts


def add_to_measure(
    counts: Counter[str], name: str, hits: int, wanted: int, given: int
) -> None:
    """Add to the counts of one measure."""
    counts[f"{name} hits"] += hits
    counts[f"{name} wanted"] += wanted
    counts[f"{name} given"] += given


def roles_agree(a: Words, b: Words, role: str) -> bool:
    """Whether a role shares a word in both, or is empty in both."""
    return bool(a[role] & b[role]) or not (a[role] or b[role])


def pair_attributions(
    gold: Sequence[Words], told: Sequence[Words]
) -> list[tuple[int, int]]:
    """Pair attributions one to one by what is said, the most alike first."""
    found: list[tuple[float, int, int]] = []
    for i, a in enumerate(gold):
        for j, b in enumerate(told):
            shared = len(a["content"] & b["content"])
            alike = 2 * shared / max(1, len(a["content"]) + len(b["content"]))
            if shared and alike >= LEAST:
                bonus = roles_agree(a, b, "source") / 4 + roles_agree(a, b, "cue") / 4
                found.append((-(alike + bonus), i, j))
    return one_to_one(sorted(found))


def one_to_one(ranked: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Return the pairs, best first, in which both sides are still free."""
    left: set[int] = set()
    right: set[int] = set()
    kept: list[tuple[int, int]] = []
    for _, i, j in ranked:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            kept.append((i, j))
    return kept


def measure_f1(counts: Counter[str], name: str) -> float:
    """Return F1 of one measure.

    >>> measure_f1(Counter({"x hits": 1, "x wanted": 2, "x given": 1}), "x")
    0.6667
    """
    hits, wanted = counts[f"{name} hits"], counts[f"{name} wanted"]
    given = counts[f"{name} given"]
    return round(2 * hits / (wanted + given), 4) if wanted + given else 0.0
