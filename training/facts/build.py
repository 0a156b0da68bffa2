"""Compile the tables of facts into the one file that the program reads.

    python training/facts/build.py

The tables are written by hand. Lists in a cell are parted by "|"; a form that begins
with "=" counts only as it stands, one with "?" needs context. A cell of roles reads
"title {SECTORS} @COUNTRY from..to; ...": sectors and country only where they are not
those of the title and the row; a day, a month or a year at either end, or nothing.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta

from entities import groups, media, people, states, wikidata
from happenings import read_births, read_dated
from tables import HERE, SOURCE, Row, table
from terms import ENDED

from dateline.resources.knowledge_base.values import UNCHECKED
from dateline.resources.reference import cased, fold_name

OUT = HERE.parents[1] / "src/dateline/resources/knowledge_base/data/base.txt.gz"
TAB, PART, BLOCK = "\t", "\v", "\f"  # the program splits at the same marks


def main() -> None:
    rows = [*states(), *people(), *groups(), *media()]
    known = wikidata()
    for row in rows:
        row.wikidata = known.get(row.id, "")
    mark(rows)
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


def mark(rows: list[Row]) -> None:
    """Give what came from general knowledge the sources that bear it out, or none.

    The end of a term is borne out where the term is.
    """
    told = {
        (cells["entity"], cells["title"], cells["since"]): cells["sources"]
        for cells, _ in table(HERE / "checked.csv")
    }
    for row in rows:
        if not row.source.startswith(SOURCE):
            continue
        row.source = source_of(told.get((row.id, "", ""), ""))
        ended = {}
        for role in row.roles:
            if role[-1] != ENDED:
                role[-1] = source_of(told.get((row.id, role[0], role[4]), ""))
                ended[role[5]] = role[-1]
        for role in row.roles:
            if role[-1] == ENDED:
                before = (date.fromisoformat(role[4]) - timedelta(days=1)).isoformat()
                unsure = ended.get(before, UNCHECKED) == UNCHECKED
                role[-1] = f"{ENDED}, {UNCHECKED}" if unsure else ENDED


def source_of(told: str) -> str:
    return told.replace("|", "; ") or UNCHECKED


def entity(row: Row, sources: list[str]) -> list[str]:
    told = (row.id, row.kind, row.name, row.country, row.sectors)
    return [*told, row.wikidata, row.note, str(sources.index(row.source))]


def cited(row: Row) -> Iterator[str]:
    yield row.source
    yield from (role[-1] for role in row.roles)


def told(roles: list[list[str]], sources: list[str]) -> str:
    """The roles of one entity in one line; sources by their place in the list."""
    return PART.join(TAB.join([*role[:-1], str(sources.index(role[-1]))]) for role in roles)


def names(rows: list[Row]) -> dict[str, str]:
    """Every folded form with one line of those who go by it, read when asked for."""
    index: dict[str, list[str]] = {}
    for at, row in enumerate(rows):
        seen = set()
        for form, kind, flags in row.forms:
            folded, strict = fold_name(form), cased(form) if flags & 1 else ""
            if folded and (folded, strict) not in seen:
                seen.add((folded, strict))
                line = TAB.join((form, str(at), kind, str(flags)))
                index.setdefault(folded, []).append(line)
    return {folded: PART.join(lines) for folded, lines in index.items()}


if __name__ == "__main__":
    main()
