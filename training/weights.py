"""Make every file of weights that ships, from published ones: weights.py [--plan].

weights.toml says what each stage runs, reads and makes. A stage has a hash: of its
scripts, settings and command, of the digests of the public sets and packages that it
reads, of its seed, and of the stages before it. Its folder bears that hash, so what
is made already is not made again, and what another setting makes lies beside it. All
runs in a copy of the working tree; only when every stage is done are the files that
ship put into this one, and training/made.json tells the hash of each.

    --plan            print what would be done and what it needs; do nothing
    --until STAGE     stop after a stage
    --tiny            a thin network and a handful of invented reports, end to end
    --work FOLDER     where stages are kept (.weights); nothing of it goes into git
    --data FOLDER     the public sets (../shared/data)
    --python PYTHON   an environment with torch and all that README.md lists
    --no-install      leave this working tree as it is
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RECIPE = ROOT / "training/weights.toml"
SHORT = 12  # figures of a hash in a folder's name
PROGRAM = (".py", ".tsv", ".csv")  # what of the program a stage's hash heeds
Record = dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """One step of the recipe; paths are relative to the working tree."""

    name: str
    does: str
    run: tuple[tuple[str, ...], ...]
    scripts: tuple[str, ...] = ()
    program: tuple[str, ...] = ()  # rooms of the program that it runs; "." for all
    sets: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    settings: Record = field(default_factory=dict)
    seed: int = 0
    makes: tuple[str, ...] = ()  # files in its own folder
    ships: tuple[str, ...] = ()  # files of the working tree
    hours: float = 0.0
    gib: float = 0.0
    cwd: str = "."


@dataclass(frozen=True)
class Recipe:
    """Every stage in its order, and the digests of what is published."""

    stages: tuple[Stage, ...]
    sets: dict[str, Record]
    packages: dict[str, str]
    tiny: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError where a stage names what is not there before it."""
        seen: set[str] = set()
        for stage in self.stages:
            if strange := [n for n in stage.after if n not in seen]:
                raise ValueError(f"{stage.name}: no stage {strange[0]} before it")
            if strange := [n for n in stage.sets if n not in self.sets]:
                raise ValueError(f"{stage.name}: no set {strange[0]}")
            if strange := [n for n in stage.packages if n not in self.packages]:
                raise ValueError(f"{stage.name}: no package {strange[0]}")
            if stage.name in seen:
                raise ValueError(f"two stages are called {stage.name}")
            seen.add(stage.name)

    def before(self, name: str) -> list[Stage]:
        """Return the stages before one, in their order."""
        names = [s.name for s in self.stages]
        return list(self.stages[: names.index(name)])


def read_recipe(path: Path = RECIPE, tiny: bool = False) -> Recipe:
    """Return the recipe of a file; `seeds` become one stage each.

    A tiny one has only the stages with a `tiny` part, which is laid over the stage.
    """
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    only = "tiny" if tiny else "only_tiny"
    left_out = {r["name"] for r in told["stage"] if (only in r) != tiny}
    stages: list[Stage] = []
    parts: dict[str, tuple[str, ...]] = {}  # of a stage with several seeds
    for each in told["stage"]:
        if each["name"] in left_out:
            continue
        row = laid_over(each) if tiny else each
        for key in ("tiny", "only_tiny"):
            row.pop(key, None)
        seeds = row.pop("seeds", None)
        after = [n for n in row.get("after", ()) if n not in left_out]
        row["after"] = [m for n in after for m in parts.get(n, (n,))]
        stage = Stage(**{key: frozen(value) for key, value in row.items()})
        if seeds is None:
            stages.append(stage)
            continue
        names = tuple(f"{stage.name}-{seed}" for seed in seeds)
        parts[stage.name] = names
        both = zip(names, seeds, strict=True)
        stages += [replace(stage, name=name, seed=seed) for name, seed in both]
    return Recipe(tuple(stages), told["set"], told["packages"], tiny)


def laid_over(row: Record) -> Record:
    """Return a stage as --tiny runs it; nothing public is read."""
    over = dict(row["tiny"])
    settings = row.get("settings", {}) | over.pop("settings", {})
    told = row | over | {"sets": [], "packages": [], "hours": 0.02, "gib": 1.5}
    return told | ({"settings": settings} if settings else {})


