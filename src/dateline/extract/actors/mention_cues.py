"""What a mention says by itself: its words sorted, what somebody is, and whose."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache, cached_property

from dateline.extract.actors.lexicon import Agent, Word, fold, longest, trait
from dateline.extract.actors.nationalities import Nation, city, find_nations, nation_at, use_of
from dateline.model import Lexicon
from dateline.resources.knowledge_base import Base, Found, Name

BODIES = ("government-body:", "igo:", "ngo:", "company:", "metonym:")
MARKS = frozenset(",;:()[]—–")
ALIKE = 0.7  # likeness of two spellings of one first name
QUOTES = frozenset('"“”')
OFFICIAL = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))
APPOSED = frozenset([",", "(", "[", "—", "–"])
SECTORS = 3  # codes: the primary one and two more


@dataclass(frozen=True, slots=True)
class Part:
    """Words `first` up to `last` of a mention and what they are."""

    kind: str
    first: int
    last: int
    nation: Nation | None = None
    names: tuple[Name, ...] = ()
    agent: Agent | None = None


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


class Wording:
    """The words of a mention, and what is the same of all mentions of these words.

    `parts` are the words sorted, the longest reading first: countries, names, titles,
    small words, the rest.
    """

    def __init__(self, words: Sequence[Word], base: Base, lexicon: Lexicon) -> None:
        """Sort the words."""
        self.words, self.base, self.lexicon = words, base, lexicon
        self.texts = [word.text for word in words]
        self.small = part_of_small_words(lexicon)
        self.met: dict[int, Found | None] = {}
        shouted = len(words) > 1 and not any(w.text[:1].islower() for w in words)
        long = (text for text in self.texts if len(text) > 3)  # noqa: PLR2004
        self.shouted = shouted and any(map(str.isupper, long))
        self.parts: list[Part] = []
        at = 0
        while at < len(words):
            self.parts.append(self.part_at(at))
            at = self.parts[-1].last

    @cached_property
    def nations(self) -> list[Nation]:
        """The countries that the words name, whatever they say of them."""
        return find_nations(self.words, self.lexicon)

    def known(self, at: int) -> Found | None:
        """Return the longest known name that begins at a word, None for none."""
        if at not in self.met:
            self.met[at] = self.base.longest_at(self.texts, at)
        return self.met[at]

    def part_at(self, at: int) -> Part:
        """Return the part that begins at a word, those before it being sorted."""
        text, key, told = self.texts[at], self.words[at].key, self.lexicon.words
        body = text in told["actors.small-word-body"] and not self.shouted
        if key in self.small and not body:
            return Part(self.small[key], at, at + 1)
        part = self.longest_part(at)
        if part.kind == "name" and self.shouted and part.last == at + 1:
            # Where all is written in capitals, a name may be any word.
            media = all(name.entity.startswith("media:") for name in part.names)
            if media or needs_context(part.names):
                part = Part("word", at, at + 1)
        if part.kind == "word" and self.parts and self.parts[-1].kind == "agent":
            # A known surname is written small after a title: "President obama".
            names = self.base.names(text) if text.islower() else ()
            people = tuple(n for n in names if n.entity.startswith("person:"))
            part = Part("name", at, at + 1, names=people) if people else part
        if part.kind == "agent" and not self.shouted and self.is_surname(part):
            return Part("word", at, part.last)
        if part.kind == "name":
            if self.is_given(part):
                return Part("word", at, part.last)
            if self.is_namesake(part):
                return Part("word", at, at + 1)
            if self.is_thing(part):
                return Part("word", at, part.last)
        return part

    def longest_part(self, at: int) -> Part:
        """Return the longest of country, known name and title that begins at a word."""
        words, lexicon = self.words, self.lexicon
        name, land = self.known(at), nation_at(words, at, lexicon)
        agent = longest(words, at, lexicon)
        if name and words[at].text.islower():
            # A "state Department" is none of State: bodies' names begin with a capital.
            last = words[min(at + name.words, len(words)) - 1]
            bodies = all(each.entity.startswith(BODIES) for each in name.names)
            begins = bodies and all(each.form[:1].isupper() for each in name.names)
            name = None if name.words == 1 or (last.capital and begins) else name
        state = name and all(each.entity.startswith("state:") for each in name.names)
        sizes = (
            name.words if name and not state else 0,
            land[1] if land else 0,
            agent[1] if agent else 0,
        )
        most = max(sizes)
        town = self.town_at(at) if name else 0
        if town > most or not most:  # "San Pedro Sula" is none of the San
            return Part("word", at, at + max(town, 1))
        body = " ".join(w.key for w in words[at : at + most])
        generic = body in lexicon.words["actors.generic-body"]
        if name and agent and generic and sizes[0] == sizes[2] == most:
            return Part("agent", at, at + most, names=name.names, agent=agent[0])
        if name and sizes[0] == most and not gives_way(name.names, sizes):
            names = name.names
            if at and words[at - 1].key in lexicon.words["actors.the"]:
                # "The AKP" is a party, AKP an agency.
                rest = (each for each in names if not each.entity.startswith("media:"))
                names = tuple(rest) or names
            return Part("name", at, at + most, names=names)
        if land and sizes[1] == most:
            # Bystanders are set apart: "U.S.-backed".
            sense, end = land[0], at + most
            use = use_of(words, at, end, lexicon)
            nation = Nation(sense, at, end, use)
            longer = use in ("backed", "based", "led") and end < len(words)
            kind = "nation" if use == "plain" else "bystander"
            return Part(kind, at, end + longer, nation)
        if agent is None or sizes[2] < most:
            return Part("word", at, at + 1)
        kind = agent[0].kind if agent[0].kind in ("former", "plain") else "agent"
        return Part(kind, at, at + most, agent=agent[0])

    def town_at(self, at: int) -> int:
        """Return how many words the name of a large town takes up, 0 for none."""
        for size in (3, 2):
            run = self.words[at : at + size]
            whole = len(run) == size and all(word.capital for word in run)
            if whole and city(" ".join(word.text for word in run), self.lexicon):
                return size
        return 0

    def is_surname(self, part: Part) -> bool:
        """Whether a title is a surname: "John Major", "Martin Luther King"."""
        words, found = self.words, self.parts
        if part.last - part.first > 1 or not words[part.first].capital or not found:
            return False
        if part.last < len(words) and words[part.last].capital:
            return False
        own = part.agent is not None and part.agent.kind in ("office", "person")
        return own and found[-1].kind == "word" and words[found[-1].first].capital

    def is_given(self, part: Part) -> bool:
        """Whether a known surname is an unknown one's first name: "Nabil Rashidi"."""
        words, last = self.words, self.words[part.last - 1]
        family = all(name.kind == "surname" for name in part.names)
        after = words[part.last] if part.last < len(words) else None
        if not (family and after and after.capital) or last.owns or last.joined:
            return False
        end = after.key in self.lexicon.words["actors.name-end"]
        if end or after.text.isupper() or after.key in self.small:
            return False
        other = self.longest_part(part.last)
        people = all(name.kind == "surname" for name in other.names)
        return other.kind == "word" or (other.kind == "name" and people)

    def is_namesake(self, part: Part) -> bool:
        """Whether a short known name is a piece of an unknown one: "Neil Bush"."""
        words, found = self.words, self.parts
        family = all(name.kind == "surname" for name in part.names)
        if not found or (part.last - part.first > 1 and not family):
            return False
        before = found[-1]
        particle = words[before.first].key in self.lexicon.words["actors.particle"]
        if particle and len(found) > 1:
            before = found[-2]  # "Pablo de Lima"
        first = words[before.first]
        if before.kind != "word" or not first.capital or first.joined or first.owns:
            return False
        if family:
            return not any(given(first.key, name) for name in part.names)
        after = words[part.last : part.last + 1]
        return needs_context(part.names) or bool(after and after[0].capital)

    def is_thing(self, part: Part) -> bool:
        """Whether a known name is a piece of a longer one, or that of a thing."""
        words, at, told = self.words, part.first, self.lexicon.words
        the = told["actors.the"]
        if all(name.entity.startswith("media:") for name in part.names):
            # A paper's name of one word is a piece of a longer name: "State Dept".
            forms = [name.form.lower().split() for name in part.names]
            single = all(len(form) == 2 and form[0] in the for form in forms)  # noqa: PLR2004
            beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
            if single and any(w.capital and w.key not in the for w in beside):
                return True
            # It is what a body is for: "Ministry of Foreign Affairs".
            *_, body, link = (None, None, *self.parts)
            of = link is not None and words[link.first].key in told["actors.of"]
            agent = body.agent if body else None
            return of and agent is not None and agent.kind == "body"
        people = all(name.entity.startswith("person:") for name in part.names)
        return people and self.is_named_after(part)

    def is_named_after(self, part: Part) -> bool:
        """Whether a person's name is that of a thing: a valley's, a ship's."""
        words, at = self.words, part.first
        after = words[part.last] if part.last < len(words) else None
        if after is not None and not words[at].owns:
            # A surname only names a thing after it: "the Tambo valley", "Pan-".
            thing = after.text.islower() and after.text.isalpha()
            thing = thing and self.small.get(after.key) in (None, "owner")
            thing = thing and not longest(words, part.last, self.lexicon)
            if words[at].joined or thing:
                return True
        # It is a ship's: "the USS Jo Foo", or "the Jo Foo" alone.
        before = self.parts[-1].names if self.parts else ()
        if before and all(n.cased and n.entity.startswith("government-body:") for n in before):
            return True
        alone = after is None or not after.text.isalpha()
        alone = alone and at > 0 and part.last - at > 1
        if not alone or words[at - 1].key not in self.lexicon.words["actors.the"]:
            return False
        family = any(given(words[at].key, name) for name in part.names)
        every = range(at, part.last)
        return family and not any(longest(words, n, self.lexicon) for n in every)


