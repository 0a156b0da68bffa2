"""Actor dictionaries of the Phoenix and PETRARCH coders, turned into our lists."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.actors.lists import COLUMNS, Fault
from dateline.reference import NONSTATE, countries, load_sectors

CODE = re.compile(r"\[([^\]]{0,200})\]")
DATED = re.compile(r"^(\S{0,30})\s*(?:([<>])\s*(\d{6,8})|(\d{6,8})\s*-\s*(\d{6,8}))?$")
OLD = {  # codes of CAMEO that PLOVER spells otherwise or leaves out
    "MED": "JRN",
    "HLH": "MED",
    "INS": "REB",
    "SEP": "REB",
    "IMM": "REF",
    "SET": "CVL",
    "UIS": "UAF",
    "ENV": "SOC",
    "HRI": "SOC",
    "DEV": "GOV",
    "LLY": "GOV",
    "ANT": "OPP",
    "MOD": "",
    "RAD": "REB",
    "SLM": "",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a dictionary entry and the dates it holds between, ISO or ""."""

    country: str
    sectors: tuple[str, ...]
    since: str
    until: str


def convert(lines: Iterable[str], source: str = "") -> Iterator[dict[str, str] | Fault]:
    """Yield the rows of our lists that a dictionary's lines make.

    >>> next(convert(["FOO_BAR_ [USAGOV 010120-050120]"]))["from"]
    '2001-01-20'
    """
    names: list[str] = []
    terms: list[Term] = []
    for number, raw in enumerate(lines, 1):
        line = raw.split("#", 1)[0].rstrip()
        if not line.strip() or line.lstrip().startswith("<!--"):
            continue
        if not line[0].isspace() and line[0] != "+":
            yield from dictionary_rows(names, terms, source)
            names, terms = [], []
        name = entry_name(line)
        if name:
            names.append(name)
        for told in CODE.findall(line):
            term = term_of(told)
            if term is None:
                yield Fault(number, f"no code to read in [{told}]")
            else:
                terms.append(term)
    yield from dictionary_rows(names, terms, source)


def entry_name(line: str) -> str:
    """Return the name that a line of a dictionary gives."""
    words = line.split("[", 1)[0].strip().lstrip("+")
    words = words.split(";", 1)[0]
    return " ".join(words.replace("_", " ").replace("=", " ").split()).title()


def term_of(told: str) -> Term | None:
    """Return what one bracket says: a code, and the dates it holds between."""
    hit = DATED.match(told.strip())
    if hit is None or not hit[1]:
        return None
    code, sign, one, first, last = hit.groups()
    country, kinds = split_agent_code(code)
    if not country and not kinds:
        return None
    since = iso(first) if first else iso(one) if sign == ">" else ""
    until = iso(last) if last else iso(one) if sign == "<" else ""
    return Term(country, kinds, since, until)


def split_agent_code(code: str) -> tuple[str, tuple[str, ...]]:
    """Return country and sectors of a code of three letters each.

    >>> split_agent_code("TURCOP"), split_agent_code("IGOUNO")
    (('TUR', ('COP',)), ('UNO', ()))
    """
    pieces = [code[i : i + 3].upper() for i in range(0, len(code) - len(code) % 3, 3)]
    country = ""
    found: list[str] = []
    for piece in pieces:
        kind = OLD.get(piece, piece)
        if piece in NONSTATE and (not country or country in NONSTATE):
            country = piece
        elif not country and (land := countries().answers(piece)):
            country = land
        elif kind in load_sectors():
            found.append(kind)
    return country, tuple(dict.fromkeys(found))


def iso(told: str) -> str:
    """Return a date of six or eight digits as ISO, "" where it is none.

    >>> iso("010120"), iso("19890120")
    ('2001-01-20', '1989-01-20')
    """
    if len(told) == 6:  # noqa: PLR2004
        year = int(told[:2])
        told = f"{1900 + year if year > 30 else 2000 + year}{told[2:]}"  # noqa: PLR2004
    if len(told) != 8:  # noqa: PLR2004
        return ""
    return f"{told[:4]}-{told[4:6]}-{told[6:]}"


def dictionary_rows(
    names: list[str], terms: list[Term], source: str
) -> Iterator[dict[str, str] | Fault]:
    """Yield one row for each name and term of an entry."""
    for name in names:
        for term in terms:
            yield {
                "name": name,
                "country": term.country,
                "sector": " ".join(term.sectors),
                "from": term.since,
                "to": term.until,
                "source": source,
            }


def bring_in(dictionary: Path, target: Path) -> list[Fault]:
    """Write a dictionary as one of our lists; return the lines it could not read."""
    faults: list[Fault] = []
    text = dictionary.read_text("utf-8-sig", errors="replace")
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        for each in convert(text.splitlines(), dictionary.name):
            if isinstance(each, Fault):
                faults.append(each)
            else:
                writer.writerow(each)
    return faults
