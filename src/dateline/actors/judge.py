"""The cues for one party weighed: the first that settles a country gives the answer."""

from dataclasses import dataclass

from dateline.actors.home import domestic, opposite
from dateline.actors.known import (
    OFFICES,
    Known,
    find_known,
    find_office_holder,
    leads_state,
    setting_days,
)
from dateline.actors.reading import Reading, unique
from dateline.actors.survey import Survey
from dateline.facts import Base
from dateline.model import Lexicon, Setting
from dateline.model.answers import Resolution
from dateline.reference import countries

BEHIND = frozenset(("of", "from", "in", "at", "inside", "for"))  # senses of a tie
NAMESAKES = frozenset(("person", "party", "armed group"))


@dataclass(frozen=True, slots=True)
class Case:
    """One mention to judge: its reading, and what surrounds it."""

    reading: Reading
    at: int
    seen: Survey
    base: Base

    @property
    def setting(self) -> Setting:
        """What is known of the report besides its words."""
        return self.seen.setting

    @property
    def lexicon(self) -> Lexicon:
        """What the report's language tells of its words."""
        return self.seen.parsed.lexicon


@dataclass(frozen=True, slots=True)
class Answer:
    """What was decided for one mention, and the rule that did."""

    country: str | None
    sectors: tuple[str, ...]
    entity: str | None
    name: str
    answer: Resolution
    rule: str


def from_words(case: Case) -> Answer | None:
    """Return what the mention itself settles: a country, or a name the base knows."""
    named = answer_by_name(case)
    if named is not None and named.country:
        return named
    return by_nation(case)


def answer_by_name(case: Case) -> Answer | None:
    """A name that the knowledge base holds tells who it is, as of the report's day."""
    reading = case.reading
    titled = reading.agent is not None
    land = country_named(reading)
    said = " ".join(word.key for word in reading.words)
    for names in reading.names:
        bare = not titled and all(n.loose for n in names)
        open_ = [n for n in names if titled or bare or not n.loose]
        found = find_known(case.base, open_, setting_days(case.setting), land, said)
        if found is None or (
            bare and not (leads_state(found) and is_surname_only(case))
        ):
            continue
        if land or bare or not stranger(case, found):
            return of_known(reading, found, land)
    return None


def is_surname_only(case: Case) -> bool:
    """Whether a report has a surname only by itself, in no longer name."""
    last = case.reading.words[-1].key
    return all(
        " " not in span.of(case.seen.parsed.text)
        for span in case.seen.runs.get(last, ())
    )


def stranger(case: Case, found: Known) -> bool:
    """Whether a surname or a common name is a namesake's: its country is never told."""
    total = case.seen.total
    if not total or not found.named.loose or found.entity.kind not in NAMESAKES:
        return False
    row = countries().by_code(found.country or "")
    return row is not None and row.kind != "nonstate" and row.answers not in total


def country_named(reading: Reading) -> str | None:
    """Return the country that the words themselves name for certain."""
    if reading.nation and reading.how in ("nation", "possessor", "of"):
        return reading.nation.code
    return None


def of_known(reading: Reading, found: Known, land: str | None) -> Answer:
    """Return the answer for an entity: a title in the text wins over the table."""
    person = found.entity.kind == "person"
    sectors = reading.sectors
    carrier = reading.agent is not None and reading.agent.kind == "carrier"
    if not sectors or carrier or not (person or reading.former):
        sectors = unique([*sectors, *found.sectors])
    if not sectors and reading.agent:
        sectors = reading.agent.sectors
    there = reading.nation.code if reading.nation else None
    abroad = there if found.entity.kind.startswith("ethnic") else None
    country = land or abroad or found.country or there
    settled = person and found.roles and reading.sectors
    rule = "actors.base-role.v1" if found.roles else "actors.base-name.v1"
    if settled and found.sectors[:1] != reading.sectors[:1]:
        rule = "actors.title-over-base.v1"
    sure = found.sure and not (found.named.loose and not reading.agent)
    answer: Resolution = "resolved" if sure and country else "guess"
    name = found.entity.name
    return Answer(country, sectors, found.entity.id, name, answer, rule)