def gives_way(names: Sequence[Name], sizes: tuple[int, int, int]) -> bool:
    """Whether a known name gives way to a country or title of as many words."""
    ethnic = all(name.entity.startswith("ethnic") for name in names)
    press = all(name.entity.startswith(("media:", "state:")) for name in names)
    press = press and not any(name.cased for name in names)  # SANA is not Sana
    if sizes[1] == sizes[0] and (ethnic or press or needs_context(names)):
        return True  # "Australian police" are not of The Australian
    return sizes[2] == sizes[0] and needs_context(names)


def needs_context(names: Sequence[Name]) -> bool:
    """Whether a known name is one that needs context, such as a surname."""
    return all(name.loose for name in names)


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


def read_mention(words: Sequence[Word], parts: list[Part], lexicon: Lexicon) -> Reading:
    """Return what the words of one mention, sorted into parts, say by themselves.

    Default sectors are filled in, and former posts are made ELI.
    """
    found = read_parts(words, parts, lexicon)
    found.parts = parts
    agent = found.agent
    if agent and not found.sectors and not found.names:
        found.sectors = agent.sectors
    if found.former and agent and agent.kind in ("office", "carrier"):
        official = not found.sectors or bool(OFFICIAL & set(found.sectors))
        found.sectors = ("ELI",) if official else unique([*found.sectors, "ELI"])
    return found


