"""Compile the tables of facts into the one file that the program reads.

    python training/facts/build.py

The tables are written by hand. Lists in a cell are parted by "|"; a form that begins
with "=" counts only as it stands, one with "?" needs context. A cell of roles reads
"title {SECTORS} @COUNTRY from..to; ...": sectors and country only where they are not
those of the title and the row; a day, a month or a year at either end, or nothing.
"""

import csv
import gzip
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from dateline.reference import cased, countries, key, outlets

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "src/dateline/facts/data/base.txt.gz"
SOURCE = "general knowledge"
TAB, PART, BLOCK = "\t", "\v", "\f"  # the program splits at the same marks
ROLE = re.compile(
    r"^(?P<title>[^{@]*?)\s*(?:\{(?P<sectors>[A-Z+]+)\})?\s*(?:@(?P<country>[A-Z]{3}))?"
    r"\s*(?:(?P<since>[\d-]*)\.\.(?P<until>[\d-]*))?$"
)
FAMILY_FIRST = {"CHN", "PRK", "KOR", "TWN", "HKG"}
OFFICIAL = {"GOV", "MIL", "LEG", "SPY", "JUD", "COP"}


@dataclass
class Row:
    """One entity as the tables tell it."""

    id: str
    kind: str
    name: str
    country: str
    sectors: str
    wikidata: str
    note: str
    source: str
    forms: list[tuple[str, str, int]] = field(default_factory=list)
    roles: list[list[str]] = field(default_factory=list)


def main() -> None:
    rows = [*states(), *people(), *groups(), *media()]
    known = wikidata()
    for row in rows:
        row.wikidata = known.get(row.id, "")
    births, dated = list(read_births()), list(read_dated())
    OUT.parent.mkdir(exist_ok=True)
    sources = list(dict.fromkeys(source for row in rows for source in cited(row)))
    index = names(rows)
    held = {row.id: told(row.roles, sources) for row in rows if row.roles}
    made = {"tables": "training/facts", "current": "2026-01"}
    head = {"made": made, "sources": sources, "dated": dated}
    blocks = [
        [json.dumps(head, ensure_ascii=False, separators=(",", ":"))],
        [TAB.join(entity(row, sources)) for row in rows],
        list(index),
        index.values(),
        list(held),
        held.values(),
        [TAB.join(each) for each in births],
    ]
    raw = BLOCK.join("\n".join(block) for block in blocks)
    OUT.write_bytes(gzip.compress(raw.encode(), 9, mtime=0))
    print(f"{len(rows)} entities, {OUT.stat().st_size} bytes", file=sys.stderr)


def entity(row: Row, sources: list[str]) -> list[str]:
    told = (row.id, row.kind, row.name, row.country, row.sectors)
    return [*told, row.wikidata, row.note, str(sources.index(row.source))]


def cited(row: Row) -> Iterator[str]:
    yield row.source
    yield from (role[-1] for role in row.roles)


def told(roles: list[list[str]], sources: list[str]) -> str:
    """The roles of one entity in one line; sources by their place in the list."""
    return PART.join(
        TAB.join([*role[:-1], str(sources.index(role[-1]))]) for role in roles
    )


def names(rows: list[Row]) -> dict[str, str]:
    """Every folded form with one line of those who go by it, read when asked for."""
    index: dict[str, list[str]] = {}
    for at, row in enumerate(rows):
        seen = set()
        for form, kind, flags in row.forms:
            folded = key(form)
            if folded and (folded, flags & 1) not in seen:
                seen.add((folded, flags & 1))
                line = TAB.join((form, str(at), kind, str(flags)))
                index.setdefault(folded, []).append(line)
    return {folded: PART.join(lines) for folded, lines in index.items()}


# --- reading the tables