def frozen(value: Any) -> Any:
    """Return a list as a tuple, lists within it too."""
    return tuple(frozen(v) for v in value) if isinstance(value, list) else value


def digest_files(root: Path, paths: Sequence[Path]) -> str:
    """Return one hash over files: their names below a folder, and their bytes."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        whole.update(f"{path.relative_to(root).as_posix()}\n".encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def digest_set(folder: Path) -> str:
    """Return the digest of a public set: one file, or a folder with all below it."""
    if folder.is_file():
        return hashlib.sha256(folder.read_bytes()).hexdigest()
    every = (p for p in folder.rglob("*") if p.is_file())
    return digest_files(folder, [p for p in every if "__pycache__" not in p.parts])


def stage_files(root: Path, stage: Stage) -> list[Path]:
    """Return the scripts that a stage's hash heeds, and what it runs of the program."""
    found: set[Path] = set()
    for name in stage.scripts:
        path = root / name
        if not path.exists():
            raise ValueError(f"{stage.name}: no script {name}")
        found |= set(path.rglob("*")) if path.is_dir() else {path}
    for room in stage.program:
        beside = room == "benchmarks"
        every = (root / ("" if beside else "src/dateline") / room).rglob("*")
        found |= {p for p in every if p.suffix in PROGRAM}
    return [p for p in found if p.is_file() and "__pycache__" not in p.parts]


