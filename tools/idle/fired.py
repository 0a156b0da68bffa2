"""Count what of the question rooms is used on reports: fired.py --pool POOL.jsonl.

    python tools/idle/fired.py --pool ../shared/data/pool/articles.jsonl --most 1000 \
        --out idle.tsv --rules tests/fired.tsv

Codes reports of the pool, spread evenly, and those that this repository invented, with
the rooms' modules rewritten as they are loaded: each function, loop, `case` and
`except` counts how often it is entered, each condition, operand of `and` and `or`, and
returned value how often it held and how often not. OUT has a line for each of these:
where it stands, what it is, the two counts, its first words; lines with a nought are
candidates to go. RULES has how often each rule stands in what was told. No word of a
report is written. `--kept DIR` keeps parses and states between runs (a tenth of a
gigabyte a hundred reports), so that a run after a change asks the questions alone;
`--same FILE` writes a digest of each report's coding, to compare by `diff`.
`--after N` passes over the first N reports, whose counts RULES has, and adds to them.
"""

from __future__ import annotations

import argparse
import ast
import json
import pickle
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from hashlib import sha256
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROOMS = "actions actors cast attribution certainty times places quantities decide infer"
LINES = (
    "tests/extract/event_coref",
    "tests/export/golden",
    "tests/llm",
    "tests/extract/attribution",
)
SEED = 38
SETS = re.compile(r"frozenset\(\{([^{}]*)\}\)")
places: list[tuple[str, int, str, str]] = []  # module, line, what it is, first words
true: list[int] = []
false: list[int] = []


def count_truth(place: int, value: Any) -> Any:
    """Count whether a value holds, and return it."""
    try:
        if value:
            true[place] += 1
        else:
            false[place] += 1
    except (TypeError, ValueError):  # an array has no truth of its own
        true[place] += 1
    return value


def count_entry(place: int) -> None:
    """Count that a place was reached."""
    true[place] += 1


class Counting(ast.NodeTransformer):
    """Rewrites a module so that it counts."""

    def __init__(self, module: str) -> None:
        self.module, self.inside = module, ""

    def place(self, node: ast.AST, kind: str) -> ast.Constant:
        """Return the number of a new place."""
        words = ast.unparse(node).replace("\n", " ").replace("\t", " ")[:70]
        places.append((self.module, getattr(node, "lineno", 0), kind, words))
        true.append(0)
        false.append(0)
        return ast.Constant(len(places) - 1)

    def truth(self, node: ast.expr, kind: str) -> ast.expr:
        """Return an expression that counts whether another holds."""
        number = self.place(node, kind)
        seen = self.visit(node)
        called = ast.Call(ast.Name("_count_truth", ast.Load()), [number, seen], [])
        return ast.copy_location(called, node)

    def entry(self, node: ast.AST, kind: str, words: str) -> ast.stmt:
        """Return a statement that counts."""
        number = self.place(node, kind)
        places[number.value] = (*places[number.value][:3], words)
        call = ast.Call(ast.Name("_count_entry", ast.Load()), [number], [])
        return ast.copy_location(ast.Expr(call), node)

    def function(self, node: Any) -> Any:
        """Count how often a function is entered, and all within it."""
        before, self.inside = self.inside, f"{self.inside}.{node.name}".strip(".")
        entry = self.entry(node, "function", self.inside)
        self.generic_visit(node)
        told = ast.get_docstring(node) is not None
        node.body[told:told] = [entry]
        self.inside = before
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = function

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        before, self.inside = self.inside, f"{self.inside}.{node.name}".strip(".")
        self.generic_visit(node)
        self.inside = before
        return node

    def test(self, node: Any) -> Any:
        """Count how often a condition holds."""
        kind = type(node).__name__.lower()
        test, node.test = node.test, ast.Constant(None)
        self.generic_visit(node)
        node.test = self.truth(test, kind)
        return node

    visit_If = visit_While = visit_IfExp = test

    def visit_BoolOp(self, node: ast.BoolOp) -> Any:
        kind = type(node.op).__name__.lower()
        node.values = [self.truth(value, kind) for value in node.values]
        return node

    def visit_comprehension(self, node: ast.comprehension) -> Any:
        node.iter = self.visit(node.iter)
        node.ifs = [self.truth(test, "filter") for test in node.ifs]
        return node

    def visit_Return(self, node: ast.Return) -> Any:
        if node.value is not None and not isinstance(node.value, ast.Constant):
            node.value = self.truth(node.value, "return")
        return node

    def block(self, node: Any) -> Any:
        """Count how often a loop, a case or a handler is entered."""
        kind = type(node).__name__.lower()
        entry = self.entry(node, kind, ast.unparse(node).split("\n")[0][:70])
        self.generic_visit(node)
        node.body[:0] = [entry]
        return node

    visit_For = visit_match_case = visit_ExceptHandler = block


