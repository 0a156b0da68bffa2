"""Speed of the whole program against spaCy's pass alone: same texts, same process.

usage: benchmarks speed stages TEXTS...

TEXTS are JSONL files with "text", or folders of text files.

Prints the kind of CPU, then for political reports and for the news mix apart words a
CPU second of both, their ratio, the load of the machine (it moves the ratio: tell it
with each figure), where the program's time goes, and the peak memory (that of a second
spaCy model for the comparison included). Both run in turn, a few documents at a time,
so that a machine whose speed drifts does not decide the ratio, and each comparison in a
process of its own, so that neither has met its words. Of three rounds the lowest ratio
is told, the others beside it. `--quick` makes the first comparison only, once.

The news mix is five quiet words to one of reports that tell an act. Quiet are, half and
half by words, reports of TEXTS in which no claim arises, whole, and reports made of the
lines of `training/corpus/none-*.txt` (sport, business and culture, talk), filled and
put together by a seed. The gate has learnt these lines, and its bar is chosen on what
it has not learnt (`training/gate.py`).
"""

import argparse
import json
import os
import random
import resource
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import Any, TypeVar

from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.model.protocols import ResolveActors
from dateline.pipeline.coder import Coder
from dateline.pipeline.factory import Options, make_coder

BATCH = 20
T = TypeVar("T")
CORPUS = Path(__file__).parents[2] / "training/corpus"
LINES = 18  # sentences of a report made of our own lines
PARTS = 5  # quiet words for each word of reports that tell an act


def texts(paths: list[Path]) -> list[str]:
    """Return the texts of JSONL files and of folders of text files."""
    found: list[str] = []
    for path in paths:
        if path.is_dir():
            found += [p.read_text("utf-8") for p in sorted(path.glob("*.txt"))]
            continue
        lines = path.read_text("utf-8").split("\n")
        found += [json.loads(line)["text"] for line in lines if line]
    return found


def words(found: list[str]) -> int:
    """Count words."""
    return sum(len(text.split()) for text in found)


def report(n: int, text: str) -> Report:
    """Return a text as the program would read it from a file."""
    return complete_report(Report(f"{n}", text, language=""))


def alone(model: str) -> Any:
    """Return a pipeline of spaCy's own, not the one that the program has loaded."""
    import spacy

    return spacy.load(model)


class Clock:
    """CPU seconds by the stage of the program that used them."""

    def __init__(self) -> None:
        """Start with none."""
        self.used: dict[str, float] = {}

    def timed(self, name: str, work: Callable[..., T]) -> Callable[..., T]:
        """Return the same work, its time noted under a name."""

        def run(*given: Any) -> T:
            began = process_time()
            try:
                return work(*given)
            finally:
                self.used[name] = self.used.get(name, 0) + process_time() - began

        return run

    def on(self, program: Coder) -> Coder:
        """Return a program whose slow stages are timed."""
        many = self.timed("who is who", program.who.many)
        return replace(
            program,
            who_says=replace(program.who_says, resolve=many),  # type: ignore[type-var]
            language=Timed(program.language, self),
            encode=self.timed("reader", program.encode),
            read_acts=self.timed("reader", program.read_acts),
            cast=self.timed("cast", program.cast),
            who=TimedWho(program.who, self),
        )

    def shares(self, whole: float) -> str:
        """Return the share of each stage in words."""
        told = sorted(self.used.items(), key=lambda item: -item[1])
        rest = whole - sum(self.used.values())
        return ", ".join(f"{n} {t / whole:.2f}" for n, t in [*told, ("the rest", rest)])


class Timed:
    """A language whose parse is timed; all else is the language's own."""

    def __init__(self, language: Any, clock: Clock) -> None:
        """Time the parse alone."""
        self.language = language
        self.parse = clock.timed("parse", language.parse)

    def __getattr__(self, name: str) -> Any:
        """Return what the language itself has."""
        return getattr(self.language, name)


class TimedWho:
    """Who is who, timed: one by one and several at once."""

    def __init__(self, who: ResolveActors, clock: Clock) -> None:
        """Time both ways of asking as one."""
        self.close = who.close
        self.one = clock.timed("who is who", who.__call__)
        self.many = clock.timed("who is who", who.many)

    def __call__(self, *given: Any) -> Any:
        """Return who the words of one span are."""
        return self.one(*given)


def measure(found: list[str], program: Coder, nlp: Any, clock: Clock) -> tuple[float, float]:
    """Return CPU seconds of the whole program and of the spaCy pass alone."""
    program.code(report(0, found[0]))
    clock.used.clear()
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


def compare(name: str, found: list[str], options: Options) -> tuple[float, str]:
    """Return the ratio of one comparison, and the comparison in words."""
    clock = Clock()
    program = clock.on(make_coder(options))
    whole, other = measure(found, program, alone(options.model), clock)
    count = words(found)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return other / whole, (
        f"{name}: {count} words; whole program {count / whole:,.0f} words a CPU second,"
        f" spaCy alone {count / other:,.0f}; ratio {other / whole:.2f};"
        f" peak memory {peak:,.0f} MiB; load {os.getloadavg()[0]:.1f}\n"
        f"  {clock.shares(whole)}"
    )


def show(rounds: int, *given: Any) -> None:
    """Print the comparison of the lowest ratio of several, each in a process afresh."""
    told = sorted(fresh(compare, *given) for _ in range(rounds))
    print(told[0][1])
    if rounds > 1:
        others = ", ".join(f"{ratio:.2f}" for ratio, _ in told[1:])
        print(f"  the lowest of {rounds}; the others {others}", flush=True)


def mix(found: list[str], options: Options) -> list[str]:
    """Return the news mix: reports that tell an act among five times as many words."""
    program = make_coder(options)
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


def fresh(work: Callable[..., T], *given: Any) -> T:
    """Return what a function gives in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def processor() -> str:
    """Return the kind of CPU and its widest sums of bytes, as far as it tells."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    told = dict(map(str.strip, line.split(":", 1)) for line in lines if ":" in line)
    wide = {"avx512_vnni": "AVX512-VNNI", "avx_vnni": "AVX-VNNI", "avx2": "AVX2"}
    flags = told.get("flags", "").split()
    best = next((name for flag, name in wide.items() if flag in flags), "no AVX2")
    return f"{told.get('model name', 'unknown')}, {best}, {os.cpu_count()} cores"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1, help="take each n-th text")
    parser.add_argument("--quick", action="store_true", help="one comparison only")
    parser.add_argument("--rounds", type=int, default=3, help="the lowest is told")
    parser.add_argument("--only", choices=("political", "mix"), help="one kind alone")
    given = parser.parse_args()
    found = texts(given.texts)[:: given.every]
    print(f"CPU: {processor()}")
    rounds = 1 if given.quick else given.rounds
    if given.only != "mix":
        show(rounds, "political reports", found, Options())
    if given.quick or given.only == "political":
        return
    mixed = fresh(mix, found, Options())
    show(rounds, "news mix", mixed, Options())
