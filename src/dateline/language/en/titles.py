"""The president, the two leaders, the party, the North."""

from collections.abc import Iterator

from dateline.language.en.cast import Cast
from dateline.language.en.groups import BODIES, body, people
from dateline.language.en.mentions import Mention, is_subject, lexicon, plain
from dateline.language.en.several import (
    NEIGHBOUR,
    kinds,
    neighbour,
    several,
    start_of,
)
from dateline.model import Link, Parsed, Span, Token, Why


def described(cast: Cast, n: int, token: Token) -> Link | None:
    """Link "the president", "both sides", "the group" where one reading fits."""
    word = plain(token)
    if word in NEIGHBOUR:
        return neighbour(cast, n, token)
    if any(told_of(cast.parsed, token)):
        return None
    if word in BODIES:
        return body(cast, n, token) or grouped(cast, n, token)
    if kinds(token):
        return several(cast, n, token)
    if link := people(cast, n, token):
        return link
    known = lexicon()
    rule = titled if word in known["title"] else grouped
    return rule(cast, n, token) if word in known["title"] | known["group"] else None


def told_of(parsed: Parsed, token: Token) -> Iterator[Token]:
    """Yield the words that tell of a noun which it is: it needs none before."""
    return parsed.below(token, "prep", "poss", "appos", "amod", "compound", "acl")


def titled(cast: Cast, n: int, token: Token) -> Link | None:
    """A bare title stands for the one person of the report who was given that title."""
    parsed = cast.parsed
    before = [t for t in parsed.below(token, "compound", "amod") if t.i < token.i]
    titles = {plain(token), *(plain(t) for t in before)}
    chosen = entitled(cast, n, token, titles)
    if chosen is None:
        return None
    mention = Span(start_of(parsed, token), token.end)
    best = cast.people[chosen].best
    cast.scenes[n].append(
        Mention(
            token.i,
            token.i + 1,
            token,
            "title",
            (),
            (),
            mention,
            is_subject(parsed, token),
            chosen,
        )
    )
    return Link(mention, (best.span,), Why("coreference.title.v1", best.span))


def entitled(cast: Cast, n: int, token: Token, titles: set[str]) -> int | None:
    """Return the one person of that title: of the report, else of two sentences."""
    every = set.intersection(*(cast.entitled.get(title, set()) for title in titles))
    near = {
        m.who
        for back in (n, n - 1)
        for m in (cast.scenes[back] if back >= 0 else ())
        if m.who in every and m.last <= token.i
    }
    chosen = every if len(every) == 1 else near
    return next(iter(chosen)) if len(chosen) == 1 else None


def grouped(cast: Cast, n: int, token: Token) -> Link | None:
    """The group, the ministry, the party: the one organisation named right before."""
    parsed = cast.parsed
    found: dict[str, Span] = {}
    for back in (n, n - 1):
        for m in cast.scenes[back] if back >= 0 else ():
            if m.kind == "org" and m.last <= token.i:
                found[m.names[-1] if m.names else ""] = m.span
        if found:
            break
    word = plain(token)
    alike = {name: span for name, span in found.items() if fits_noun(name, word)}
    if len(found) != 1 or not alike:
        return None
    span = next(iter(alike.values()))
    mention = Span(start_of(parsed, token), token.end)
    return Link(mention, (span,), Why("coreference.group.v1", span))


def fits_noun(name: str, noun: str) -> bool:
    """Whether an organisation of that last word can be called by the noun."""
    general = ("group", "organization", "organisation", "movement", "company")
    return noun == name or noun in general


def koreas(cast: Cast) -> Iterator[Link]:
    """The North and the South stand for the two Koreas in a report that names them."""
    parsed = cast.parsed
    named = dict(korean(parsed))
    if len(named) == 0:
        return
    for token in parsed.tokens:
        if token.text not in ("North", "South", "NORTH", "SOUTH") or token.i == 0:
            continue
        the = parsed.tokens[token.i - 1]
        side = token.text.lower()
        if the.text.lower() == "the" and side in named and stands_alone(parsed, token):
            span = Span(the.start, token.end)
            yield Link(span, (named[side],), Why("coreference.koreas.v1", named[side]))


def korean(parsed: Parsed) -> Iterator[tuple[str, Span]]:
    """Yield where "North Korea" and "South Korea" are named, the first place last."""
    for token in reversed(parsed.tokens[:-1]):
        word = token.text.lower()
        if word in ("north", "south"):
            after = parsed.tokens[token.i + 1]
            if after.text.lower().startswith("korea"):
                yield word, Span(token.start, after.end)


def stands_alone(parsed: Parsed, token: Token) -> bool:
    """Whether "the North" is no part of a longer name and no direction."""
    after = parsed.tokens[token.i + 1 : token.i + 2]
    return not (after and (after[0].pos == "PROPN" or after[0].text == "of"))
