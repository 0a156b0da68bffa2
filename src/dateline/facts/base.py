"""The knowledge base, read once from one compact file and looked up by name."""

import gzip
import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from dateline.facts.values import Birth, Dated, Entity, Found, Name, Role
from dateline.model.fold import cased, key

Day = date | tuple[date, date]
MOST = 9  # words in the longest name


class Base:
    """Look-ups over the knowledge base; values are made when they are asked for."""

    def __init__(self, raw: dict[str, Any]) -> None:
        """Keep the file's lists as they come."""
        self._entities: list[list[str]] = raw["entities"]
        self._names: dict[str, list[list[Any]]] = raw["names"]
        self._roles: dict[str, list[list[Any]]] = raw["roles"]
        self._births: list[list[Any]] = raw["births"]
        self._dated: list[list[Any]] = raw["dated"]
        self.made: dict[str, str] = raw["made"]

    @cached_property
    def _at(self) -> dict[str, int]:
        return {row[0]: i for i, row in enumerate(self._entities)}

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
        return self._known(key(form), cased(form))

    def _known(self, folded: str, strict: str) -> tuple[Name, ...]:
        rows = self._names.get(folded, ())
        made = (self._name(row) for row in rows)
        return tuple(n for n in made if not n.cased or cased(n.form) == strict)

    def _name(self, row: list[Any]) -> Name:
        form, at, kind, flags = row
        return Name(form, self._entities[at][0], kind, bool(flags & 1), bool(flags & 2))

    def find(self, form: str) -> tuple[Entity, ...]:
        """Return the entities that go by `form`, whether or not it needs context.

        >>> [e.name for e in base().find("Kim Jong-un")]
        ['Kim Jong Un']
        """
        ids = dict.fromkeys(name.entity for name in self.names(form))
        return tuple(self.entity(each) for each in ids)

    def entity(self, entity: str) -> Entity:
        """Return the entity of that id; KeyError when the base has none."""
        row = self._entities[self._at[entity]]
        sectors = tuple(part for part in row[4].split("|") if part)
        return Entity(row[0], row[1], row[2], row[3] or None, sectors, *row[5:8])

    def entities(self) -> Iterator[Entity]:
        """Yield every entity."""
        return (self.entity(row[0]) for row in self._entities)

    def names_of(self, entity: str) -> tuple[Name, ...]:
        """Return every form of an entity's name."""
        at = self._at[entity]
        rows = (row for rows in self._names.values() for row in rows if row[1] == at)
        return tuple(self._name(row) for row in rows)

    def roles(self, entity: str, day: Day | None = None) -> tuple[Role, ...]:
        """Return the roles of an entity on a day (or in an interval), surest first.

        A term that has ended leaves a role of sector ELI until the next one begins.

        >>> kim = base().find("Kim Jong Un")[0].id
        >>> base().roles(kim, date(2019, 1, 8))[0].country
        'PRK'
        """
        found = [self._role(entity, row) for row in self._roles.get(entity, ())]
        if day is None:
            return tuple(found)
        first, last = day if isinstance(day, tuple) else (day, day)
        held = [role for role in found if role.covers(first, last)]
        return tuple(sorted(held, key=lambda role: not role.surely(first, last)))

    def _role(self, entity: str, row: list[Any]) -> Role:
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
            source=source,
        )

    @cached_property
    def _holders(self) -> dict[tuple[str, str], list[Role]]:
        index: dict[tuple[str, str], list[Role]] = {}
        for entity, rows in self._roles.items():
            for row in rows:
                if row[1]:
                    role = self._role(entity, row)
                    index.setdefault((row[2], row[1]), []).append(role)
        return index

    def holders(self, country: str, office: str, day: Day) -> tuple[Role, ...]:
        """Return who held an office of a country on a day, surest first.

        >>> base().holders("USA", "president", date(1998, 5, 1))[0].entity
        'person:bill-clinton'
        """
        first, last = day if isinstance(day, tuple) else (day, day)
        every = self._holders.get((country, office), ())
        held = [role for role in every if role.covers(first, last)]
        return tuple(sorted(held, key=lambda role: not role.surely(first, last)))

    def search(self, text: str, limit: int = 20) -> tuple[Entity, ...]:
        """Return the entities with a name that holds `text`, whole names first.

        >>> base().search("arafat")[0].country
        'PSE'
        """
        wanted = key(text)
        if not wanted:
            return ()
        hits: dict[int, tuple[int, int]] = {}
        for form, rows in self._names.items():
            if (at := f" {form}".find(wanted)) >= 0:
                rank = (form != wanted, 0 if f" {form}"[at - 1] == " " else 1)
                for row in rows:
                    hits[row[1]] = min(rank, hits.get(row[1], rank))
        best = sorted(hits, key=lambda at: (hits[at], self._entities[at][2]))
        return tuple(self.entity(self._entities[at][0]) for at in best[:limit])

    def longest_at(self, words: Sequence[str], at: int) -> Found | None:
        """Return the longest known name that begins at `words[at]`, or None.

        >>> base().longest_at("the White House said".split(), 1).words
        2
        """
        start = key(words[at]).split(" ", 1)[0]
        reach = self._firsts.get(start, 0)
        window = words[at : at + min(reach, MOST) * 2]
        folded = [key(word) for word in window]
        for end in range(len(window), 0, -1):
            joined = " ".join(part for part in folded[:end] if part)
            if folded[end - 1] and joined in self._names:
                strict = " ".join(filter(None, map(cased, window[:end])))
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
            for entity, born, died in self._births
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


@cache
def base() -> Base:
    """Return the knowledge base that ships with the program, read once."""
    packed = (files("dateline.facts") / "data" / "base.json.gz").read_bytes()
    return Base(json.loads(gzip.decompress(packed)))
