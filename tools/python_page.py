"""The reference in docs/python.md: every public function, value and field.

Signatures, kinds, defaults and docstrings are the code's; what a field means is in
docs/fields.toml, or in its class's docstring where that names it in backticks.
"""

import dataclasses
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE = DOCS / "python.md"
FIELDS = tomllib.loads((DOCS / "fields.toml").read_text(encoding="utf-8"))
HEAD = "<!-- below: written by tools/generate.py from the code and docs/fields.toml -->"
NAMES = re.compile(r"\b(?:dateline|collections|typing|datetime)(?:\.\w+)*\.(?=\w)")
DOCTEST = re.compile(r"\n\s*>>> .*", re.DOTALL)
KINDS = {"string": "str", "integer": "int", "number": "float", "null": "null"}


def python_page() -> str:
    """Return the page: what is written by hand, then the reference."""
    told = PAGE.read_text(encoding="utf-8").split(HEAD)[0].rstrip()
    return "\n".join([told, "", HEAD, "", *reference()]).rstrip() + "\n"


def reference() -> Iterator[str]:
    """Yield the lines of the reference."""
    import dateline
    from dateline import api as notebook

    yield from ("## Functions and classes", "")
    for name in ("load", "open"):
        yield from called(f"dateline.{name}", getattr(notebook, name))
    for kind in (dateline.Coder, dateline.Coding, dateline.Store, dateline.Table):
        yield from ("", f"### {kind.__name__}", "", plain(inspect.getdoc(kind)), "")
        for name, member in public(kind):
            yield from called(f"{kind.__name__}.{name}", member)
    yield from ("", "### Filters", "", plain(inspect.getdoc(notebook.Where)), "")
    yield from ("| filter | kind |", "|---|---|")
    for name, hint in get_type_hints(notebook.Where).items():
        yield f"| `{name}` | {cell(spelled(hint))} |"
    yield from ("", "## Records", "", RECORDS, "")
    for name, fields in record_fields().items():
        yield from (f"### {name}", "", "| field | kind | what it is |", "|---|---|---|")
        yield from (f"| `{n}` | {cell(kind)} | {told} |" for n, kind, told in fields)
        yield ""
    yield from ("## Values", "", VALUES, "")
    for kind in values():
        yield from (f"### {kind.__name__}", "", plain(inspect.getdoc(kind)), "")
        yield from ("| field | kind | default | what it is |", "|---|---|---|---|")
        for name, hint, default, told in value_fields(kind):
            yield f"| `{name}` | {cell(hint)} | {default} | {told} |"
        yield ""


RECORDS = (
    "A claim, event or report as `coding.claims`, `Store.records()` and `dateline"
    " export --format jsonl` give it. Fields are attributes too: `claim.type`. Where a"
    " kind has `null`, Python has `None`: it says that nobody told, never zero. Offsets"
    " are 0-based, half-open, in Unicode code points of the report's text."
)
VALUES = (
    "What flows through the program, for those who add a part to it"
    " ([how it reads](how-it-reads.md)). All are frozen dataclasses of"
    " `dateline.model`, and all pickle."
)


def values() -> list[Any]:
    """Return the public values, those of the one decision too, in reading order."""
    from dateline import model
    from dateline.model import decisions

    some = [getattr(model, name) for name in model.__all__]
    some += [v for v in vars(decisions).values() if inspect.isclass(v)]
    mine = [k for k in dict.fromkeys(some) if dataclasses.is_dataclass(k)]
    order = ["Span", "Report", "Claim", "Action", "Actor", "When", "Place", "Quantity"]
    order += ["Attribution", "Speaker", "Certainty", "Why"]
    first = [k for name in order for k in mine if k.__name__ == name]
    return first + sorted((k for k in mine if k not in first), key=lambda k: k.__name__)


