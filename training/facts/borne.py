"""What is borne out, by which sources: of the Factbook, of WordNet, of news."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from terms import ENDED
from told import NEWS, News

from dateline.extract.actors.lexicon import Word, longest, split_words
from dateline.extract.actors.nationalities import find_nations
from dateline.nlp.en import pack
from dateline.resources.knowledge_base import Base, Entity, Role
from dateline.resources.reference import fold_name

MANY = 2  # times that news may tell somebody otherwise: "the Iran envoy"
NOT_YET = {"vice", "deputy", "former", "ex", "assistant"}
BEFORE, AFTER = 7, 10  # words beside a name that may tell what its bearer is


class Check:
    """What bears out whom: sources of entities, and of each of their roles."""

    def __init__(self, facts: Base) -> None:
        self.facts = facts
        self.who: dict[str, set[str]] = defaultdict(set)
        self.what: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self.forms: dict[str, list[str]] = defaultdict(list)
        for folded in facts._names:
            for name in facts._known(folded, "") if " " in folded else ():
                self.forms[name.entity].append(name.form)
        self.acronyms: dict[str, set[str]] = defaultdict(set)
        for folded in facts._names:
            for row in facts._rows(folded) if " " not in folded else ():
                name = facts._name(row)
                if name.kind == "acronym":
                    self.acronyms[name.entity].add(name.form)
        self.lands: dict[str, list[Entity]] = defaultdict(list)
        for each in facts.entities():
            codes = {each.country or ""} | {role.country or "" for role in facts.roles(each.id)}
            for code in codes:
                self.lands[code].append(each)

    def person(self, entity: str, source: str) -> None:
        self.who[entity].add(source)

    def role(self, role: Role, source: str) -> None:
        self.person(role.entity, source)
        since = str(role.since or "")
        self.what[role.entity, role.title, since].add(source)

    def write(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["entity", "title", "since", "sources"])
            rows = [(each, "", "", s) for each, s in self.who.items()]
            rows += [(*each, s) for each, s in self.what.items()]
            for *cells, sources in sorted(rows, key=lambda row: row[:3]):
                out.writerow([*cells, "|".join(sorted(sources))])


def entitled(role: Role, near: list[list[str]]) -> bool:
    """Whether one of the windows holds the words of a role's title, one by one."""
    title = fold_name(role.office or role.title).split()
    for window in near:
        for i in range(len(window) - len(title) + 1):
            before = window[i - 1] if i else ""
            if window[i : i + len(title)] == title and before not in NOT_YET:
                return True
    return False


def texts(check: Check, every: Iterable[News]) -> Iterator[str]:
    """Note who is given a nationality or a title in news; yield which differ."""
    others: dict[str, Counter[str]] = defaultdict(Counter)
    for report in every:
        found = list(split_words(report.text, pack.lexicon))
        shown = [word.text for word in found]
        at = 0
        while at < len(shown):
            hit = check.facts.longest_at(shown, at)
            who = {n.entity for n in hit.names if n.kind != "surname"} if hit else set()
            if hit and hit.words > 1 and len(who) == 1:
                each = check.facts.entity(who.pop())
                if each.kind == "person":
                    given(check, each, report.day, around(found, at, at + hit.words), others)
            at += hit.words if hit else 1
    for entity, lands in sorted(others.items()):
        told = ", ".join(f"{land} {n}" for land, n in lands.most_common(3))
        if entity not in check.who and lands.total() > MANY:
            yield f"nationality: {entity} is told of as {told}"


def around(found: list[Word], first: int, last: int) -> list[list[Word]]:
    """Return the words that may tell what a name's bearer is: before, and after ","."""
    before = found[max(0, first - BEFORE) : first]
    for i in range(len(before) - 1, -1, -1):
        if not before[i].key[:1].isalnum():
            before = before[i + 1 :]
            break
    after = found[last : last + AFTER]
    if not after or after[0].text not in (",", "("):
        return [before]
    cut = next((i for i, w in enumerate(after[1:], 1) if w.text in ",;:()"), len(after))
    return [before, after[1:cut]]


def given(
    check: Check,
    each: Entity,
    day: date,
    windows: list[list[Word]],
    others: dict[str, Counter[str]],
) -> None:
    """Note a nationality and a title that stand beside a name."""
    roles = check.facts.roles(each.id)
    lands = {each.country, *(role.country for role in roles)}
    titles = [r for r in check.facts.roles(each.id, day) if not r.source.startswith(ENDED)]
    for window in windows:
        keys = [word.key for word in window]
        role = next((r for r in titles if entitled(r, [keys])), None)
        found = [n for n in find_nations(window, pack.lexicon) if n.use == "plain"]
        every = range(len(window))
        office = role or any(longest(window, i, pack.lexicon) for i in every)
        for nation in found if office else ():
            if nation.code not in lands:
                others[each.id][nation.code] += 1
                continue
            check.person(each.id, NEWS)
            if role and role.country == nation.code:
                check.role(role, NEWS)
