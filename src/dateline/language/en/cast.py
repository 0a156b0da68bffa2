"""The people and organisations of one report, and the short forms they go by."""

from bisect import bisect_left
from dataclasses import dataclass, field

from dateline.language.en.mentions import (
    Mention,
    labels_of,
    lexicon,
    made,
    mentions,
    plain,
)
from dateline.model import Link, Parsed, Sentence, Span, Token, Why

OPEN, SHUT = frozenset("([{"), frozenset(")]}")
SHORTEST = 4  # letters: a shorter surname may be any word at a sentence's start
ROLES = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj"))
LONGEST_ACRONYM = 9
MIN_WORDS = 3  # words: an acronym stands after two and a bracket
HONORIFICS = frozenset(["mr.", "mrs.", "ms.", "miss", "dr.", "sir"])
THRONES = frozenset(["king", "queen", "prince", "princess", "emir", "sultan", "pope"])
ORG_WORDS = 2  # words: a shorter tail of an organisation's name may be any other's


@dataclass(slots=True)
class Person:
    """Somebody named in full or with a title: his fullest mention, and the rest."""

    names: tuple[str, ...]
    best: Mention
    titles: set[str] = field(default_factory=set)
    gender: str = ""


@dataclass(slots=True)
class Cast:
    """Everybody named in a report; `scenes[n]` are the mentions of sentence n.

    `standing[n]` are the words there that have a part in a clause; `stood` tells by
    token whether a pronoun means people or a body, and the words it stands for.
    """

    parsed: Parsed
    scenes: list[list[Mention]]
    people: list[Person] = field(default_factory=list)
    short: dict[tuple[str, ...], set[int]] = field(default_factory=dict)
    given: dict[str, set[int]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)
    entitled: dict[str, set[int]] = field(default_factory=dict)
    standing: dict[int, list[Token]] = field(default_factory=dict)
    stood: dict[int, tuple[str, tuple[Span, ...]]] = field(default_factory=dict)


def cast_of(parsed: Parsed) -> Cast:
    """Return the people of a report, later short forms linked to the full ones."""
    labels = labels_of(parsed)
    scenes = [mentions(parsed, s, labels) if s.parsed else [] for s in parsed.sentences]
    cast = Cast(parsed, scenes, labels=labels)
    every = [m for scene in scenes for m in scene]
    for mention in every:
        if mention.kind == "person" and len(mention.names) > 1:
            enter(cast, mention)
    for mention in every:
        if mention.who < 0 and may_be_person(mention):
            recognise(cast, mention)
    for n, sentence in enumerate(parsed.sentences):
        overlooked(cast, n, sentence)
    for mention in every:
        if mention.who < 0 and mention.kind == "noun":
            mention.who = add(cast, mention)
    return cast


def overlooked(cast: Cast, n: int, sentence: Sentence) -> None:
    """Find the surnames that the tagger took for common words ("Howes said")."""
    tokens = cast.parsed.tokens[sentence.first : sentence.last]
    taken = {i for m in cast.scenes[n] for i in range(m.first, m.last)}
    for token in tokens:
        if token.pos not in ("NOUN", "X", "ADJ") or not token.text[:1].isupper():
            continue
        known = len(token.text) >= SHORTEST and (plain(token),) in cast.short
        if known and token.i not in taken and token.dep in ROLES:
            bounds = (token.i, token.i + 1)
            mention = made(cast.parsed, bounds, "name", (plain(token),), ())
            cast.scenes[n].append(mention)
            recognise(cast, mention)


def may_be_person(mention: Mention) -> bool:
    """Whether words not tagged as a person may still be one named before."""
    if mention.kind in ("person", "name", "place"):
        return bool(mention.names)
    return mention.kind == "org" and len(mention.names) <= 2  # noqa: PLR2004


def enter(cast: Cast, mention: Mention) -> None:
    """Number a person named in full: the same man again, or somebody new."""
    names = mention.names
    for known in cast.short.get(names[-1:], ()):
        if same(cast.people[known].names, names):
            mention.who = known
            note(cast, mention)
            linked(cast, mention)
            return
    mention.who = add(cast, mention)
    for n in range(1, len(names)):
        cast.short.setdefault(names[n:], set()).add(mention.who)
    cast.given.setdefault(names[0], set()).add(mention.who)


def same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names are one man's: one holds all the words of the other."""
    return set(one) <= set(other) or set(other) <= set(one)


def add(cast: Cast, mention: Mention) -> int:
    """Return the number of a new person."""
    cast.people.append(Person(mention.names, mention))
    mention.who = len(cast.people) - 1
    note(cast, mention)
    return mention.who


def note(cast: Cast, mention: Mention) -> None:
    """Learn titles and gender from one more mention; the fullest is the best."""
    person = cast.people[mention.who]
    person.titles.update(mention.titles)
    for title in mention.titles if person.names else ():
        cast.entitled.setdefault(title, set()).add(mention.who)
    person.gender = person.gender or gender_of(mention)
    if weight(mention) > weight(person.best) and set(person.names) <= set(
        mention.names
    ):
        person.names, person.best = mention.names, mention


