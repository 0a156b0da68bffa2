"""One mention that names several parties: "U.S. and British officials"."""

from collections.abc import Sequence

from dateline.actors.parts import Part, parts
from dateline.actors.words import Word, words
from dateline.facts import Base
from dateline.model import Span
from dateline.reference import countries

Piece = tuple[list[Word], Span]
MOST = 48  # words: a longer mention is a clause, of which the start is read
TELLING = frozenset(("nation", "name", "agent"))


def pieces(text: str, span: Span, base: Base) -> list[Piece]:
    """Return the words of each party that a mention names, and where they stand."""
    every = list(words(text, span.start, span.end))[:MOST]
    if not any(word.key in ("and", "&") for word in every):
        return [(every, span)]
    if (both := halves(every)) is not None:
        return [(own, Span(own[0].start, own[0].end)) for own in both]
    groups = conjuncts(every, parts(every, base))
    if len(groups) < 2:  # noqa: PLR2004
        return [(every, span)]
    return shared(every, groups, span)


def halves(every: list[Word]) -> tuple[list[Word], list[Word]] | None:
    """Return two states told by one name: "North and South Korea", None for others."""
    said = [word for word in every if word.key != "the"]
    if len(said) != 4 or said[1].key != "and":  # noqa: PLR2004
        return None
    both = [said[0], said[3]], [said[2], said[3]]
    known = countries()
    every_known = all(known.by_name(f"{a.text} {b.text}") for a, b in both)
    return both if every_known else None


def conjuncts(every: Sequence[Word], sorted_: Sequence[Part]) -> list[list[Part]]:
    """Return the parts between "and" and commas; [] where one of them tells nothing."""
    groups: list[list[Part]] = [[]]
    for part in sorted_:
        word = every[part.first].key
        if part.kind == "and" or word == ",":
            groups.append([])
        elif part.kind == "stop":
            break
        else:
            groups[-1].append(part)
    groups = [group for group in groups if group]
    if len(groups) < 2:  # noqa: PLR2004
        return []
    telling = all(any(p.kind in TELLING for p in group) for group in groups)
    one = described(every, groups) or located(every, groups)
    return groups if telling and not one else []


def located(every: Sequence[Word], groups: list[list[Part]]) -> bool:
    """Whether a list only tells where somebody is: "militants in Syria and Iraq"."""
    preps = [every[p.first].key for p in groups[0][1:] if p.kind == "prep"]
    return preps[-1:] in (["in"], ["near"], ["around"]) and bare(groups[1:])


def described(every: Sequence[Word], groups: list[list[Part]]) -> bool:
    """Whether a comma only brings in a description: "X, the president of Y and Z"."""
    if len(groups) < 3:  # noqa: PLR2004
        return False
    return any(group[0].kind == "article" for group in groups[1:-1])


def shared(every: list[Word], groups: list[list[Part]], span: Span) -> list[Piece]:
    """Return the pieces, each with the title or nationality that it shares."""
    last = groups[-1]
    head = [p for p in last if p.kind == "agent"] if bare(groups[:-1]) else []
    opening = lead(every, groups[0])
    found: list[Piece] = []
    for n, group in enumerate(groups):
        own = every[group[0].first : group[-1].last]
        place = Span(own[0].start, own[-1].end)
        if head and group is not last and bare([group]):
            own, place = [*own, *every[head[0].first : last[-1].last]], span
        elif n and opening:
            own = [*opening, *own] if fits(group, opening, groups[0]) else own
        found.append((own, place))
    return found


def bare(groups: Sequence[Sequence[Part]]) -> bool:
    """Whether all groups are no more than a country each."""
    kinds = {part.kind for group in groups for part in group}
    return "nation" in kinds and kinds <= {"nation", "article", "plain"}


def lead(every: list[Word], first: list[Part]) -> list[Word]:
    """Return the words of the first conjunct that later ones may share."""
    for i, part in enumerate(first[:-1]):
        if part.kind == "prep" and every[part.first].key in ("of", "from"):
            return every[first[0].first : first[i].last]
    nations = [p for p in first[:-1] if p.kind == "nation"]
    return every[nations[0].first : nations[0].last] if nations else []


def fits(group: list[Part], opening: list[Word], first: list[Part]) -> bool:
    """Whether a later conjunct takes what the first one opens with."""
    if opening[-1].key in ("of", "from"):
        return bare([group]) and bare([first[-1:]])
    return not any(p.kind in ("nation", "name") for p in group)
