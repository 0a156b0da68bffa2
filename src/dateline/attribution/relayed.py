"""Words passed on: citing X, quoted by Y, heard from Z."""

from collections.abc import Iterator

from dateline.attribution.ground import Ground, Range, is_edge_token
from dateline.attribution.rules import full_rule_name
from dateline.attribution.saying import Saying, tidy_pieces
from dateline.model import Span, Token, Why

CITED = full_rule_name("cited")
QUOTED_BY = full_rule_name("quoted-by")
HEARD = full_rule_name("heard-from")
PAST = frozenset(("past", "present-third", "present"))


def relayed_sayings(g: Ground) -> Iterator[Saying]:
    """Yield the sayings that a report passes on from whom it cites."""
    relay = g.parsed.words("attribution.relay")
    hear = g.parsed.words("attribution.hear")
    for token in g.tokens:
        found = None
        if token.lemma in relay and token.form == "gerund":
            found = citing(g, token)
        elif (
            token.lemma in relay
            and token.form == "participle"
            and token.relation == "adnominal-clause"
        ):
            found = quoted_by(g, token)
        elif token.lemma in relay and token.form in PAST:
            found = quoting(g, token)
        elif token.lemma in hear:
            found = heard_from(g, token)
        if found is not None:
            yield found


def citing(g: Ground, verb: Token) -> Saying | None:
    """Return what is said by those whom a report says it is citing."""
    whom = g.child(verb, "object")
    head = teller(g, verb)
    if whom is None or head is verb:
        return None
    if (own := g.child(verb, "content-clause")) is not None:
        pieces = [(g.left[own.i], g.right[own.i])]
        return relayed_saying(g, CITED, g.phrase(whom), verb, pieces)
    said = g.child(head, "content-clause")
    if said is not None and not g.left[said.i] <= verb.i <= g.right[said.i]:
        pieces = [(g.left[said.i], g.right[said.i])]
    else:
        pieces = clause_without(g, head, (verb.i, g.right[verb.i]))
    return relayed_saying(g, CITED, g.phrase(whom), verb, pieces)


def quoting(g: Ground, verb: Token) -> Saying | None:
    """Return what is said by X where "..., the agency quoted X as saying" closes it."""
    whom, said = g.child(verb, "object"), g.child(verb, "content-clause", "parataxis")
    links = prepositions_below(g, verb, g.parsed.words("attribution.as-saying"))
    if whom is None or said is None or not links or said.i > verb.i:
        return None
    pieces = [(g.left[said.i], g.right[said.i])]
    return relayed_saying(g, CITED, g.phrase(whom), verb, pieces)


def teller(g: Ground, verb: Token) -> Token:
    """Return the verb that "citing X" goes with: the one before it, if that tells.

    In "A said, citing X, B reported" the parser often hangs it on what follows.
    """
    head = g.tokens[verb.head]
    if head.i > verb.i:
        for token in reversed(g.tokens[g.sentence(verb).first : verb.i]):
            if token.pos == "VERB" and g.child(token, "content-clause") is not None:
                return token
    return head


def quoted_by(g: Ground, verb: Token) -> Saying | None:
    """Return what is passed on by whom a speaker is "quoted by"."""
    agent = g.child(verb, "agent", "preposition")
    agents = g.parsed.words("attribution.agent-by")
    by = g.child(agent, "oblique") if agent and agent.lemma in agents else None
    if by is None:
        return None
    sentence = g.sentence(verb)
    end = max(g.right[verb.i], g.right[by.i])
    pieces = [(sentence.first, verb.i - 1), (end + 1, sentence.last - 1)]
    return relayed_saying(g, QUOTED_BY, g.phrase(by), verb, pieces)


def heard_from(g: Ground, verb: Token) -> Saying | None:
    """Return what somebody is said to have heard from another."""
    said = g.child(verb, "content-clause")
    froms = prepositions_below(g, verb, g.parsed.words("attribution.heard-from"))
    whom = g.child(froms[0], "oblique") if froms else None
    if said is None or whom is None:
        return None
    pieces = [(g.left[said.i], g.right[said.i])]
    return relayed_saying(g, HEARD, g.phrase(whom), verb, pieces)


def prepositions_below(g: Ground, verb: Token, words: frozenset[str]) -> list[Token]:
    """Return the prepositions below a verb that are of a class of words."""
    below = (c for c in g.below(verb) if c.relation == "preposition")
    return [c for c in below if c.lemma in words]


def clause_without(g: Ground, head: Token, region: Range) -> list[Range]:
    """Return a clause without a region in it, or the that-clause behind that."""
    first, last = g.left[head.i], g.right[head.i]
    after = region[1] + 1, last
    opening = next(
        (t for t in g.tokens[after[0] : last + 1] if not is_edge_token(t)), None
    )
    that = g.parsed.words("attribution.that")
    if opening is not None and opening.lemma in that and opening.form == "preposition":
        return [after]
    return [(first, region[0] - 1), after]


def relayed_saying(
    g: Ground, rule: str, who: Range, verb: Token, pieces: list[Range]
) -> Saying | None:
    """Return a saying of the words given."""
    text = g.parsed.text
    said: tuple[Span, ...] = tidy_pieces(text, g.spans(pieces))
    cue = verb.span
    if not said:
        return None
    return Saying((g.span(who),), (cue,), said, "speech", Why(rule, cue))