def read_parts(words: Sequence[Word], every: list[Part], lexicon: Lexicon) -> Reading:
    """Return what parts say: the core, then what hangs on it."""
    core, after, rest = cut_mention(words, every)
    owned, head = possessor(words, core)
    found = read_core(words, head, lexicon)
    if owned:
        lend(found, read_parts(words, owned, lexicon), "possessor")
    tie = after if after in APPOSED else lexicon.senses["actors.tie"].get(after, "")
    if rest and tie and rest[0].kind != "stop":
        lend(found, read_parts(words, rest, lexicon), tie)
    return found


def cut_mention(words: Sequence[Word], every: Sequence[Part]) -> tuple[list[Part], str, list[Part]]:
    """Return the core of a mention, the word after it, and what follows that."""
    solid = False
    for i, part in enumerate(every):
        if solid and part.kind in ("prep", "stop", "and"):
            return [*every[:i]], words[part.first].key, [*every[i + 1 :]]
        solid = solid or part.kind not in ("article", "quote")
    return [*every], "", []


def possessor(words: Sequence[Word], core: list[Part]) -> tuple[list[Part], list[Part]]:
    """Return the owner ("Iraq's") and the head ("president") of a core."""
    for i in range(len(core) - 2, -1, -1):
        if words[core[i].last - 1].owns:
            return core[: i + 1], core[i + 1 :]
    return [], core


