"""Writes what can be generated: command help, tables, rules, the README's example.

usage: generate.py [--check]   with --check nothing is written and a difference is told
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from runpy import run_path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "dateline"
RULE = re.compile(r"[a-z_]+(?:\.[a-z0-9_-]+)+\.v\d+")
EXAMPLE = re.compile(r"(?<=<!-- example: ).*?(?=<!-- end of example -->)", re.DOTALL)
CLASSES = "<!-- below: written by tools/generate.py from the code -->"
SHOWN = ("code", "examples/grain-sanctions.txt", "--sure", ".5", "--no-store")
SHARE = re.compile(r"\b0\.\d\d\b")  # how sure a claim is
NEAR = 0.05  # how far machines differ in it
WEIGHED = (
    "Small nets weigh it (`training/choose`); a feature's share is how much worse they"
    " do where it is shuffled, on reports from which neither they nor the reader have"
    " learnt."
)
STATES = "What the encoder read in the words of act and candidate has"
ROOMS = ("extract", "nlp/coref", "events", "llm", "analysis/review", "export")


def rules() -> dict[str, str]:
    """Return every rule with the first sentence of the function that gives it."""
    found: dict[str, str] = {}
    tables: dict[str, str] = {}
    for room in (*ROOMS, "analysis"):
        for path in sorted((SOURCE / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            told = (ast.get_docstring(tree) or "").split("\n\n")[0]
            found = {**dict(named(tree, told)), **found}
            dicts = (node for node in ast.walk(tree) if isinstance(node, ast.Dict))
            tables.update(pair for table in dicts for pair in listed(table))
    return dict(sorted({**found, **tables, **reasons_of_features()}.items()))


def reasons_of_features() -> dict[str, str]:
    """Return what each fitted feature of the decision is to who asks why."""
    from dateline.extract.arguments.features import FEATURES
    from dateline.extract.arguments.selection import fitted_weights

    both = zip(FEATURES, fitted_weights().choices, strict=True)
    return {f"decide.{f.name}.v1": f.reason for f, w in both if f.reason and w}


def named(node: ast.AST, told: str) -> Iterator[tuple[str, str]]:
    """Yield the rule names below a node with the nearest docstring's first line."""
    for child in ast.iter_child_nodes(node):
        words = told
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            words = (ast.get_docstring(child) or told).split("\n\n")[0]
        if isinstance(child, ast.Dict) and (pairs := list(listed(child))):
            yield from pairs
            continue
        value = child.value if isinstance(child, ast.Constant) else None
        if isinstance(value, str) and RULE.fullmatch(value):
            yield value, " ".join(words.split())
        yield from named(child, words)


def listed(table: ast.Dict) -> Iterator[tuple[str, str]]:
    """Yield the rules of a table {rule: words}, which speaks for itself."""
    for key, value in zip(table.keys, table.values, strict=True):
        pair = [x.value for x in (key, value) if isinstance(x, ast.Constant)]
        strings = len(pair) == 2 and all(isinstance(x, str) for x in pair)
        if strings and RULE.fullmatch(pair[0]) and " " in pair[1]:
            yield pair[0], pair[1]


def rules_page(found: dict[str, str]) -> str:
    """Return the page of rules."""
    lines = ["# Rules", "", "Every answer names the rule that gave it. Names are never reused."]
    room = ""
    for name, words in found.items():
        if name.split(".")[0] != room:
            room = name.split(".")[0]
            lines += ["", f"## {room}", "", "| rule | what it does |", "|---|---|"]
        lines.append(f"| `{name}` | {words.replace('|', '/')} |")
    return "\n".join([*lines, *features_table(), *trees_tables(), *choices_tables()]) + "\n"


def features_table() -> list[str]:
    """Return the features of the decision as lines of a page, with their weights."""
    from dateline.extract.arguments.features import FEATURES
    from dateline.extract.arguments.selection import fitted_weights

    lines = [
        "",
        "## What the decision weighs",
        "",
        "For each act, side and choice (nobody, somebody whom the report does not name,"
        " each party): a feature times its weight, summed; the likeliest choice stands."
        " Fitted on reports that neither reading has learnt from"
        " (`training/decide/stack.py`).",
        "",
        "| feature | weight | what it is |",
        "|---|---|---|",
    ]
    both = zip(FEATURES, fitted_weights().choices, strict=True)
    rows = (f"| `{f.name}` | {w:+.2f} | {f.words} |" for f, w in both if w)
    return [*lines, *rows]


