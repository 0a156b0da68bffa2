"""What a mention says by itself: its words sorted, what somebody is, and whose."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache

from dateline.actors.nations import (
    Nation,
    Sense,
    city,
    find_nations,
    is_piece,
    is_ship,
    nation_at,
    use_of,
)
from dateline.actors.words import Agent, Word, fold, longest, trait
from dateline.facts import Base, Found, Name
from dateline.model import Lexicon

BODIES = ("government-body:", "igo:", "ngo:", "company:", "metonym:")
MARKS = frozenset(",;:()[]—–")
ALIKE = 0.7  # likeness of two spellings of one first name
QUOTES = frozenset('"“”')


@dataclass(frozen=True, slots=True)
class Part:
    """Words `first` up to `last` of a mention and what they are."""

    kind: str
    first: int
    last: int
    nation: Nation | None = None
    names: tuple[Name, ...] = ()
    agent: Agent | None = None


class KnownNames:
    """The longest known name at each word of a mention, looked up when first asked."""

    def __init__(self, words: Sequence[Word], base: Base) -> None:
        """Take the words of a mention."""
        self.texts = [word.text for word in words]
        self.base = base
        self.met: dict[int, Found | None] = {}

    def at(self, at: int) -> Found | None:
        """Return the longest known name that begins at a word, None for none."""
        if at not in self.met:
            self.met[at] = self.base.longest_at(self.texts, at)
        return self.met[at]


def sort_words(
    words: Sequence[Word], known: KnownNames, lexicon: Lexicon
) -> list[Part]:
    """Return the words sorted into parts, the longest reading first."""
    shouted = all(not w.text[:1].islower() for w in words) and len(words) > 1
    shouted = shouted and any(len(w.text) > 3 and w.text.isupper() for w in words)  # noqa: PLR2004
    bodies = lexicon.words["actors.small-word-body"]
    found: list[Part] = []
    at = 0
    while at < len(words):
        body = words[at].text in bodies and not shouted
        part = not body and small(words, at, lexicon)
        part = part or longest_known_part(words, at, known, lexicon)
        if part.kind == "name" and shouted and is_ordinary(part):
            part = Part("word", at, at + 1)
        if part.kind == "word" and found and found[-1].kind == "agent":
            part = surname(words, at, known.base) or part
        if part.kind == "agent" and not shouted and is_surname(words, found, part):
            part = Part("word", part.first, part.last)
        if part.kind == "name" and is_given(words, part, known, lexicon):
            part = Part("word", part.first, part.last)
        if part.kind == "name" and is_namesake(words, found, part, lexicon):
            part = Part("word", part.first, part.first + 1)
        if part.kind == "name" and is_thing(words, found, part, lexicon):
            part = Part("word", part.first, part.last)
        found.append(part)
        at = part.last
    return found


@cache
def part_of_small_words(lexicon: Lexicon) -> dict[str, str]:
    """Return the kind of part that each small word or mark makes."""
    told = lexicon.words
    return {
        **dict.fromkeys(told["actors.owner"], "owner"),
        **dict.fromkeys(told["actors.article"], "article"),
        **dict.fromkeys(told["actors.and"], "and"),
        **dict.fromkeys(told["actors.preposition"], "prep"),
        **dict.fromkeys(QUOTES, "quote"),
        **dict.fromkeys(told["actors.clause"] | MARKS, "stop"),
    }


@cache
def breaks(lexicon: Lexicon) -> frozenset[str]:
    """Return what ends the core of a mention: prepositions, clauses, marks."""
    told = lexicon.words
    return told["actors.preposition"] | told["actors.clause"] | MARKS


def small(words: Sequence[Word], at: int, lexicon: Lexicon) -> Part | None:
    """Return the part that a small word makes, None for any other word."""
    kind = part_of_small_words(lexicon).get(words[at].key)
    return Part(kind, at, at + 1) if kind else None


def longest_known_part(
    words: Sequence[Word], at: int, known: KnownNames, lexicon: Lexicon
) -> Part:
    """Return the longest of country, known name and title that starts at word `at`."""
    land = nation_at(words, at, lexicon)
    name = known.at(at)
    agent = longest(words, at, lexicon)
    if name and words[at].text.islower():
        last = words[min(at + name.words, len(words)) - 1]
        name = (
            None if name.words == 1 or (last.capital and begins(name.names)) else name
        )
    sizes = (
        name.words if name and not states_only(name.names) else 0,
        land[1] if land else 0,
        agent[1] if agent else 0,
    )
    most = max(sizes)
    town = town_at(words, at, lexicon) if name else 0
    if town > most or not most:  # "San Pedro Sula" is none of the San
        return Part("word", at, at + max(town, 1))
    body = " ".join(w.key for w in words[at : at + most])
    generic = body in lexicon.words["actors.generic-body"]
    if name and agent and generic and sizes[0] == sizes[2] == most:
        return Part("agent", at, at + most, names=name.names, agent=agent[0])
    if name and sizes[0] == most and not yields(name.names, sizes):
        names = with_article(words, at, name.names, lexicon)
        return Part("name", at, at + most, names=names)
    if land and sizes[1] == most:
        return of_nation(words, at, land, lexicon)
    if agent is None or sizes[2] < most:
        return Part("word", at, at + 1)
    kind = agent[0].kind if agent[0].kind in ("former", "plain") else "agent"
    return Part(kind, at, at + most, agent=agent[0])


def begins(names: Sequence[Name]) -> bool:
    """Whether names begin with a capital: a "state Department" is none of State."""
    bodies = all(name.entity.startswith(BODIES) for name in names)
    return bodies and all(name.form[:1].isupper() for name in names)


def town_at(words: Sequence[Word], at: int, lexicon: Lexicon) -> int:
    """Return how many words the name of a large town takes up, 0 where none begins."""
    for size in (3, 2):
        run = words[at : at + size]
        whole = len(run) == size and all(word.capital for word in run)
        if whole and city(" ".join(word.text for word in run), lexicon):
            return size
    return 0


def with_article(
    words: Sequence[Word], at: int, names: tuple[Name, ...], lexicon: Lexicon
) -> tuple[Name, ...]:
    """Return the names that may follow "the": "the AKP" is a party, AKP an agency."""
    if not at or words[at - 1].key not in lexicon.words["actors.the"]:
        return names
    rest = tuple(name for name in names if not name.entity.startswith("media:"))
    return rest or names


def surname(words: Sequence[Word], at: int, base: Base) -> Part | None:
    """Return a known surname written small after a title: "President obama"."""
    names = base.names(words[at].text) if words[at].text.islower() else ()
    people = tuple(n for n in names if n.entity.startswith("person:"))
    return Part("name", at, at + 1, names=people) if people else None


def is_ordinary(part: Part) -> bool:
    """Whether a name of one word may be any word where all is written in capitals."""
    media = all(name.entity.startswith("media:") for name in part.names)
    return part.last - part.first == 1 and (media or needs_context(part.names))


def yields(names: Sequence[Name], sizes: tuple[int, int, int]) -> bool:
    """Whether a known name gives way to a country or title of as many words."""
    ethnic = all(name.entity.startswith("ethnic") for name in names)
    press = all(name.entity.startswith(("media:", "state:")) for name in names)
    press = press and not any(name.cased for name in names)  # SANA is not Sana
    if sizes[1] == sizes[0] and (ethnic or press or needs_context(names)):
        return True  # "Australian police" are not of The Australian
    return sizes[2] == sizes[0] and needs_context(names)


def of_nation(
    words: Sequence[Word], at: int, land: tuple[Sense, int], lexicon: Lexicon
) -> Part:
    """Return the part that a country's words make; bystanders are set apart."""
    sense, size = land
    use = use_of(words, at, at + size, lexicon)
    nation = Nation(sense, at, at + size, use)
    last = at + size + (use in ("backed", "based", "led") and at + size < len(words))
    return Part("nation" if use == "plain" else "bystander", at, last, nation)


