"""The words of a mention joined with how a candidate is told, as hashed strings."""

from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.actors.evidence import AT, Mention, Told
from dateline.actors.features import COLUMNS, SOURCES, Candidates
from dateline.actors.related import Kin
from dateline.actors.wording import head_of
from dateline.actors.words import words

BUCKETS = 1 << 17  # numbers that strings are hashed to
LONG = 12  # words of a mention that are read
BEFORE = 40  # characters before a mention in which its two last words are read
MOST = 0.6  # share of a report's mentions that makes it one country's
ALSO = {
    name: COLUMNS.index(name)
    for name in ("rank", "share", "filed", "home", "before", "prev1", "owned")
}
SHORT = frozenset(("own", "link", "intro", "top", "before"))


def hashed(text: str) -> int:
    """Return the bucket of a string."""
    return crc32(text.encode()) % BUCKETS


def marks(mention: Mention, kin: Kin, found: Candidates) -> list[NDArray[np.int64]]:
    """Return the buckets of each candidate's strings."""
    keys = [word.key for word in mention.words][:LONG]
    context = [f"p:{key}" for key in before(mention)]
    context += [f"n:{key}" for key in behind(mention)] + verb_of(mention)
    if kin.earlier:
        there = kin.earlier[0]
        context.append(f"lh:{head_of(there)}")
        keys += [f"l:{word.key}" for word in there.words[:4]]
    head = head_of(mention)
    made = []
    for code, row in zip(found.codes, found.rows, strict=True):
        ways = ways_of(code, row, found.told)
        told = set(strings((head, keys, context), code, ways, found.told))
        made.append(np.fromiter(map(hashed, sorted(told)), np.int64, len(told)))
    return made


def before(mention: Mention) -> list[str]:
    """Return the two words before a mention."""
    start = mention.span.start
    text = mention.case.seen.parsed.text
    return [w.key for w in words(text, max(0, start - BEFORE), start)][-2:]


def behind(mention: Mention) -> list[str]:
    """Return the two words after a mention."""
    end = mention.span.end
    text = mention.case.seen.parsed.text
    return [w.key for w in words(text, end, min(len(text), end + BEFORE))][:2]


def verb_of(mention: Mention) -> list[str]:
    """Return the verb that governs a mention, with the role it stands in."""
    parsed = mention.case.seen.parsed
    role, at = mention.placed
    return [f"v:{role}:{parsed.tokens[at].lemma}"] if at >= 0 else []


def ways_of(code: str, row: Sequence[float], told: Sequence[Told]) -> list[str]:
    """Return the ways in which a candidate is told: in the words, near, often."""
    ways = [name for name, source in zip(SOURCES, told, strict=True) if code in source]
    flags = (
        ("top", row[ALSO["rank"]] == 0),
        ("most", row[ALSO["share"]] > MOST),
        ("filed", row[ALSO["filed"]]),
        ("home", row[ALSO["home"]]),
        ("before", row[ALSO["before"]]),
        ("prev", row[ALSO["prev1"]]),
        ("owned", row[ALSO["owned"]] > 0.5),
    )
    return [*ways, *(name for name, true in flags if true)] or ["none"]


def strings(
    said: tuple[str, list[str], list[str]],
    code: str,
    ways: list[str],
    told: Sequence[Told],
) -> Iterator[str]:
    """Yield what is said of one candidate, as strings."""
    head, keys, context = said
    short = "+".join(sorted(SHORT & set(ways)))
    firm = [
        name
        for name, source in zip(SOURCES, told, strict=True)
        if code in source and (source[code][AT["ruled"]] or source[code][AT["strong"]])
    ]
    yield from (f"h:{head}|{way}" for way in ways)
    yield from (f"s:{head}|{way}" for way in firm)
    yield from (f"hs:{head}|{short}", f"sig:{short}", f"c:{code}|{short}")
    yield from (f"w:{key}|{code}" for key in keys)
    yield from (f"ws:{key}|{short}" for key in keys)
    pairs = zip(keys, keys[1:], strict=False)
    yield from (f"b:{one}_{two}|{code}" for one, two in pairs)
    yield f"t:{' '.join(keys)}|{short}"
    yield from (f"{each}|{short}" for each in context)
