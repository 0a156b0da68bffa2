"""Plant faults, one at a time, and see which tests notice: plant.py [--count 50].

    python tools/faults/plant.py --seed 38 --count 50 --out faults.tsv

A fault is one small change of one line: a bound moved by one, "and" for "or", "not"
dropped, the first for the last, the smallest for the largest, the wrong truth. They are
drawn by the seed, as many from each room as from another. Each is planted in a copy of
the sources, never in these; asked are the tests of its module and then those of its
room, until one fails, for so many seconds of CPU at the most. OUT has a line a fault:
whether it died, how long that took, where and what it was. What is in OUT is not
planted again, so a run that was cut off goes on.

The draw is of the sources as they stand. To go on with an older one, print it there
(--list > drawn.tsv) and plant it here with --of drawn.tsv: each fault is looked for by
its words, the nearest to its line; where they are gone that is said.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/dateline"
LEFT_OUT = ("store/migrations/", "testing")
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
BIG = 200_000  # bytes: such files are linked, not copied
FAST = "not slow and not fault and not browser"


@dataclass(frozen=True)
class Fault:
    """One change: `path` below src/dateline, the words at a place, and others."""

    path: str
    line: int
    start: int
    end: int
    was: str
    then: str

    def text(self, source: str) -> str:
        """Return the module with the fault in it; places count bytes."""
        raw = source.encode()
        return (raw[: self.start] + self.then.encode() + raw[self.end :]).decode()


def changed(node: ast.AST) -> ast.expr | None:
    """Return an expression with one fault, or None where there is none to make."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        ops = [COMPARED[type(node.ops[0])](), *node.ops[1:]]
        return ast.Compare(node.left, ops, node.comparators)
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return ast.BoolOp(other, node.values)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return node.operand
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        other_op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        numbers = isinstance(node.right, ast.Constant) and node.right.value == 1
        return ast.BinOp(node.left, other_op, node.right) if numbers else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if name := CALLED.get(node.func.id):
            return ast.Call(ast.Name(name), node.args, node.keywords)
        return None
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        ends = {0: ast.UnaryOp(ast.USub(), ast.Constant(1))}
        at = ends.get(node.slice.value) if node.slice.value is not False else None
        return ast.Subscript(node.value, at) if at else None
    return None


def faults(path: Path) -> Iterator[Fault]:
    """Yield every fault that can be made in the functions of a module."""
    source = path.read_text(encoding="utf-8")
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for outer in ast.walk(ast.parse(source)):
        if not isinstance(outer, ast.FunctionDef):
            continue
        for node in (n for statement in outer.body for n in ast.walk(statement)):
            if (made := changed(node)) is None or not isinstance(node, ast.expr):
                continue
            low = starts[node.lineno - 1] + node.col_offset
            high = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
            was = source.encode()[low:high].decode()
            name = path.relative_to(SOURCE).as_posix()
            then = f"({ast.unparse(ast.fix_missing_locations(made))})"
            yield Fault(name, node.lineno, low, high, was, then)


def drawn(seed: int, count: int) -> list[Fault]:
    """Return so many faults, room by room in turn, modules before lines by chance."""
    rng = random.Random(seed)
    rooms: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith(LEFT_OUT):
            rooms[name.split("/")[0] if "/" in name else "(alone)"].append(path)
    found: list[Fault] = []
    seen: set[str] = set()
    while len(found) < count:
        before = len(found)
        for room in rng.sample(sorted(rooms), len(rooms)):
            path = rng.choice(rooms[room])
            some = list({(f.line, f.was): f for f in faults(path)}.values())
            if some and path.name not in seen and len(found) < count:
                fault = rng.choice(some)
                seen.add(path.name)
                found.append(fault)
        if len(found) == before:
            seen.clear()
    return found


def found_again(drawn_before: Path) -> list[Fault | None]:
    """Return the faults of a printed draw where they stand now; None for one gone."""
    again: list[Fault | None] = []
    for row in drawn_before.read_text(encoding="utf-8").splitlines():
        _, name, line, *words = row.split("\t")
        path = SOURCE / name
        there = faults(path) if path.exists() else ()
        same = [f for f in there if line_of(f).split("\t")[2:] == words]
        at = int(line)
        again.append(min(same, key=lambda f: abs(f.line - at), default=None))
    return again


