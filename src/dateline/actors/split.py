"""One mention that names several parties: "U.S. and British officials"."""

from collections.abc import Sequence

from dateline.actors.parts import KnownNames, Part, sort_words
from dateline.actors.words import Word, words_in_span
from dateline.facts import Base
from dateline.model import Lexicon, Parsed, Span
from dateline.model.mention import Mention
from dateline.reference import countries

Piece = tuple[list[Word], Span]
MOST = 48  # words: a longer mention is a clause, of which the start is read
TELLS = frozenset(
    ("adjective", "compound", "noun-modifier")
)  # relations to the noun that follows
TELLING = frozenset(("nation", "name", "agent"))


def split_mention(parsed: Parsed, span: Span, base: Base) -> list[Piece]:
    """Return the words of each party that a mention names, and where they stand."""
    every = words_in_span(parsed, span.start, span.end)[:MOST]
    if (land := state_at_end_of_words(parsed, span)) is not None:
        return [([word for word in every if word.start >= land.start], span)]
    if (two := hyphened(parsed, every)) is not None:
        return [(w, Span(w[0].start, w[-1].end)) for w in two]
    joins = parsed.words("actors.join") | {"&"}
    if not any(word.key in joins for word in every):
        return [(every, span)]
    if (both := split_halves(every, parsed.lexicon)) is not None:
        short = len(both[0]) == 2  # noqa: PLR2004
        return [(w, Span(w[0].start, w[0].end) if short else span) for w in both]
    groups = conjuncts(
        every,
        sort_words(every, KnownNames(every, base), parsed.lexicon),
        parsed.lexicon,
    )
    groups = grown(parsed, every, groups)
    if len(groups) < 2:  # noqa: PLR2004
        return [(every, span)]
    return share_modifiers(every, groups, span, parsed.lexicon)


def state_at_end_of_words(parsed: Parsed, span: Span) -> Span | None:
    """Return the state whose name ends what is said of it: "Hamas ally Iran"."""
    here = parsed.once("states by their ends", states_by_end).get(span.end, ())
    land = next((m for m in here if m.span.start > span.start), None)
    if land is None or countries().by_name(land.span.of(parsed.text)) is None:
        return None
    noun, head = parsed.tokens[land.first - 1], parsed.head_of(span)
    said = noun.form == "noun" and noun.text.islower() and noun.start >= span.start
    return land.span if said and head and head.i in (noun.i, land.head) else None


def states_by_end(parsed: Parsed) -> dict[int, list[Mention]]:
    """Return the names of states in a report by where they end."""
    found: dict[int, list[Mention]] = {}
    for mention in parsed.mentions:
        if mention.sort == "state" and mention.kind == "name":
            found.setdefault(mention.span.end, []).append(mention)
    return found


def split_halves(
    every: list[Word], lexicon: Lexicon
) -> tuple[list[Word], list[Word]] | None:
    """Return two states told by one name: "North and South Korea", None for others.

    Of "the leaders of North and South Korea" each leads one.
    """
    told = lexicon.words
    said = [word for word in every if word.key not in told["actors.the"]]
    opening, last = said[:-4], said[-4:]
    if len(last) < 4 or last[1].key not in told["actors.join"]:  # noqa: PLR2004
        return None
    both = [last[0], last[3]], [last[2], last[3]]
    known = countries()
    every_known = all(known.by_name(f"{a.text} {b.text}") for a, b in both)
    if not every_known or (opening and opening[-1].key not in told["actors.of"]):
        return None
    return [*opening, *both[0]], [*opening, *both[1]]


def hyphened(parsed: Parsed, every: list[Word]) -> list[list[Word]] | None:
    """Return two states told in one word: "US-North Korea" talks, None for others."""
    at = next((n for n, word in enumerate(every, 1) if word.joined), len(every))
    if not every[at:]:
        return None
    both = [every[:at], every[at:]]
    known = countries()
    said = [parsed.text[some[0].start : some[-1].end] for some in both]
    found = [known.by_name(name) or known.by_demonym(name) for name in said]
    many = said[1].endswith(tuple(parsed.words("actors.plural-mark")))
    people = many and known.by_name(said[1]) is None
    rows = [row.answers for row in found if row is not None and row.kind != "nonstate"]
    return both if len(set(rows)) > 1 and not people else None


