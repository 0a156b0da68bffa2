"""Write the acts that frames find in sentences whose parties are marked: acts.py OUT.

What train.py learns from them: the parties of this very trigger, in sentences that only
say who the parties are. Needs the language's parser.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import sets

from dateline.actions import FrameFinder
from dateline.codebook.plover import load
from dateline.language.en import pack
from dateline.model import Report


def main() -> None:
    finder = FrameFinder(load(), raw=True)
    every = sets.everything()
    texts = {r["text"] for name in ("parties", "relations") for r in every[name]}
    with Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        for text in sorted(texts):
            report = Report("", text)
            acts = finder(pack.parse(report, pack.sentences(report)), None)
            found = [
                {
                    "trigger": [a.trigger.start, a.trigger.end],
                    "parties": [[s.start, s.end] for s in (*a.actors, *a.recipients)],
                    "sure": a.sure,
                }
                for a in acts
            ]
            out.write(json.dumps({"text": text, "acts": found}) + "\n")


if __name__ == "__main__":
    main()