def read_core(words: Sequence[Word], core: list[Part], lexicon: Lexicon) -> Reading:
    """Return what the core of a mention says: head, country, known names."""
    found, told = Reading(words), lexicon.words
    for part in core:
        word, after = words[part.first], words[part.first + 1 : part.first + 2]
        if part.kind == "agent" and part.names:
            found.generic = part.names
        elif part.kind == "name":
            found.names.insert(0, part.names)
        elif part.kind == "owner":
            found.owner = word
        elif part.kind == "former" or word.key in told["actors.former-mark"]:
            found.former = True
        elif word.key in told["actors.foreign"] and not (
            after and after[0].key in told["actors.foreign-office"]
        ):
            found.alien = True  # "foreign ministry" is no stranger
        elif part.kind == "word" and word.capital:
            found.unknown, found.last_name = True, word
    found.spots = find_spots(words, core, lexicon)
    agents = [p for p in core if p.agent is not None and p.kind == "agent"]
    if agents:
        found.agent = agents[-1].agent
        found.sectors = head_sectors(words, core, agents[-1], lexicon)
    found.nation, found.how = nation_of(core)
    found.people = is_nationals(words, core, lexicon)
    return found


def find_spots(words: Sequence[Word], core: list[Part], lexicon: Lexicon) -> list[Word]:
    """Return the unknown capitalised words that may be a place, not somebody's name.

    Whose states are many is no place within one: "Lake Chad countries".
    """
    found: list[Word] = []
    told = lexicon.words
    many = core and words[core[-1].last - 1].key in told["actors.many-states"]
    if many and told["actors.join"].isdisjoint(word.key for word in words):
        return found
    for part in core:
        word = words[part.first]
        agent = part.agent if part.kind == "agent" else None
        if agent and agent.kind in ("office", "person"):
            break
        new = part.kind == "plain" and word.key in told["actors.new"]  # "New York"
        if (part.kind == "word" or new) and word.capital:
            found += words[part.first : part.last]
    return found


def head_sectors(
    words: Sequence[Word], core: list[Part], head: Part, lexicon: Lexicon
) -> tuple[str, ...]:
    """Return the sectors of the last title, then those of the words before it.

    Of these the nearest come first.
    """
    assert head.agent is not None
    found: list[str] = []
    for part in reversed(core[: core.index(head)]):
        agent = part.agent if part.kind == "agent" else None
        if agent is not None and agent.kind != "carrier":
            found += agent.sectors
        elif part.kind in ("word", "plain", "agent"):
            found += trait(words[part.first].key, lexicon)
    before = unique(found)
    return before if head.agent.kind == "carrier" else unique(head.agent.sectors + before)


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
        nation = part.nation if part.kind == "bystander" else None
        if nation and nation.use in ("based", "led"):
            return nation, nation.use
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