class CountingLoader(SourceFileLoader):
    """Loads a module of a question room so that it counts."""

    def source_to_code(self, data: Any, path: Any, **_: Any) -> Any:  # type: ignore[override]
        tree = ast.parse(data)
        short = str(Path(path).relative_to(ROOT / "src/dateline"))
        made = ast.fix_missing_locations(Counting(short).visit(tree))
        return compile(made, path, "exec", dont_inherit=True)

    def get_code(self, fullname: str) -> Any:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def exec_module(self, module: Any) -> None:
        module._count_truth = count_truth
        module._count_entry = count_entry
        super().exec_module(module)


class CountingFinder(MetaPathFinder):
    """Finds the modules that are to count."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        room = name.split(".")[1:2]
        if not name.startswith("dateline.") or room[0] not in ROOMS.split():
            return None
        found: ModuleSpec | None = PathFinder.find_spec(name, path, target)
        if found is None or not found.origin or not found.origin.endswith(".py"):
            return found
        found.loader = CountingLoader(name, found.origin)
        return found


def invented() -> Iterator[tuple[str, str, str, str]]:
    """Yield id, text, day and outlet of the reports that this repository invented."""
    for path in sorted((ROOT / "tests/stories").glob("*.story")):
        text = path.read_text("utf-8").split("----\n")[1]
        day = ""
        if text.startswith("published: "):
            day, text = text.removeprefix("published: ").split("\n", 1)
        yield path.stem, text.rstrip("\n"), day, ""
    for path in sorted((ROOT / "examples").glob("*.txt")):
        yield path.stem, path.read_text("utf-8"), "2025-03-04", ""
    files = [p for room in LINES for p in sorted((ROOT / room).glob("*.jsonl"))]
    for path in [ROOT / "examples/lake-accord.jsonl", *files]:
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            row = json.loads(line)
            if isinstance(row.get("text"), str) and row["text"]:
                day, outlet = row.get("published") or "", row.get("outlet") or ""
                yield f"{path.stem}-{number}", row["text"], day[:10], outlet


def pooled(pool: Path, most: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield the same of so many articles of a pool, drawn by a seed."""
    rows = [json.loads(line) for line in pool.open(encoding="utf-8")]
    random.Random(SEED).shuffle(rows)
    for row in rows[:most]:
        yield row["id"], row["text"], row["published"] or "", row["outlet"] or ""


class Kept:
    """A coder whose parses and states are kept in a folder between runs."""

    def __init__(self, folder: Path | None) -> None:
        from dateline.pipeline.factory import make_coder

        self.folder, self.coder = folder, replace(make_coder(), seconds=9e9)
        self.read, self.text = {}, ""

    def code(self, report: Any) -> Any:
        """Return the coding of a report."""
        if self.folder is None:
            return self.coder.code(report)
        name = sha256(repr(report).encode()).hexdigest()[:24]
        path = self.folder / f"{name}.pickle"
        made: dict[Any, Any] = {}
        if path.exists():
            made = pickle.loads(path.read_bytes())
        before = len(made)
        coder = self.coder
        language = coder.language
        lexicon = language.lexicon

        def parse(report: Any, sentences: Any, keep: Any = None) -> Any:
            key = ("parse", report.text)
            if key not in made:
                found = language.parse(report, sentences, keep)
                made[key] = {
                    f.name: getattr(found, f.name)
                    for f in fields(found)
                    if f.init and f.name not in ("lexicon", "report")
                }
            from dateline.model import Parsed

            return Parsed(report=report, **made[key], lexicon=lexicon)

        def encode(text: str, sentences: Any) -> Any:
            if ("encode", text) not in made:
                made["encode", text] = coder.encode(text, sentences)
            return made["encode", text]

        def acts(parsed: Any, asked: Any = ()) -> Any:
            if ("acts", parsed.text) not in made:
                made["acts", parsed.text] = coder.read_acts(parsed, asked)
            return made["acts", parsed.text]

        like = Like(language, parse)
        found = replace(coder, language=like, encode=encode, read_acts=acts)
        coding = found.code(report)
        if len(made) > before:
            path.write_bytes(pickle.dumps(made, 5))
        return coding


