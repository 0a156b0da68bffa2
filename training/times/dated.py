"""The visible reports whose day is known, by set: (set, day, text without the day)."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
CABLE = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)})[A-Z]* ([89]\d)\b")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
HEAD = 200  # characters in which an old cable tells its day
Dated = tuple[str, str, str]


def dated(data: Path) -> Iterator[Dated]:
    """Yield every dated report of the visible sets, those of one set together."""
    for row in rows(data / "times/timebank_docs.jsonl"):
        yield "timebank", row["dct"][:10], row["text"]
    yield from articles(data / "polnear")
    for row in rows(data / "places/lgl_docs.jsonl"):
        yield "lgl", row["date"][:10], row["text"]
    yield from cables(data / "attacks/muc4_dev.jsonl")
    for row in rows(data / "merge/gvc_val_docs.jsonl"):
        text = row["text"].strip()
        if hit := DAY.match(text):
            yield "gvc", hit[0], text[len(hit[0]) :]


def articles(folder: Path) -> Iterator[Dated]:
    """Yield articles whose file's name tells the day."""
    for path in sorted(folder.glob("*/text/*.txt"), key=lambda p: p.name):
        if hit := DAY.search(path.name):
            yield "polnear", hit[0], path.read_text(encoding="utf-8")


def cables(path: Path) -> Iterator[Dated]:
    """Yield old cables without the day that stands in their first line."""
    for row in rows(path):
        if hit := CABLE.search(row["text"][:HEAD]):
            day, month, year = hit.groups()
            told = f"19{year}-{MONTHS.index(month) + 1:02d}-{int(day):02d}"
            yield "muc", told, row["text"][: hit.start()] + row["text"][hit.end() :]


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
