"""What a mention says by itself: what somebody is, whose, and which known name."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.actors.agents import Agent, trait
from dateline.actors.nations import Nation, find_nations
from dateline.actors.parts import KnownNames, Part, sort_words
from dateline.actors.words import Word
from dateline.facts import Base, Name
from dateline.model import Lexicon

OFFICIAL = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
MARKS = frozenset([",", "(", "[", "—", "–"])
SECTORS = 3  # codes: the primary one and two more


@dataclass(slots=True)
class Reading:
    """The cues of one mention: `sectors` its title gives, `nation` its words name.

    `parts` are all its words by their kinds. `how` tells where the country came from,
    or what ties it to the words ("of"); `names` are the known names in it, the nearest
    to its end first; `owner` is "his", "its" or "the country's".
    """

    words: Sequence[Word]
    parts: Sequence[Part] = ()
    sectors: tuple[str, ...] = ()
    agent: Agent | None = None
    nation: Nation | None = None
    how: str = ""
    names: list[tuple[Name, ...]] = field(default_factory=list)
    owner: Word | None = None
    former: bool = False
    alien: bool = False
    people: bool = False
    unknown: bool = False
    last_name: Word | None = None
    spots: list[Word] = field(default_factory=list)
    generic: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """What is the same of all mentions of the same words."""

    known: KnownNames
    parts: list[Part]
    nations: list[Nation]


def read_wording(words: Sequence[Word], base: Base, lexicon: Lexicon) -> Wording:
    """Return the known names, the parts and the countries of words."""
    known = KnownNames(words, base)
    parts = sort_words(words, known, lexicon)
    return Wording(known, parts, find_nations(words, lexicon))


def read_mention(words: Sequence[Word], parts: list[Part], lexicon: Lexicon) -> Reading:
    """Return what the words of one mention, sorted into parts, say by themselves."""
    found = of_parts(words, parts, lexicon)
    found.parts = parts
    return found


def of_parts(words: Sequence[Word], every: list[Part], lexicon: Lexicon) -> Reading:
    """Return what parts say: the core, then what hangs on it."""
    core, after, rest = cut_mention(words, every)
    owned, head = possessor(words, core)
    found = of_core(words, head, lexicon)
    if owned:
        lend(found, of_parts(words, owned, lexicon), "possessor")
    tie = after if after in MARKS else lexicon.senses["actors.tie"].get(after, "")
    if rest and tie and rest[0].kind != "stop":
        lend(found, of_parts(words, rest, lexicon), tie)
    return found


def cut_mention(
    words: Sequence[Word], every: Sequence[Part]
) -> tuple[list[Part], str, list[Part]]:
    """Return the core of a mention, the word after it, and what follows that."""
    for i, part in enumerate(every):
        solid = any(p.kind not in ("article", "quote") for p in every[:i])
        if part.kind in ("prep", "stop", "and") and solid:
            return [*every[:i]], words[part.first].key, [*every[i + 1 :]]
    return [*every], "", []


def possessor(words: Sequence[Word], core: list[Part]) -> tuple[list[Part], list[Part]]:
    """Return the owner ("Iraq's") and the head ("president") of a core."""
    for i in range(len(core) - 2, -1, -1):
        if words[core[i].last - 1].owns:
            return core[: i + 1], core[i + 1 :]
    return [], core


def of_core(words: Sequence[Word], core: list[Part], lexicon: Lexicon) -> Reading:
    """Return what the core of a mention says: head, country, known names."""
    found = Reading(words)
    for part in core:
        note_part(found, words, part, lexicon)
    found.spots = spots_of(words, core, lexicon)
    agents = [p for p in core if p.agent is not None and p.kind == "agent"]
    if agents:
        found.agent = agents[-1].agent
        found.sectors = head_sectors(words, core, agents, lexicon)
    found.nation, found.how = nation_of(core)
    found.people = is_nationals(words, core, lexicon)
    return found


def note_part(
    found: Reading, words: Sequence[Word], part: Part, lexicon: Lexicon
) -> None:
    """Keep what one part tells besides sector and country."""
    word, told = words[part.first], lexicon.words
    if part.kind == "agent" and part.names:
        found.generic = part.names
    elif part.kind == "name":
        found.names.insert(0, part.names)
    elif part.kind == "owner":
        found.owner = word
    elif part.kind == "former" or word.key in told["actors.former-mark"]:
        found.former = True
    elif word.key in told["actors.foreign"] and not any(
        after.key in told["actors.foreign-office"]
        for after in words[part.first + 1 : part.first + 2]
    ):
        found.alien = True  # "foreign ministry" is no stranger
    elif part.kind == "word" and word.capital:
        found.unknown, found.last_name = True, word


def spots_of(words: Sequence[Word], core: list[Part], lexicon: Lexicon) -> list[Word]:
    """Return the unknown capitalised words that may be a place, not somebody's name.

    Whose states are many is no place within one: "Lake Chad countries".
    """
    found: list[Word] = []
    keys, told = [word.key for word in words], lexicon.words
    many = core and keys[core[-1].last - 1] in told["actors.many-states"]
    if many and told["actors.join"].isdisjoint(keys):
        return found
    for part in core:
        word = words[part.first]
        if (
            part.kind == "agent"
            and part.agent
            and part.agent.kind in ("office", "person")
        ):
            break
        new = part.kind == "plain" and word.key in told["actors.new"]  # "New York"
        if (part.kind == "word" or new) and word.capital:
            found += words[part.first : part.last]
    return found


def head_sectors(
    words: Sequence[Word], core: list[Part], agents: list[Part], lexicon: Lexicon
) -> tuple[str, ...]:
    """Return the sectors of the last title, then those of the words before it."""
    head = agents[-1]
    assert head.agent is not None
    before = sectors_before_title(words, core, head, lexicon)
    if head.agent.kind == "carrier":
        return before
    return unique([*head.agent.sectors, *before])


def sectors_before_title(
    words: Sequence[Word], core: list[Part], head: Part, lexicon: Lexicon
) -> tuple[str, ...]:
    """Return the sectors that the words before a title give, the nearest first."""
    found: list[str] = []
    for part in reversed(core[: core.index(head)]):
        if (
            part.agent is not None
            and part.kind == "agent"
            and part.agent.kind != "carrier"
        ):
            found += part.agent.sectors
        elif part.kind in ("word", "plain", "agent"):
            found += trait(words[part.first].key, lexicon)
    return unique(found)


def unique(codes: Sequence[str]) -> tuple[str, ...]:
    """Return codes once each, no more than a claim keeps."""
    return tuple(dict.fromkeys(codes))[:SECTORS]


def nation_of(core: list[Part]) -> tuple[Nation | None, str]:
    """Return the country that a core names, and how."""
    plain = [p.nation for p in core if p.kind == "nation" and p.nation]
    if plain:
        second = plain[1:2]
        joined = second and second[0].first == plain[0].last
        hyphen = joined and plain[0].sense.kind == second[0].sense.kind == "adjective"
        chosen = second[0] if hyphen and second[0].code == "USA" else plain[0]
        return chosen, "nation"
    for part in core:
        if (
            part.kind == "bystander"
            and part.nation
            and part.nation.use in ("based", "led")
        ):
            return part.nation, part.nation.use
    return None, ""


def is_nationals(words: Sequence[Word], core: list[Part], lexicon: Lexicon) -> bool:
    """Whether a mention is people by nationality: "two Libyans", "an American"."""
    last = core[-1] if core else None
    if last is None or last.nation is None or last.kind == "name":
        return False
    key, sense = words[last.last - 1].key, last.nation.sense.kind
    if sense == "people" and key.endswith(tuple(lexicon.words["actors.plural-mark"])):
        return True
    counted = core[0].kind in ("article", "word", "plain") and len(core) > 1
    definite = words[core[0].first].key in lexicon.words["actors.the"]
    return counted and not definite and sense in ("adjective", "people")


def lend(found: Reading, other: Reading, link: str) -> None:
    """Fill what a core leaves open from its owner ("Iraq's") or tail ("of Iraq")."""
    carrier = found.agent is None or found.agent.kind == "carrier"
    if carrier and other.sectors and (found.agent or link in MARKS):
        found.sectors = unique([*found.sectors, *other.sectors])
        found.former = found.former or other.former
    elif found.agent and found.agent.kind == "kin":
        official = bool(OFFICIAL & set(other.sectors)) or bool(other.names)
        found.sectors = ("ELI",) if official else ("ELI", "CVL")
    if link in MARKS and found.agent is None and other.agent:
        found.agent = other.agent
        found.sectors = other.sectors or other.agent.sectors
    if found.nation is None and not found.alien:
        found.nation = other.nation
        found.how = other.how if link == "possessor" or link in MARKS else link
    found.names += other.names
    found.spots += other.spots
    found.owner = found.owner or other.owner
    found.last_name = found.last_name or other.last_name


def settle_reading(found: Reading) -> Reading:
    """Return a reading with its default sectors filled in and former posts made ELI."""
    sectors = found.sectors
    agent = found.agent
    if agent and not sectors and not found.names:
        sectors = agent.sectors
    if found.former and agent and agent.kind in ("office", "carrier"):
        official = not sectors or bool(OFFICIAL & set(sectors))
        sectors = ("ELI",) if official else unique([*sectors, "ELI"])
    found.sectors = sectors
    return found