def states_only(names: Sequence[Name]) -> bool:
    """Whether a known name is no more than a country's."""
    return all(name.entity.startswith("state:") for name in names)


def needs_context(names: Sequence[Name]) -> bool:
    """Whether a known name is one that needs context, such as a surname."""
    return all(name.loose for name in names)


def is_surname(words: Sequence[Word], found: list[Part], part: Part) -> bool:
    """Whether a title is really a surname: "John Major", "Martin Luther King"."""
    if part.last - part.first > 1 or not words[part.first].capital or not found:
        return False
    before = found[-1]
    if part.last < len(words) and words[part.last].capital:
        return False
    own = part.agent is not None and part.agent.kind in ("office", "person")
    return own and before.kind == "word" and words[before.first].capital


def lends_name(words: Sequence[Word], part: Part, lexicon: Lexicon) -> bool:
    """Whether a surname only names a thing after it: "the Tambo valley", "Pan-"."""
    people = all(name.entity.startswith("person:") for name in part.names)
    word, after = words[part.first], words[part.last : part.last + 1]
    if not people or word.owns or not after:
        return False
    thing = after[0].text.islower() and after[0].text.isalpha()
    own = part_of_small_words(lexicon).get(after[0].key) in (None, "owner")
    thing = thing and own and not longest(words, part.last, lexicon)
    return word.joined or thing


