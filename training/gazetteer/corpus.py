"""The visible halves of LGL and GeoWebNews, parsed; folds by document."""

import hashlib
import json
import pickle
from pathlib import Path

from dateline.model import Report
from dateline.nlp.en import pack

FOLDS = 5


def read(data, cache):
    """Yield (document, parsed, gold toponyms) of both sets; `cache` keeps parses."""
    for name in ("lgl", "gwn"):
        gold = {g["doc"]: g["toponyms"] for g in lines(data / f"{name}_gold.jsonl")}
        for doc, parsed in parses(data, cache, name):
            yield doc, parsed, gold[doc["doc"]]


def lines(path):
    with path.open(encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def parses(data, cache, name):
    kept = Path(cache) / f"{name}.pkl"
    if kept.exists():
        return pickle.loads(kept.read_bytes())
    found = []
    for doc in lines(data / f"{name}_docs.jsonl"):
        url = doc["url"] or ""
        report = Report(doc["doc"], doc["text"], outlet=url, url=url)
        found.append((doc, pack.parse(report, pack.sentences(report))))
    kept.write_bytes(pickle.dumps(found))
    return found


def fold(doc):
    return int(hashlib.md5(doc.encode()).hexdigest(), 16) % FOLDS
