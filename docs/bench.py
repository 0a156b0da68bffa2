"""Speed of the whole program against spaCy's pass alone: same texts, same process.

usage: bench.py TEXTS...   JSONL files with "text"

Prints words a CPU second of both, their ratio, the peak memory (that of a second spaCy
model for the comparison included), and what the encoder reads alone. Both run in turn,
a few documents at a time, so that a machine whose speed drifts does not decide the
ratio, and each comparison in a process of its own, so that neither has met its words.

The news mix is five quiet words to one of reports that tell an act. Quiet are, half and
half by words, reports of TEXTS in which no claim arises, whole, and reports made of the
lines of `training/corpus/none-*.txt` (sport, business and culture, talk), filled and
put together by a seed. The gate was trained on part of the latter.
"""

import argparse
import json
import random
import resource
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import Any, TypeVar

from dateline.encoder import Encoder
from dateline.model import Report
from dateline.parts import Options, coder
from dateline.read.inputs import known

BATCH = 20
T = TypeVar("T")
CORPUS = Path(__file__).parents[1] / "training/corpus"
LINES = 18  # sentences of a report made of our own lines
PARTS = 5  # quiet words for each word of reports that tell an act


def texts(paths: list[Path]) -> list[str]:
    """Return the texts of JSONL files."""
    rows = [line for p in paths for line in p.read_text("utf-8").split("\n") if line]
    return [json.loads(line)["text"] for line in rows]


def words(found: list[str]) -> int:
    """Count words."""
    return sum(len(text.split()) for text in found)


def report(n: int, text: str) -> Report:
    """Return a text as the program would read it from a file."""
    return known(Report(f"{n}", text, language=""))


def alone(model: str) -> Any:
    """Return a pipeline of spaCy's own, not the one that the program has loaded."""
    import spacy

    return spacy.load(model)


def measure(found: list[str], options: Options, nlp: Any) -> tuple[float, float]:
    """Return CPU seconds of the whole program and of the spaCy pass alone."""
    program = coder(options)
    program.code(report(0, found[0]))
    list(nlp.pipe(found[:2]))
    whole, other = 0.0, 0.0
    for at in range(0, len(found), BATCH):
        some = found[at : at + BATCH]
        began = process_time()
        for n, text in enumerate(some):
            program.code(report(at + n, text))
        between = process_time()
        for _ in nlp.pipe(some):
            pass
        whole += between - began
        other += process_time() - between
    return whole, other


def show(name: str, found: list[str], options: Options) -> str:
    """Return one comparison in words."""
    whole, other = measure(found, options, alone(options.model))
    count = words(found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{name}: {count} words; whole program {count / whole:,.0f} words a CPU second,"
        f" spaCy alone {count / other:,.0f}; ratio {other / whole:.2f};"
        f" peak memory {peak:,.0f} MiB"
    )


def mix(found: list[str], options: Options) -> list[str]:
    """Return the news mix: reports that tell an act among five times as many words."""
    program = coder(options)
    coded = [(text, program.code(report(n, text))) for n, text in enumerate(found)]
    silent = [text for text, coding in coded if not coding.claims]
    told = [text for text, coding in coded if coding.claims]
    size = words(silent)
    made = take(own(), size)
    quiet = silent + made
    mixed = quiet + take(iter(told), words(quiet) // PARTS)
    random.Random(1).shuffle(mixed)
    return mixed


def take(some: Iterator[str], size: int) -> list[str]:
    """Return the first texts, of about that many words together."""
    out: list[str] = []
    for text in some:
        if words(out) >= size:
            break
        out.append(text)
    return out


def own() -> Iterator[str]:
    """Yield reports made of our own lines of sport, business, culture and talk."""
    sys.path.insert(0, str(CORPUS))
    import corpus

    rng = random.Random(1)
    lines = [line for p in sorted(CORPUS.glob("none-*.txt")) for line in corpus.read(p)]
    while True:
        some = [corpus.fill(rng.choice(lines), rng).plain()[0] for _ in range(LINES)]
        yield "\n\n".join(some)


def reads(found: list[str]) -> str:
    """Return how fast the encoder reads sentences, one thread, nothing else done."""
    from dateline.language.en import pack

    told = [report(n, text) for n, text in enumerate(found)]
    some = [s.span.of(r.text) for r in told for s in pack.sentences(r)]
    encoder = Encoder.load()
    encoder.read_text(some[:50])
    began = process_time()
    for at in range(0, len(some), BATCH):
        encoder.read_text(some[at : at + BATCH])
    taken = process_time() - began
    return f"encoder alone: {words(some) / taken:,.0f} words a CPU second"


def fresh(work: Callable[..., T], *given: Any) -> T:
    """Return what a function gives in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1, help="take each n-th text")
    given = parser.parse_args()
    found = texts(given.texts)[:: given.every]
    print(fresh(show, "gate on", found, Options()), flush=True)
    print(fresh(show, "gate off", found, Options(gate=False)), flush=True)
    mixed = fresh(mix, found, Options())
    print(fresh(show, "news mix", mixed, Options()), flush=True)
    print(fresh(reads, found))


if __name__ == "__main__":
    main()
