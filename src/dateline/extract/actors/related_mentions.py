"""The parties that a mention names, and other words of the report for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from dateline.extract.actors.cues import phrase_role
from dateline.extract.actors.evidence import Mention, mention_at, mention_of
from dateline.extract.actors.lexicon import Word, words_in_span
from dateline.extract.actors.mention_cues import Part, Wording
from dateline.extract.actors.report_features import quote_at
from dateline.model import Lexicon, Link, Parsed, Relations, Span, Token
from dateline.model.mention import Mention as Named
from dateline.resources.knowledge_base import Base
from dateline.resources.reference import countries

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
Piece = tuple[Sequence[Word], Span]
MOST = 48  # words: a longer mention is a clause, of which the start is read
TELLS = frozenset(("adjective", "compound", "noun-modifier"))  # relations to the noun that follows
TELLING = frozenset(("nation", "name", "agent"))
MOST_INTROS = 5  # places of one name in a report that are read
DEEPEST = 3  # links: a chain of mentions is followed no further
RECENT = 2  # sentences back in which an unlinked pronoun's owner is looked for


def split_mention(parsed: Parsed, span: Span, base: Base) -> list[Piece]:
    """Return the words of each party that a mention names, and where they stand.

    So of "U.S. and British officials".
    """
    every = words_in_span(parsed, span.start, span.end)[:MOST]
    if (land := state_at_end_of_words(parsed, span)) is not None:
        return [([word for word in every if word.start >= land.start], span)]
    if (two := split_hyphened(parsed, every)) is not None:
        return [(w, Span(w[0].start, w[-1].end)) for w in two]
    joins = parsed.words("actors.join") | {"&"}
    if not any(word.key in joins for word in every):
        return [(every, span)]
    if (both := split_halves(every, parsed.lexicon)) is not None:
        short = len(both[0]) == 2  # noqa: PLR2004
        return [(w, Span(w[0].start, w[0].end) if short else span) for w in both]
    groups = conjuncts(parsed, every, base)
    if len(groups) < 2:  # noqa: PLR2004
        return [(every, span)]
    return share_modifiers(every, groups, span, parsed.lexicon)


def state_at_end_of_words(parsed: Parsed, span: Span) -> Span | None:
    """Return the state whose name ends what is said of it: "Hamas ally Iran"."""

    def states_by_end(parsed: Parsed) -> dict[int, list[Named]]:
        found: dict[int, list[Named]] = {}
        for mention in parsed.mentions:
            if mention.sort == "state" and mention.kind == "name":
                found.setdefault(mention.span.end, []).append(mention)
        return found

    here = parsed.once("states by their ends", states_by_end).get(span.end, ())
    land = next((m for m in here if m.span.start > span.start), None)
    if land is None or countries().by_name(land.span.of(parsed.text)) is None:
        return None
    noun, head = parsed.tokens[land.first - 1], parsed.head_of(span)
    said = noun.form == "noun" and noun.text.islower() and noun.start >= span.start
    return land.span if said and head and head.i in (noun.i, land.head) else None


def split_hyphened(parsed: Parsed, every: Sequence[Word]) -> list[list[Word]] | None:
    """Return two states told in one word: "US-North Korea" talks, None for others."""
    at = next((n for n, word in enumerate(every, 1) if word.joined), len(every))
    if not every[at:]:
        return None
    both = [[*every[:at]], [*every[at:]]]
    known = countries()
    said = [parsed.text[some[0].start : some[-1].end] for some in both]
    found = [known.by_name(name) or known.by_demonym(name) for name in said]
    many = said[1].endswith(tuple(parsed.words("actors.plural-mark")))
    people = many and known.by_name(said[1]) is None
    rows = [row.answers for row in found if row is not None and row.kind != "nonstate"]
    return both if len(set(rows)) > 1 and not people else None


def split_halves(every: Sequence[Word], lexicon: Lexicon) -> tuple[list[Word], list[Word]] | None:
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


def conjuncts(parsed: Parsed, every: Sequence[Word], base: Base) -> list[list[Part]]:
    """Return the parts between "and" and commas; [] where one of them tells nothing."""
    lexicon = parsed.lexicon
    groups: list[list[Part]] = [[]]
    for part in Wording(every, base, lexicon).parts:
        word = every[part.first].key
        if part.kind == "and" or word == ",":
            groups.append([])
        elif part.kind == "stop":
            break
        else:
            groups[-1].append(part)
    groups = [group for group in groups if group]
    telling = all(any(p.kind in TELLING for p in group) for group in groups)
    if len(groups) < 2 or not telling:  # noqa: PLR2004
        return []
    # A comma only brings in a description: "X, the president of Y and Z".
    if any(group[0].kind == "article" for group in groups[1:-1]):
        return []
    # A list only tells where somebody is: "militants in Syria and Iraq".
    preps = [every[p.first].key for p in groups[0][1:] if p.kind == "prep"]
    where = lexicon.words["actors.whereabouts"]
    if not where.isdisjoint(preps[-1:]) and are_bare_countries(groups[1:]):
        return []
    # As one stand those of which the first ends within what tells more of it: "workers
    # at oil and gas firms" are not at oil, "oil and gas workers" are of two.
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
    own = parsed.tokens_in(Span(every[left[0].first].start, every[left[-1].last - 1].end))
    end = every[right[-1].last - 1].end
    if not own or own[-1].relation not in TELLS:
        return False
    noun, mine = parsed.tokens[own[-1].head], {token.i for token in own[:-1]}
    above = any(token.i in mine for token in parsed.above(noun))
    return own[-1].end < noun.start < end and above


def share_modifiers(
    every: Sequence[Word], groups: list[list[Part]], span: Span, lexicon: Lexicon
) -> list[Piece]:
    """Return the pieces, each with the title or nationality that it shares."""
    first, last, of = groups[0], groups[-1], lexicon.words["actors.of-or-from"]
    bare = are_bare_countries(groups[:-1])
    head = [p for p in last if p.kind == "agent"] if bare else []
    # Later ones may share what the first opens with: "ministers of", "Kenyan".
    ends = (p.last for p in first[:-1] if p.kind == "prep" and every[p.first].key in of)
    nations = [p for p in first[:-1] if p.kind == "nation"]
    opening: Sequence[Word] = ()
    if end := next(ends, 0):
        opening = every[first[0].first : end]
    elif nations:
        opening = every[nations[0].first : nations[0].last]
    found: list[Piece] = []
    for n, group in enumerate(groups):
        own = every[group[0].first : group[-1].last]
        place = Span(own[0].start, own[-1].end)
        if head and group is not last and are_bare_countries([group]):
            own, place = [*own, *every[head[0].first : last[-1].last]], span
        elif n and opening:
            if opening[-1].key in of:
                takes = are_bare_countries([group]) and are_bare_countries([first[-1:]])
            else:
                takes = not any(p.kind in ("nation", "name") for p in group)
            own = [*opening, *own] if takes else own
        found.append((own, place))
    return found


def are_bare_countries(groups: Sequence[Sequence[Part]]) -> bool:
    """Whether all groups are no more than a country each."""
    kinds = {part.kind for group in groups for part in group}
    return "nation" in kinds and kinds <= {"nation", "article", "plain"}


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
    places, intro = named_elsewhere(mention)
    link, seen = links_of(mention), mention.case.seen
    earlier = tuple(earlier_mentions(mention, link))
    speaker: tuple[Mention, ...] = ()
    quote = quote_at(seen.quotes, mention.span.start)
    if quote is not None and quote.speaker is not None:
        there = mention_at(quote.speaker, seen, mention.case.base)
        stands_for = earlier_mentions(there, links_of(there))
        speaker = (*with_introductions(there), *stands_for)
    return Kin(nearby_mentions(mention), intro, earlier, speaker, places, link)


def with_introductions(mention: Mention) -> list[Mention]:
    """Return a mention with what stands beside it and the other places of its name."""
    return [mention, *nearby_mentions(mention), *named_elsewhere(mention)[1]]


def nearby_mentions(mention: Mention) -> tuple[Mention, ...]:
    """Return the noun phrase around a mention and its appositions, read once each."""
    seen, base, head = mention.case.seen, mention.case.base, mention.head
    if mention.span in seen.beside:
        return seen.beside[mention.span]
    found: list[Mention] = []
    parsed = seen.parsed
    for span in describing_spans(parsed, mention.span, head) if head else ():
        whole = span.overlaps(mention.span)
        several = [] if whole else split_mention(parsed, span, base)
        if whole or len(several) == 1:
            found.append(mention_at(span, seen, base))
            continue
        # "Foo and Bar, the presidents of Mali and Chad" are of one land each.
        own = parsed.mentions_headed_by(head.i) if head else ()
        here = parsed.mentions_in_sentence(own[0].sentence) if own else ()
        first = own[0].grammar.first if own else -1
        those = [m.head for m in here if m.grammar.first == first >= 0]
        if len(those) == len(several):
            words, place = several[those.index(own[0].head)]
            found.append(mention_of(words, place, seen, base))
    seen.beside[mention.span] = tuple(found)
    return seen.beside[mention.span]


def describing_spans(parsed: Parsed, span: Span, head: Token) -> Iterator[Span]:
    """Yield the noun phrase around a mention, and its appositions.

    They are "Iraqi leader Aziz" of "Aziz", and "the minister" before or after it.
    """
    left: list[Token] = []
    todo = [t for t in parsed.below(head, *LEFT) if t.i < head.i]
    while todo:
        token = todo.pop()
        left.append(token)
        todo.extend(t for t in parsed.below(token, *LEFT) if t.i < head.i)
    first = min((t for t in left if t.start < span.start), key=attrgetter("i"), default=None)
    if first is not None and head.i - first.i <= FARTHEST:
        yield Span(first.start, max(span.end, head.end))
    for child in parsed.below(head, "apposition"):
        tokens = parsed.subtree(child)[: 2 * FARTHEST]
        yield Span(tokens[0].start, tokens[-1].end)
    if head.relation == "apposition":
        owned = {t.i for t in parsed.subtree(head)}
        above = parsed.subtree(parsed.tokens[head.head])
        kept = [t for t in above if t.i < head.i and t.i not in owned]
        if kept := kept[-2 * FARTHEST :]:
            yield Span(kept[0].start, kept[-1].end)


def named_elsewhere(mention: Mention) -> tuple[tuple[Span, ...], tuple[Mention, ...]]:
    """Return the other places of a mention's name, bare and with what is beside each.

    They are read once a mention.
    """
    seen = mention.case.seen
    if mention not in seen.intros:
        places = tuple(namesake_spans(mention))
        every = [mention_at(span, seen, mention.case.base) for span in places]
        intro = (each for there in every for each in (there, *nearby_mentions(there)))
        seen.intros[mention] = places, tuple(intro)
    return seen.intros[mention]


def namesake_spans(mention: Mention) -> list[Span]:
    """Return where else the report names somebody by the last name of a mention."""
    seen, here, reading = mention.case.seen, mention.span, mention.reading
    last = reading.last_name
    if last is None and reading.names:
        last = next((word for word in reversed(mention.words) if word.capital), None)
    if last is None or reading.nation is not None:
        return []
    size = last.end - last.start
    every = seen.runs.get(last.key, ())
    longer = [s for s in every if s.end - s.start > size and not s.overlaps(here)]
    names = seen.parsed.names_over(here) if longer else ()
    if names and names[0].sort == "place":
        # No paper is the town it is of.
        others = ((span, seen.parsed.names_over(span)) for span in longer)
        longer = [span for span, own in others if not own or own[0].sort != "body"]
    return longer[:MOST_INTROS]


def earlier_mentions(mention: Mention, link: Link | None, depth: int = 0) -> Iterator[Mention]:
    """Yield the words that a mention stands for by a link, and what introduces them."""
    seen, base = mention.case.seen, mention.case.base
    spans = link.antecedents if link else ()
    if link is None and not depth and (last := recent_person(mention)):
        spans = (last,)
    for span in spans if depth < DEEPEST else ():
        there = mention_at(span, seen, base)
        found = with_introductions(there)
        yield from found
        if not any(each.direct and each.direct.country for each in found):
            yield from earlier_mentions(there, links_of(there), depth + 1)


def links_of(mention: Mention) -> Link | None:
    """Return the link of the words, of the name or the "his" in them."""
    seen = mention.case.seen
    spans = [mention.span]
    for word in (mention.reading.last_name, mention.reading.owner):
        if word is not None:
            spans.append(Span(word.start, word.end))
    every = (seen.link(span) for span in spans)
    return next((k for k in every if k and not k.antecedents[0].overlaps(mention.span)), None)


def recent_person(mention: Mention) -> Span | None:
    """Return the person or body last named before a pronoun that no link explains."""
    seen, parsed = mention.case.seen, mention.case.seen.parsed
    word = mention.words[0].key if len(mention.words) == 1 else ""
    labels: tuple[str, ...] = ()  # how the tagger labels those for whom it may stand
    if word in parsed.words("actors.he"):
        labels = ("PERSON",)
    elif word in parsed.words("actors.it"):
        labels = ("ORG", "GPE", "NORP")
    if not labels:
        return None
    n = seen.sentence(mention.span.start)
    since = seen.starts[max(0, n - RECENT)] if seen.starts else 0
    before = Span(since, mention.span.start)
    every = parsed.labelled_over(before, *labels)
    named = [span for span in every if since <= span.start < before.end]
    subjects = [span for span in named if phrase_role(parsed, span)[0] == 1]
    chosen = subjects or named
    return chosen[-1] if chosen else None