class Like:
    """A language whose parses are kept."""

    def __init__(self, language: Any, parse: Any) -> None:
        self.language, self.parse = language, parse

    def __getattr__(self, name: str) -> Any:
        return getattr(self.language, name)


def rules_of(value: Any) -> Iterator[str]:
    """Yield the rules of all reasons within a value."""
    if type(value).__name__ == "Why":
        yield value.rule
    elif is_dataclass(value):
        for field in fields(value):
            yield from rules_of(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from rules_of(each)


def digest(value: Any) -> str:
    """Return a digest of a value, the same in every process."""
    return sha256(SETS.sub(in_order, repr(value)).encode()).hexdigest()[:16]


def in_order(found: re.Match[str]) -> str:
    """Return a set as printed, its members in order."""
    return ", ".join(sorted(found[1].split(", ")))


def main() -> None:
    """Code the reports, write the tables."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--pool", type=Path)
    ask.add_argument("--most", type=int, default=1000)
    ask.add_argument("--minutes", type=float, default=1e6)
    ask.add_argument("--kept", type=Path)
    ask.add_argument("--out", type=Path)
    ask.add_argument("--rules", type=Path)
    ask.add_argument("--same", type=Path)
    ask.add_argument("--after", type=int, default=0)
    args = ask.parse_args()
    if args.out:
        sys.meta_path.insert(0, CountingFinder())
    from dateline.ingest.reading.inputs import complete_report
    from dateline.model import Report

    coder, told = Kept(args.kept), Counter[str]()
    reports = list(invented())
    own = len(reports)
    reports += pooled(args.pool, args.most) if args.pool else ()
    started, same = time.process_time(), []
    until = time.monotonic() + 60 * args.minutes
    if args.after and args.rules:
        told.update(counted_rules(args.rules))
    for number, (name, text, day, outlet) in enumerate(reports):
        if number < args.after:
            continue
        published = date.fromisoformat(day) if day else None
        report = complete_report(Report(name, text, outlet=outlet, published=published))
        coding = coder.code(report)
        told.update(rules_of(coding))
        same.append(f"{name}\t{digest(coding)}")
        last = number == len(reports) - 1 or time.monotonic() > until
        if number % 20 == 19 or last:
            spent = time.process_time() - started
            print(f"{number + 1} reports, {spent:.0f} s", file=sys.stderr, flush=True)
            if args.out:
                write_counts(args.out)
            if args.same:
                args.same.write_text("\n".join(same) + "\n", "utf-8")
            if args.rules:
                head = f"# {own} invented reports, {number + 1 - own} of the pool\n"
                rows = (f"{rule}\t{n}\n" for rule, n in sorted(told.items()))
                args.rules.write_text(head + "".join(rows), "utf-8")
        if last:
            break


def counted_rules(path: Path) -> dict[str, int]:
    """Return how often each rule spoke in the reports that were counted before."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {row[0]: int(row[1]) for row in rows if len(row) == 2}


def write_counts(path: Path) -> None:
    """Write a line a place."""
    every = zip(places, true, false, strict=True)
    rows = (f"{m}:{n}\t{k}\t{t}\t{f}\t{w}\n" for (m, n, k, w), t, f in every)
    path.write_text("".join(rows), "utf-8")


if __name__ == "__main__":
    main()
