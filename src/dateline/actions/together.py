"""Names in one list stand on one side of an act: "met Foo, Bar and Baz"."""

from collections.abc import Iterator, Sequence

from dateline.model import Parsed, Span, Token
from dateline.model.mention import Mention

Sides = tuple[tuple[Span, ...], tuple[Span, ...]]
OBJECTS = frozenset(("object", "oblique"))


def together(
    parsed: Parsed, who: Sequence[Span], whom: Sequence[Span], trigger: Span
) -> Sides:
    """Return both sides, with all of a list of names where one of it is acted on."""
    for names in lists(parsed, trigger):
        mine = [span for span in who if any(map(span.overlaps, names))]
        told = [span for span in whom if any(map(span.overlaps, names))]
        apart = all(sum(map(s.overlaps, names)) == 1 for s in (*mine, *told))
        if told and apart and len(mine) < len(who):
            who = [span for span in who if span not in mine]
            more = [name for name in names if not any(map(name.overlaps, told))]
            whom = sorted((*whom, *more))
    return tuple(who), tuple(whom)


def lists(parsed: Parsed, trigger: Span) -> Iterator[list[Span]]:
    """Yield the lists of nothing but names that a verb acts on or with."""
    every: dict[int, list[Mention]] = {}
    for mention in parsed.mentions:
        if mention.grammar.first >= 0:
            every.setdefault(mention.grammar.first, []).append(mention)
    for first, members in every.items():
        names = all(m.kind == "name" and m.grammar.role != "modifier" for m in members)
        several = names and len(members) > 1
        if several and of_verb(parsed, parsed.tokens[first], trigger):
            yield [mention.span for mention in members]


def of_verb(parsed: Parsed, word: Token, trigger: Span) -> bool:
    """Whether a word is the object of an act's verb, or stands with it or its object.

    "Signed a treaty with Foo" is done with him.
    """
    over = parsed.tokens[word.head]
    if word.relation == "oblique":
        if over.text not in parsed.words("actions.with"):
            return False
        over = parsed.tokens[over.head]
        over = parsed.tokens[over.head] if over.relation == "object" else over
    told = word.relation in OBJECTS and over.pos == "VERB"
    return told and trigger.overlaps(over.span)
