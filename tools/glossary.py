"""The classes that two rooms of the program use: where each is, and what it is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

Place = tuple[str, str]  # a module, and a name in it
SENTENCE = re.compile(r"(?<=\.) ")


def shared_classes(source: Path) -> list[tuple[str, str, str]]:
    """Return the classes that a room other than their own uses: name, module, words.

    A room is what lies directly in `source`, the folder of a program. A class is known
    by its own module however it is asked for: through another module that imports it,
    or as `module.Class`.
    """
    parsed = {
        module_name(path.relative_to(source.parent)): ast.parse(path.read_text(encoding="utf-8"))
        for path in source.rglob("*.py")
    }
    words = {
        (module, node.name): SENTENCE.split(describe_class(node))[0].rstrip(". ")
        for module, tree in parsed.items()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    handed = {
        (module, name): there
        for module, tree in parsed.items()
        for name, there in imported_names(tree)
    }
    found = set()
    for module, tree in parsed.items():
        for place in used_places(tree, set(parsed)):
            home = follow_import(place, handed)
            if home in words and room_of(home[0]) != room_of(module):
                found.add((home[1], home[0].partition(".")[2], words[home]))
    return sorted(found, key=lambda row: (row[0].lower(), row))


def module_name(path: Path) -> str:
    """Return the name of a module by its file."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def describe_class(node: ast.ClassDef) -> str:
    """Return the docstring of a class on one line."""
    return " ".join((ast.get_docstring(node) or "").split())


def room_of(module: str) -> str:
    """Return the room of a module: "" for the program's own face."""
    return (module.split(".") + [""])[1]


def imported_names(tree: ast.AST) -> Iterator[tuple[str, Place]]:
    """Yield each name that a module imports from another, with where it is from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                yield each.asname or each.name, (node.module, each.name)


def used_places(tree: ast.AST, modules: set[str]) -> Iterator[Place]:
    """Yield each name of another module that a module imports, or asks one for."""
    of_modules = {}
    for name, place in imported_names(tree):
        yield place
        if ".".join(place) in modules:
            of_modules[name] = ".".join(place)
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name)) if name in of_modules:
                yield of_modules[name], node.attr


def follow_import(place: Place, handed: dict[Place, Place]) -> Place:
    """Return where a name is defined that modules may have handed on."""
    seen = {place}
    while (then := handed.get(place)) is not None and then not in seen:
        seen.add(then)
        place = then
    return place
