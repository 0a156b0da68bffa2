"""The few answers that are forbidden whatever the weights say, and one allowed."""

from collections.abc import Sequence

from dateline.actors.evidence import AT, Mention, Told
from dateline.actors.home import elsewhere
from dateline.actors.pair import BOTH

UNKNOWN, NEIGHBOUR = "actors.unknown.v1", "actors.neighbour.v1"
MANY = frozenset(("ministers", "leaders", "presidents", "premiers"))
CITY, ALONE = 6.0, 0.8  # size (ten to the power of) and share among its namesakes


def forbidden(mention: Mention, code: str, told: Sequence[Told], resolved: bool) -> str:
    """Return the rule that forbids an answer, "" where none does.

    "Its neighbour" is never the country whose neighbour it is, and "both sides" are
    more than the one country that is named most.
    """
    if BOTH.fullmatch(" ".join(word.text for word in mention.words)):
        return UNKNOWN
    direct = any(code in source for source in told)
    neighbour = elsewhere(mention.reading) and code not in told[0]
    if neighbour and code not in told[1] and not stands_for(mention):
        return NEIGHBOUR
    if resolved:
        return ""
    aside = opposed(code, told) or (
        not direct and (many(mention) or passing(mention, code))
    )
    return UNKNOWN if aside else ""


def stands_for(mention: Mention) -> bool:
    """Whether the words as a whole stand for earlier ones."""
    return mention.case.seen.link(mention.span) is not None


def opposed(code: str, told: Sequence[Told]) -> bool:
    """Whether a country is told as a backer or an adversary only: "anti-Iranian"."""
    own = told[0].get(code)
    other = any(code in source for source in told[1:])
    return bool(own and own[AT["bystander"]] and not own[AT["nations"]] and not other)


def many(mention: Mention) -> bool:
    """Whether the words are officials of several states: "foreign ministers"."""
    keys = [word.key for word in mention.words]
    alone = bool(keys) and keys[-1] in MANY and keys[0] not in ("the", "its", "their")
    return alone and "OPP" not in mention.reading.sectors


def passing(mention: Mention, code: str) -> bool:
    """Whether a report tells of a country only by people: "a Japanese tourist"."""
    seen = mention.case.seen
    near = any(c.code == code and c.site for row in seen.cues for c in row)
    return not seen.firm[code] and not near


def in_city(mention: Mention, code: str, told: Sequence[Told]) -> bool:
    """Whether a body is of a large city without a rival abroad: "New York police"."""
    own = told[0].get(code)
    if own is None or mention.reading.agent is None or mention.reading.alien:
        return False
    return own[AT["city_size"]] >= CITY and own[AT["city_share"]] >= ALONE
