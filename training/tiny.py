"""A handful of invented reports as annotated ones, to try training with: tiny.py OUT.

They are those of decide/invented.txt, with what else the reader learns from told: the
sentence of each act, that it happened, and where the words of its parties stand.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "decide"), str(HERE / "coder")]
import invented  # noqa: E402
from pooled import pooled  # noqa: E402

END = re.compile(r"(?<=[.!?]) ")
Record = dict[str, Any]
NAMES = {code: name for name, code, _ in invented.STATES}


def reports() -> Iterator[tuple[Record, str]]:
    """Yield the reports: marks and text."""
    for gold, text in invented.reports():
        if not gold["report"].endswith("-0"):  # the same report with other names
            continue
        cuts = [0, *(hit.end() for hit in END.finditer(text)), len(text)]
        bounds = [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if a < b]
        rows = [whole(t, n, text, bounds) for n, t in enumerate(gold["tellings"])]
        gold |= {"sentences": bounds, "tellings": rows, "traps": []}
        yield gold | {"events": pooled(gold["report"], rows)}, text


def whole(row: Record, number: int, text: str, bounds: list[tuple[int, int]]) -> Record:
    """Return one telling with every field that annotated reports have."""
    at = row["trigger"]["start"]
    sentence = next((a, b) for a, b in bounds if a <= at < b)
    mark = row["trigger"] | {"text": text[at : row["trigger"]["end"]]}
    sides = {
        side: [placed(party, text, sentence) for party in row[side]]
        for side in ("actors", "recipients")
    }
    told = {"mode": [], "accept_modes": [], "contexts": [], "accept_status": []}
    told |= {"said_by": [], "quantities": [], "when": None, "where": None}
    told |= {"status": "happened", "event": f"E{number}"}
    return row | told | sides | {"trigger": mark, "evidence": mark, "sentence": sentence}


def placed(party: Record, text: str, sentence: tuple[int, int]) -> Record:
    """Return a party with the words that name it in its act's sentence, if any do."""
    name = NAMES.get(party["country"], "")
    at = text.find(name, *sentence) if name else -1
    start, end = (at, at + len(name)) if at >= 0 else (None, None)
    words = {"text": name or None, "name": name or None, "start": start, "end": end}
    return party | words | {"implicit": start is None}


def main() -> None:
    out = Path(sys.argv[1])
    for name in ("gold", "texts"):
        (out / name).mkdir(parents=True, exist_ok=True)
    for gold, text in reports():
        told = json.dumps(gold, ensure_ascii=False)
        (out / f"gold/{gold['report']}.json").write_text(told, "utf-8")
        (out / f"texts/{gold['report']}.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
