"""Cut articles without marks into sentences, as the program does: pool.py IN OUT"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dateline.model import Report
from dateline.nlp.en import pack
from dateline.nlp.wire import mark_wire

LONGEST = 1500  # words: a longer article is mostly more of the same


def main() -> None:
    source, out = map(Path, sys.argv[1:])
    with source.open(encoding="utf-8") as rows, out.open("w", encoding="utf-8") as made:
        for row in map(json.loads, rows):
            report = mark_wire(Report(row["id"], row["text"]))
            if len(row["text"].split()) > LONGEST:
                continue
            cut = [[s.span.start, s.span.end] for s in pack.sentences(report)]
            told = {"id": row["id"], "text": row["text"], "sentences": cut}
            made.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
