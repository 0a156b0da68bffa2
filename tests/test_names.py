"""A function's name is its own: no more names are shared than there are today.

`shared_names.tsv` lists the names that several module-level functions have, and how
many: a bar for each, which only falls. What is left are parts that are called by one
name (a reader's `read`, a writer's `write`, a task's `ask` and `score`). A new function
takes a name of its own, verb and object. `python tests/test_names.py` writes lower bars
after names have been mended.
"""

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
BARS = Path(__file__).with_name("shared_names.tsv")


# By themselves they say nothing of what a function does or a module holds.
OBSCURE = frozenset("told found whole bare beside named read doer kin heir telling whom".split())


def functions() -> Counter[str]:
    """Return how many module-level functions of the program have each name."""
    found: Counter[str] = Counter()
    for path in (ROOT / "src/dateline").rglob("*.py"):
        if "migrations" not in path.parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found.update(n.name for n in tree.body if isinstance(n, ast.FunctionDef))
    return found


def bars() -> dict[str, int]:
    """Return the names that may be shared, and by how many functions at most."""
    lines = BARS.read_text(encoding="utf-8").splitlines()[1:]
    return {name: int(many) for name, many in (line.split("\t") for line in lines)}


def test_no_more_functions_share_a_name_than_before() -> None:
    most = bars()
    over = [n for n, many in functions().items() if many > most.get(n, 1)]
    assert over == [], "give these functions a name of their own: verb and object"


def test_the_share_of_shared_names_only_falls() -> None:
    found = functions()
    shared = sum(many for many in found.values() if many > 1)
    assert shared <= sum(bars().values())
    assert shared / found.total() < 0.03, "parts that are called by one name share it"


def test_no_function_or_module_is_named_by_a_word_that_says_nothing() -> None:
    named = []
    for path in (ROOT / "src/dateline").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = [path.stem, *(n.name for n in tree.body if hasattr(n, "name"))]
        contract = {"read"} if path.parent.name == "read" else set()
        named += [(path.name, n) for n in names if n in OBSCURE - contract]
    assert named == [], "verb and object, in the field's own word"


def lower() -> None:
    """Write the bars of today, where they are lower than those of before."""
    found = {n: many for n, many in functions().items() if many > 1}
    if BARS.exists():
        before = bars()
        found = {n: min(m, before.get(n, 1)) for n, m in found.items()}
        found = {n: m for n, m in found.items() if m > 1}
    lines = (f"{name}\t{many}" for name, many in sorted(found.items()))
    BARS.write_text("\n".join(["name\tfunctions", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    lower()