def by_nation(case: Case) -> Answer | None:
    """A nationality or country in the words, with the title beside it, tells who."""
    reading = case.reading
    nation = reading.nation
    if nation is None or not tells_whose(reading, case.lexicon):
        return None
    sectors = with_partial(reading, nation_sectors(reading, case.lexicon))
    sure = reading.how in ("nation", "possessor", "of", "from")
    rule = "actors.title-nationality.v1" if reading.agent else "actors.country.v1"
    if reading.how in ("based", "led", "in", "at", "inside"):
        rule = "actors.based.v1"
    title, day = title_words(reading, case.lexicon), setting_days(case.setting)
    who = (
        find_office_holder(case.base, nation.code, title, day, case.lexicon)
        if title
        else None
    )
    land = nation.sense.country.name if names_state_only(reading, case.lexicon) else ""
    return Answer(
        nation.code,
        sectors,
        who.id if who else None,
        who.name if who else land,
        "resolved" if sure else "guess",
        rule,
    )


def names_state_only(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether the words name a state and nothing else: "France", "Pyongyang"."""
    the = lexicon.words["actors.the"]
    spoken = [word for word in reading.words if word.key not in the]
    nation = reading.nation
    size = nation.last - nation.first if nation else 0
    return len(spoken) == size and not (reading.people or reading.agent)


def tells_whose(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether the way a country is named says whose somebody is."""
    if reading.how in ("based", "led"):
        return reading.agent is not None and reading.agent.kind in ("body", "carrier")
    if reading.how in ("in", "at", "inside"):
        body = reading.agent is not None and reading.agent.kind == "body"
        return domestic(reading, lexicon) or body or opposite(reading, lexicon)
    return reading.how != "for" or reading.agent is not None


def nation_sectors(reading: Reading, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the sectors of a title, or of a country or its people alone."""
    if reading.sectors:
        return reading.sectors
    if reading.agent:
        return reading.agent.sectors
    nation = reading.nation
    if reading.people and nation:
        definite = reading.words[0].key in lexicon.words["actors.the"]
        return ("GOV", "CVL") if definite else ("CVL",)
    if reading.how in ("in", "from"):
        return ("CVL",)
    return ("CVL",) if reading.unknown or doers(reading, lexicon) else ("GOV",)


def doers(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a mention is of people by what they do: "Moldovan winemakers"."""
    told = lexicon.words
    preps = told["actors.preposition"]
    small = [w for w in reading.words if w.text.islower() and w.key not in preps]
    head = small[-1].key if small else ""
    thing = head.endswith(tuple(told["actors.thing"]))
    return head.endswith(tuple(told["actors.doer-end"])) and not thing


def with_partial(reading: Reading, sectors: tuple[str, ...]) -> tuple[str, ...]:
    """Return sectors with PRE for breakaway regions."""
    partial = reading.nation is not None and reading.nation.partial
    return unique([*sectors[:1], "PRE", *sectors[1:]]) if partial else sectors


def title_words(reading: Reading, lexicon: Lexicon) -> str:
    """Return the title that ends a mention without a name, small."""
    if reading.names or reading.unknown or reading.former or reading.agent is None:
        return ""
    after = reading.words[reading.nation.last :] if reading.nation else ()
    if reading.how in BEHIND and any(word.capital for word in after):
        return ""  # "the president of the Church of Kenya Foo Bar" is he
    keys = [word.key for word in reading.words]
    every = (
        (" ".join(keys[at:end]), at)
        for at in range(len(keys))
        for end in (at + 3, at + 2, at + 1)
    )
    title, at = next((found for found in every if found[0] in OFFICES), ("", 0))
    return "" if lexicon.words["actors.second"] & set(keys[:at]) else title
