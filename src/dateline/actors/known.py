"""Names that the knowledge base knows, as of the report's day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dateline.actors.words import fold
from dateline.facts import Base, Entity, Name, Role, offices
from dateline.model import Lexicon, Setting

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
