"""Who says what, word by word and one by one; how sure and how many of an act."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.engines.commitment import committed
from benchmarks.engines.encoder import Encoder, available
from benchmarks.engines.linker import Linked
from benchmarks.engines.tags import EncoderTags
from benchmarks.figures import json_lines, label_f1, match_one_to_one
from benchmarks.texts import parse_question
from dateline.extract.attribution import attributions
from dateline.extract.quantities import counts_of_sentence
from dateline.model import Report, Span
from dateline.model.record import quantity_record
from dateline.nlp.en import pack

Record = dict[str, Any]
Words = dict[str, frozenset[int]]
PLACE = re.compile(r"(T\d+)\t\S+ ([\d; ]+)(?:\t|$)")
ROLES = ("source", "cue", "content")
WORD = re.compile(r"[^\W_]+(?:['’.,\-][^\W_]+)*")
LEAST = 0.5  # Dice of two contents that count as the same saying
TASKS = ("content", "source+content", "full")
CLASSES = ("happened", "uncertain", "not")
THREE = {
    "happened": "happened",
    "ongoing": "happened",
    "recurring": "happened",
    "denied": "not",
    "negated": "not",
}


def read_attributed_documents(paths: Sequence[Path]) -> list[Record]:
    """Return the annotated documents of PolNeAR folders, or the lines of gold files.

    A PolNeAR split is a folder of the folders `text` and `attributions`.
    """
    found: list[Record] = []
    for path in paths:
        if not path.is_dir():
            found += json_lines([path])
            continue
        marked: dict[str, list[list[Record]]] = {}
        for each in sorted((path / "attributions").glob("*.ann")):
            name = each.stem.rpartition("_")[0]
            standoff = each.read_text(encoding="utf-8")
            marked.setdefault(name, []).append(brat_attributions(standoff))
        for name, annotators in marked.items():
            text = (path / "text" / f"{name}.txt").read_bytes().decode("utf-8")
            found.append({"doc": name, "text": text, "annotators": annotators})
    return found


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


def ask_attributions(rows: Iterable[Record]) -> Iterator[Record]:
    """Answer every text with its attributions."""
    find = Linked(EncoderTags(Encoder.load())) if available() else attributions
    for row in rows:
        report = Report(row["doc"], row["text"])
        parsed = pack.parse(report, pack.sentences(report))
        yield {
            "doc": row["doc"],
            "attributions": [
                {
                    role: [[piece.start, piece.end] for piece in getattr(saying, role)]
                    for role in ROLES
                }
                for saying in find(parsed)
            ],
        }


def score_attributions(rows: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return F1 of words by role and of attributions, nested answers left out.

    Gold lines hold "doc", "text" and "attributions", or "annotators": a list of such
    lists, each of which counts for its share.
    """
    told = {row["doc"]: row["attributions"] for row in answers}
    total: Counter[str] = Counter()
    for row in rows:
        total.update(count_attributions(row, told.get(row["doc"], [])))
    found = {}
    for name in (*(f"tok.{role}" for role in ROLES), *(f"att.{t}" for t in TASKS)):
        sizes = total[f"{name} wanted"] + total[f"{name} given"]
        found[name] = round(2 * total[f"{name} hits"] / sizes, 4) if sizes else 0.0
    return found


def count_attributions(row: Record, answer: Sequence[Record]) -> Counter[str]:
    """Count what is right in one document, over its annotators."""
    annotators = row.get("annotators") or [row["attributions"]]
    at = [hit.span() for hit in WORD.finditer(row["text"])]
    given = [words_by_role(one, at) for one in answer]
    every = [one["source"] | one["cue"] | one["content"] for one in given]
    outermost = [  # what lies in another's content is left out
        one
        for i, one in enumerate(given)
        if not any(
            i != j and every[i] and every[i] <= other["content"] for j, other in enumerate(given)
        )
    ]
    counts: Counter[str] = Counter()
    for annotator in annotators:
        mine = [words_by_role(one, at) for one in annotator]
        for key, value in count_annotator(mine, outermost).items():
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


def count_annotator(gold: Sequence[Words], told: Sequence[Words]) -> Counter[str]:
    """Count the right, the wanted and the given of one annotator."""
    counts: Counter[str] = Counter()
    for role in ROLES:
        wanted = frozenset().union(*(one[role] for one in gold))
        given = frozenset().union(*(one[role] for one in told))
        add_to_measure(counts, f"tok.{role}", len(wanted & given), len(wanted), len(given))
    matched = pair_attributions(gold, told)
    speakers = [(i, j) for i, j in matched if roles_agree(gold[i], told[j], "source")]
    full = [(i, j) for i, j in speakers if roles_agree(gold[i], told[j], "cue")]
    for task, hits in zip(TASKS, (matched, speakers, full), strict=True):
        add_to_measure(counts, f"att.{task}", len(hits), len(gold), len(told))
    return counts


def add_to_measure(counts: Counter[str], name: str, hits: int, wanted: int, given: int) -> None:
    """Add to the counts of one measure."""
    counts[f"{name} hits"] += hits
    counts[f"{name} wanted"] += wanted
    counts[f"{name} given"] += given


def roles_agree(a: Words, b: Words, role: str) -> bool:
    """Whether a role shares a word in both, or is empty in both."""
    return bool(a[role] & b[role]) or not (a[role] or b[role])


def pair_attributions(gold: Sequence[Words], told: Sequence[Words]) -> list[tuple[int, int]]:
    """Pair attributions one to one by what is said, the most alike first."""
    found: list[tuple[float, int, int]] = []
    for i, a in enumerate(gold):
        for j, b in enumerate(told):
            shared = len(a["content"] & b["content"])
            alike = 2 * shared / max(1, len(a["content"]) + len(b["content"]))
            if shared and alike >= LEAST:
                bonus = roles_agree(a, b, "source") / 4 + roles_agree(a, b, "cue") / 4
                found.append((-(alike + bonus), i, j))
    return match_one_to_one(found)


def ask_certainty(rows: Iterable[Record]) -> Iterator[Record]:
    """Answer each line with how far its text commits the reader to the trigger's event.

    A firm announcement in edited news commits its reader ("will pay"): it is answered
    as happened here, while `dateline code` tells the same act as planned.
    """
    encoder = Encoder.load() if available() else None
    for row in rows:
        text = parse_question(row["text"])
        token = text.head_of(Span(*row["trigger"]))
        read = encoder.read_report(text) if encoder else None
        yield {"id": row["id"], "status": committed(text, token, read).status}


def score_certainty(gold: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return macro-F1 over happened, uncertain and not; no answer counts as wrong.

    >>> gold = [{"id": 1, "class": "not"}]
    >>> score_certainty(gold, [{"id": 1, "status": "denied"}])["not F1"]
    1.0
    """
    said = {
        row["id"]: THREE.get(status, "uncertain")
        for row in answers
        if (status := row.get("status")) is not None
    }
    pairs = [(row["class"], said.get(row["id"])) for row in gold]
    found = {f"{name} F1": label_f1(pairs, name) for name in CLASSES}
    whole = sum(found.values()) / len(CLASSES)
    right = sum(want == got for want, got in pairs) / max(1, len(pairs))
    return {"macro F1": whole, **found, "accuracy": right}


def ask_quantities(rows: Iterable[Record]) -> Iterator[Record]:
    """Answer lines of {"id", "text", "trigger"} with the counts told beside the act."""
    for row in rows:
        read = parse_question(row["text"])
        found = counts_of_sentence(read, Span(*row["trigger"]))
        yield {"id": row["id"], "quantities": [quantity_record(q, row["text"]) for q in found]}
