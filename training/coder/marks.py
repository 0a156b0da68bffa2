"""Our own annotation of articles of the shared pool, as offsets and codes without text.

    marks.py pack ANN…    adds the folders of annotate.py to marks.jsonl.gz
    marks.py unpack OUT   writes OUT/gold and OUT/texts, with the words put back

The articles stay in the shared pool; of each only its id, its sentences' bounds and
the marks are kept.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pooled import pooled

HERE = Path(__file__).resolve().parent
MARKS = HERE / "marks.jsonl.gz"
DATA = HERE.parents[2] / "shared/data"
MEASURES = ("annotated/dev/texts", "reports/texts")
WIDE, NEAR = 5, 0.2  # words of a shingle; containment from which an article is left out
POOL = HERE.parents[2] / "shared/data/pool/articles.jsonl"
Record = dict[str, Any]


def pack(folders: list[Path]) -> None:
    rows, near = kept(), Near()
    for folder in folders:
        for path in sorted((folder / "gold").glob("*.json")):
            gold = json.loads(path.read_text("utf-8"))
            gold.pop("events", None)
            raw = json.loads((folder / f"raw/{path.stem}.json").read_text("utf-8"))
            same = raw["text"] == texts()[raw["id"]]["text"]
            if same and near.share(raw["text"]) < NEAR:
                rows[raw["id"]] = json.dumps(bare(gold), ensure_ascii=False)
    whole = "".join(f"{row}\n" for _, row in sorted(rows.items()))
    MARKS.write_bytes(gzip.compress(whole.encode("utf-8"), mtime=0))
    print(len(rows), "reports", MARKS.stat().st_size, "bytes")


def kept() -> dict[str, str]:
    """Return the rows that are there already, by their articles' ids."""
    if not MARKS.exists():
        return {}
    rows = gzip.decompress(MARKS.read_bytes()).decode("utf-8").splitlines()
    return {json.loads(row)["report"]: row for row in rows}


class Near:
    """Which articles share wording with a report that only measures: dev's, say."""

    def __init__(self) -> None:
        paths = [p for name in MEASURES for p in (DATA / name).glob("*.txt")]
        self.held = [shingles(p.read_text("utf-8")) for p in sorted(paths)]

    def share(self, text: str) -> float:
        """Return the largest containment in any of them."""
        own = shingles(text)
        sizes = (len(own & h) / max(1, min(len(own), len(h))) for h in self.held)
        return max(sizes, default=0.0)


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[n : n + WIDE]) for n in range(len(words) - WIDE + 1)}


def bare(value: Any) -> Any:
    """Leave out every text that offsets bring back."""
    if isinstance(value, dict):
        placed = value.get("start") is not None
        kept = {k: v for k, v in value.items() if not (k == "text" and placed)}
        return {k: bare(v) for k, v in kept.items()}
    return [bare(v) for v in value] if isinstance(value, list) else value


def clothed(value: Any, text: str) -> Any:
    """Put the words back."""
    if isinstance(value, dict):
        out = {k: clothed(v, text) for k, v in value.items()}
        if out.get("start") is not None and "text" not in out:
            out["text"] = text[out["start"] : out["end"]]
        return out
    return [clothed(v, text) for v in value] if isinstance(value, list) else value


def texts() -> dict[str, Record]:
    """Return the articles of the pool by their ids."""
    if not CACHE:
        with POOL.open(encoding="utf-8") as rows:
            CACHE.update({row["id"]: row for row in map(json.loads, rows)})
    return CACHE


CACHE: dict[str, Record] = {}


def annotated() -> Iterator[tuple[Record, str]]:
    """Yield every annotated article of ours: its marks, and its text."""
    for row in map(json.loads, kept().values()):
        text = texts()[row["report"]]["text"]
        yield clothed(row, text), text


def unpack(out: Path) -> None:
    for name in ("gold", "texts"):
        (out / name).mkdir(parents=True, exist_ok=True)
    for row, text in annotated():
        row["events"] = pooled(row["report"], row["tellings"])
        told = json.dumps(row, ensure_ascii=False)
        (out / f"gold/{row['report']}.json").write_text(told, "utf-8")
        path = out / f"texts/{row['report']}.txt"
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(text)


if __name__ == "__main__":
    what, *where = sys.argv[1:]
    if what == "pack":
        pack([Path(w) for w in where])
    else:
        unpack(Path(where[0]))
