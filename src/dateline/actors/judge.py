"""What the words of a mention settle: a country, a name known on the day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.actors.reading import Reading, unique
from dateline.actors.words import fold, singular
from dateline.facts import Base, Entity, Name, Role, offices
from dateline.model import Lexicon, Setting
from dateline.model.answers import Resolution
from dateline.reference import countries

if TYPE_CHECKING:
    from dateline.actors.survey import Survey

OFFICES = offices.OFFICES
HEADS = frozenset(("president", "prime minister", "monarch", "supreme leader"))
POLITICS = ("OPP", "PTY")
Days = tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class Known:
    """An entity of the base as it was on the day; `sure` when a day settles it."""

    entity: Entity
    roles: tuple[Role, ...]
    country: str | None
    sectors: tuple[str, ...]
    sure: bool
    named: Name


def setting_days(setting: Setting) -> Days:
    """Return the first and last day a report may be of, None where that is open."""
    first, last = setting.dating.earliest, setting.dating.latest
    return (first, last) if first and last else None


def find_known(
    base: Base, names: Sequence[Name], day: Days, land: str | None, said: str = ""
) -> Known | None:
    """Return whom a name stands for: of that country, in office on the day.

    `said` are the folded words of the mention: a title among them picks the role.
    """
    every = [n for n in names if not n.entity.startswith("state:")]
    found = [build_known(base, name, day, said) for name in every]
    if land:
        fitting = [each for each in found if each.country in (land, None)]
        found = fitting or [each for each in found if not each.named.loose]
    if not found:
        return None
    ranked = sorted(found, key=rank_namesake)
    best = ranked[0]
    alone = len(ranked) == 1 or rank_namesake(best) < rank_namesake(ranked[1])
    return best if alone or same_answer(ranked) else None


def rank_namesake(each: Known) -> tuple[bool, bool, bool, bool]:
    """Order namesakes: in office first, then once in office; whoever leads a state."""
    current = any(role.sectors and role.sectors[0] != "ELI" for role in each.roles)
    person = each.entity.kind == "person"
    idle = person and not current, person and not each.roles
    return (*idle, person and not leads_state(each), each.named.loose)


def leads_state(each: Known) -> bool:
    """Whether somebody leads a state or its government on the day."""
    return any(role.title in HEADS for role in each.roles)


def same_answer(ranked: Sequence[Known]) -> bool:
    """Whether the best namesakes agree on country and sector."""
    first = rank_namesake(ranked[0])
    answers = {(k.country, k.sectors[:1]) for k in ranked if rank_namesake(k) == first}
    return len(answers) == 1


@lru_cache(maxsize=8192)
def build_known(base: Base, name: Name, day: Days, said: str = "") -> Known:
    """Return what the base tells of one entity on a day, or of all its days."""
    entity = base.entity(name.entity)
    roles = base.roles(entity.id, day) if day else base.roles(entity.id)
    if day is None:
        roles = tuple(sorted(roles, key=lambda role: order(role, said)))
    sure = day is not None or not roles
    sectors = entity.sectors
    country = entity.country
    if roles:
        sectors = merge_sectors(
            role.sectors for role in (roles if day is None else roles[:1])
        )
        country = roles[0].country or country
    elif entity.kind == "person" and day and (every := base.roles(entity.id)):
        sure = False
        sectors = sectors or last_sectors(entity, every, day[0])
    return Known(entity, tuple(roles), country, sectors, sure, name)


def last_sectors(entity: Entity, roles: Iterable[Role], day: date) -> tuple[str, ...]:
    """Return what somebody was last: a slain rebel or reporter stays one in the news.

    Who governed once and has left politics since is a former official.
    """
    past = [role for role in roles if role.until and role.until < day]
    if not past or entity.note.startswith("known until"):
        return ()
    last = max(past, key=lambda role: str(role.until)).sectors
    governed = any(role.sectors[:1] == ("GOV",) for role in past)
    return ("ELI",) if governed and last[0] in POLITICS else last


def order(role: Role, said: str) -> tuple[bool, bool, int]:
    """Order roles without a day: the title said, then posts, then the latest."""
    titled = bool(role.title) and fold(role.title) in said
    since = role.since.toordinal() if role.since else 0
    return (not titled, role.sectors[:1] != ("GOV",), -since)


def merge_sectors(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the sectors of several roles, once each."""
    return tuple(dict.fromkeys(code for group in groups for code in group))


def find_office_holder(
    base: Base, land: str, title: str, day: Days, lexicon: Lexicon
) -> Entity | None:
    """Return who held a post of a country on the day, when it was one person."""
    office = OFFICES.get(title)
    if office is None or day is None:
        return None
    every = base.holders(land, office, day)
    strict = title in lexicon.words["actors.strict-title"]
    held = {r.entity for r in every if not strict or fold(r.title) == title}
    return base.entity(held.pop()) if len(held) == 1 else None


DOMESTIC = frozenset(
    [
        "COP",
        "MIL",
        "GOV",
        "REB",
        "JUD",
        "LEG",
        "OPP",
        "CVL",
        "PRM",
        "CRM",
        "PTY",
        "AGR",
        "LAB",
        "REL",
        "UAF",
        "MED",
        "SPY",
        "EDU",
        "REF",
        "UNK",
    ]
)
SHORT = 2  # words: "its allies" are states, "allies of the ousted president" are men


def domestic(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a title, unless said otherwise, is of the country the report tells of."""
    agent, told = reading.agent, lexicon.words
    if agent is None or reading.alien or is_of_other_country(reading, lexicon):
        return False
    if reading.unknown and agent.kind in ("body", "carrier"):
        return "OPP" in reading.sectors  # an opposition is never abroad
    keys = {word.key for word in reading.words}
    if (
        told["actors.secretary-general"] <= keys
        or keys & told["actors.stranger"]
        or singulars(reading, lexicon) & told["actors.stranger"]
    ):
        return False
    first = (reading.sectors or agent.sectors or ("",))[0]
    if first == "GOV" and keys & told["actors.summit"]:
        return False
    premises = bool(keys & told["actors.premises"])
    if first == "JRN":
        return premises or bool(keys & told["actors.state-run"])
    return premises or first in DOMESTIC


def is_of_other_country(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a mention is of another country than the one spoken of: "its ally"."""
    keys, told = singulars(reading, lexicon), lexicon.words
    if keys & told["actors.counterpart"]:
        return True  # "his counterpart"
    ally = bool(keys & told["actors.ally"]) and len(reading.words) <= SHORT
    return ally or bool(keys & told["actors.neighbour"])


def opposite(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a mention is of somebody's counterpart: "his counterpart in Lima"."""
    return bool(singulars(reading, lexicon) & lexicon.words["actors.counterpart"])


def singulars(reading: Reading, lexicon: Lexicon) -> set[str]:
    """Return the words of a mention, each without the mark of many."""
    return {singular(word.key, lexicon) for word in reading.words}


BEHIND = frozenset(("of", "from", "in", "at", "inside", "for"))  # senses of a tie
NAMESAKES = frozenset(("person", "party", "armed group"))


@dataclass(frozen=True, slots=True)
class Case:
    """One mention to judge: its reading, and what surrounds it."""

    reading: Reading
    at: int
    seen: "Survey"
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