def is_thing(
    words: Sequence[Word], found: list[Part], part: Part, lexicon: Lexicon
) -> bool:
    """Whether a known name is a piece of a longer one, or that of a thing."""
    piece = is_piece(words, part.first, part.names, lexicon)
    if piece or lends_name(words, part, lexicon):
        return True
    if is_remit_of_body(words, found, part, lexicon):
        return True
    before = found[-1].names if found else ()
    family = any(given(words[part.first].key, name) for name in part.names)
    posts = any(longest(words, at, lexicon) for at in range(part.first, part.last))
    whole = family and part.last - part.first > 1 and not posts
    last = part.last if whole else 0
    return is_ship(words, part.first, last, part.names, before, lexicon)


def is_remit_of_body(
    words: Sequence[Word], found: list[Part], part: Part, lexicon: Lexicon
) -> bool:
    """Whether a paper's name is what a body is for: "Ministry of Foreign Affairs"."""
    *_, body, link = (None, None, *found)
    press = all(name.entity.startswith("media:") for name in part.names)
    of = link is not None and words[link.first].key in lexicon.words["actors.of"]
    agent = body.agent if body else None
    return press and of and agent is not None and agent.kind == "body"


def is_namesake(
    words: Sequence[Word], found: list[Part], part: Part, lexicon: Lexicon
) -> bool:
    """Whether a short known name is a piece of an unknown longer one: "Neil Bush"."""
    family = all(name.kind == "surname" for name in part.names)
    if not found or (part.last - part.first > 1 and not family):
        return False
    before = found[-1]
    particle = words[before.first].key in lexicon.words["actors.particle"]
    if particle and len(found) > 1:
        before = found[-2]  # "Pablo de Lima"
    named = before.kind == "word" and words[before.first].capital
    if not named or words[before.first].joined or words[before.first].owns:
        return False
    if family:
        return not any(given(words[before.first].key, n) for n in part.names)
    after = words[part.last : part.last + 1]
    return needs_context(part.names) or bool(after and after[0].capital)


def is_given(
    words: Sequence[Word], part: Part, known: KnownNames, lexicon: Lexicon
) -> bool:
    """Whether a known surname is an unknown person's first name: "Nabil Rashidi"."""
    family = all(name.kind == "surname" for name in part.names)
    after = words[part.last : part.last + 1]
    last = words[part.last - 1]
    if not (family and after and after[0].capital) or last.owns or last.joined:
        return False
    end = after[0].key in lexicon.words["actors.name-end"]
    if end or after[0].text.isupper() or small(words, part.last, lexicon):
        return False
    other = longest_known_part(words, part.last, known, lexicon)
    people = all(name.kind == "surname" for name in other.names)
    return other.kind == "word" or (other.kind == "name" and people)


def given(first: str, name: Name) -> bool:
    """Whether a first name may be that of the person whose surname follows it.

    "Wladimir Putin" is he, as "V. Putin" is; "Mary Putin" is somebody else, and so is
    "Ivan Ivanov" who is no Igor.
    """
    whole = name.entity.split(":", 1)[1].split("-")
    family = fold(name.form).replace("-", " ").split()
    own = [word for word in whole if word not in family] or whole
    if len(first) == 1:
        return any(word[0] == first for word in own)
    return any(SequenceMatcher(None, first, word).ratio() >= ALIKE for word in own)


OFFICIAL = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
APPOSED = frozenset([",", "(", "[", "—", "–"])
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
    tie = after if after in APPOSED else lexicon.senses["actors.tie"].get(after, "")
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
    if carrier and other.sectors and (found.agent or link in APPOSED):
        found.sectors = unique([*found.sectors, *other.sectors])
        found.former = found.former or other.former
    elif found.agent and found.agent.kind == "kin":
        official = bool(OFFICIAL & set(other.sectors)) or bool(other.names)
        found.sectors = ("ELI",) if official else ("ELI", "CVL")
    if link in APPOSED and found.agent is None and other.agent:
        found.agent = other.agent
        found.sectors = other.sectors or other.agent.sectors
    if found.nation is None and not found.alien:
        found.nation = other.nation
        found.how = other.how if link == "possessor" or link in APPOSED else link
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