def conjuncts(
    every: Sequence[Word], sorted_: Sequence[Part], lexicon: Lexicon
) -> list[list[Part]]:
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
    one = only_describes(groups) or only_locates(every, groups, lexicon)
    return groups if telling and not one else []


def grown(
    parsed: Parsed, every: Sequence[Word], groups: list[list[Part]]
) -> list[list[Part]]:
    """Return groups, as one those of which the first ends within what tells more of it.

    "Workers at oil and gas firms" are not at oil, "oil and gas workers" are of two.
    """
    found: list[list[Part]] = []
    for group in groups:
        if found and is_modifier_before_and(parsed, every, found[-1], group):
            found[-1] = [*found[-1], *group]
        else:
            found.append(group)
    return found


def is_modifier_before_and(
    parsed: Parsed, every: Sequence[Word], left: list[Part], right: list[Part]
) -> bool:
    """Whether the last word before "and" tells more of a noun after it."""
    own = parsed.tokens_in(
        Span(every[left[0].first].start, every[left[-1].last - 1].end)
    )
    end = every[right[-1].last - 1].end
    if not own or own[-1].relation not in TELLS:
        return False
    noun, mine = parsed.tokens[own[-1].head], {token.i for token in own[:-1]}
    above = any(token.i in mine for token in parsed.above(noun))
    return own[-1].end < noun.start < end and above


def only_locates(
    every: Sequence[Word], groups: list[list[Part]], lexicon: Lexicon
) -> bool:
    """Whether a list only tells where somebody is: "militants in Syria and Iraq"."""
    preps = [every[p.first].key for p in groups[0][1:] if p.kind == "prep"]
    where = lexicon.words["actors.whereabouts"]
    return not where.isdisjoint(preps[-1:]) and are_bare_countries(groups[1:])


def only_describes(groups: list[list[Part]]) -> bool:
    """Whether a comma only brings in a description: "X, the president of Y and Z"."""
    if len(groups) < 3:  # noqa: PLR2004
        return False
    return any(group[0].kind == "article" for group in groups[1:-1])


def share_modifiers(
    every: list[Word], groups: list[list[Part]], span: Span, lexicon: Lexicon
) -> list[Piece]:
    """Return the pieces, each with the title or nationality that it shares."""
    last = groups[-1]
    head = (
        [p for p in last if p.kind == "agent"]
        if are_bare_countries(groups[:-1])
        else []
    )
    of = lexicon.words["actors.of-or-from"]
    opening = shared_opening(every, groups[0], of)
    found: list[Piece] = []
    for n, group in enumerate(groups):
        own = every[group[0].first : group[-1].last]
        place = Span(own[0].start, own[-1].end)
        if head and group is not last and are_bare_countries([group]):
            own, place = [*own, *every[head[0].first : last[-1].last]], span
        elif n and opening:
            own = (
                [*opening, *own]
                if takes_opening(group, opening, groups[0], of)
                else own
            )
        found.append((own, place))
    return found


def are_bare_countries(groups: Sequence[Sequence[Part]]) -> bool:
    """Whether all groups are no more than a country each."""
    kinds = {part.kind for group in groups for part in group}
    return "nation" in kinds and kinds <= {"nation", "article", "plain"}


def shared_opening(
    every: list[Word], first: list[Part], of: frozenset[str]
) -> list[Word]:
    """Return the words of the first conjunct that later ones may share."""
    for i, part in enumerate(first[:-1]):
        if part.kind == "prep" and every[part.first].key in of:
            return every[first[0].first : first[i].last]
    nations = [p for p in first[:-1] if p.kind == "nation"]
    return every[nations[0].first : nations[0].last] if nations else []


def takes_opening(
    group: list[Part], opening: list[Word], first: list[Part], of: frozenset[str]
) -> bool:
    """Whether a later conjunct takes what the first one opens with."""
    if opening[-1].key in of:
        return are_bare_countries([group]) and are_bare_countries([first[-1:]])
    return not any(p.kind in ("nation", "name") for p in group)