def trees_tables() -> Iterator[str]:
    """Yield what the decision's trees weigh, as lines of a page."""
    from dateline.extract.arguments.selection import TABLES, TREES

    titles = {
        "right": "What tells how likely an answer of a side is right",
        "told": "What tells whether an act is told",
    }
    for name, title in titles.items():
        yield from ("", f"## {title}", "")
        yield (
            "Boosted trees (`training/decide/stack.py`); a feature's share is how many"
            " of their questions ask for it, in reports and in a few sentences."
        )
        yield from ("", "| feature | reports | few sentences | what it is |")
        yield "|---|---|---|---|"
        both = [asked_by_trees(TREES, f"{of}{name}.") for of in ("", "few ")]
        for each, *told in zip(TABLES[name], *both, strict=True):
            shares = " | ".join(f"{share:.3f}" for share in told)
            yield f"| `{each.name}` | {shares} | {each.words} |"


def asked_by_trees(path: Path, prefix: str) -> list[float]:
    """Return which share of the questions of some trees each feature has."""
    import numpy as np

    with np.load(path) as kept:
        names = str(kept[f"{prefix}names"]).split("\n")
        left = kept[f"{prefix}left"]
        asks = kept[f"{prefix}feature"][left != np.arange(left.shape[1])]
    counts = np.bincount(asks, minlength=len(names))
    return [float(n) for n in counts / counts.sum()]


def choices_tables() -> Iterator[str]:
    """Yield what each "which of these, or none" weighs, as lines of a page."""
    from dateline.extract.attribution.speaker_ranker import SAYS
    from dateline.extract.place.cross_sentence import WHERE
    from dateline.extract.time.cross_sentence import WHEN

    for title, choice in (("time", WHEN), ("place", WHERE), ("speaker", SAYS)):
        *told, states = choice.learned().shares or [None] * (len(choice.names) + 1)
        yield from ("", f"## What the choice of a {title} weighs", "")
        yield f"{choice.asks} {WEIGHED}" + (f" {STATES} {states:.3f}." if states else "")
        yield from ("", "| feature | share | what it is |", "|---|---|---|")
        for each, share in zip(choice.features, told, strict=True):
            brings = "" if share is None else f"{share:.3f}"
            yield f"| `{each.name}` | {brings} | {each.words} |"


def output(*words: str, columns: int = 88) -> str:
    """Return what a command prints, as on a terminal of so many columns."""
    os.environ |= {"COLUMNS": str(columns), "NO_COLOR": "1", "TERM": "dumb"}
    from typer.testing import CliRunner

    from dateline.cli import app

    shown = CliRunner().invoke(app, words, catch_exceptions=False).stdout
    return "\n".join(line.rstrip() for line in shown.strip().splitlines())


def glossary_page() -> str:
    """Return the glossary with every class that a room other than its own uses."""
    path = ROOT / "GLOSSARY.md"
    told = path.read_text(encoding="utf-8").split(CLASSES)[0].rstrip()
    lines = [told, "", CLASSES, "", "## Classes that two rooms use", ""]
    lines += ["| class | where | what it is |", "|---|---|---|"]
    shared = run_path(str(ROOT / "tools" / "glossary.py"))["shared_classes"]
    for name, module, words in shared(SOURCE):
        lines.append(f"| {name} | `{module}` | {words.replace('|', '/')} |")
    return "\n".join(lines) + "\n"


