"""Read and fill the corpus of invented sentences (standard library only)."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
SLOT = re.compile(r"<([a-z_]+)(\d?)>")
MARK = re.compile(r"\{([a-z][a-z0-9,]*):|\}")
THE = re.compile(r"((?:\{(?:[arbt]\d?,?)+:)+)([Tt]he )")
ARTICLE = re.compile(r"\b([Aa])(n?) ((?:\{[a-z0-9,]+:)*)(?=[A-Z0-9a-z])")
VOWEL = re.compile(r"(?!uni[a-z]|U[A-Z.]|Eu|one|use|Uga|Ukr|Uru|Uzb)[AEIOUaeiou8]|hono|hour")


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a line, as PLOVER reads it and as it is done."""

    type: str
    deed: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True)
class Line:
    """One template, with its marks and its acts."""

    marked: str
    acts: tuple[Act, ...]
    where: str

    def plain(self) -> tuple[str, list[tuple[str, int, int]]]:
        """Give the text without marks, and the spans that they marked."""
        text, spans, stack, at = "", [], [], 0
        for mark in MARK.finditer(self.marked):
            text, at = text + self.marked[at : mark.start()], mark.end()
            if mark[1]:
                stack.append((mark[1], len(text)))
            elif stack:
                labels, start = stack.pop()
                spans += [(label, start, len(text)) for label in labels.split(",")]
            else:
                raise ValueError(f"{self.where}: a mark closes that never opened")
        if stack:
            raise ValueError(f"{self.where}: a mark is never closed")
        return text + self.marked[at:], sorted(spans, key=lambda span: span[1:])


def _words(field: str) -> tuple[str, ...]:
    return tuple(word for word in field.split(",") if word)


def parse(row: str, where: str) -> Line:
    """Read one row of a corpus file."""
    fields = row.split("\t")
    if len(fields) != 5:
        raise ValueError(f"{where}: {len(fields)} fields, not 5")
    columns = [field.split("|") for field in fields[1:]]
    if len({len(column) for column in columns}) != 1:
        raise ValueError(f"{where}: the fields tell of different numbers of acts")
    acts = tuple(
        Act(kind.split("/")[0], kind.split("/")[-1], _words(mode), _words(about), status)
        for kind, mode, about, status in zip(*columns, strict=True)
    )
    return Line(fields[0], acts, where)


def read(path: Path) -> list[Line]:
    """Read the templates of one corpus file."""
    rows = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return [
        parse(row, f"{path.name}:{number}")
        for number, row in rows
        if row.strip() and not row.startswith("#")
    ]


def everything() -> Iterator[Line]:
    """Give every template of every corpus file, in the order of names."""
    for path in sorted(HERE.glob("*.txt")):
        yield from read(path)


@cache
def countries() -> tuple[dict[str, str], ...]:
    """Give the rows of the table of countries."""
    rows = (HERE / "slots/countries.tsv").read_text(encoding="utf-8").splitlines()
    names = rows[0].split("\t")
    return tuple(dict(zip(names, row.split("\t"), strict=True)) for row in rows[1:])


@cache
def slot(name: str) -> tuple[str, ...]:
    """Give the values of one list of slots."""
    lines = (HERE / f"slots/{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line)


def fill(line: Line, rng: random.Random) -> Line:
    """Fill every slot of a template, one row of countries a number."""
    rows = rng.sample(countries(), 12)
    taken: dict[str, dict[str, str]] = {}

    def value(match: re.Match[str]) -> str:
        name, number = match[1], match[2]
        if name in countries()[0]:
            row = taken.setdefault(number, rows.pop()) if number else rows.pop()
            return row[name]
        return rng.choice(slot(name))

    marked = THE.sub(r"\2\1", SLOT.sub(value, line.marked))
    return replace(line, marked=_capital(ARTICLE.sub(_article(marked), marked)))


def dress(line: Line, rng: random.Random) -> Line:
    """Give a template a leading phrase or a trailing clause, without a new act."""
    marked = line.marked
    if not re.match(r"(?:\{[a-z0-9,]+:)*[A-Z<][a-z_]", marked) or marked[-1] != ".":
        return line
    spoken = re.search(r"\{[so]:|\bsaid\b|\btold\b|[\"?]", marked)
    if not spoken and ". " not in marked and rng.random() < 0.5:
        marked = f"{marked[:-1]}{rng.choice(_phrases(line, 'tail'))}."
    opens = re.match(r"((?:\{[a-z0-9,]+:)*)(The|A|An|Two|Three|Four|Five|No) ", marked)
    if opens and rng.random() < 0.4:
        at = opens.end(1)
        lowered = opens[1] + marked[at].lower() + marked[at + 1 :]
        marked = f"{rng.choice(_phrases(line, 'lead'))} {lowered}"
    return replace(line, marked=marked)


def _phrases(line: Line, name: str) -> tuple[str, ...]:
    political = () if line.acts[0].type == "NONE" else slot(name)
    return political + slot(f"{name}_any")


def _article(marked: str) -> Callable[[re.Match[str]], str]:
    def mend(match: re.Match[str]) -> str:
        vowel = VOWEL.match(marked, match.end())
        return f"{match[1]}{'n' if vowel else ''} {match[3]}"

    return mend


def _capital(marked: str) -> str:
    first = re.match(r"(?:\{[a-z0-9,]+:)*", marked)
    at = first.end() if first else 0
    return marked[:at] + marked[at : at + 1].upper() + marked[at + 1 :]
