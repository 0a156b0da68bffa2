"""`ask merge`: which words, in any document, tell one and the same event."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dateline.evaluate.clusters import cluster_figures
from dateline.merge.documents import ALIKE, read_document, stories, told_together
from dateline.merge.lexicon import load_merge_lexicon, lower_case_words
from dateline.merge.mentions import join_event_mentions

Record = dict[str, Any]


def ask(rows: Iterable[Record]) -> Iterator[Record]:
    """Answer with the cluster of each line's words; names of documents tell nothing."""
    asked = list(rows)
    told = [(row["text"], *row["trigger"]) for row in asked]
    for row, cluster in zip(asked, join_event_mentions(told), strict=True):
        yield {"id": row["id"], "cluster": f"c{cluster}"}


def gold(paths: Sequence[Any]) -> list[Record]:
    """Return mentions with their chain and their document's text.

    The gold file of mentions and the file of documents are told apart by their fields.
    """
    from dateline.evaluate.scores import json_lines

    found = json_lines(paths)
    texts = {row["doc"]: row["text"] for row in found if "text" in row}
    rows = [row for row in found if "chain" in row]
    if not rows or not all(row["doc"] in texts for row in rows):
        raise ValueError("name the file of mentions and the file of documents")
    return [{**row, "text": texts[row["doc"]]} for row in rows]


def answers(rows: Sequence[Record]) -> dict[str, dict[str, Any]]:
    """Return the cluster of each mention: ours, and the two trivial ones'."""
    ours = {said["id"]: said["cluster"] for said in ask(rows)}
    return {"": ours, "every mention alone, ": {}, "same lemma, ": same_lemma(rows)}


def score(rows: Sequence[Record], said: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Return the figures of clusters, beside those of the two trivial answers."""
    found: dict[str, float] = {}
    for name, clusters in said.items():
        got = [clusters.get(row["id"]) or f"alone:{row['id']}" for row in rows]
        want = [row["chain"] for row in rows]
        found |= {f"{name}{k}": v for k, v in cluster_figures(want, got).items()}
    return found


def same_lemma(rows: Sequence[Record]) -> dict[str, Any]:
    """Return the trivial clusters: same last lemma in documents that are alike."""
    texts = list(dict.fromkeys(row["text"] for row in rows))
    story = told_together(stories([read_document(text) for text in texts])) >= ALIKE
    home = {text: int(story[i].argmax()) for i, text in enumerate(texts)}
    told = {}
    for row in rows:
        start, end = row["trigger"]
        words = lower_case_words(row["text"][start:end])
        lemma = load_merge_lexicon().lemmas(words)[-1] if words else ""
        told[row["id"]] = f"{home[row['text']]} {lemma}"
    return told
