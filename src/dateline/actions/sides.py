"""The words of both sides: whom a phrase names, where it begins, where it ends."""

from collections.abc import Iterable, Iterator

from dateline.actions import grammar
from dateline.actions.match import lower
from dateline.actions.parties import adjectives
from dateline.actions.phrases import words_of
from dateline.actions.reading import Reading, Tokens
from dateline.model import Parsed, Span, Token

TOGETHER = frozenset(("CONSULT", "ASSAULT"))  # the manual: all who take part are actors
BODILY = frozenset(("ASSAULT", "COERCE"))  # what is hit may be a house or a ship
CHARGED = frozenset(
    ("accuse", "suspect", "convict", "acquit", "clear", "strip", "deprive", "rob")
)


def sides(found: Reading) -> tuple[tuple[Span, ...], tuple[Span, ...], bool]:
    """Return the words of both parties, and whether all take part alike."""
    each = any(reciprocal(found.parsed, t) for t in found.recipients)
    told = [t for t in found.recipients if not reciprocal(found.parsed, t)]
    actors = spans(found, named(found, found.actors))
    recipients = tuple(
        s
        for s in spans(found, named(found, told))
        if not any(s.overlaps(a) for a in actors)
    )
    mutual = "mutual" in found.frame.needs or agreed(found)
    if found.frame.deed in TOGETHER and mutual:
        return (*actors, *recipients), (), True
    return actors, recipients, mutual or each


def agreed(found: Reading) -> bool:
    """Whether several agree with each other: "A and B agreed to a truce"."""
    many = len(found.actors) > 1 and not found.recipients
    return many and found.frame.unit[0] == "agree"


def reciprocal(parsed: Parsed, token: Token) -> bool:
    """Whether it is "each other", "one another": the actors themselves."""
    word = token.text.lower()
    if word == "other":
        return any(t.text.lower() == "each" for t in parsed.below(token, "det"))
    return word == "another" and parsed.tokens[token.i - 1].text.lower() == "one"


def named(found: Reading, heads: Iterable[Token]) -> Iterator[Token]:
    """Yield the words that name somebody, or a thing named after somebody."""
    for head in heads:
        if found.party(head) or found.frame.deed in BODILY:
            yield from members(found, head)
        else:
            yield from (head,) if owners(found, head) else ()


def members(found: Reading, head: Token) -> Iterator[Token]:
    """Yield a party, and the second of "dozens of police and troops"."""
    yield head
    if head.tag != "NNS" or not found.party(head):
        return
    for prep in found.parsed.below(head, "prep"):
        if prep.text.lower() == "of":
            inner = grammar.everyone(found.parsed, found.parsed.below(prep, "pobj"))
            yield from (t for t in inner[1:] if found.party(t))


def owners(found: Reading, thing: Token) -> Tokens:
    """Return the party that a thing is named after: "Iranian tankers", "X's plan"."""
    parsed = found.parsed
    before = tuple(adjectives(parsed, thing))[:1]
    own = found.parties(parsed.below(thing, "poss"))
    return own or before


def spans(found: Reading, heads: Iterable[Token]) -> tuple[Span, ...]:
    """Return the phrases of `heads`, each once."""
    return tuple(dict.fromkeys(phrase(found, head) for head in heads))


def head_name(parsed: Parsed, head: Token) -> Token:
    """Return the name behind a clause: "the one ally who came, Prime Minister X"."""
    clauses = [t for t in parsed.below(head, "relcl") if t.i > head.i]
    names = [t for t in parsed.below(head, "appos") if t.pos == "PROPN"]
    late = [n for n in names if clauses and n.i > clauses[0].i]
    return late[0] if late and head.pos == "NOUN" else head


def phrase(found: Reading, head: Token) -> Span:
    """Return the phrase of a party: "accused X of treason" names X alone."""
    span = words_of(found.parsed, head_name(found.parsed, head))
    verb = found.parsed.tokens[head.head]
    if lower(verb) in CHARGED and head.dep in ("dobj", "nsubjpass"):
        for prep in found.parsed.below(head, "prep"):
            if prep.text.lower() == "of" and span.start < prep.start < span.end:
                return Span(span.start, found.parsed.tokens[prep.i - 1].end)
    return span
