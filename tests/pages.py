"""The pages of the docs as what they ask a reader to do: files to make, lines to run.

A page's blocks are tried in order, in a folder with the example reports (`reports/`)
and their record (`news.db`, `dateline.db`). A block is a file where its first line is a
comment with a file's name (`# scope.toml`), or where `<!-- file: own.csv -->` stands
before it; shell and Python run. Below `$ command` stands what it prints; REGOLD=1
writes that anew. What can't be tried here has `<!-- not tried: why -->` before it.
Commands within a sentence run too where they have arguments that are no placeholders.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>file|not tried): (?P<what>.*?) -->\n)?"
    r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$"
    r"|(?<!`)`(?P<line>dateline [^`\n]+)`(?!`)",
    re.DOTALL | re.MULTILINE,
)
NAMED = re.compile(r"# ([\w.-]+\.\w+)\n")
SHELL = ("", "sh", "console")
PLACEHOLDER = re.compile(r"…|\.\.\.| \| |(?<![\w=])[A-Z]{3,}(?![\w,=-])|\[[A-Z-]")
QUOTED = re.compile(r"""(["']).*?\1""")
GIVEN = re.compile(r"""["'/]|--store|\w\.\w""")  # an argument, not a flag's bare name
SHARE = re.compile(r"(?<![\d.])0?\.\d\d?\b")  # how sure a claim is hangs on the CPU
ID = re.compile(r"\b[0-9a-f]{8,40}\b")  # of what was read there
NEAR = 0.05


@dataclass(frozen=True)
class Step:
    """What a page asks for: a file to make, a command or Python to run, or neither."""

    kind: str  # "file", "command", "comment", "python", "sql", "not tried"
    text: str
    name: str = ""  # of a file; why a block is not tried
    shown: str | None = None  # what is printed, where the page tells


def steps(page: Path) -> Iterator[Step]:
    """Yield what a page asks for, in its order."""
    for found in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if line := found["line"]:
            if GIVEN.search(line) and not PLACEHOLDER.search(QUOTED.sub("", line)):
                yield Step("command", line)
            continue
        text, kind = found["text"], found["kind"]
        if found["mark"] == "not tried":
            yield Step("not tried", text, found["what"])
        elif found["mark"] == "file" or (named := NAMED.match(text)):
            yield Step("file", text, found["what"] or named[1])
        elif kind in ("python", "sql"):
            yield Step(kind, text)
        elif kind in SHELL:
            yield from commands(text)
        else:
            yield Step("unknown", text, kind)


def commands(text: str) -> Iterator[Step]:
    """Yield the commands of a block; below `$ command` stands what it prints."""
    if not text.startswith("$ "):
        for line in text.splitlines():
            if line.startswith("# "):
                yield Step("comment", line)
            elif words := line.partition("  ")[0].partition(" #")[0].strip():
                yield Step("command", words)
        return
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        yield Step("command", line.partition(" #")[0].strip(), shown=shown)


def split_command(line: str) -> tuple[list[str], str]:
    """Return the words of a command and the file that its output goes to, or ""."""
    line, _, out = line.partition(" > ")
    return shlex.split(line), out.strip()


def alike(one: str, other: str) -> bool:
    """Whether two outputs are one but for ids and how sure claims are."""
    bare = [
        [line.rstrip() for line in ID.sub("ID", SHARE.sub("N", told)).splitlines()]
        for told in (one.strip(), other.strip())
    ]
    if bare[0] != bare[1]:
        return False
    pairs = zip(SHARE.findall(one), SHARE.findall(other), strict=True)
    return all(abs(float(a) - float(b)) <= NEAR + 1e-9 for a, b in pairs)
