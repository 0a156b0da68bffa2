"""Words around a mention that describe the same party."""

from collections.abc import Iterator

from dateline.model import Parsed, Relations, Span, Token

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
