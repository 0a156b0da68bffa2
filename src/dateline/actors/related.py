"""The parties that a mention names, and other words of the report for each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dateline.actors.cues import phrase_role
from dateline.actors.evidence import Mention, mention_at, mention_of
from dateline.actors.reading import Part, Wording
from dateline.actors.survey import Survey, quote_at
from dateline.actors.words import Word, words_in_span
from dateline.facts import Base
from dateline.model import Lexicon, Link, Parsed, Relations, Span, Token
from dateline.model.mention import Mention as Named
from dateline.reference import countries

LEFT: Relations = (
    "compound",
    "adjective",
    "noun-modifier",
    "owner",
    "number",
    "case",
    "determiner",
)
FARTHEST = 12  # words: a description goes no further


def widened(parsed: Parsed, span: Span, head: Token) -> Iterator[Span]:
    """Yield the whole noun phrase of a mention: "Aziz" of "Iraqi leader Aziz"."""
    left = [t for t in left_of(parsed, head) if t.start < span.start]
    if left and head.i - left[0].i <= FARTHEST:
        yield Span(left[0].start, max(span.end, head.end))


def left_of(parsed: Parsed, head: Token) -> list[Token]:
    """Return what stands before a noun and belongs to it, in text order."""
    found: list[Token] = []
    todo = [t for t in parsed.below(head, *LEFT) if t.i < head.i]
    while todo:
        token = todo.pop()
        found.append(token)
        todo.extend(t for t in parsed.below(token, *LEFT) if t.i < head.i)
    return sorted(found, key=lambda t: t.i)


def find_appositions(parsed: Parsed, head: Token) -> Iterator[Span]:
    """Yield the appositions of a head, after it or before it."""
    for child in parsed.below(head, "apposition"):
        yield noun_with_dependents(parsed, child)
    if head.relation == "apposition":
        above = parsed.tokens[head.head]
        yield from description_before_name(parsed, above, head)


def noun_with_dependents(parsed: Parsed, head: Token) -> Span:
    """Return a noun with all that hangs on it."""
    tokens = parsed.subtree(head)[: 2 * FARTHEST]
    return Span(tokens[0].start, tokens[-1].end)


def description_before_name(
    parsed: Parsed, above: Token, name: Token
) -> Iterator[Span]:
    """Yield the description that stands before a name: "the minister, Foo"."""
    tokens = [t for t in parsed.subtree(above) if t.i < name.i]
    owned = {t.i for t in parsed.subtree(name)}
    kept = [t for t in tokens if t.i not in owned][-2 * FARTHEST :]
    if kept:
        yield Span(kept[0].start, kept[-1].end)


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
        Wording(every, base, parsed.lexicon).parts,
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


def states_by_end(parsed: Parsed) -> dict[int, list[Named]]:
    """Return the names of states in a report by where they end."""
    found: dict[int, list[Named]] = {}
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


MOST_INTROS = 5  # places of one name in a report that are read
DEEPEST = 3  # links: a chain of mentions is followed no further
RECENT = 2  # sentences back in which an unlinked pronoun's owner is looked for


@dataclass(frozen=True, slots=True)
class Kin:
    """Other words of the report for one party, read once, and the link that led there.

    `beside` is the noun phrase around it and its appositions, `intro` other places of
    the same name, `earlier` what it stands for, `speaker` who says it; `places` are the
    bare places of the same name.
    """

    beside: tuple[Mention, ...]
    intro: tuple[Mention, ...]
    earlier: tuple[Mention, ...]
    speaker: tuple[Mention, ...]
    places: tuple[Span, ...]
    link: Link | None


def kin_of(mention: Mention) -> Kin:
    """Return the other words of a report for one party."""
    places, link = tuple(namesake_spans(mention)), links_of(mention)
    return Kin(
        nearby_mentions(mention),
        tuple(introducing(mention, places)),
        tuple(earlier_mentions(mention, link)),
        tuple(quotation_speakers(mention)),
        places,
        link,
    )


def nearby_mentions(mention: Mention) -> tuple[Mention, ...]:
    """Return the noun phrase around a mention and its appositions, read once each."""
    beside = mention.case.seen.beside
    if mention.span not in beside:
        beside[mention.span] = tuple(read_neighbours(mention))
    return beside[mention.span]


def read_neighbours(mention: Mention) -> Iterator[Mention]:
    """Yield the noun phrase around a mention and its appositions."""
    parsed, seen, base = mention.case.seen.parsed, mention.case.seen, mention.case.base
    head = mention.head
    if head is None:
        return
    for span in (
        *widened(parsed, mention.span, head),
        *find_appositions(parsed, head),
    ):
        whole = span.overlaps(mention.span)
        several = [] if whole else split_mention(parsed, span, base)
        if whole or len(several) == 1:
            yield mention_at(span, seen, base)
        elif (n := place_in_list(mention, len(several))) is not None:
            yield mention_of(*several[n], seen, base)


def place_in_list(mention: Mention, size: int) -> int | None:
    """Return which of so many in a list a mention is, None where none or fewer.

    "Foo and Bar, the presidents of Mali and Chad" are of one land each.
    """
    parsed = mention.case.seen.parsed
    head = mention.head
    every = parsed.mentions_headed_by(head.i) if head else ()
    first = every[0].grammar.first if every else -1
    here = parsed.mentions_in_sentence(every[0].sentence) if every else ()
    those = [m.head for m in here if m.grammar.first == first >= 0]
    return those.index(every[0].head) if len(those) == size else None


def named_elsewhere(mention: Mention) -> tuple[Mention, ...]:
    """Return the other places of a mention's name, read once a mention."""
    intros = mention.case.seen.intros
    if mention not in intros:
        intros[mention] = tuple(introducing(mention, namesake_spans(mention)))
    return intros[mention]


