"""The knowledge base, read once from one compact file and looked up by name."""

import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from dateline.model.folding import cased, fold_name
from dateline.resources.knowledge_base.values import Birth, Dated, Entity, Found, Name, Role

Day = date | tuple[date, date]
MOST = 9  # words in the longest name
OWNED = ("'s", "’s", "'S", "’S")


class Base:
    """Look-ups over the knowledge base; values are made when first asked for."""

    def __init__(self, text: str) -> None:
        """Part the file into lines; a line is parted when it is asked for."""
        head, *blocks = text.split("\f")
        told = json.loads(head)
        self.made: dict[str, str] = told["made"]
        self._sources: list[str] = told["sources"]
        self._dated: list[list[Any]] = told["dated"]
        entities, forms, bearers, held, roles, births = (b.split("\n") for b in blocks)
        self._entities = entities
        self._names = dict(zip(forms, bearers, strict=True))
        self._roles = dict(zip(held, roles, strict=True))
        self._births = births
        self._told: dict[str, Entity] = {}
        self._posts: dict[str, tuple[Role, ...]] = {}

    @cached_property
    def _at(self) -> dict[str, int]:
        return {row.split("\t", 1)[0]: i for i, row in enumerate(self._entities)}

    @cached_property
    def _firsts(self) -> dict[str, int]:
        longest: dict[str, int] = {}
        for form in self._names:
            first, words = form.split(" ", 1)[0], form.count(" ") + 1
            longest[first] = max(words, longest.get(first, 0))
        return longest

    def names(self, form: str) -> tuple[Name, ...]:
        """Return every name written as `form`: marks, dots, hyphens and case folded.

        >>> [n.kind for n in base().names("U.N.")]
        ['acronym']
        """
        return self._known(fold_name(form), cased(form))

    def _known(self, folded: str, strict: str) -> tuple[Name, ...]:
        made = (self._name(row) for row in self._rows(folded))
        return tuple(n for n in made if not n.cased or cased(n.form) == strict)

    def _rows(self, folded: str) -> list[str]:
        return self._names[folded].split("\v") if folded in self._names else []

    def _name(self, row: str) -> Name:
        form, at, kind, flags = row.split("\t")
        entity = self._entities[int(at)].split("\t", 1)[0]
        return Name(form, entity, kind, flags in "13", flags in "23")

    def find(self, form: str) -> tuple[Entity, ...]:
        """Return the entities that go by `form`, whether or not it needs context.

        >>> [e.name for e in base().find("Kim Jong-un")]
        ['Kim Jong Un']
        """
        ids = dict.fromkeys(name.entity for name in self.names(form))
        return tuple(self.entity(each) for each in ids)

    def entity(self, entity: str) -> Entity:
        """Return the entity of that id; KeyError when the base has none."""
        if entity not in self._told:
            self._told[entity] = self._entity(self._entities[self._at[entity]])
        return self._told[entity]

    def get(self, entity: str | None) -> Entity | None:
        """Return the entity of that id, None where the base has none.

        The ids of parties may be from lists of the user's own.

        >>> base().get("list:own.csv:2") is None
        True
        """
        return self.entity(entity) if entity in self._at else None

    def _entity(self, line: str) -> Entity:
        each, kind, name, country, sectors, wikidata, note, source = line.split("\t")
        return Entity(
            id=each,
            kind=kind,
            name=name,
            country=country or None,
            sectors=tuple(part for part in sectors.split("|") if part),
            wikidata=wikidata,
            note=note,
            source=self._sources[int(source)],
        )

    def entities(self) -> Iterator[Entity]:
        """Yield every entity."""
        return map(self._entity, self._entities)

    def names_of(self, entity: str) -> tuple[Name, ...]:
        """Return every form of an entity's name."""
        at = f"\t{self._at[entity]}\t"
        told = (rows for rows in self._names.values() if at in rows)
        rows = (row for each in told for row in each.split("\v") if at in row)
        return tuple(self._name(row) for row in rows)

    def roles(self, entity: str, day: Day | None = None) -> tuple[Role, ...]:
        """Return the roles of an entity on a day (or in an interval), surest first.

        A term that has ended leaves a role of sector ELI until the next one begins.

        >>> kim = base().find("Kim Jong Un")[0].id
        >>> base().roles(kim, date(2019, 1, 8))[0].country
        'PRK'
        """
        if entity not in self._posts:
            held = self._held(entity)
            self._posts[entity] = tuple(self._role(entity, row) for row in held)
        found = self._posts[entity]
        if day is None:
            return found
        first, last = day if isinstance(day, tuple) else (day, day)
        then = [role for role in found if role.covers(first, last)]
        return tuple(sorted(then, key=lambda role: not role.surely(first, last)))

    def _held(self, entity: str) -> list[list[str]]:
        lines = self._roles.get(entity, "").split("\v")
        return [line.split("\t") for line in lines if line]

    def _role(self, entity: str, row: list[str]) -> Role:
        title, office, country, sectors, since, until, precision, source = row
        return Role(
            entity=entity,
            title=title,
            office=office,
            country=country or None,
            sectors=tuple(part for part in sectors.split("|") if part),
            since=date.fromisoformat(since) if since else None,
            until=date.fromisoformat(until) if until else None,
            precision=precision,
            source=self._sources[int(source)],
        )

    @cached_property
    def _holders(self) -> dict[tuple[str, str], list[tuple[str, list[str]]]]:
        index: dict[tuple[str, str], list[tuple[str, list[str]]]] = {}
        for entity in self._roles:
            for row in self._held(entity):
                if row[1]:
                    index.setdefault((row[2], row[1]), []).append((entity, row))
        return index

    def holders(self, country: str, office: str, day: Day) -> tuple[Role, ...]:
        """Return who held an office of a country on a day, surest first.

        >>> base().holders("USA", "president", date(1998, 5, 1))[0].entity
        'person:bill-clinton'
        """
        first, last = day if isinstance(day, tuple) else (day, day)
        every = (self._role(*each) for each in self._holders.get((country, office), ()))
        held = [role for role in every if role.covers(first, last)]
        return tuple(sorted(held, key=lambda role: not role.surely(first, last)))

    def search(self, text: str, limit: int = 20) -> tuple[Entity, ...]:
        """Return the entities with a name that holds `text`, whole names first.

        >>> base().search("arafat")[0].country
        'PSE'
        """
        wanted = fold_name(text)
        if not wanted:
            return ()
        hits: dict[int, tuple[int, int]] = {}
        for form in self._names:
            if (at := f" {form}".find(wanted)) >= 0:
                rank = (form != wanted, 0 if f" {form}"[at - 1] == " " else 1)
                for row in self._rows(form):
                    who = int(row.split("\t")[1])
                    hits[who] = min(rank, hits.get(who, rank))
        made = {at: self._entity(self._entities[at]) for at in hits}
        best = sorted(hits, key=lambda at: (hits[at], made[at].name))
        return tuple(made[at] for at in best[:limit])

    def longest_at(self, words: Sequence[str], at: int) -> Found | None:
        """Return the longest known name that begins at `words[at]`, or None.

        >>> base().longest_at("the White House said".split(), 1).words
        2
        """
        word = words[at]
        reach = self._firsts.get(fold_name(word).split(" ", 1)[0], 0)
        if word.endswith(OWNED):
            start = fold_name(word_inside_name(word)).split(" ", 1)[0]
            reach = max(reach, self._firsts.get(start, 0))
        if not reach:
            return None
        window = words[at : at + min(reach, MOST) * 2]
        before, hits = "", []  # the folded words before, joined
        for end, word in enumerate(window, 1):
            last = fold_name(word)
            joined = f"{before} {last}" if before else last
            if last and joined in self._names:
                hits.append((end, joined))
            if word.endswith(OWNED):
                last = fold_name(word_inside_name(word))
            before = (f"{before} {last}" if before else last) if last else before
            if before.count(" ") >= reach:
                break  # no name that starts so is longer
        for end, joined in reversed(hits):
            own = [*map(word_inside_name, window[: end - 1]), window[end - 1]]
            strict = " ".join(filter(None, map(cased, own)))
            if names := self._known(joined, strict):
                return Found(end, names)
        return None

    def births(self) -> tuple[Birth, ...]:
        """Return the days of birth of people of whom reports tell birthdays."""
        return tuple(
            Birth(
                entity=entity,
                name=self.entity(entity).name,
                born=date.fromisoformat(born),
                died=date.fromisoformat(died) if died else None,
            )
            for entity, born, died in (line.split("\t") for line in self._births)
        )

    def dated(self) -> tuple[Dated, ...]:
        """Return the happenings whose days are known, oldest first."""
        return tuple(
            Dated(
                what=row[0],
                kind=row[1],
                first=date.fromisoformat(row[2]),
                last=date.fromisoformat(row[3]) if row[3] else None,
                precision=row[4],
                names=tuple(row[5].split("|")),
                place=row[6],
                countries=tuple(part for part in row[7].split("|") if part),
                source=row[8],
            )
            for row in self._dated
        )


def word_inside_name(word: str) -> str:
    """Return a word as it counts inside a name: "People's" keeps its s there."""
    return f"{word[:-2]}s" if word.endswith(OWNED) else word


@cache
def base() -> Base:
    """Return the knowledge base that ships with the program, read once."""
    packed = (files("dateline.resources.knowledge_base") / "data" / "base.txt.gz").read_bytes()
    return Base(gzip.decompress(packed).decode())
