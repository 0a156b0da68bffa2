"""What tells the sector of a mention: its words, titles, namesakes, antecedents."""

from collections.abc import Iterator, Sequence

from dateline.actors.evidence import Mention
from dateline.actors.known import build_known, setting_days
from dateline.actors.related import Kin
from dateline.actors.wording import pronoun_kind

LONG = 14  # words of a mention that are read
NEAR = 4  # related mentions that are read


def sector_strings(mention: Mention, kin: Kin) -> tuple[list[str], list[str]]:
    """Return the strings that the sector is told by: those of the words, of the tables.

    What the tables tell is `own:r0:COP`: of which words, in which place, which sector.
    """
    keys = [word.key for word in mention.words[:LONG]]
    head = mention.head_noun
    capital = bool(mention.words) and mention.words[-1].capital
    said = [f"w:{key}" for key in keys]
    said += [f"b:{one} {two}" for one, two in zip(keys, keys[1:], strict=False)]
    said += [f"h:{head}", f"e:{head[-3:]}", f"first:{keys[0] if keys else ''}"]
    said += [f"n:{min(len(keys), 4)}{capital}", f"role:{mention.placed[0]}{capital}"]
    if len(keys) == 1:
        said.append(f"alone:{pronoun_kind(head, mention.lexicon)}")
    told = [f"own:{each}" for each in sector_from_tables(mention)]
    for name, those in related_phrases(mention, kin):
        for there in those[:NEAR]:
            told += [f"{name}:{each}" for each in sector_from_tables(there)]
            said.append(f"{name}h:{there.head_noun}")
            said += [f"{name}w:{word.key}" for word in there.words[:LONG]]
    return said, told


def related_phrases(
    mention: Mention, kin: Kin
) -> Iterator[tuple[str, Sequence[Mention]]]:
    """Yield the phrases that speak of the same party, by how they are related."""
    yield from (("beside", kin.beside), ("intro", kin.intro), ("link", kin.earlier))
    alone = mention.words[0].key if len(mention.words) == 1 else ""
    if pronoun_kind(alone, mention.lexicon) in (1, 2):
        yield "speaker", kin.speaker


def sector_from_tables(mention: Mention) -> Sequence[str]:
    """Return what the tables tell of a mention's sector, worked out once a mention."""
    made = mention.case.seen.sectors
    if mention not in made:
        made[mention] = list(tell_sectors(mention))
    return made[mention]


def tell_sectors(mention: Mention) -> Iterator[str]:
    """Yield what the tables, and the base, tell of a mention's sector."""
    reading, base = mention.reading, mention.case.base
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
    day = setting_days(mention.case.seen.setting)
    for name in reading.names[0][:3] if reading.names else ():
        who = build_known(base, name, day)
        yield f"known:{who.entity.kind}{who.named.loose}"
        yield from (f"base{n}:{c}" for n, c in enumerate(who.sectors[:2]))
        once = {c for role in base.roles(name.entity) for c in role.sectors[:1]}
        yield from (f"once:{c}" for c in sorted(once))
