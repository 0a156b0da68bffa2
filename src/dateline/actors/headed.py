"""Whether whom a mention names is the party itself, or only his body or man."""

from dateline.actors.evidence import Mention
from dateline.actors.reading import cut_mention, possessor
from dateline.model.mention import Mention as Named

PERSON = "person:"
PEOPLES = ("ethnic-group:", "religious-group:")
APART = frozenset(("JUD", "LEG", "COP"))  # bodies that are of no army or people


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
    core, _, _ = cut_mention(mention.words, mention.reading.parts)
    _, head = possessor(mention.words, core)
    named_ = [p for p in head if entity in {name.entity for name in p.names}]
    person = entity.startswith(PERSON)
    if not named_:
        return not person or not mention.reading.names
    rest = [p.agent for p in head[head.index(named_[-1]) + 1 :] if p.agent]
    bodies = [agent for agent in rest if agent.kind == "body"]
    roles = {k for role in mention.case.base.roles(entity) for k in role.sectors}
    if any(APART & {*body.sectors} - roles for body in bodies):
        return False
    last = head[-1] is named_[-1]
    start = mention.words[named_[-1].first].start
    end = mention.words[named_[-1].last - 1].end
    if entity.startswith(PEOPLES) and not of_people(mention, start, end):
        return False
    return last or not (
        person or head[-1].kind == "nation" or is_man_of_body(mention, end)
    )


def is_man_of_body(mention: Mention, end: int) -> bool:
    """Whether a man is named in a mention after the name of a body."""
    own, tokens = head_mention(mention), mention.case.seen.parsed.tokens
    if own is None or (own.kind, own.sort) != ("name", "person"):
        return False
    return tokens[own.head].start >= end


def of_people(mention: Mention, start: int, end: int) -> bool:
    """Whether a mention is of people named there, of no man or body of theirs."""
    head, own = mention.head, head_mention(mention)
    named = head is None or start <= head.start < end
    return named or (own is not None and own.sort == "people")
