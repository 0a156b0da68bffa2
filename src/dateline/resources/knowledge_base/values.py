"""What the knowledge base holds: entities, their names, roles, births, dated events."""

from dataclasses import dataclass
from datetime import date

UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something with a name of its own.

    `kind` is state, person, organisation, armed group, media, party, igo, ngo, company,
    metonym, ethnic group, school or government body. `country` and `sectors` hold
    whenever no dated role says otherwise; a person's are empty when only roles tell
    them. `source` names what bears the entity and its country out.
    """

    id: str
    kind: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    wikidata: str
    note: str
    source: str

    @property
    def checked(self) -> bool:
        """Whether a source bears out that this is somebody of that country."""
        return not self.source.endswith(UNCHECKED)


@dataclass(frozen=True, slots=True)
class Name:
    """One form under which an entity is written.

    `kind` is full, short, surname, acronym, demonym, plural demonym or metonym; `cased`
    forms count only as they stand; `loose` forms need context (a title, an earlier
    full name, a day) before they may be read so.
    """

    form: str
    entity: str
    kind: str
    cased: bool
    loose: bool


@dataclass(frozen=True, slots=True)
class Role:
    """What an entity was from `since` to `until` (None is open), both days included.

    `office` names single-holder offices alike everywhere ("prime minister"), else "".
    `precision` (day, month or year) is that of the coarser end.
    """

    entity: str
    title: str
    office: str
    country: str | None
    sectors: tuple[str, ...]
    since: date | None
    until: date | None
    precision: str
    source: str

    @property
    def checked(self) -> bool:
        """Whether a source bears out that the role was held; its days may differ."""
        return not self.source.endswith(UNCHECKED)

    def covers(self, first: date, last: date) -> bool:
        """Whether the role was held on some day from `first` to `last`."""
        begun = self.since is None or self.since <= last
        return begun and (self.until is None or self.until >= first)

    def surely(self, first: date, last: date) -> bool:
        """Whether the role was held throughout, whatever the precision hides."""
        if self.precision == "day":
            return (self.since is None or self.since <= first) and (
                self.until is None or self.until >= last
            )
        slack = 366 if self.precision == "year" else 31
        begun = self.since is None or (first - self.since).days >= slack
        return begun and (self.until is None or (self.until - last).days >= slack)


@dataclass(frozen=True, slots=True)
class Birth:
    """The day on which a person was born, and died if so."""

    entity: str
    name: str
    born: date
    died: date | None


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that happened on known days: a summit, a war, a treaty, an attack.

    `names` are what reports call it; `last` is None while it goes on; `recurs` marks
    names that are used for more than one happening.
    """

    what: str
    kind: str
    first: date
    last: date | None
    precision: str
    names: tuple[str, ...]
    place: str
    countries: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    """The longest known name that begins at a word: how many words it takes."""

    words: int
    names: tuple[Name, ...]
