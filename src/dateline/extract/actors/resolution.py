"""What the words of a mention settle: a country, a name known on the day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.extract.actors.lexicon import fold, singular
from dateline.extract.actors.mention_cues import Reading, unique
from dateline.model import Lexicon, Setting
from dateline.model.answers import Resolution
from dateline.resources.knowledge_base import Base, Entity, Name, Role, offices
from dateline.resources.reference import countries

if TYPE_CHECKING:
    from dateline.extract.actors.report_features import Survey

OFFICES = offices.OFFICES
HEADS = frozenset(("president", "prime minister", "monarch", "supreme leader"))
POLITICS = ("OPP", "PTY")
BEHIND = frozenset(("of", "from", "in", "at", "inside", "for"))  # senses of a tie
NAMESAKES = frozenset(("person", "party", "armed group"))
DOMESTIC = frozenset(
    "COP MIL GOV REB JUD LEG OPP CVL PRM CRM PTY AGR LAB REL UAF MED SPY EDU REF UNK".split()
)
SHORT = 2  # words: "its allies" are states, "allies of the ousted president" are men
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
    first = rank_namesake(ranked[0])
    best = [each for each in ranked if rank_namesake(each) == first]
    agree = len({(each.country, each.sectors[:1]) for each in best}) == 1
    return ranked[0] if agree else None


def rank_namesake(each: Known) -> tuple[bool, bool, bool, bool]:
    """Order namesakes: in office first, then once in office; whoever leads a state."""
    current = any(role.sectors and role.sectors[0] != "ELI" for role in each.roles)
    person = each.entity.kind == "person"
    idle = person and not current, person and not each.roles
    return (*idle, person and not leads_state(each), each.named.loose)


def leads_state(each: Known) -> bool:
    """Whether somebody leads a state or its government on the day."""
    return any(role.title in HEADS for role in each.roles)


@lru_cache(maxsize=8192)
def build_known(base: Base, name: Name, day: Days, said: str = "") -> Known:
    """Return what the base tells of one entity on a day, or of all its days.

    Without a day its roles stand in order: of a title that is `said`, then posts, then
    the latest. Who holds none on the day is what he was last.
    """
    entity = base.entity(name.entity)
    sectors, country = entity.sectors, entity.country
    roles = base.roles(entity.id, day) if day else base.roles(entity.id)
    if day is None:

        def order(role: Role) -> tuple[bool, bool, int]:
            titled = bool(role.title) and fold(role.title) in said
            since = role.since.toordinal() if role.since else 0
            return not titled, role.sectors[:1] != ("GOV",), -since

        roles = tuple(sorted(roles, key=order))
    sure = day is not None or not roles
    if roles:
        told = roles if day is None else roles[:1]
        sectors = tuple(dict.fromkeys(code for role in told for code in role.sectors))
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


def domestic(reading: Reading, lexicon: Lexicon) -> bool:
    """Whether a title, unless said otherwise, is of the country the report tells of."""
    agent, told = reading.agent, lexicon.words
    if agent is None or reading.alien or is_of_other_country(reading, lexicon):
        return False
    if reading.unknown and agent.kind in ("body", "carrier"):
        return "OPP" in reading.sectors  # an opposition is never abroad
    keys = {word.key for word in reading.words}
    strangers = told["actors.stranger"]
    if (
        told["actors.secretary-general"] <= keys
        or keys & strangers
        or singulars(reading, lexicon) & strangers
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
    reading, seen = case.reading, case.seen
    if not reading.names:
        return None
    titled, nation, last = reading.agent is not None, reading.nation, reading.words[-1]
    certain = nation and reading.how in ("nation", "possessor", "of")
    land = nation.code if nation and certain else None
    said = " ".join(word.key for word in reading.words)
    for names in reading.names:
        bare = not titled and all(n.loose for n in names)
        open_ = [n for n in names if titled or bare or not n.loose]
        found = find_known(case.base, open_, setting_days(case.setting), land, said)
        if found is None:
            continue
        if bare:
            # A surname alone is only his who leads a state, and where the report has
            # it in no longer name.
            runs = (span.of(seen.parsed.text) for span in seen.runs.get(last.key, ()))
            if not leads_state(found) or any(" " in run for run in runs):
                continue
        elif not land and seen.weights.total and found.named.loose:
            # A surname or a common name is a namesake's whose country is never told.
            row = countries().by_code(found.country or "")
            state = row is not None and row.kind != "nonstate"
            untold = state and row is not None and row.answers not in seen.weights.total
            if untold and found.entity.kind in NAMESAKES:
                continue
        return of_known(reading, found, land)
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
    reading, nation, lexicon = case.reading, case.reading.nation, case.lexicon
    if nation is None or not tells_whose(reading, lexicon):
        return None
    sectors = nation_sectors(reading, lexicon)
    if nation.partial:  # a breakaway region
        sectors = unique([*sectors[:1], "PRE", *sectors[1:]])
    sure = reading.how in ("nation", "possessor", "of", "from")
    rule = "actors.title-nationality.v1" if reading.agent else "actors.country.v1"
    if reading.how in ("based", "led", "in", "at", "inside"):
        rule = "actors.based.v1"
    # The words name a state and nothing else: "France", "Pyongyang".
    the = lexicon.words["actors.the"]
    size = sum(word.key not in the for word in reading.words)
    alone = size == nation.last - nation.first
    alone = alone and not (reading.people or reading.agent)
    name, entity = nation.sense.country.name if alone else "", None
    # One who holds the post on the day is the person whom a title without a name means.
    title, day = title_words(reading, lexicon), setting_days(case.setting)
    if title and day is not None:
        held = case.base.holders(nation.code, OFFICES[title], day)
        strict = title in lexicon.words["actors.strict-title"]
        those = {r.entity for r in held if not strict or fold(r.title) == title}
        if len(those) == 1:
            who = case.base.entity(those.pop())
            name, entity = who.name, who.id
    answer: Resolution = "resolved" if sure else "guess"
    return Answer(nation.code, sectors, entity, name, answer, rule)


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
    told = lexicon.words
    if reading.sectors:
        return reading.sectors
    if reading.agent:
        return reading.agent.sectors
    if reading.people and reading.nation:
        definite = reading.words[0].key in told["actors.the"]
        return ("GOV", "CVL") if definite else ("CVL",)
    if reading.how in ("in", "from") or reading.unknown:
        return ("CVL",)
    # People by what they do: "Moldovan winemakers".
    preps = told["actors.preposition"]
    small = [w for w in reading.words if w.text.islower() and w.key not in preps]
    head = small[-1].key if small else ""
    thing = head.endswith(tuple(told["actors.thing"]))
    doers = head.endswith(tuple(told["actors.doer-end"])) and not thing
    return ("CVL",) if doers else ("GOV",)


def title_words(reading: Reading, lexicon: Lexicon) -> str:
    """Return the title that ends a mention without a name, small."""
    if reading.names or reading.unknown or reading.former or reading.agent is None:
        return ""
    after = reading.words[reading.nation.last :] if reading.nation else ()
    if reading.how in BEHIND and any(word.capital for word in after):
        return ""  # "the president of the Church of Kenya Foo Bar" is he
    keys = [word.key for word in reading.words]
    every = (
        (" ".join(keys[at:end]), at) for at in range(len(keys)) for end in (at + 3, at + 2, at + 1)
    )
    title, at = next((found for found in every if found[0] in OFFICES), ("", 0))
    return "" if lexicon.words["actors.second"] & set(keys[:at]) else title