def introducing(mention: Mention, places: Iterable[Span]) -> Iterator[Mention]:
    """Yield the other places of a mention's name, with what stands beside them."""
    for span in places:
        there = mention_at(span, mention.case.seen, mention.case.base)
        yield there
        yield from nearby_mentions(there)


def earlier_mentions(
    mention: Mention, link: Link | None, depth: int = 0
) -> Iterator[Mention]:
    """Yield the words that a mention stands for by a link, and what introduces them."""
    seen, base = mention.case.seen, mention.case.base
    spans = link.antecedents if link else ()
    if link is None and not depth and (last := recent_person(mention)):
        spans = (last,)
    for span in spans if depth < DEEPEST else ():
        there = mention_at(span, seen, base)
        found = [there, *nearby_mentions(there), *named_elsewhere(there)]
        yield from found
        if not any(each.direct and each.direct.country for each in found):
            yield from earlier_mentions(there, links_of(there), depth + 1)


def quotation_speakers(mention: Mention) -> Iterator[Mention]:
    """Yield the words for the speaker of the quotation around a mention."""
    quote = quote_at(mention.case.seen.quotes, mention.span.start)
    if quote is not None and quote.speaker is not None:
        there = mention_at(quote.speaker, mention.case.seen, mention.case.base)
        yield from (there, *nearby_mentions(there), *named_elsewhere(there))
        yield from earlier_mentions(there, links_of(there))


def namesake_spans(mention: Mention) -> Iterator[Span]:
    """Yield where else the report names somebody by the last name of a mention."""
    last = mention.reading.last_name or last_capital(mention)
    if last is None or mention.reading.nation is not None:
        return
    here = mention.span
    every = mention.case.seen.runs.get(last.key)
    if not every:
        return
    sort = sort_of(mention, here)
    size = last.end - last.start
    longer = (s for s in every if s.end - s.start > size and not s.overlaps(here))
    yield from islice(
        (s for s in longer if is_like_sort(sort, mention, s)), MOST_INTROS
    )


def sort_of(mention: Mention, span: Span) -> str:
    """Return whether a name is that of a person, a body or a place, "" if untold."""
    names = mention.case.seen.parsed.names_over(span)
    return names[0].sort if names else ""


def is_like_sort(sort: str, mention: Mention, span: Span) -> bool:
    """Whether a longer name may be that of a mention: no paper is the town it is of."""
    return sort != "place" or sort_of(mention, span) != "body"


def last_capital(mention: Mention) -> Word | None:
    """Return the last capitalised word of a mention that is a known name."""
    if not mention.reading.names:
        return None
    capital = [w for w in mention.words if w.capital]
    return capital[-1] if capital else None


def links_of(mention: Mention) -> Link | None:
    """Return the link of the words, of the name or the "his" in them."""
    seen = mention.case.seen
    spans = [mention.span]
    for word in (mention.reading.last_name, mention.reading.owner):
        if word is not None:
            spans.append(Span(word.start, word.end))
    every = (seen.link(span) for span in spans)
    return next(
        (k for k in every if k and not k.antecedents[0].overlaps(mention.span)), None
    )


def recent_person(mention: Mention) -> Span | None:
    """Return the person or body last named before a pronoun that no link explains."""
    seen = mention.case.seen
    labels = labels_of(mention.words[0].key, seen) if len(mention.words) == 1 else ()
    if not labels:
        return None
    n = seen.sentence(mention.span.start)
    since = seen.starts[max(0, n - RECENT)] if seen.starts else 0
    before = Span(since, mention.span.start)
    named = [
        span
        for span in seen.parsed.labelled_over(before, *labels)
        if since <= span.start < before.end
    ]
    subjects = [s for s in named if phrase_role(seen.parsed, s)[0] == 1]
    chosen = subjects or named
    return chosen[-1] if chosen else None


def labels_of(pronoun: str, seen: Survey) -> tuple[str, ...]:
    """Return how the tagger labels those for whom a pronoun may stand."""
    if pronoun in seen.parsed.words("actors.he"):
        return ("PERSON",)
    body = pronoun in seen.parsed.words("actors.it")
    return ("ORG", "GPE", "NORP") if body else ()
