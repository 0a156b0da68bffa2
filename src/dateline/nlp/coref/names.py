"""Names of one report that are the same one: full, short, titled, in letters."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from dateline.model import Parsed
from dateline.model.mention import Mention
from dateline.resources.knowledge_base import base
from dateline.resources.reference import countries

BACK = 3  # mentions before a name among which its country stands
OTHERS = ("person", "state")  # kinds of entities that are joined by other means
BUILDING = "metonym:"
SHORT = 2  # words: one of two names is as short, or they may be parts of one body
OFTEN = 2  # times as often named as any namesake: whom the surname alone means
SHORTEST = 4  # letters: a shorter surname may be any word at a sentence's start
ACRONYM = (2, 9)  # letters of an acronym
TAIL = 2  # words: a shorter tail of a body's name may be any other's
Words = tuple[str, ...]


@dataclass(slots=True)
class Figure:
    """Somebody named in a report: the fullest words so far, titles, gender.

    `firm` is whether any of its names is surely a person's, `land` the country that
    owns a body: "Turkey's Foreign Ministry".
    """

    words: Words
    best: int
    sort: str
    titles: set[str] = field(default_factory=set)
    gender: str = ""
    firm: bool = False
    land: str = ""
    mentions: list[int] = field(default_factory=list)


class Figures:
    """Everybody whom a report names, and which of its names are whose."""

    def __init__(self, parsed: Parsed) -> None:
        """Join the names of a report, in order: those told in full first."""
        self.parsed = parsed
        self.mentions = mentions = parsed.mentions
        halves = parsed.lexicon.senses["cast.half"]  # "the North" of two Koreas
        self.halves = {land: (half,) for half, land in halves.items()}
        self.figures: list[Figure] = []
        self.whose: dict[int, int] = {}
        self.short: dict[Words, set[int]] = {}
        self.given: dict[str, set[int]] = {}
        self.exact: dict[Words, int] = {}
        self.listed: dict[str, list[tuple[Words, int]]] = {}  # by entities of the base
        named = [n for n, m in enumerate(mentions) if m.kind == "name"]
        people = (mentions[n] for n in named if mentions[n].sort == "person")
        self.called = {m.words[-1] for m in people if len(m.words) == 1 or is_joined_pair(m)}
        self.lands = {mentions[n].words for n in named if mentions[n].sort == "state"}
        for n in named:
            if len(mentions[n].words) > 1 and self.full_name(mentions[n]):
                self.enter(n)
        for n in named:
            if n not in self.whose:
                self.recognise(n)

    def full_name(self, mention: Mention) -> bool:
        """Whether words name a person in full: here, or by "Ms Brandt" elsewhere.

        A surname before a land is no first name: "Modi Nepal: a new deal".
        """
        first, *rest = mention.words
        before_land = first in self.called and tuple(rest) in self.lands
        if is_joined_pair(mention) or before_land:
            return False
        if mention.sort == "person":
            return True
        short = 1 < len(mention.words) <= 3  # noqa: PLR2004
        untold = mention.sort in ("body", "place", "") and mention.label != "NORP"
        return short and untold and mention.words[-1] in self.called

    def enter(self, n: int) -> None:
        """Number a person named in full: the same one again, or somebody new.

        Two full names are one person's where one holds the other's words.
        """
        mention, words = self.mentions[n], self.mentions[n].words
        own = set(words)
        for known in sorted(self.short.get(words[-1:], ())):
            figure = self.figures[known]
            other = set(figure.words)
            fits = not mention.gender or figure.gender in ("", mention.gender)
            if fits and (own <= other or other <= own):
                self.note(known, n)
                return
        who = self.add(n)
        for k in range(1, len(words)):
            self.short.setdefault(words[k:], set()).add(who)
        self.given.setdefault(words[0], set()).add(who)

    def add(self, n: int) -> int:
        """Return the number of somebody new."""
        mention = self.mentions[n]
        sort = "person" if self.full_name(mention) else mention.sort
        self.figures.append(Figure(mention.words, n, sort))
        who = len(self.figures) - 1
        self.exact.setdefault(mention.words, who)
        self.note(who, n)
        return who

    def note(self, who: int, n: int) -> None:
        """Learn titles and gender from one more mention; the fullest is the best."""
        figure, mention = self.figures[who], self.mentions[n]
        self.whose[n] = who
        figure.mentions.append(n)
        figure.titles.update(mention.titles)
        figure.gender = figure.gender or mention.gender
        figure.firm = figure.firm or mention.sort == "person"
        if not figure.sort:
            figure.sort = mention.sort
        best = self.mentions[figure.best]
        longer = set(figure.words) <= set(mention.words)
        if self.weight(mention) > self.weight(best) and longer:
            figure.words, figure.best = mention.words, n

    def weight(self, mention: Mention) -> tuple[int, int, int]:
        """Return how much a mention tells: words of name, titles, length of the words.

        More words at a state's name are not of it: "US-China", "Photo North Korea".
        """
        titles = len(set(mention.titles) - self.parsed.words("cast.honorific"))
        length = mention.span.end - mention.span.start
        told = -length if mention.sort == "state" else length
        return len(mention.words), titles, told

    def recognise(self, n: int) -> None:
        """Join a surname, an acronym, a country or a body to the one it names."""
        mention = self.mentions[n]
        found = self.persons(n) if self.may_be_person(n) else set()
        if len(found) == 1:
            self.note(found.pop(), n)
        elif found:
            who = self.bearer_of_name(n, found)
            if who is not None:
                self.note(who, n)
        elif mention.sort == "person":
            self.short.setdefault(mention.words, set()).add(self.add(n))
        else:
            self.enter_body(n)

    def may_be_person(self, n: int) -> bool:
        """Whether a name may be one by which the report has called a person."""
        mention = self.mentions[n]
        if mention.sort in ("person", ""):
            return True
        if mention.sort not in ("state", "place", "people"):
            if len(mention.words[0]) < SHORTEST and len(mention.words) == 1:
                return False  # "UN", beside Kim Jong Un
            return len(mention.words) <= 2  # noqa: PLR2004
        if mention.label == "NORP" or mention.words not in self.short:
            return False
        placing = self.parsed.words("cast.surname-never-after")
        same = [m for m in self.mentions if m.kind == "name" and m.words == mention.words]
        if mention.grammar.before in placing:
            # The name seldom stands as a place does: "language from Jenrick".
            placed = sum(m.grammar.before in placing for m in same)
            return mention.sort == "place" and len(same) - placed >= OFTEN * placed
        # A land of that name is nowhere spoken of as a land.
        lands = (m.grammar for m in same if m.sort in ("state", "place"))
        return mention.sort == "place" or not any(
            g.before in placing or g.role == "modifier" for g in lands
        )

    def persons(self, n: int) -> set[int]:
        """Return the people whose short form a name may be, by title and gender too."""
        mention = self.mentions[n]
        found = self.short.get(mention.words, set())
        single = len(mention.words) == 1
        if not found and single and mention.sort in ("person", ""):
            found = self.given.get(mention.words[0], set())
        sex = mention.gender
        fits = {w for w in found if not sex or self.figures[w].gender in ("", sex)}
        fits = {w for w in fits if self.figures[w].firm} or fits
        if crowns := self.parsed.words("cast.throne").intersection(mention.titles):
            fits = {w for w in fits if crowns & self.figures[w].titles}
        return fits

    def bearer_of_name(self, n: int, found: Collection[int]) -> int | None:
        """Return whom a name alone means, of several who bear it; None for unsure.

        A title tells them apart; else it is who is named far more often; else who was
        called by the name alone before another of that name came up, and so goes on to
        be.
        """
        mention, figures = self.mentions[n], self.figures
        titles = set(mention.titles) - self.parsed.words("cast.honorific")
        titled = [who for who in found if titles & figures[who].titles]
        if len(titled) == 1:
            return titled[0]
        told = {who: len(figures[who].mentions) for who in found}
        first, second = sorted(told, key=lambda who: (-told[who], who))[:2]
        if told[first] >= OFTEN * told[second]:
            return first
        entries = ((min(figures[who].mentions), who) for who in found)
        (here, first), (there, _) = sorted(entries, key=lambda entry: entry[0])[:2]
        between = (m for m in self.mentions[here + 1 : there] if m.kind == "name")
        return first if any(m.words == mention.words for m in between) else None

    def enter_body(self, n: int) -> None:
        """Join a body, state or place to its equal, its letters or its full name."""
        mention = self.mentions[n]
        words = body_identity(self.parsed, mention)
        entity = known_entity(mention.words)
        known = self.body_named(n, words)
        if known is None:  # who goes by another name of the same entity of the base
            every = self.listed.get(entity, ())
            names = (w for other, w in every if mean_whole_entity(mention.words, other))
            known = next(names, None)
        if known is None and len(words) == 1:
            known = self.short_for(mention)
        who = self.add(n) if known is None else known
        if entity:
            self.listed.setdefault(entity, []).append((mention.words, who))
        self.file_body(n, who, words)
        if known is not None:
            self.note(known, n)
            return
        self.exact.setdefault(words, who)
        self.exact.setdefault(self.halves.get(words[0], words), who)
        for k in range(1, len(words) - TAIL + 1):
            self.exact.setdefault(words[k:], who)
        if len(words) > 1:
            left_out = self.parsed.words("cast.no-initial")
            short = "".join(word[:1] for word in words if word not in left_out)
            self.exact.setdefault((short,), who)

    def body_named(self, n: int, words: Words) -> int | None:
        """Return the body that words name: the one of the country beside them.

        The end of a longer name is no short form: "the Students' News Agency" is not
        the Korean Central News Agency, nor Iran's ministry that of Turkey.
        """
        if self.mentions[n].sort != "body":
            return self.exact.get(words)
        owner = owner_of_body(self.mentions, n)
        code = country_before_body(self.parsed, n)
        for told in ((code, *words), words, name_after_country(words)):
            if (known := self.exact.get(told)) is not None:
                break
        if known is None or not (code or owner):
            return known
        figure = self.figures[known]
        if code and figure.land:
            return known if figure.land == code else None
        same = body_identity(self.parsed, self.mentions[figure.mentions[0]]) == words
        return known if same else None

    def file_body(self, n: int, who: int, words: Words) -> None:
        """File a body under its country; the bare name is the one's named last."""
        if self.mentions[n].sort != "body":
            return
        code = country_before_body(self.parsed, n)
        figure = self.figures[who]
        for told in ((code, *words) if code else (), name_after_country(words)):
            if len(told) > TAIL or (told and code):
                figure.land = figure.land or told[0]
                self.exact[told] = self.exact[told[1:]] = who

    def short_for(self, mention: Mention) -> int | None:
        """Return whose initials a word is, or of which one body the last word."""
        low, high = ACRONYM
        word = mention.words[0].replace(".", "")
        if low <= len(word) <= high and (word,) in self.exact:
            return self.exact[(word,)]
        bodies = [f for f in self.figures if f.sort == "body"]
        ends = [f for f in bodies if f.words[-1] == mention.words[0]]
        if mention.sort != "body" or len(ends) != 1:
            return None
        # A name may be a building's for a body: no "House" is the White House.
        house = known_entity(ends[0].words).startswith(BUILDING)
        return None if house else self.figures.index(ends[0])

    def placed(self, who: int) -> bool:
        """Whether one land's people of this name are told of: "Syrian Kurds"."""
        every = [self.mentions[n] for n in self.figures[who].mentions]
        if self.figures[who].sort != "people":
            return False
        told = {m.told for m in every if m.told}
        best = self.mentions[self.figures[who].best]
        land = countries().by_demonym(" ".join(best.told).title())
        return len(told) == 1 and land is not None

    @cached_property
    def ranks(self) -> list[tuple[int, set[str]]]:
        """Where each figure is first named, and its titles in full."""
        honorifics = self.parsed.words("cast.honorific")
        whole = self.parsed.lexicon.senses["cast.title"]
        told = ((f.mentions[0], f.titles - honorifics) for f in self.figures)
        return [
            (self.mentions[n].first, {whole.get(t.rstrip("."), t) for t in titles})
            for n, titles in told
        ]

    def unlike(self, n: int) -> frozenset[int]:
        """Return who "the colonel" is not: those of another rank, if one is known.

        "The vice president" is no president.
        """
        mention = self.mentions[n]
        if mention.kind != "noun" or mention.definite != "the" or not mention.titles:
            return frozenset()
        own = {
            who: ranks
            for who, (first, ranks) in enumerate(self.ranks)
            if ranks and first < mention.first
        }
        bearers = {who for who, ranks in own.items() if mention.titles[-1] in ranks}
        second = self.parsed.words("cast.deputy").intersection(mention.told)
        first = {who for who in bearers if second - own[who]}
        bearers -= first
        return frozenset(own.keys() - bearers if bearers else first)


