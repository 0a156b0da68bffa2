"""The two countries, all four nations, both capitals, the trio, its neighbour."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dateline.language.en.cast import Cast
from dateline.language.en.mentions import Mention, is_subject, plain
from dateline.model import Link, Parsed, Span, Token, Why
from dateline.reference import countries

COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
GROUPS = {"duo": 2, "pair": 2, "trio": 3, "threesome": 3, "quartet": 4}
PEOPLE = frozenset(("leaders", "presidents", "men", "ministers", "premiers", "women"))
PEOPLE_TOO = frozenset(("generals", "envoys", "diplomats", "monarchs", "rivals"))
LANDS = frozenset(
    ("countries", "nations", "sides", "states", "neighbors", "neighbours")
)
LANDS_TOO = frozenset(("governments", "capitals", "koreas", "parties", "allies"))
NEIGHBOUR = frozenset(("neighbor", "neighbour"))
PLACES = frozenset(("in", "at", "near", "from", "outside", "around"))
REACH = 2  # sentences before the one that says "the three countries"
Key = object
Chooser = Callable[[Cast, int, Token], Iterator["Named"]]


@dataclass(frozen=True, slots=True)
class Named:
    """A country or person named before: what tells it apart, its words, its token."""

    key: Key
    span: Span
    head: Token


def several(cast: Cast, n: int, token: Token) -> Link | None:
    """As many as the text says, and no more, named right before: in one list first."""
    most = number(cast.parsed, token)
    if not most:
        return None
    for choose in kinds(token):
        if spans := found(cast, n, choose, token, most):
            mention = Span(start_of(cast.parsed, token), token.end)
            return Link(mention, spans, Why("coreference.several.v1", spans[0]))
    return None


def found(
    cast: Cast, n: int, choose: Chooser, token: Token, most: int
) -> tuple[Span, ...]:
    """Return just so many: of the nearest list, or all that the last sentences name."""
    named: list[Named] = []
    for back in range(n, max(-1, n - REACH - 1), -1):
        here = list(choose(cast, back, token))
        if spans := () if named else listed(cast.parsed, here, most):
            return spans
        named += here
        if len({each.key for each in named}) >= most:
            break
    return alone(named, most)


def number(parsed: Parsed, token: Token) -> int:
    """Return how many a mention says it stands for; 0 where it does not say."""
    before = [plain(t) for t in parsed.below(token) if t.i < token.i]
    told = next((COUNTS[word] for word in before if word in COUNTS), 0)
    return told or GROUPS.get(plain(token), 0)


def kinds(token: Token) -> tuple[Chooser, ...]:
    """Return whom a word may stand for: countries, people, or either."""
    word = plain(token)
    if word in PEOPLE or word in PEOPLE_TOO:
        return (people,)
    if word in GROUPS:
        return (people, lands)
    return (lands,) if word in LANDS or word in LANDS_TOO else ()


def lands(cast: Cast, n: int, token: Token) -> Iterator[Named]:
    """Yield the countries named in a sentence before a token, the places aside."""
    for m in cast.scenes[n]:
        if m.last > token.i or m.kind == "noun" or is_money(cast.parsed, m):
            continue
        text = cast.parsed.text[cast.parsed.tokens[m.first].start : m.head.end]
        if code := land(text, placed(cast.parsed, m)):
            yield Named(code, m.span, m.head)


def is_money(parsed: Parsed, mention: Mention) -> bool:
    """Whether a country is only told of its money: "two billion U.S. dollars"."""
    after = parsed.tokens[mention.last : mention.last + 1]
    return bool(after) and plain(after[0]) in ("dollars", "dollar", "pounds", "francs")


def land(text: str, place: bool) -> str | None:
    """Return the country that a name, adjective or seat of government tells."""
    known = countries()
    row = known.by_name(text) or known.by_demonym(text)
    if row is None and not place:
        row = known.by_capital(text)
    if row is None and " " in text:
        return land(text.split(" ", 1)[1], True) if text[:1].islower() else None
    return row.answers if row else None


def placed(parsed: Parsed, mention: Mention) -> bool:
    """Whether a name only tells where something happened: "met in Cairo"."""
    above = parsed.tokens[mention.head.head]
    return mention.head.dep == "pobj" and plain(above) in PLACES


def people(cast: Cast, n: int, token: Token) -> Iterator[Named]:
    """Yield the people with a title that are named in a sentence before a token."""
    for m in cast.scenes[n]:
        if m.kind != "person" or m.last > token.i:
            continue
        if m.who < 0:
            yield Named(m.names[-1:], m.span, m.head)
        elif cast.people[m.who].titles - {"mr.", "mrs.", "ms."}:
            yield Named(m.who, cast.people[m.who].best.span, m.head)


def listed(parsed: Parsed, named: list[Named], most: int) -> tuple[Span, ...]:
    """Return the one list of so many that acts: "Egypt, Sudan and Ethiopia met"."""
    groups: dict[int, dict[Key, Span]] = {}
    for each in named:
        first = first_of(parsed, each.head)
        if is_subject(parsed, parsed.tokens[first]):
            groups.setdefault(first, {}).setdefault(each.key, each.span)
    full = [group for group in groups.values() if len(group) == most]
    return tuple(sorted(full[0].values())) if len(full) == 1 else ()


def first_of(parsed: Parsed, head: Token) -> int:
    """Return the token that opens the list in which a name stands, through titles."""
    while head.dep in ("conj", "compound", "amod", "appos", "poss", "nmod"):
        head = parsed.tokens[head.head]
    return head.i


def alone(named: list[Named], most: int) -> tuple[Span, ...]:
    """Return everybody a sentence names, where they are just so many."""
    every: dict[Key, Span] = {}
    for each in named:
        every.setdefault(each.key, each.span)
    return tuple(sorted(every.values())) if len(every) == most else ()


def start_of(parsed: Parsed, token: Token) -> int:
    """Return where the noun phrase of a mention starts."""
    return min([token.start, *(t.start for t in parsed.below(token) if t.i < token.i)])


def neighbour(cast: Cast, n: int, token: Token) -> Link | None:
    """Its neighbour: the one that the text has called so, "its neighbour Pakistan"."""
    parsed = cast.parsed
    if any(proper_beside(parsed, token)):
        return None
    told: dict[Key, Span] = {}
    for back in range(n + 1):
        for m in cast.scenes[back]:
            if m.last <= token.i and called(parsed, m):
                code = land(" ".join(m.names) or m.span.of(parsed.text), False)
                told.setdefault(code, Span(parsed.tokens[m.first].start, m.head.end))
    here = {each.key for each in lands(cast, n, token)}
    if len(told) != 1 or None in told or here & set(told):
        return None  # "Pakistan said its neighbour": not Pakistan
    span = next(iter(told.values()))
    mention = Span(start_of(parsed, token), token.end)
    return Link(mention, (span,), Why("coreference.neighbour.v1", span))


def proper_beside(parsed: Parsed, token: Token) -> Iterator[Token]:
    """Yield the names that stand with a noun: "its neighbour Pakistan"."""
    for child in parsed.below(token, "appos", "compound", "nmod"):
        if child.pos == "PROPN":
            yield child
    above = parsed.tokens[token.head]
    if token.dep in ("compound", "nmod", "appos") and above.pos == "PROPN":
        yield above


def called(parsed: Parsed, mention: Mention) -> bool:
    """Whether a country is named beside "neighbour"."""
    near = (*parsed.below(mention.head), parsed.tokens[mention.head.head])
    return any(
        plain(t) in NEIGHBOUR
        and any(p.i == mention.head.i for p in proper_beside(parsed, t))
        for t in near
    )
