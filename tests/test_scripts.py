"""Scripts beside the program: what they take from it is there."""

import ast
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]


def taken(script: Path) -> Iterator[tuple[str, str]]:
    """Yield the modules and names that a script imports from the program."""
    for node in ast.walk(ast.parse(script.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dateline"):
            yield from ((node.module or "", name.name) for name in node.names)


def there(module: str, name: str) -> bool:
    """Whether a module of the program has a name, or a module of that name."""
    if find_spec(module) is None:
        return False
    room = import_module(module)
    inner = hasattr(room, "__path__") and find_spec(f"{module}.{name}") is not None
    return hasattr(room, name) or inner


def test_what_scripts_import_from_the_program_is_there() -> None:
    scripts = [
        p for room in ("training", "tools", "benchmarks") for p in (ROOT / room).rglob("*.py")
    ]
    asked = {(p, *each) for p in scripts for each in taken(p)}
    assert len(asked) > 100
    assert sorted(row for row in asked if not there(*row[1:])) == []