def is_joined_pair(mention: Mention) -> bool:
    """Whether words are two names joined, nobody's full one: "Zelensky-Biden"."""
    words, tokens = mention.words, mention.last - mention.first
    length = mention.span.end - mention.span.start
    joined = length == sum(map(len, words)) + 1  # and no space, title or stop beside
    return (len(words), tokens) == (2, 3) and joined


def body_identity(parsed: Parsed, mention: Mention) -> Words:
    """Return what tells a name apart: a country's code, else its words.

    Of a people's name the plural's ending is no part.
    """
    if mention.sort == "state":
        known = countries()
        text = " ".join(mention.words)
        row = known.by_name(text) or known.by_demonym(text)
        row = row or known.by_name(text.upper()) or known.by_name(text.title())
        if row:
            return (row.code,)
    filler = parsed.words("cast.filler")
    words = tuple(w for w in mention.words if w not in filler)
    if len(words) == 1 and mention.sort == "people":
        endings = filter(words[0].endswith, parsed.words("cast.plural"))
        return (words[0].removesuffix(next(endings, "")),)
    return words or mention.words


def name_after_country(words: Words) -> Words:
    """Return a name with the code of the country that it begins with, () without one.

    >>> name_after_country(("greek", "foreign", "ministry"))
    ('GRC', 'foreign', 'ministry')
    """
    row = countries().by_demonym(words[0].title())
    return (row.answers, *words[1:]) if row and len(words) > 1 else ()