class Making:
    """A recipe on its way: where its stages lie, and which of them are done."""

    def __init__(
        self,
        recipe: Recipe,
        work: Path,
        data: Path,
        python: str = sys.executable,
        root: Path = ROOT,
    ) -> None:
        self.recipe, self.work, self.data = recipe, work, data
        self.python, self.root = python, root
        self.tree = work / "tree"

    @cached_property
    def hashes(self) -> dict[str, str]:
        """The hash of every stage by its name: no path of a machine is in it."""
        found: dict[str, str] = {}
        for stage in self.recipe.stages:
            sets = {name: self.recipe.sets[name]["sha256"] for name in stage.sets}
            packages = {name: self.recipe.packages[name] for name in stage.packages}
            told = {
                "run": stage.run,
                "settings": stage.settings,
                "seed": stage.seed,
                "scripts": digest_files(self.root, stage_files(self.root, stage)),
                "sets": sets,
                "packages": packages,
                "after": [found[name] for name in stage.after],
            }
            text = json.dumps(told, sort_keys=True)
            found[stage.name] = hashlib.sha256(text.encode()).hexdigest()
        return found

    def folder(self, name: str) -> Path:
        """Return where a stage's files lie: a folder that bears its hash."""
        return self.work / "stages" / f"{name}-{self.hashes[name][:SHORT]}"

    def record(self, stage: Stage) -> Record | None:
        """Return what a finished stage told; None where it must be (re)made.

        A stage of which a file is gone or altered is not finished.
        """
        folder = self.folder(stage.name)
        if not (folder / "stage.json").exists():
            return None
        told = json.loads((folder / "stage.json").read_text("utf-8"))
        whole = told["hash"] == self.hashes[stage.name] and all(
            (folder / name).exists() and digest_set(folder / name) == sha
            for name, sha in told["files"].items()
        )
        return told if whole else None

    def lacks(self, stage: Stage) -> Iterator[str]:
        """Yield what a stage needs and does not find, in words."""
        for name in stage.sets:
            told = self.recipe.sets[name]
            path = self.data / told["path"]
            if not path.exists():
                yield f"no public set {name} at {told['path']} of the data folder"
            elif digest_set(path) != told["sha256"]:
                yield f"the public set {name} is not the one of weights.toml"

    def plan(self) -> Iterator[str]:
        """Yield a table of all stages, what is missing, and what is left to do."""
        yield f"{'stage':24} {'state':6} {'hash':12} {'hours':>6} {'GiB':>5}  makes"
        hours, gib, missing = 0.0, 0.0, dict[str, None]()
        for stage in self.recipe.stages:
            told = self.record(stage)
            spent = told["seconds"] / 3600 if told else stage.hours
            most = told["mib"] / 1024 if told else stage.gib
            if told is None:
                hours, gib = hours + stage.hours, max(gib, stage.gib)
                missing |= dict.fromkeys(self.lacks(stage))
            out = ", ".join(Path(p).name for p in (*stage.ships, *stage.makes))
            state = "done" if told else "to do"
            head = f"{stage.name:24} {state:6} {self.hashes[stage.name][:SHORT]}"
            yield f"{head} {spent:6.2f} {most:5.1f}  {out or stage.does}"
        todo = sum(self.record(s) is None for s in self.recipe.stages)
        yield ""
        yield (
            f"{todo} of {len(self.recipe.stages)} stages are to be made: about"
            f" {hours:.1f} hours on two cores, {gib:.1f} GiB of memory at most."
        )
        yield from (f"missing: {words}" for words in missing)

    def make(self, until: str = "") -> Iterator[str]:
        """Run what is not done, stage by stage; yield a line for each.

        Raises RuntimeError where a stage lacks something, fails, or does not make
        what it should; what was made before it stays, and the next run goes on there.
        """
        for stage in self.recipe.stages:
            if self.record(stage) is None:
                if missing := list(self.lacks(stage)):
                    raise RuntimeError(f"{stage.name}: {'; '.join(missing)}")
                yield f"{stage.name}: {stage.does}"
                told = self.run(stage)
                yield (
                    f"{stage.name}: made in {told['seconds'] / 60:.1f} minutes,"
                    f" {told['mib']} MiB at most"
                )
            if stage.name == until:
                return

    def run(self, stage: Stage) -> Record:
        """Run the commands of one stage in the copy of the tree; keep what it made."""
        self.lay_out(stage)
        out = self.folder(stage.name)
        out.mkdir(parents=True, exist_ok=True)
        (out / "settings.toml").write_text(self.settings(stage), "utf-8")
        began, most = time.time(), 0
        with (out / "log.txt").open("ab") as log:
            for command in stage.run:
                words = [self.filled(word, stage) for word in command]
                most = max(most, self.call(stage, words, log))
        for name in stage.ships:
            kept = out / "ships" / name
            kept.parent.mkdir(parents=True, exist_ok=True)
            if not (self.tree / name).exists():
                raise RuntimeError(f"{stage.name} did not make {name}")
            shutil.copyfile(self.tree / name, kept)
        names = [*stage.makes, *(f"ships/{name}" for name in stage.ships)]
        if gone := [name for name in names if not (out / name).exists()]:
            raise RuntimeError(f"{stage.name} did not make {gone[0]}")
        told = {
            "stage": stage.name,
            "hash": self.hashes[stage.name],
            "files": {name: digest_set(out / name) for name in names},
            "seconds": round(time.time() - began),
            "mib": most,
        }
        (out / "stage.json").write_text(json.dumps(told, indent=1) + "\n", "utf-8")
        return told

    def call(self, stage: Stage, words: list[str], log: Any) -> int:
        """Run one command; return the most MiB of memory that it held."""
        paths = os.pathsep.join((str(self.tree / "src"), str(self.tree)))
        env = os.environ | {"PYTHONPATH": paths, "OMP_NUM_THREADS": "1"}
        cwd = self.tree / stage.cwd
        done = subprocess.Popen(words, cwd=cwd, env=env, stdout=log, stderr=log)
        _, status, used = os.wait4(done.pid, 0)
        done.returncode = os.waitstatus_to_exitcode(status)
        if done.returncode:
            at = self.folder(stage.name) / "log.txt"
            tail = at.read_text("utf-8", "replace").strip().splitlines()[-1:]
            raise RuntimeError(f"{stage.name} failed ({' '.join(tail)}); its log is {at}")
        return round(used.ru_maxrss / 1024)

    def lay_out(self, stage: Stage) -> None:
        """Bring the copy of the tree to where this stage begins.

        Every file is as in the working tree, but those that finished stages before it
        made. The public sets lie beside the copy, as scripts expect.
        """
        words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(
            [*words, "src", "benchmarks", "training", "examples"],
            cwd=self.root,
            capture_output=True,
            check=True,
            text=True,
        ).stdout.split("\0")
        made = {
            name: self.folder(each.name) / "ships" / name
            for each in self.recipe.before(stage.name)
            for name in each.ships
        }
        for name in {n for n in listed if n and (self.root / n).is_file()} | set(made):
            source, target = made.get(name, self.root / name), self.tree / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists() or source.read_bytes() != target.read_bytes():
                shutil.copyfile(source, target)
        self.name_parts()
        beside = self.work / "shared"
        if not beside.exists() and self.data.parent.exists():
            beside.symlink_to(self.data.parent, target_is_directory=True)

    def name_parts(self) -> None:
        """Tell Python the program's entry points, as if the copy were installed."""
        project = self.root / "pyproject.toml"
        if not project.exists():
            return
        told = tomllib.loads(project.read_text("utf-8"))["project"]
        lines = []
        for group, rows in told["entry-points"].items():
            lines += [f"[{group}]", *(f"{k} = {v}" for k, v in rows.items())]
        at = self.tree / "src" / f"{told['name']}-0.dist-info"
        at.mkdir(parents=True, exist_ok=True)
        (at / "entry_points.txt").write_text("\n".join(lines) + "\n", "utf-8")
        head = f"Metadata-Version: 2.1\nName: {told['name']}\nVersion: 0\n"
        (at / "METADATA").write_text(head, "utf-8")

    def filled(self, word: str, stage: Stage) -> str:
        """Return a word of a command with the paths of this run in it."""
        told = {
            "python": self.python,
            "out": self.folder(stage.name),
            "settings": self.folder(stage.name) / "settings.toml",
            "seed": stage.seed,
            "data": self.data,
            "tree": self.tree,
        } | {each.name: self.folder(each.name) for each in self.recipe.stages}
        for name, value in told.items():
            word = word.replace(f"{{{name}}}", str(value))
        return word

    def settings(self, stage: Stage) -> str:
        """Return a stage's settings as a script reads them (TOML), its seed too."""
        rows = {"seed": stage.seed, **stage.settings}
        lines = (f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in rows.items())
        return self.filled("\n".join(lines) + "\n", stage)

    def shipped(self) -> dict[str, Path]:
        """Return every file that ships, by its name, as the last stage made it."""
        return {
            name: self.folder(stage.name) / "ships" / name
            for stage in self.recipe.stages
            for name in stage.ships
        }

    def install(self) -> Record:
        """Put what was made into the working tree; return the hash of every file."""
        every = self.shipped()
        for name, made in every.items():
            shutil.copyfile(made, self.root / name)
        told = {
            "files": {name: digest_set(made) for name, made in sorted(every.items())},
            "stages": self.hashes,
        }
        text = json.dumps(told, indent=1) + "\n"
        (self.root / "training/made.json").write_text(text, "utf-8")
        return told


def main() -> None:
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--plan", action="store_true")
    ask.add_argument("--until", default="")
    ask.add_argument("--tiny", action="store_true")
    ask.add_argument("--work", type=Path, default=ROOT / ".weights")
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    ask.add_argument("--python", default=sys.executable)
    ask.add_argument("--no-install", action="store_true")
    args = ask.parse_args()
    recipe = read_recipe(tiny=args.tiny)
    if args.until and args.until not in {s.name for s in recipe.stages}:
        sys.exit(f"no stage {args.until}: --plan lists them")
    work = (args.work / "tiny" if args.tiny else args.work).resolve()
    making = Making(recipe, work, args.data.resolve(), args.python)
    if args.plan:
        print("\n".join(making.plan()))
        return
    try:
        for line in making.make(args.until):
            print(line, flush=True)
    except RuntimeError as fault:
        sys.exit(f"{fault}\nMend that and run it again: it goes on where it stopped.")
    if args.tiny or args.until or args.no_install:
        print(f"all made below {work}; nothing was put into the working tree")
        return
    files = making.install()["files"]
    print(f"{len(files)} files were put into the working tree: training/made.json")


if __name__ == "__main__":
    main()