def value_fields(kind: Any) -> Iterator[tuple[str, str, str, str]]:
    """Yield name, kind, default and meaning of each field of a value.

    Raises LookupError for one that neither docs/fields.toml nor its class tells.
    """
    hints = get_type_hints(kind)
    for field in dataclasses.fields(kind):
        told = meaning(kind.__name__, field.name, inspect.getdoc(kind) or "")
        default = ""
        if field.default is not dataclasses.MISSING:
            default = f"`{field.default!r}`" if simple(field.default) else "empty"
        elif field.default_factory is not dataclasses.MISSING:
            default = "empty"
        yield field.name, spelled(hints[field.name]), default, told


def record_fields() -> dict[str, list[tuple[str, str, str]]]:
    """Return the fields of each record: name, kind, meaning, by the JSON Schema."""
    from dateline.export.schema import export_schema

    return {
        name: [
            (field, schema_kind(told), meaning(f"record {name}", field, ""))
            for field, told in each["properties"].items()
        ]
        for name, each in export_schema()["$defs"].items()
    }


def meaning(owner: str, name: str, doc: str) -> str:
    """Return what a field is. Raises LookupError where nothing tells it."""
    if told := FIELDS.get(owner, {}).get(name):
        return str(told)
    clauses = re.split(r"(?<=[.;:])\s+", " ".join(doc.split()))
    if found := next((c for c in clauses if f"`{name}`" in c), ""):
        return found.rstrip(".;:").replace("|", "/")
    every = "record *" if owner.startswith("record ") else "*"
    if told := FIELDS[every].get(name):
        return str(told)
    raise LookupError(f"say in docs/fields.toml what {owner}.{name} is")


def schema_kind(told: dict[str, Any]) -> str:
    """Return a JSON Schema's kind in words."""
    if "enum" in told:
        return ", ".join(map(str, told["enum"]))
    if "const" in told:
        return str(told["const"]).lower()
    if "$ref" in told:
        return str(told["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in told:
        return " or ".join(schema_kind(each) for each in told["anyOf"])
    if told.get("type") == "array":
        return f"list of {schema_kind(told.get('items', {}))}"
    kinds = told.get("type", "any")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return " or ".join(KINDS.get(k, k) for k in kinds)


def public(kind: Any) -> Iterator[tuple[str, Any]]:
    """Yield the public methods and properties of a class, in its order."""
    for name, member in vars(kind).items():
        callable_ = inspect.isfunction(member) or isinstance(member, property)
        if not name.startswith("_") and (callable_ or hasattr(member, "func")):
            yield name, member


def called(name: str, member: Any) -> Iterator[str]:
    """Yield a function's signature and docstring."""
    inner = getattr(member, "fget", None) or getattr(member, "func", None) or member
    shown = f"{name}{written(member)}" if inspect.isfunction(member) else name
    yield from (f"- **`{shown}`**  ", f"  {plain(inspect.getdoc(inner))}", "")


def written(function: Any) -> str:
    """Return a function's parameters and answer as one writes them."""
    told = inspect.signature(function)
    words = []
    for name, each in told.parameters.items():
        if name == "self":
            continue
        stars = {each.VAR_KEYWORD: "**", each.VAR_POSITIONAL: "*"}.get(each.kind, "")
        hint = "filters" if "Where" in str(each.annotation) else spelled(each.annotation)
        default = "" if each.default is each.empty else f" = {each.default!r}"
        words.append(f"{stars}{name}: {hint}{default}")
    answer = spelled(told.return_annotation)
    return f"({', '.join(words)}) -> {answer}"


def plain(doc: str | None) -> str:
    """Return a docstring in one paragraph, its doctests left out."""
    return " ".join(DOCTEST.sub("", doc or "").split())


def simple(value: Any) -> bool:
    """Whether a default is told by itself."""
    return value is None or isinstance(value, bool | int | float | str | tuple) and (value != ())


def spelled(hint: Any) -> str:
    """Return a type as one writes it."""
    told = hint.__name__ if inspect.isclass(hint) and not hasattr(hint, "__args__") else str(hint)
    return NAMES.sub("", told).replace("NoneType", "None")


def cell(text: str) -> str:
    """Return words that may stand in a table's cell."""
    return f"`{text.replace('|', 'or')}`" if text else ""