def weight(mention: Mention) -> tuple[int, int]:
    """Return how much a mention tells of a person: words of name, then of title."""
    return len(mention.names), len(set(mention.titles) - HONORIFICS)


def gender_of(mention: Mention) -> str:
    """Return he, she, or "" where neither title nor given name tells."""
    known = lexicon()
    words = set(mention.titles)
    if words & known["male"]:
        return "he"
    if words & known["female"]:
        return "she"
    first = mention.names[0] if len(mention.names) > 1 else ""
    return next((sex for sex in ("he", "she") if first in known[sex]), "")


def recognise(cast: Cast, mention: Mention) -> None:
    """Link a surname, or another short form, to the one full name it fits."""
    found = owners(cast, mention)
    sex = gender_of(mention)
    fitting = {n for n in found if not sex or cast.people[n].gender in ("", sex)}
    crowns = THRONES & set(mention.titles)
    if crowns:
        fitting = {n for n in fitting if crowns & cast.people[n].titles}
    if len(fitting) == 1:
        mention.who = fitting.pop()
        note(cast, mention)
        linked(cast, mention)
    elif (crowns or not found) and mention.kind == "person":
        add(cast, mention)
        cast.short.setdefault(mention.names, set()).add(mention.who)


def linked(cast: Cast, mention: Mention) -> None:
    """Link a mention to the fullest one of the same person, where that says more."""
    best = cast.people[mention.who].best
    if tells_more(best, mention):
        cast.links.append(surname(mention, best.span))


def tells_more(best: Mention, mention: Mention) -> bool:
    """Whether the fullest mention of a person says more than this one."""
    if best is mention:
        return False
    names, titles = weight(mention)
    return weight(best)[0] > names or weight(best)[1] > titles


def owners(cast: Cast, mention: Mention) -> set[int]:
    """Return the people whose short form a mention may be."""
    found = cast.short.get(mention.names, set())
    if found or len(mention.names) > 1:
        return found
    if mention.kind == "place":
        return set()
    return cast.given.get(mention.names[0], set())


def surname(mention: Mention, full: Span) -> Link:
    """A surname, alone or titled, stands for the one person of that name before."""
    return Link(mention.span, (full,), Why("coreference.surname.v1", full))


def short_names(cast: Cast) -> None:
    """Link acronyms and shorter forms of organisations to the name they came with."""
    parsed = cast.parsed
    acronyms: dict[str, tuple[int, Span]] = {}
    for token in parsed.tokens:
        word = token.text
        if not (1 < len(word) < LONGEST_ACRONYM and word[:2].isupper()):
            continue
        if full := introduced(parsed, token.i):
            acronyms.setdefault(word, (token.i, full))
        elif known := acronyms.get(word):
            cast.links.append(acronym(token.span, known[1]))
    tails(cast)


def tails(cast: Cast) -> None:
    """Link an organisation named by the last words of a longer name before."""
    longer: dict[tuple[str, ...], Span] = {}
    for entity in cast.parsed.entities:
        if entity.label != "ORG":
            continue
        tokens = cast.parsed.tokens_in(entity.span)
        words = tuple(plain(t) for t in tokens if t.pos != "DET" and t.text.isalnum())
        if full := longer.get(words):
            cast.links.append(shorter(entity.span, full))
        for n in range(1, len(words) - ORG_WORDS + 1):
            longer.setdefault(words[n:], entity.span)


def introduced(parsed: Parsed, at: int) -> Span | None:
    """Return the name that the acronym in brackets at token `at` was made of."""
    tokens = parsed.tokens
    if at < MIN_WORDS or tokens[at - 1].text not in OPEN:
        return None
    if at + 1 >= len(tokens) or tokens[at + 1].text not in SHUT:
        return None
    letters = tokens[at].text.upper()
    initials = ""
    for token in reversed(tokens[max(0, at - 12) : at - 1]):
        if token.pos in ("NOUN", "PROPN", "ADJ", "NUM") or token.text[:1].isupper():
            initials = token.text[:1].upper() + initials
        if initials == letters:
            return Span(token.start, tokens[at - 2].end)
    return whole_entity(parsed, at - 2)


def whole_entity(parsed: Parsed, at: int) -> Span | None:
    """Return the tagger's organisation that ends with token `at`."""
    end = parsed.tokens[at].end
    low = bisect_left(parsed.entities, end, key=lambda entity: entity.span.end)
    for entity in parsed.entities[low : low + 1]:
        if entity.span.end == end and entity.label in ("ORG", "NORP", "GPE"):
            return entity.span
    return None


def acronym(mention: Span, full: Span) -> Link:
    """An acronym stands for the name it was given in brackets after."""
    return Link(mention, (full,), Why("coreference.acronym.v1", full))


def shorter(mention: Span, full: Span) -> Link:
    """The last words of an organisation's name stand for the full name before."""
    return Link(mention, (full,), Why("coreference.short-name.v1", full))
