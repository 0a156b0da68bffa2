"""What tells the sector of a mention: its words, titles, namesakes, antecedents."""

from collections.abc import Iterator, Sequence

from dateline.actors.evidence import Mention
from dateline.actors.known import build_known, setting_days
from dateline.actors.related import Kin
from dateline.actors.wording import pronoun_kind

LONG = 14  # words of a mention that are read
NEAR = 4  # related mentions that are read


def sector_strings(mention: Mention, kin: Kin) -> Iterator[str]:
    """Yield the strings that the sector is told by."""
    keys = [word.key for word in mention.words][:LONG]
    head = mention.head_noun
    yield from (f"w:{key}" for key in keys)
    yield from (f"b:{one} {two}" for one, two in zip(keys, keys[1:], strict=False))
    yield f"h:{head}"
    yield f"e:{head[-3:]}"
    yield f"first:{keys[0] if keys else ''}"
    if len(keys) == 1:
        yield f"alone:{pronoun_kind(head, mention.lexicon)}"
    capital = bool(mention.words) and mention.words[-1].capital
    yield f"n:{min(len(keys), 4)}{capital}"
    yield from (f"own:{each}" for each in sector_from_tables(mention))
    yield f"role:{mention.placed[0]}{capital}"
    for name, those in related_phrases(mention, kin):
        for there in those[:NEAR]:
            yield from (f"{name}:{each}" for each in sector_from_tables(there))
            yield f"{name}h:{there.head_noun}"
            yield from (f"{name}w:{word.key}" for word in list(there.words)[:LONG])


def related_phrases(
    mention: Mention, kin: Kin
) -> Iterator[tuple[str, Sequence[Mention]]]:
    """Yield the phrases that speak of the same party, by how they are related."""
    yield from (("beside", kin.beside), ("intro", kin.intro), ("link", kin.earlier))
    alone = mention.words[0].key if len(mention.words) == 1 else ""
    if pronoun_kind(alone, mention.lexicon) in (1, 2):
        yield "speaker", kin.speaker


def sector_from_tables(mention: Mention) -> Iterator[str]:
    """Yield what the tables tell of a mention's sector."""
    reading = mention.reading
    for n, code in enumerate(reading.sectors[:2]):
        yield f"r{n}:{code}"
    if reading.agent:
        yield f"kind:{reading.agent.kind}"
        yield from (f"a{n}:{c}" for n, c in enumerate(reading.agent.sectors[:2]))
    if reading.nation:
        plain = not (reading.agent or reading.unknown or reading.names)
        yield f"nation:{reading.nation.sense.kind}{reading.how}{plain}{reading.people}"
    if reading.former:
        yield "former"
    if reading.unknown:
        yield "unknown"
    if answer := mention.direct:
        yield from (f"ruled{n}:{c}" for n, c in enumerate(answer.sectors[:2]))
        yield f"rule:{answer.rule}"
    yield from sector_from_base(mention)


def sector_from_base(mention: Mention) -> Iterator[str]:
    """Yield what the base tells of the sector of a known name."""
    day = setting_days(mention.case.seen.setting)
    for names in mention.reading.names[:1]:
        for name in names[:3]:
            who = build_known(mention.case.base, name, day)
            yield f"known:{who.entity.kind}{who.named.loose}"
            yield from (f"base{n}:{c}" for n, c in enumerate(who.sectors[:2]))
            yield from (f"once:{c}" for c in sorted(ever(mention, name.entity)))


def ever(mention: Mention, entity: str) -> set[str]:
    """Return every sector that somebody ever had."""
    return {c for r in mention.case.base.roles(entity) for c in r.sectors[:1]}
