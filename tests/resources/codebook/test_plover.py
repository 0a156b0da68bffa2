"""What rooms must know of a type stands in the codebook's tables."""

import ast
from pathlib import Path

import dateline
from dateline.resources.codebook.plover import deeds_with_traits, load, modes_with_trait, older

ROOT = Path(dateline.__file__).parent
KIT = ROOT / "testing/__init__.py"  # what stores are tried with: made-up claims
MODULES = sorted(p for p in ROOT.rglob("*.py") if "codebook" not in p.parts and p != KIT)


def test_deeds_have_all_traits_asked_for() -> None:
    (force,) = deeds_with_traits("force")
    assert set(deeds_with_traits("mutual", "talk")) < set(deeds_with_traits("mutual"))
    assert force in deeds_with_traits("might")
    assert modes_with_trait("visit") == ("visit",)
    assert deeds_with_traits("no such trait") == ()


def test_older_roots_are_of_types_there_are() -> None:
    assert set(older()) <= {kind.read_as for kind in load().types.values()}


def documented(tree: ast.AST) -> set[int]:
    """Return the strings that document."""
    nodes = (n for n in ast.walk(tree) if isinstance(n, ast.Expr))
    return {id(n.value) for n in nodes if isinstance(n.value, ast.Constant)}


def types_named(path: Path) -> set[str]:
    """Return the event types that a module names outside its docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    skip = documented(tree)
    told = {
        word
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in skip
        for word in str(node.value).replace(",", " ").split()
    }
    return told & set(load().types)


def test_no_module_names_a_type(tmp_path: Path) -> None:
    assert len(MODULES) > 300
    assert {str(p): found for p in MODULES if (found := types_named(p))} == {}
    (tmp_path / "x.py").write_text('"""Of AID."""\nA = "AID, CONSULT"\n')
    assert types_named(tmp_path / "x.py") == {"AID", "CONSULT"}
