"""What tells one event: words in any documents, tellings of a report, shared copy."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.engines.mentions import (
    ALIKE,
    join_event_mentions,
    read_document,
    stories,
    told_together,
)
from benchmarks.figures import b_cubed, cluster_figures, harmonic, json_lines
from benchmarks.reports import read_annotated_reports
from dateline.events.text_reuse import copies
from dateline.extract.event_coref.lexicon import load_merge_lexicon, lower_case_words
from dateline.extract.event_coref.mentions import (
    BEFORE,
    Party,
    Site,
    Telling,
    day_number,
    telling_counts,
)
from dateline.extract.event_coref.within_report import join_report_tellings
from dateline.model.folding import fold_name
from dateline.resources.codebook.plover import load
from dateline.resources.reference.countries import countries

Record = dict[str, Any]


def ask_merge(rows: Iterable[Record]) -> Iterator[Record]:
    """Answer with the cluster of each line's words; names of documents tell nothing."""
    asked = list(rows)
    told = [(row["text"], *row["trigger"]) for row in asked]
    for row, cluster in zip(asked, join_event_mentions(told), strict=True):
        yield {"id": row["id"], "cluster": f"c{cluster}"}


def read_event_mentions(paths: Sequence[Any]) -> list[Record]:
    """Return mentions with their chain and their document's text.

    The gold file of mentions and the file of documents are told apart by their fields.
    """
    found = json_lines(paths)
    texts = {row["doc"]: row["text"] for row in found if "text" in row}
    rows = [row for row in found if "chain" in row]
    if not rows or not all(row["doc"] in texts for row in rows):
        raise ValueError("name the file of mentions and the file of documents")
    return [{**row, "text": texts[row["doc"]]} for row in rows]


def cluster_event_mentions(rows: Sequence[Record]) -> dict[str, dict[str, Any]]:
    """Return the cluster of each mention: ours, and the two trivial ones'."""
    ours = {said["id"]: said["cluster"] for said in ask_merge(rows)}
    # The second trivial one: the same last lemma, in documents that are alike.
    texts = list(dict.fromkeys(row["text"] for row in rows))
    story = told_together(stories([read_document(text) for text in texts])) >= ALIKE
    home = {text: int(story[i].argmax()) for i, text in enumerate(texts)}
    lemmas = {}
    for row in rows:
        start, end = row["trigger"]
        words = lower_case_words(row["text"][start:end])
        lemma = load_merge_lexicon().lemmas(words)[-1] if words else ""
        lemmas[row["id"]] = f"{home[row['text']]} {lemma}"
    return {"": ours, "every mention alone, ": {}, "same lemma, ": lemmas}


def score_merge(rows: Sequence[Record], said: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Return the figures of clusters, beside those of the two trivial answers."""
    found: dict[str, float] = {}
    for name, clusters in said.items():
        got = [clusters.get(row["id"]) or f"alone:{row['id']}" for row in rows]
        want = [row["chain"] for row in rows]
        found |= {f"{name}{k}": v for k, v in cluster_figures(want, got).items()}
    return found


def read_tellings(paths: Sequence[Path]) -> list[Record]:
    """Return the annotated reports of a folder, each with its tellings."""
    found = read_annotated_reports(paths)
    if any("tellings" not in row for row in found):
        raise ValueError("no tellings in the reports")
    return found


def cluster_tellings(rows: Sequence[Record]) -> dict[str, list[int]]:
    """Return the cluster of each report's tellings."""
    return {g["report"]: join_report_tellings(annotated_tellings(g, g["text"])) for g in rows}


def score_happenings(rows: Sequence[Record], said: dict[str, list[int]]) -> dict[str, float]:
    """Return B-cubed, pairs right, and what never joining any would score."""
    items = [
        ((n, cluster), (n, told["event"]), (n, i))
        for n, row in enumerate(rows)
        for i, (told, cluster) in enumerate(zip(row["tellings"], said[row["report"]], strict=True))
        if told["importance"] != "arguable"
    ]
    joined = [(mine, want) for mine, want, _ in items]
    precision, recall = b_cubed(joined)
    _, never = b_cubed([(alone, want) for _, want, alone in items])
    right, mine, want = (
        sum(n * (n - 1) // 2 for n in Counter(found).values())
        for found in (joined, [m for m, _ in joined], [w for _, w in joined])
    )
    return {
        "B3 precision": precision,
        "B3 recall": recall,
        "B3 F1": harmonic(precision, recall),
        "B3 F1, every telling alone": harmonic(1.0, never),
        "pair precision": right / max(1, mine),
        "pair recall": right / max(1, want),
    }


def annotated_tellings(row: Record, text: str) -> list[Telling]:
    """Return the annotated tellings of a report as merging sees them."""
    found = []
    for n, told in enumerate(row["tellings"]):
        when, clause = told["when"] or {}, told["evidence"]
        at, kind = told["trigger"]["start"], told["type"]
        # A type may be the reading of an act still to be done: the deed is the act.
        acts = (
            deed
            for (deed, status), read in load().readings.items()
            if (read, status) == (kind, told["status"]) and deed in told["accept_types"]
        )
        found.append(
            Telling(
                report=row["report"],
                id=f"{at}-{n}",
                deed=next(acts, kind),
                type=kind,
                status=told["status"],
                modes=tuple(told["mode"]),
                mutual=told["reciprocal"],
                actors=annotated_parties(told["actors"]),
                recipients=annotated_parties(told["recipients"]),
                first=day_number(when.get("from")),
                last=day_number(when.get("to")),
                site=annotated_site(told["where"]),
                counts=telling_counts(told["quantities"]),
                trigger=told["trigger"]["text"],
                evidence=clause["text"],
                lead=text[max(0, at - BEFORE) : at],
                start=at,
                clause=(clause["start"], clause["end"]),
                speakers=tuple(told["said_by"]),
            )
        )
    return found


def annotated_parties(found: list[Record]) -> tuple[Party, ...]:
    """Return the parties of one side about whom anything is told."""
    return tuple(
        Party(
            None,
            fold_name(p["name"] or p["text"] or ""),
            p["country"],
            (p["sector"],) if p["sector"] else (),
        )
        for p in found
        if p["name"] or p["country"]
    )


def annotated_site(where: Record | None) -> Site | None:
    """Return a place; a country's own name is no exact one."""
    if not where:
        return None
    name = where["name"] or where["text"] or ""
    land = countries().by_name(name) is not None
    return Site(fold_name(name), where["country"], not land)


def ask_copies(rows: Iterable[Record]) -> Iterator[Record]:
    """Answer with a line for each pair of reports that share copy."""
    given = list(rows)
    names = {str(row["id"]): row["id"] for row in given}  # numbers here, words there
    for found in copies((str(row["id"]), row["text"]) for row in given):
        yield {"a": names[found.a], "b": names[found.b], "shared": found.shared}
