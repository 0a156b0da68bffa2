"""Which entity of the base a mention is, and its proper name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.extract.actors.evidence import Mention, first_names, mention_at
from dateline.extract.actors.mention_cues import cut_mention, possessor
from dateline.extract.actors.related_mentions import Kin
from dateline.extract.actors.resolution import Answer
from dateline.model import Span
from dateline.model.mention import Mention as Named
from dateline.resources.reference import countries
from dateline.resources.reference.countries import filed_under

PERSON = "person:"
PEOPLES = ("ethnic-group:", "religious-group:")
APART = frozenset(("JUD", "LEG", "COP"))  # bodies that are of no army or people
SHORT = 3  # words: a longer mention that tells no name is somebody described
DEFINITE = ("the", "own")
HOUSE = "metonym:"
BODIES = ("body", "people", "state", "place")


def head_mention(mention: Mention) -> Named | None:
    """Return the name, noun or pronoun that heads the words of a mention."""
    parsed, head = mention.case.seen.parsed, mention.head
    here = parsed.mentions_headed_by(head.i) if head is not None else ()
    return next(iter(here), None)


def is_entity_itself(mention: Mention, entity: str) -> bool:
    """Whether an entity is the party itself, not whose supporters or aides they are.

    A man or a state is no body that he is of: "the OPEC member Kuwait"; an army is not
    its court, nor a people its regime or minister.
    """
    words, own, head = mention.words, head_mention(mention), mention.head
    core, _, _ = cut_mention(words, mention.reading.parts)
    _, parts = possessor(words, core)
    named = [p for p in parts if entity in {name.entity for name in p.names}]
    person = entity.startswith(PERSON)
    if not named:
        return not person or not mention.reading.names
    rest = [p.agent for p in parts[parts.index(named[-1]) + 1 :] if p.agent]
    bodies = [agent for agent in rest if agent.kind == "body"]
    roles = {k for role in mention.case.base.roles(entity) for k in role.sectors}
    if any(APART & {*body.sectors} - roles for body in bodies):
        return False
    start, end = words[named[-1].first].start, words[named[-1].last - 1].end
    if entity.startswith(PEOPLES):
        # They are of people named there, and no man or body of theirs.
        heads = head is None or start <= head.start < end
        if not (heads or (own is not None and own.sort == "people")):
            return False
    if parts[-1] is named[-1]:
        return True
    # A man is named in the words after the name of a body.
    man = own is not None and (own.kind, own.sort) == ("name", "person")
    tokens = mention.case.seen.parsed.tokens
    man = man and own is not None and tokens[own.head].start >= end
    return not (person or parts[-1].kind == "nation" or man)


def name_entity(mention: Mention, kin: Kin, code: str) -> tuple[str | None, str]:
    """Return the entity of the base that a mention is, and its proper name."""
    said, link = mention.lexicon.words, kin.link
    # Is it the bare surname of two people of the report, no link telling of whom?
    titles = said["actors.address"]
    keys = [word.key for word in mention.words if word.key not in titles]
    if len(keys) == 1 and mention.words[-1].capital:
        initials = {first[0] for first in first_names(keys[0], mention)}
        if len(initials) > 1 and not (link is not None and link.of_name):
            return None, ""
    if person := beside_named(mention):
        answer = known_as(person, code)
        return (answer.entity, answer.name) if answer else (None, mention_words(person))
    answer = known_as(mention, code)
    if full := owner_of_surname(mention, kin):
        return None, mention_words(full)
    if not (answer and answer.entity) and (land := state_at_end(mention, code)):
        return None, land
    if answer:
        return answer.entity, answer.name
    return name_elsewhere(mention, kin, code)


def name_elsewhere(mention: Mention, kin: Kin, code: str) -> tuple[str | None, str]:
    """Return whom the report names elsewhere, by a name or by what is meant here.

    Who is described at length, or owned by somebody, is nobody named elsewhere.
    """
    said, link = mention.lexicon.words, kin.link
    owned = mention.reading.owner is not None or any(w.owns for w in mention.words)
    if len(mention.words) > SHORT or (owned and not is_lone_pronoun(mention)):
        return None, ""
    if any(word.key in said["actors.family"] for word in mention.words):
        # "Mrs Clinton" may be a woman whom the report names in full, or a man's wife.
        named = link is not None and link.of_name and kin.earlier
        whole = head_mention(kin.earlier[0]) if named else None
        if whole is None or whole.gender != "she":
            return None, ""
    found = dict(elsewhere_named(mention, kin, code))
    found = {e: name for e, name in found.items() if entity_fits_mention(mention, e)}
    if len(found) == 1:
        return next(iter(found.items()))
    if found:
        return None, ""
    # "The country" or "the Islamic Republic" is the land: what it is, and not which.
    own, land = head_mention(mention), countries().by_code(code)
    if (
        own is not None
        and land is not None
        and land.kind != "nonstate"
        and not (own.many or own.span.end < mention.span.end)
    ):
        noun = own.kind == "noun" and own.sort == "state" and own.definite in DEFINITE
        called = own.kind == "name" and len(own.words) == 2  # noqa: PLR2004
        called = called and own.words[1] in said["actors.realm"]
        called = called and mention.words[0].key in said["actors.the"]
        if noun or (called and mention.reading.nation is None):
            return None, land.name
    return None, antecedent_name(mention, kin, code)


def owner_of_surname(mention: Mention, kin: Kin) -> Mention | None:
    """Return whom a surname means that the base knows as somebody else's.

    "Judge Susan Bolton … Judge Bolton": he is no John Bolton.
    """
    direct, link = mention.direct, kin.link
    if link is None or not link.of_name or direct is None or not direct.entity:
        return None
    full, own = kin.earlier[0], head_mention(mention)
    there = head_mention(full)
    if own is None or there is None or len(own.words) > 1:
        return None
    if not is_sure_antecedent(mention, kin):
        return None
    other = full.direct is None or full.direct.entity != direct.entity
    told = there.sort == "person" and (there.gender or there.titles)
    whole = told and there.words[1:] and there.words[-1:] == own.words
    return full if whole and other and direct.entity.startswith(PERSON) else None


def state_at_end(mention: Mention, code: str) -> str:
    """Return the state whose name ends a mention after nouns: "the ally Japan"."""
    parsed, land = mention.case.seen.parsed, countries().by_code(code)
    head, words = mention.head, parsed.tokens_in(mention.span)
    if land is None or land.kind == "nonstate" or head is None or head != words[-1]:
        return ""
    for n in range(1, len(words)):
        row = countries().by_name(words[n].span.join(head.span).of(parsed.text))
        if row is not None and row.code == code and row.answers == code:
            nouns = all(w.pos in ("NOUN", "PROPN", "ADV") for w in words[n - 1 : n])
            one = head.form == "name" or words[n] != head  # "the Sahel States"
            return land.name if nouns and one else ""
    return ""


def beside_named(mention: Mention) -> Mention | None:
    """Return the name of one who is also described: "the minister, Foo", or "Foo, 45".

    Whoever is named is not the holder of the office whom the base knows.
    """
    parsed, seen, head = mention.case.seen.parsed, mention.case.seen, mention.head
    if head is None or not (beside := tuple(parsed.below(head, "apposition"))):
        return None
    every = parsed.mentions_in_sentence(seen.sentence(head.start))
    own = next((m for m in every if m.head == head.i), None)
    if own is not None and (own.many or own.kind == "name"):
        within = own.kind == "name" and own.span != mention.span
        between = Span(own.span.end, max(own.span.end, beside[0].start))
        apart = ")" not in between.of(parsed.text)  # "Foo (F) soldiers" are no Foo
        known = within and apart and mention.span.covers(beside[0].span)
        return mention_at(own.span, seen, mention.case.base) if known else None
    people = (m for m in every if m.kind == "name" and m.sort == "person")
    name = next((m.span for m in people if any(m.head == b.i for b in beside)), None)
    return mention_at(name, seen, mention.case.base) if name else None


def elsewhere_named(mention: Mention, kin: Kin, code: str) -> Iterator[tuple[str, str]]:
    """Yield whom the report names by the same name, or what the mention stands for.

    Whom a mention surely stands for is not all who bear his name, and no house goes by
    the last word of its name: "the House" is not the White House.
    """
    sure = is_sure_antecedent(mention, kin)
    if kin.link is not None and sure:
        answer = known_as(kin.earlier[0], code)
        if answer and answer.entity:
            yield answer.entity, answer.name
            return
    for there in kin.intro or (kin.earlier if sure else ()):
        answer = known_as(there, code)
        house = kin.intro and answer and (answer.entity or "").startswith(HOUSE)
        if answer and answer.entity and not house:
            yield answer.entity, answer.name


def is_sure_antecedent(mention: Mention, kin: Kin) -> bool:
    """Whether whom the report names elsewhere is surely whom the words mean."""
    link = kin.link
    if link is None or link.faint:
        return link is None
    return mention.case.seen.heads(link.mention, mention.span)


def antecedent_name(mention: Mention, kin: Kin, code: str = "") -> str:
    """Return the name or the words that a pronoun or a short name surely stands for.

    Nobody is called "he" of whom the report says more.
    """
    if kin.link is None or not is_sure_antecedent(mention, kin):
        return ""
    short, there = kin.link.of_name and mention.words[-1].capital, kin.earlier[0]
    if not short:
        if not is_lone_pronoun(mention):
            return ""
        # "They" are the people of a state or a place, or others.
        every = there.case.seen.parsed.mentions_over(there.span)
        sort = {m.head: m.sort for m in every}.get(there.head.i if there.head else -1)
        if sort in ("state", "place") and not it_or_we(mention):
            return ""
    if answer := known_as(there, code):
        return answer.name or mention_words(there)
    if not code and there.direct is not None and there.direct.name:
        return there.direct.name
    other = there.direct is not None and there.direct.country
    return "" if other or is_lone_pronoun(there) else mention_words(there)


def as_state(mention: Mention, code: str, sectors: Sequence[str]) -> str:
    """Return the state that "it", "we" or "its" is, where a government is meant."""
    land = countries().by_code(code)
    said = it_or_we(mention) and is_lone_pronoun(mention) and sectors[:1] == ("GOV",)
    return land.name if land and land.kind != "nonstate" and said else ""


def it_or_we(mention: Mention) -> bool:
    """Whether a mention opens with a pronoun that may be a state, or of its own."""
    return mention.words[0].key in mention.lexicon.words["actors.it-or-we"]


def mention_words(mention: Mention) -> str:
    """Return the words of a mention in one line, of "central Mali" the country.

    Of "her brother Omar" the name is Omar.
    """
    parsed, span, head = mention.case.seen.parsed, mention.span, mention.head
    land = countries().by_name(head.text) if head is not None else None
    for own in (m for m in parsed.names_over(span) if m.span == span):
        name = Span(parsed.tokens[own.first].start, span.end)
        told = Span(span.start, name.start).of(parsed.text)
        span = name if own.sort == "person" and told.islower() else span
    return land.name if land else " ".join(span.of(parsed.text).split())


def is_lone_pronoun(mention: Mention) -> bool:
    """Whether a mention is a pronoun alone."""
    tokens = mention.case.seen.parsed.tokens_in(mention.span)
    return bool(tokens) and all(token.pos == "PRON" for token in tokens)


def entity_fits_mention(mention: Mention, entity: str) -> bool:
    """Whether an entity can be whom a mention is: "200 girls" are no one man.

    Nor is a man called the people or the party that he is told to be of, "it" a man,
    the government its people, or the police a newspaper.
    """
    own = head_mention(mention)
    if own is None:
        return True
    man = bool(own.gender) or (own.kind != "pronoun" and own.sort == "person")
    if entity.startswith(PERSON):
        body = own.words == ("it",) or (own.kind == "noun" and own.sort in BODIES)
        return not own.many and not body
    if entity.startswith(PEOPLES) and own.kind == "noun" and own.sort == "body":
        return False
    press = entity.startswith("media:")
    return not man and (not press or {"JRN"}.issuperset(mention.reading.sectors))


def known_as(mention: Mention, code: str) -> Answer | None:
    """Return what the words themselves settle, where it is of that country."""
    answer = mention.direct
    if answer is None or not answer.country or filed_under(answer.country) != code:
        return None
    if answer.entity and not is_entity_itself(mention, answer.entity):
        return replace(answer, entity=None, name="")
    return answer
