"""The part of the model card that the weights tell of themselves."""

import json
import re
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "src" / "dateline" / "ml" / "encoder" / "weights"
CARD = WEIGHTS.parent / "MODEL_CARD.md"
RUNS = ROOT / "training" / "coder" / "runs"
PART = re.compile(r"(?s)(?<=written by tools/generate.py from the weights -->\n).*?(?=\n## )")
TOLD = ("seed", "epochs", "rate", "window", "batch", "rounds", "from")


def card() -> str:
    """Return the model card with what the weights and their run say today."""
    return PART.sub(lambda _: part(), CARD.read_text(encoding="utf-8"), count=1)


def part() -> str:
    """Return version, data, seal and settings of the reader, and its labels."""
    with np.load(WEIGHTS / "reading.npz", allow_pickle=False) as file:
        told = json.loads(str(file["told"]))
    run, name = run_of(told)
    settings = {key: run["settings"][key] for key in TOLD if key in run["settings"]}
    labels = ", ".join(f"{len(some)} of {name}" for name, some in told["labels"].items())
    lines = [
        "",
        "| the reader's weights | |",
        "|---|---|",
        f"| version | `{told['version']}`, form {told['form']} |",
        f"| hash of the data | `{told['data']}`, commit {told['commit']} |",
        f"| seal, checked when they are read | `{told['digest'][:16]}…` |",
        f"| labels | {labels} |",
        f"| the last run, `{name}` | {run['reports']:,} reports, {run['tellings']:,} "
        f"tellings, {run['seconds'] // 60} minutes; {listed(settings)} |",
        "",
    ]
    return "\n".join(lines)


def run_of(told: dict[str, str]) -> tuple[dict[str, object], str]:
    """Return the run that made weights, by their data and commit, and its name."""
    seed = told["version"].rsplit("-", 1)[1]
    for path in sorted(RUNS.glob("*.json")):
        run = json.loads(path.read_text(encoding="utf-8"))
        if run["data"] == told["data"] and str(run["settings"]["seed"]) == seed:
            return run, path.stem
    raise LookupError(f"no run of seed {seed} over {told['data']}")


def listed(settings: dict[str, object]) -> str:
    return ", ".join(f"{key} {value}" for key, value in settings.items())