def table(path: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the rows of a table, each with its source."""
    lines = path.read_text("utf-8").splitlines()
    source = SOURCE
    if lines[0].startswith("# source:"):
        source, lines = lines[0][9:].strip(), lines[1:]
    for at, cells in enumerate(csv.DictReader(lines), 3):
        if None in cells or None in cells.values():
            raise SystemExit(f"{path.name}, near line {at}: wrong columns: {cells}")
        yield {k: v.strip() for k, v in cells.items()}, cells.get("source") or source


def split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def form(text: str, kind: str = "") -> tuple[str, str, int]:
    bare = text.lstrip("=?")
    if hit := re.search(r" \([^()]+\)$", bare):
        bare, text = bare[: hit.start()], "?" + text
    kept = cased(bare)
    capitals = sum(c.isupper() for c in kept)
    acronym = (
        capitals >= 2 and " " not in bare and len(bare) <= 12 and not bare.islower()
    )
    acronym = acronym and capitals >= len(kept) - 1
    strict = "=" in text[:2] or (acronym and len(kept) <= 4)
    loose = "?" in text[:2]
    return bare, kind or ("acronym" if acronym else "short"), strict + 2 * loose


def slug(text: str) -> str:
    return key(text).replace(" ", "-")


def wikidata() -> dict[str, str]:
    return {cells["entity"]: cells["qid"] for cells, _ in table(HERE / "wikidata.csv")}


def states() -> Iterator[Row]:
    for each in countries():
        if each.kind == "nonstate":
            continue
        sectors = "GOV|PRE" if each.partial else "GOV"
        told = (f"state:{each.code}", "state", each.name, each.answers, sectors)
        row = Row(*told, "", each.kind, "reference/countries")
        row.forms.append(form(each.name, "full"))
        marked = countries().marked(each.code)
        row.forms += [form(text) for text in marked["names"]]
        row.forms += [form(text, "demonym") for text in marked["adjectives"]]
        row.forms += [people_form(text) for text in each.nouns]
        yield row


def people_form(text: str) -> tuple[str, str, int]:
    plural = text.endswith(("s", "men", "women", "ese", "ish", "ch"))
    return form(text, "plural demonym" if plural else "demonym")


def people() -> Iterator[Row]:
    seen: dict[str, str] = {}
    for path in sorted((HERE / "people").glob("*.csv")):
        for cells, source in table(path):
            row = person(cells, source)
            if row.id in seen:
                raise SystemExit(f"{row.id}: in {seen[row.id]} and {path.name}")
            seen[row.id] = path.name
            yield row


def person(cells: dict[str, str], source: str) -> Row:
    country, name = cells["country"], cells["name"].lstrip("=?")
    told = ("person:" + slug(name), "person", name, country, "")
    row = Row(*told, "", cells.get("note", ""), source)
    row.forms.append(form(cells["name"], "full"))
    row.forms += [form(text) for text in split(cells["also"])]
    row.forms += surnames(cells)
    row.roles = [parse(text, row) for text in cells["roles"].split(";") if text.strip()]
    row.roles += former(row.roles)
    return row


def surnames(cells: dict[str, str]) -> list[tuple[str, str, int]]:
    """The forms of second mention: told in the table, else the family name."""
    told = split(cells["short"])
    if told == ["-"]:
        return []
    if not told:
        told = [family(cells["name"].lstrip("=?"), cells["country"])]
        told = [t for t in told if key(t) != key(cells["name"])]
    return [(t.rstrip("*"), "surname", 0 if t.endswith("*") else 2) for t in told] + [
        (t.split(" ", 1)[1].rstrip("*"), "surname", 2)
        for t in told
        if t.lower().startswith(("al ", "el "))
    ]


def family(name: str, country: str) -> str:
    words = name.split()
    if country in FAMILY_FIRST:
        return words[0]
    if words[-1].rstrip(".") in ("Jr", "Sr", "II", "III"):
        words = words[:-1]
    return re.sub(r"^(?:al|el|ad|as|an|ar|at)-", "", words[-1], flags=re.I)


def parse(text: str, row: Row) -> list[str]:
    """One role of a cell: title, office, country, sectors, days, precision, source."""
    found = ROLE.match(text.strip())
    if not found:
        raise SystemExit(f"{row.name}: no role: {text!r}")
    title = found["title"].strip()
    office, sectors = offices().get(title, ("", ""))
    sectors = (found["sectors"] or "").replace("+", "|") or sectors
    if not sectors:
        raise SystemExit(f"{row.name}: no sectors for {title!r}")
    country = found["country"] or row.country
    since, fine = day(found["since"] or "", "start")
    until, crude = day(found["until"] or "", "end")
    precision = min(fine, crude, key=["year", "month", "day"].index)
    return [title, office, country, sectors, since, until, precision, row.source]


def day(text: str, end: str) -> tuple[str, str]:
    """The first or last day that a year, month or day means, with its precision."""
    if not text:
        return "", "day"
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts).isoformat(), "day"
    year, month = parts[0], parts[1] if len(parts) == 2 else 0
    first = date(year, month or 1, 1)
    after = date(year + (month in (0, 12)), (month % 12) + 1 if month else 1, 1)
    found = first if end == "start" else after - timedelta(days=1)
    return found.isoformat(), "month" if month else "year"


def offices() -> dict[str, tuple[str, str]]:
    with (HERE / "offices.csv").open(encoding="utf-8") as file:
        return {r["title"]: (r["office"], r["sectors"]) for r in csv.DictReader(file)}


def former(roles: list[list[str]]) -> list[list[str]]:
    """After a term in office, until the next role: a former official."""
    told = sorted((r for r in roles if r[4] or r[5]), key=lambda r: (r[4], r[5] or "9"))
    made = []
    for at, role in enumerate(told):
        if not role[5] or not OFFICIAL & set(role[3].split("|")):
            continue
        if any(
            r[4] <= role[5] and (not r[5] or r[5] > role[5]) for r in told if r != role
        ):
            continue
        later = [r[4] for r in told[at + 1 :] if r[4] > role[5]]
        since = (date.fromisoformat(role[5]) + timedelta(days=1)).isoformat()
        until = ""
        if later:
            until = (date.fromisoformat(min(later)) - timedelta(days=1)).isoformat()
        if not until or until >= since:
            title = f"former {role[0]}"
            made.append(
                [title, "", role[2], "ELI", since, until, role[6], "term ended"]
            )
    return made


def groups() -> Iterator[Row]:
    for path in sorted((HERE / "groups").glob("*.csv")):
        for cells, source in table(path):
            kind = cells["kind"] or path.stem
            told = (
                f"{kind.replace(' ', '-')}:{slug(cells['name'].lstrip('=?'))}",
                kind,
            )
            name = cells["name"].lstrip("=?")
            row = Row(*told, name, cells["country"], cells["sectors"], "", "", source)
            row.note = cells.get("note", "")
            row.forms.append(
                form(cells["name"], "metonym" if kind == "metonym" else "full")
            )
            row.forms += [form(text) for text in split(cells["also"])]
            if kind == "ethnic group":
                row.forms = [(f, "plural demonym", flags) for f, _, flags in row.forms]
            told = cells.get("roles", "")
            row.roles = [parse(text, row) for text in told.split(";") if text.strip()]
            yield row


def media() -> Iterator[Row]:
    for each in outlets():
        told = (f"media:{slug(each.name)}", "media", each.name, each.country)
        row = Row(*told, "|".join(each.sectors), "", each.kind, "general knowledge")
        row.forms = [form(each.name, "full"), *map(form, each.also)]
        yield row


def read_births() -> Iterator[list[str]]:
    for path in sorted((HERE / "people").glob("*.csv")):
        for cells, _ in table(path):
            if len(cells["born"]) == 10:
                died = cells.get("died", "")
                yield ["person:" + slug(cells["name"]), cells["born"], died]


def read_dated() -> Iterator[list[str]]:
    rows = []
    for cells, source in table(HERE / "dated.csv"):
        first, fine = day(cells["first"], "start")
        open_end = cells["last"] == "open"
        end = "" if open_end else cells["last"] or cells["first"]
        last, crude = day(end, "end")
        precision = min(fine, crude, key=["year", "month", "day"].index)
        names = cells["names"] or cells["what"]
        told = [
            cells["what"],
            cells["kind"],
            first,
            "" if open_end else last,
            precision,
        ]
        rows.append([*told, names, cells["place"], cells["countries"], source])
    yield from sorted(rows, key=lambda row: row[2])


if __name__ == "__main__":
    main()
