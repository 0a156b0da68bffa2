"""How much is lost where letters are misread: misread.py FOLDER [SHARE ...].

FOLDER holds annotated reports (`gold/`, `texts/`). Of every SHARE of letters one is
read as another that looks like it, drawn by a seed; no text grows or shrinks, so that
every mark of the gold stays in its place. Prints END-TO-END for each share.
"""

import argparse
import json
import random
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT.parent / "shared/score"))
import score_reports  # noqa: E402

from dateline.ingest.reading.inputs import complete_report  # noqa: E402
from dateline.model import Report  # noqa: E402
from dateline.model.record import claim_record  # noqa: E402
from dateline.pipeline.factory import make_coder  # noqa: E402

ALIKE = dict("ec ce il li oa ao nu un ft tf hb bh rn vy yv jl gq qg sz zs mn dc".split())
SEED = 33


def misread(text: str, share: float, seed: str) -> str:
    """Return a text of which so many letters are read as others.

    >>> misread("nine men", 0.0, "a")
    'nine men'
    """
    draw = random.Random(f"{SEED} {seed}")
    chance, out = share / known_share(text), []
    for letter in text:
        other = ALIKE.get(letter.lower(), "")
        hit = bool(other) and draw.random() < chance
        out.append((other.upper() if letter.isupper() else other) if hit else letter)
    return "".join(out)


def known_share(text: str) -> float:
    """Return which share of a text's letters can be misread, never nought."""
    letters = [c.lower() for c in text if c.isalpha()]
    return max(1e-9, sum(c in ALIKE for c in letters) / max(1, len(letters)))


def main() -> None:
    """Print a line a share."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("shares", type=float, nargs="*", default=[0.01, 0.03])
    ask.add_argument("--every", type=int, default=1)
    args = ask.parse_args()
    golds = {
        gold["report"]: gold
        for path in sorted((args.folder / "gold").glob("*.json"))[:: args.every]
        for gold in [json.loads(path.read_text("utf-8"))]
    }
    for share in args.shares:
        claims = []
        for name, gold in golds.items():
            path = args.folder / f"texts/{name}.txt"
            with path.open(encoding="utf-8", newline="") as file:
                text = misread(file.read(), share, name)
            day = gold["published"] and date.fromisoformat(gold["published"][:10])
            report = Report(name, text, outlet=gold["outlet"] or "", published=day)
            coding = make_coder().code(complete_report(report))
            claims += [claim_record(claim, text) for claim in coding.claims]
        found = score_reports.score(golds, claims)
        worth = found["end_to_end"]["f1"], found["detection"]["f1"]
        told = f"END-TO-END {worth[0]:.3f}, detection {worth[1]:.3f}"
        print(f"{share:.0%} of letters misread: {told}", flush=True)


if __name__ == "__main__":
    main()