def readme() -> str:
    """Return the README with its example as the program answers it."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    command = " ".join(("$ dateline", *SHOWN))
    printed = output(*SHOWN, columns=110)
    told = "written by tools/generate.py from a run -->"
    block = f"{told}\n```console\n{command}\n{printed}\n```\n"
    return EXAMPLE.sub(lambda _: block, text)


def commands_page() -> str:
    """Return the help of every command."""
    from typer.main import get_command

    from dateline.cli import app

    whole = get_command(app)
    names = [[]]
    for name, command in whole.commands.items():
        names.append([name])
        names += [[name, sub] for sub in getattr(command, "commands", {})]
    lines = ["# Commands"]
    for name in names:
        shown = output(*name, "--help")
        lines += ["", f"## {' '.join(['dateline', *name])}", "", "```", shown, "```"]
    return "\n".join(lines) + "\n"


def codebook_page() -> str:
    """Return the tables of the codebook that ships."""
    from dateline.pipeline.factory import choose_codebook

    book = choose_codebook("plover")
    lines = ["# PLOVER, as Dateline codes it"]
    for table in (
        "type",
        "mode",
        "trait",
        "context",
        "sector",
        "reading",
        "cameo",
        "pattern",
        "guide",
    ):
        lines += ["", f"## {table.capitalize()}", "", "| code | | meaning |", "|---|---|---|"]
        for kind, code, words in book.tables():
            if kind == table:
                lines.append("| " + " | ".join((f"`{code}`", *split(words))) + " |")
    return "\n".join(lines) + "\n"


def split(words: str) -> tuple[str, str]:
    """Return a table's cell in its two parts: figures, and the meaning."""
    first, _, rest = words.partition(": ")
    return (first, rest) if rest and any(map(str.isdigit, first)) else ("", words)


def columns_page() -> str:
    """Return the columns of the flat exports."""
    from dateline.export.columns import CLAIM, EVENT, REPORT

    lines = ["# Columns of csv, parquet and geojson"]
    tables = (("claims", CLAIM), ("events", EVENT), ("reports", REPORT))
    for name, columns in tables:
        lines += ["", f"## {name}", "", "| column | kind | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.kind} | {c.words} |" for c in columns]
    return "\n".join(lines) + "\n"


def model_schema() -> str:
    """Return the JSON Schema of the full model."""
    import json

    from dateline.export.schema import export_schema

    return json.dumps(export_schema(), indent=1, ensure_ascii=False) + "\n"


def pages() -> dict[Path, str]:
    """Return every generated file with what should stand in it."""
    found = rules()
    card = run_path(str(ROOT / "tools" / "card.py"))
    measures = run_path(str(ROOT / "tools" / "measures.py"))
    wrong = ROOT / "docs" / "wrong.md"
    return {
        SOURCE / "resources/rules" / "rules.tsv": "".join(f"{r}\t{w}\n" for r, w in found.items()),
        ROOT / "README.md": readme(),
        ROOT / "docs" / "rules.md": rules_page(found),
        ROOT / "docs" / "commands.md": commands_page(),
        ROOT / "docs" / "codebook.md": codebook_page(),
        ROOT / "docs" / "exports" / "columns.md": columns_page(),
        SOURCE / "export" / "schema.json": model_schema(),
        card["CARD"]: card["card"](),
        measures["PAGE"]: measures["figures_page"](),
        wrong: measures["quoted_figures"](wrong.read_text(encoding="utf-8")),
    }


def reference() -> dict[Path, str]:
    """Return what is made of every class of the program; tests of their own hold it.

    They change with each new class or field, so `--check` leaves them to
    tests/test_python_page.py.
    """
    python = run_path(str(ROOT / "tools" / "python_page.py"))
    return {python["PAGE"]: python["python_page"](), ROOT / "GLOSSARY.md": glossary_page()}


def same(one: str, other: str) -> bool:
    """Whether two pages are one but for how sure claims are: that hangs on the CPU."""
    if SHARE.sub("", one) != SHARE.sub("", other):
        return False
    pairs = zip(SHARE.findall(one), SHARE.findall(other), strict=True)
    return all(abs(float(a) - float(b)) <= NEAR for a, b in pairs)


def main() -> None:
    os.chdir(ROOT)
    stale = []
    told = pages() if "--check" in sys.argv else pages() | reference()
    for path, wanted in told.items():
        if not path.exists() or not same(path.read_text(encoding="utf-8"), wanted):
            stale.append(path.relative_to(ROOT).as_posix())
            if "--check" not in sys.argv:
                path.write_text(wanted, encoding="utf-8")
    if "--check" in sys.argv and stale:
        sys.exit(f"run `make docs`: {', '.join(stale)} differ from the code")


if __name__ == "__main__":
    main()
