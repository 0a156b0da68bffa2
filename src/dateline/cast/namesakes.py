"""Which of several people of one name the name alone means."""

from collections.abc import Mapping, Sequence

from dateline.model import Parsed
from dateline.model.mention import Mention

OFTEN = 2  # times as often named as any namesake: whom the surname alone means


def bearer_of_name(
    parsed: Parsed, n: int, found: Mapping[int, tuple[set[str], list[int]]]
) -> int | None:
    """Return whom a name alone means, of several who bear it; None where none is sure.

    `found` has the titles and the mentions so far of each. A title tells them apart;
    else it is who is named far more often; else who was called by the name alone
    before another of that name came up, and so goes on to be.
    """
    titles = set(parsed.mentions[n].titles) - parsed.words("cast.honorific")
    titled = [who for who, (own, _) in found.items() if titles & own]
    if len(titled) == 1:
        return titled[0]
    told = {who: len(every) for who, (_, every) in found.items()}
    first, second = sorted(told, key=lambda who: (-told[who], who))[:2]
    if told[first] >= OFTEN * told[second]:
        return first
    entries = {who: min(every) for who, (_, every) in found.items()}
    return current_holder(parsed.mentions, n, entries)


def current_holder(
    mentions: Sequence[Mention], n: int, entries: Mapping[int, int]
) -> int | None:
    """Return who is called by the bare name before the next of that name comes up."""
    (first, here), (_, there) = sorted(entries.items(), key=lambda entry: entry[1])[:2]
    between = (m for m in mentions[here + 1 : there] if m.kind == "name")
    return first if any(m.words == mentions[n].words for m in between) else None


def outranked(
    parsed: Parsed, mention: Mention, titles: Mapping[int, set[str]]
) -> frozenset[int]:
    """Return who is not meant by a rank: those of another, where one of it is known.

    "The vice president" is no president.
    """
    honorifics = parsed.words("cast.honorific")
    whole = parsed.lexicon.senses["cast.title"]
    own = {
        who: {whole.get(t.rstrip("."), t) for t in told - honorifics}
        for who, told in titles.items()
    }
    bearers = {who for who, ranks in own.items() if mention.titles[-1] in ranks}
    second = parsed.words("cast.deputy").intersection(mention.told)
    first = {who for who in bearers if second - own[who]}
    bearers -= first
    others = {who for who, ranks in own.items() if ranks}
    return frozenset(others - bearers if bearers else first)