def tests_of(path: str) -> list[str]:
    """Return the tests to ask of a module: its own first, then its room's.

    A module without a room, or a room without tests, is asked of those that import it.
    """
    room, _, name = path.rpartition("/")
    stem = Path(name).stem
    own = [f"tests/{room}/test_{stem}.py", f"tests/test_{stem}.py"]
    room_tests = f"tests/{room.split('/')[0]}" if room else ""
    found = [t for t in own if (ROOT / t).exists()]
    found.append(f"src/dateline/{path}")
    if room_tests and (ROOT / room_tests).is_dir():
        return [*found, room_tests]
    module = f"dateline.{path.removesuffix('.py').replace('/', '.')}"
    known = module.removesuffix(".__init__")
    for test in sorted((ROOT / "tests").rglob("test_*.py")):
        if known in test.read_text(encoding="utf-8"):
            found.append(test.relative_to(ROOT).as_posix())
    return list(dict.fromkeys(found))


def copied(to: Path) -> None:
    """Copy the sources; large files are linked, since no fault is planted in them."""
    for path in (ROOT / "src").rglob("*"):
        if path.is_dir() or "__pycache__" in path.parts:
            continue
        target = to / "src" / path.relative_to(ROOT / "src")
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.stat().st_size > BIG:
            target.symlink_to(path)
        else:
            shutil.copyfile(path, target)


def asked(fault: Fault, copy: Path, seconds: int) -> tuple[str, float, str]:
    """Plant a fault and ask the tests; return what became of it, CPU, who told.

    Where a test fails it is asked again without the fault: it may fail anyway.
    """
    path = copy / "src/dateline" / fault.path
    source = path.read_text(encoding="utf-8")
    own = f"src/dateline/{fault.path}"
    tests = [str(path) if t == own else t for t in tests_of(fault.path)]
    path.write_text(fault.text(source), encoding="utf-8")
    shutil.rmtree(path.parent / "__pycache__", ignore_errors=True)
    own_tests = [t for t in tests if Path(t).stem == f"test_{path.stem}"]
    try:  # its own tests alone first: a room's long ones would use the seconds up
        code, spent, told = tried(own_tests or tests, copy, seconds)
        if code in (0, 5) and own_tests:
            code, more, told = tried(tests, copy, seconds)
            spent += more
    finally:
        path.write_text(source, encoding="utf-8")
        shutil.rmtree(path.parent / "__pycache__", ignore_errors=True)
    if code in (0, 5):
        return "lived", spent, ""
    if code < 0:
        return "lived", spent, f"no test failed within {seconds} s"
    failed = told.removeprefix("FAILED ").split(" - ")[0]
    if "::test_" in failed and tried([failed], copy, seconds)[0] != 0:
        return "unknown", spent, f"{failed} fails without the fault too"
    return "died", spent, told


def tried(tests: list[str], copy: Path, seconds: int) -> tuple[int, float, str]:
    """Run tests against the copy; return pytest's code, CPU seconds, what failed."""
    words = ["bash", "-c", f'ulimit -t {seconds}; exec "$@"', "-", sys.executable]
    words += ["-m", "pytest", "-x", "-q", "-m", FAST, "--no-header"]
    words += ["-p", "no:cacheprovider", "--timeout=120", *tests]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        words,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(copy / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    told = [x for x in done.stdout.splitlines() if x.startswith(("FAILED", "ERROR"))]
    last = told[0] if told else (done.stdout + done.stderr).strip()[-120:]
    return done.returncode, spent, " ".join(last.split())[:160]


def line_of(fault: Fault) -> str:
    """Return what tells a fault from all others, as cells of a table."""
    then = fault.then[1:-1]
    cells = (fault.path, str(fault.line), fault.was, then)
    return "\t".join(" ".join(cell.split()) for cell in cells)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--seed", type=int, default=38)
    ask.add_argument("--count", type=int, default=50)
    ask.add_argument("--seconds", type=int, default=60)
    ask.add_argument("--of", type=Path, help="a draw that --list printed")
    ask.add_argument("--only", type=int, nargs="*", help="numbers of faults")
    ask.add_argument("--out", type=Path, default=Path("faults.tsv"))
    ask.add_argument("--list", action="store_true")
    args = ask.parse_args()
    every = found_again(args.of) if args.of else drawn(args.seed, args.count)
    if args.list:
        for n, fault in enumerate(every):
            print(f"{n}\t{line_of(fault) if fault else 'gone'}")
        return
    known = args.out.read_text(encoding="utf-8") if args.out.exists() else ""
    with tempfile.TemporaryDirectory() as folder, args.out.open("a") as out:
        copied(Path(folder))
        for n, fault in enumerate(every):
            if args.only and n not in args.only:
                continue
            if fault is None or line_of(fault) in known:
                print(f"{n}\t{'asked before' if fault else 'gone'}")
                continue
            became, spent, by = asked(fault, Path(folder), args.seconds)
            row = f"{n}\t{became}\t{spent:.0f}\t{line_of(fault)}\t{by}"
            print(row, file=out, flush=True)
            print(row, flush=True)


if __name__ == "__main__":
    main()
