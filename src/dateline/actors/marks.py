"""The words of a mention joined with how a candidate is told, as hashed strings."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from dateline.actors.country_evidence import AT, Told
from dateline.actors.evidence import Mention
from dateline.actors.features import LOCAL, SOURCES, Candidates
from dateline.actors.related import Kin
from dateline.actors.words import two_words_after, two_words_before

BUCKETS = 1 << 17  # numbers that strings are hashed to
LONG = 12  # words of a mention that are read
NEAR = 40  # characters beside a mention in which two words are read
MOST = 0.6  # share of a report's mentions that makes it one country's
ALSO = {
    name: LOCAL.index(name)
    for name in ("rank", "share", "filed", "home", "before", "prev1", "owned")
}
PLAINLY = tuple(
    (way, ALSO[name])
    for way, name in (
        ("filed", "filed"),
        ("home", "home"),
        ("before", "before"),
        ("prev", "prev1"),
    )
)
OFTEN = 0.5  # share of such people who were that country's
SHORT = frozenset(("own", "link", "intro", "top", "before"))


def candidate_buckets(mention: Mention, kin: Kin, found: Candidates) -> list[list[int]]:
    """Return the buckets of each candidate's strings."""
    keys = [word.key for word in mention.words][:LONG]
    parsed, span = mention.case.seen.parsed, mention.span
    context = [f"p:{w.key}" for w in two_words_before(parsed, span.start, NEAR)]
    context += [f"n:{w.key}" for w in two_words_after(parsed, span.end, NEAR)]
    context += governing_verb(mention)
    if kin.earlier:
        there = kin.earlier[0]
        context.append(f"lh:{there.head_noun}")
        keys += [f"l:{word.key}" for word in there.words[:4]]
    said = Said(mention.head_noun, keys, context)
    openings, by_way = said.openings(), said.openings_by_way()
    head, surely = (crc32(f"{kind}:{said.head}|".encode()) for kind in "hs")
    alike: dict[bytes, list[int]] = {}  # most candidates are told in the same few ways
    made = []
    for code, row in zip(found.codes, found.local, strict=True):
        ways, end = ways_of(code, row, found.told), code.encode()
        short = "+".join(sorted(SHORT.intersection(ways))).encode()
        if short not in alike:
            alike[short] = [crc32(short, opening) % BUCKETS for opening in by_way]
        buckets = [crc32(end, opening) % BUCKETS for opening in openings]
        buckets += [crc32(way.encode(), head) % BUCKETS for way in ways]
        firmly = firm(code, found.told)
        buckets += [crc32(way.encode(), surely) % BUCKETS for way in firmly]
        buckets.append(crc32(b"c:%b|%b" % (end, short)) % BUCKETS)
        made.append(buckets + alike[short])
    return made


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a mention and around it that are joined with each candidate.

    A string that ends with a candidate's code, or with the ways in which it is told, is
    summed from the sum of its opening.
    """

    head: str
    keys: Sequence[str]
    context: Sequence[str]

    def openings_by_way(self) -> list[int]:
        """Return the sums of the openings of strings that ways of telling end."""
        every = [f"hs:{self.head}|", "sig:"]
        every += [f"ws:{key}|" for key in dict.fromkeys(self.keys)]
        every += [f"t:{' '.join(self.keys)}|"]
        every += [f"{each}|" for each in dict.fromkeys(self.context)]
        return [crc32(each.encode()) for each in every]

    def openings(self) -> list[int]:
        """Return the sums of the openings of strings that codes end."""
        pairs = zip(self.keys, self.keys[1:], strict=False)
        every = [f"w:{key}|" for key in self.keys]
        every += [f"b:{one}_{two}|" for one, two in pairs]
        return [crc32(each.encode()) for each in dict.fromkeys(every)]


def firm(code: str, told: Sequence[Told]) -> list[str]:
    """Return the sources that tell a candidate firmly."""
    ruled, strong = AT["ruled"], AT["strong"]
    rows = zip(SOURCES, [source.get(code) for source in told], strict=True)
    return [name for name, row in rows if row and (row[ruled] or row[strong])]


def governing_verb(mention: Mention) -> list[str]:
    """Return the verb that governs a mention, with the role it stands in."""
    parsed = mention.case.seen.parsed
    role, at = mention.placed
    return [f"v:{role}:{parsed.tokens[at].lemma}"] if at >= 0 else []


def ways_of(code: str, row: Sequence[float], told: Sequence[Told]) -> list[str]:
    """Return the ways in which a candidate is told: in the words, near, often."""
    ways = [name for name, source in zip(SOURCES, told, strict=True) if code in source]
    if row[ALSO["rank"]] == 0:
        ways.append("top")
    if row[ALSO["share"]] > MOST:
        ways.append("most")
    ways += [way for way, at in PLAINLY if row[at]]
    if row[ALSO["owned"]] > OFTEN:
        ways.append("owned")
    return ways or ["none"]
