"""Other words of a report for the same party, and what they tell of its country."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from dateline.actors.around import find_appositions, widened
from dateline.actors.cues import phrase_role
from dateline.actors.evidence import Mention, mention_at, mention_of
from dateline.actors.quotes import quote_at
from dateline.actors.split import split_mention
from dateline.actors.survey import Survey
from dateline.actors.words import Word
from dateline.model import Link, Span

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
