"""Find what cannot be right in the tables of facts.

    python training/facts/check.py

Looks for terms of a single-holder office that overlap, codes and sectors that do not
exist, days out of order, full names that two people share, and Wikidata ids of
nobody or of two.
"""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from dateline.resources.knowledge_base import Base, Role, base
from dateline.resources.reference import countries, load_sectors

TABLE = Path(__file__).parent / "offices.csv"
CONTESTED = Path(__file__).parent / "contested.csv"
HANDOVER = timedelta(days=3)
DIVIDED = {"LBY", "YEM", "SOM", "SRB", "KHM"}  # two governments, or two states in one


def problems(facts: Base) -> Iterator[str]:
    """Yield one line for each thing that cannot be right."""
    yield from codes(facts)
    yield from days(facts)
    yield from overlaps(facts)
    yield from shared(facts)
    yield from numbered(facts)
    yield from borne(facts)


def borne(facts: Base) -> Iterator[str]:
    with (TABLE.parent / "checked.csv").open(encoding="utf-8") as file:
        told = {row["entity"] for row in csv.DictReader(file)}
    ids = {each.id for each in facts.entities()}
    yield from (f"{each}: nobody, yet checked" for each in sorted(told - ids))


def numbered(facts: Base) -> Iterator[str]:
    with (TABLE.parent / "wikidata.csv").open(encoding="utf-8") as file:
        told = [(row["entity"], row["qid"]) for row in csv.DictReader(file)]
    ids = {each.id for each in facts.entities()}
    yield from (f"{each}: a Wikidata id of nobody" for each, _ in told if each not in ids)
    times = Counter(qid for _, qid in told)
    yield from (f"{qid}: two entities" for qid, many in times.items() if many > 1)


def codes(facts: Base) -> Iterator[str]:
    known = {each.code for each in countries() if each.answers == each.code}
    for each in facts.entities():
        told = [(each.country, each.sectors)]
        told += [(role.country, role.sectors) for role in facts.roles(each.id)]
        for country, parts in told:
            if country and country not in known:
                yield f"{each.id}: unknown code {country}"
            for part in parts:
                if part not in load_sectors():
                    yield f"{each.id}: unknown sector {part}"


def days(facts: Base) -> Iterator[str]:
    for each in facts.entities():
        for role in facts.roles(each.id):
            if role.since and role.until and role.since > role.until:
                yield f"{each.id}: {role.title} ends before it begins"
    for found in facts.dated():
        if found.last and found.last < found.first:
            yield f"{found.what}: ends before it begins"
    for born in facts.births():
        if born.born > date.today():
            yield f"{born.entity}: not born yet"


def overlaps(facts: Base) -> Iterator[str]:
    with CONTESTED.open(encoding="utf-8") as file:
        known = {(r["country"], r["office"], r["since"]) for r in csv.DictReader(file)}
    for (country, office), roles in terms(facts).items():
        roles.sort(key=lambda role: role.since or date.min)
        for one, two in zip(roles, roles[1:], strict=False):
            end = one.until or date.max - HANDOVER
            told = (country, office, str(two.since)) in known
            if not told and two.since and two.since + HANDOVER < end:
                yield f"{country} {office}: {one.entity} and {two.entity} {two.since}"


def terms(facts: Base) -> dict[tuple[str | None, str], list[Role]]:
    """Return the terms known to the day of every office that one person holds."""
    with TABLE.open(encoding="utf-8") as file:
        single = {r["office"] for r in csv.DictReader(file) if r["single"] == "yes"}
    held: dict[tuple[str | None, str], list[Role]] = defaultdict(list)
    for each in facts.entities():
        for role in facts.roles(each.id):
            exact = role.office in single and role.since and role.precision == "day"
            if exact and role.country not in DIVIDED:
                held[role.country, role.office].append(role)
    return held


def shared(facts: Base) -> Iterator[str]:
    ids = Counter(each.id for each in facts.entities())
    yield from (f"{each}: told twice" for each, times in ids.items() if times > 1)
    for each in facts.entities():
        if each.kind == "person":
            others = {n.entity for n in facts.names(each.name) if n.kind == "full"}
            if len(others) > 1:
                yield f"{each.name}: {sorted(others)}"


if __name__ == "__main__":
    found = list(problems(base()))
    print("\n".join(found) or "no problems", file=sys.stderr)
    sys.exit(bool(found))