def owner_of_body(mentions: Sequence[Mention], n: int) -> Mention | None:
    """Return the name before a body's that tells whose it is: "Turkey's Parliament"."""
    mention = mentions[n]
    for other in reversed(mentions[max(0, n - BACK) : n]):
        beside = other.last == mention.first and other.grammar.role == "modifier"
        if other.kind == "name" and (other.head == mention.grammar.owner or beside):
            return other
    return None


def country_before_body(parsed: Parsed, n: int) -> str:
    """Return the code of the country told before a body's name, "" where none is."""
    known, owner = countries(), owner_of_body(parsed.mentions, n)
    if owner is not None and owner.sort == "state":
        return body_identity(parsed, owner)[0]
    if owner is not None:
        row = known.by_capital(" ".join(owner.words).title())
    else:
        row = known.by_demonym(" ".join(parsed.mentions[n].told).title())
    return row.answers if row else ""


def mean_whole_entity(one: Words, other: Words) -> bool:
    """Whether two names of an entity mean the whole of it, not a committee of it.

    >>> mean_whole_entity(("senate",), ("senate", "intelligence", "committee"))
    False
    """
    short, long = sorted((one, other), key=len)
    part = set(short) < set(long) and len(long) > len(short) + 1
    return len(short) <= SHORT and not part


@cache
def known_entity(words: Words) -> str:
    """Return the one body that the base knows by a name, "" where none or several.

    >>> known_entity(("kcna",)) == known_entity(
    ...     ("korean", "central", "news", "agency")
    ... ) != ""
    True
    """
    text = " ".join(words)
    forms = (text, text.upper()) if len(words) == 1 else (text,)
    named = (name for form in forms for name in base().names(form) if not name.loose)
    found = {name.entity for name in named}
    if len(found) != 1 or base().entity(next(iter(found))).kind in OTHERS:
        return ""
    return next(iter(found))
