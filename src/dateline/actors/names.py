"""Which entity of the base a mention is, and its proper name."""

from collections.abc import Iterator
from dataclasses import replace

from dateline.actors.cues import TITLES
from dateline.actors.evidence import Mention, first_name, mention_at
from dateline.actors.judge import Answer
from dateline.actors.nations import filed_under
from dateline.actors.parts import parts
from dateline.actors.reading import cut, possessor
from dateline.actors.related import Kin
from dateline.reference import countries

SHORT = 3  # words: a longer mention that tells no name is somebody described
PERSON = "person:"
BODIES = ("body", "people", "state", "place")
IT = frozenset("it its itself we us our ourselves".split())
KIN = frozenset("mrs miss wife husband son daughter brother sister widow".split())


def named(mention: Mention, kin: Kin, code: str) -> tuple[str | None, str]:
    """Return the entity of the base that a mention is, and its proper name."""
    if shared(mention, kin):
        return None, ""
    if person := beside_named(mention):
        answer = known_as(person, code)
        return (answer.entity, answer.name) if answer else (None, worded(person))
    if answer := known_as(mention, code):
        return answer.entity, answer.name
    keys = {word.key for word in mention.words}
    owned = mention.reading.owner is not None or any(w.owns for w in mention.words)
    if len(mention.words) > SHORT or owned or keys & KIN:
        return None, ""
    found = dict(elsewhere_named(kin, code))
    found = {e: name for e, name in found.items() if fits(mention, e)}
    if len(found) == 1:
        return next(iter(found.items()))
    return None, "" if found else stood_for(mention, kin, code)


def beside_named(mention: Mention) -> Mention | None:
    """Return the name of one who is also described: "the minister, Foo", or "Foo, 45".

    Whoever is named is not the holder of the office whom the base knows.
    """
    parsed, seen = mention.case.seen.parsed, mention.case.seen
    head = parsed.head_of(mention.span)
    if head is None or not (beside := tuple(parsed.below(head, "appos"))):
        return None
    every = [m for m in parsed.mentions if m.sentence == seen.sentence(head.start)]
    own = next((m for m in every if m.head == head.i), None)
    if own is not None and (own.many or own.kind == "name"):
        within = own.kind == "name" and own.span != mention.span
        known = within and mention.span.covers(beside[0].span)
        return mention_at(own.span, seen, mention.case.base) if known else None
    people = (m for m in every if m.kind == "name" and m.sort == "person")
    name = next((m.span for m in people if any(m.head == b.i for b in beside)), None)
    return mention_at(name, seen, mention.case.base) if name else None


def shared(mention: Mention, kin: Kin) -> bool:
    """Whether a bare surname is that of two people of the report."""
    keys = [word.key for word in mention.words if word.key not in TITLES]
    if len(keys) != 1 or not mention.words[-1].capital:
        return False
    firsts = {first_name(span, keys[0], mention) for span in kin.places} - {""}
    initials = {first[0] for first in firsts}
    return len(initials) > 1


def elsewhere_named(kin: Kin, code: str) -> Iterator[tuple[str, str]]:
    """Yield whom the report names by the same name, or what the mention stands for."""
    faint = kin.link is not None and kin.link.faint
    for there in kin.intro or (() if faint else kin.earlier):
        answer = known_as(there, code)
        if answer and answer.entity:
            yield answer.entity, answer.name


def stood_for(mention: Mention, kin: Kin, code: str = "") -> str:
    """Return the name or the words that a pronoun or a short name surely stands for.

    Nobody is called "he" of whom the report says more.
    """
    if kin.link is None or kin.link.faint:
        return ""
    short = kin.link.of_name and mention.words[-1].capital
    if not short and not pronoun(mention):
        return ""
    there = kin.earlier[0]
    if mention.words[0].key not in IT and of_land(there):
        return ""
    if answer := known_as(there, code):
        return answer.name or worded(there)
    other = there.direct is not None and there.direct.country
    return "" if other or pronoun(there) else worded(there)


def of_land(mention: Mention) -> bool:
    """Whether the words are of a state or a place: "they" are its people, or others."""
    parsed = mention.case.seen.parsed
    head = parsed.head_of(mention.span)
    sorts = {m.head: m.sort for m in parsed.mentions if mention.span.overlaps(m.span)}
    return head is not None and sorts.get(head.i) in ("state", "place")


def worded(mention: Mention) -> str:
    """Return the words of a mention in one line, of "central Mali" the country."""
    parsed = mention.case.seen.parsed
    head = parsed.head_of(mention.span)
    land = countries().by_name(head.text) if head is not None else None
    return land.name if land else " ".join(mention.span.of(parsed.text).split())


def pronoun(mention: Mention) -> bool:
    """Whether a mention is a pronoun alone."""
    tokens = mention.case.seen.parsed.tokens_in(mention.span)
    return bool(tokens) and all(token.pos == "PRON" for token in tokens)


def fits(mention: Mention, entity: str) -> bool:
    """Whether an entity can be whom a mention is: "200 girls" are no one man.

    Nor is a man called the people or the party that he is told to be of, "it" a man,
    or the police a newspaper.
    """
    parsed = mention.case.seen.parsed
    head = parsed.head_of(mention.span)
    here = (m for m in parsed.mentions if m.span.overlaps(mention.span))
    own = next((m for m in here if head is not None and m.head == head.i), None)
    if own is None:
        return True
    man = bool(own.gender) or (own.kind != "pronoun" and own.sort == "person")
    if entity.startswith(PERSON):
        body = own.words == ("it",) or (own.kind == "noun" and own.sort in BODIES)
        return not own.many and not body
    press = entity.startswith("media:")
    return not man and (not press or {"JRN"}.issuperset(mention.reading.sectors))


def known_as(mention: Mention, code: str) -> Answer | None:
    """Return what the words themselves settle, where it is of that country."""
    answer = mention.direct
    if answer is None or not answer.country or filed_under(answer.country) != code:
        return None
    if answer.entity and not heads(mention, answer.entity):
        return replace(answer, entity=None, name="")
    return answer


def heads(mention: Mention, entity: str) -> bool:
    """Whether an entity is the party itself, not whose supporters or aides they are."""
    core, _, _ = cut(mention.words, parts(mention.words, mention.case.base))
    _, head = possessor(mention.words, core)
    named_ = [p for p in head if entity in {name.entity for name in p.names}]
    person = entity.startswith(PERSON)
    if not named_:
        return not person or not mention.reading.names
    return not person or head[-1] is named_[-1]
