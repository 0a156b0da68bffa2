"""Speed of the whole program against spaCy's pass alone: same texts, same process.

usage: bench.py TEXTS... [--news NEWS...]   JSONL files with "text"

Prints words a CPU second of both, their ratio, and the peak memory. Both run in turn,
document by document, so that a machine whose speed drifts does not decide the ratio.
"""

import argparse
import json
import resource
from pathlib import Path
from time import process_time

from dateline.language.en.engine import engine
from dateline.model import Report
from dateline.parts import Options, coder
from dateline.read.inputs import known

BATCH = 20


def texts(paths: list[Path]) -> list[str]:
    """Return the texts of JSONL files."""
    rows = [line for p in paths for line in p.read_text("utf-8").split("\n") if line]
    return [json.loads(line)["text"] for line in rows]


def measure(found: list[str], options: Options) -> tuple[int, float, float]:
    """Return words, CPU seconds of the whole program and of the spaCy pass alone."""
    program, nlp = coder(options), engine(options.model)
    program.code(Report("warm", found[0]))
    list(nlp.pipe(found[:2]))
    words, whole, alone = 0, 0.0, 0.0
    for at in range(0, len(found), BATCH):
        some = found[at : at + BATCH]
        words += sum(len(text.split()) for text in some)
        began = process_time()
        for n, text in enumerate(some):
            program.code(known(Report(f"{at + n}", text, language="")))
        between = process_time()
        for _ in nlp.pipe(some):
            pass
        whole += between - began
        alone += process_time() - between
    return words, whole, alone


def show(name: str, found: list[str], options: Options) -> None:
    """Print one comparison."""
    words, whole, alone = measure(found, options)
    print(
        f"{name}: {words} words; whole program {words / whole:,.0f} words a CPU second,"
        f" spaCy alone {words / alone:,.0f}; ratio {alone / whole:.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1, help="take each n-th text")
    given = parser.parse_args()
    found = texts(given.texts)[:: given.every]
    show("gate on", found, Options())
    show("gate off", found, Options(gate=False))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MiB")


if __name__ == "__main__":
    main()
