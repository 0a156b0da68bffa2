"""Sayings told without a verb: according to, in the words of, reportedly."""

from collections.abc import Iterator

from dateline.attribution.cues import load_cues
from dateline.attribution.frames import UNSAID, holds_word
from dateline.attribution.ground import BEGINNING, Ground, Range
from dateline.attribution.rules import full_rule_name
from dateline.attribution.saying import Saying, tidy_pieces
from dateline.model import Span, Token, Why

ACCORDING = full_rule_name("according-to")
ADVERB = full_rule_name("adverb")
ALLEGED = full_rule_name("alleged")


def phrase_sayings(g: Ground) -> Iterator[Saying]:
    """Yield the sayings that phrases and single words tell."""
    parsed = g.parsed
    adverbs, alleged = (
        load_cues(parsed.lexicon, kind) for kind in ("adverb", "adjective")
    )
    sourcing = parsed.words("attribution.according") | parsed.words("attribution.per")
    view = parsed.words("attribution.view")
    for token in g.tokens:
        word = token.text.lower()
        found = None
        if word in sourcing:
            found = according(g, token)
        elif word in view and token.relation == "oblique":
            found = in_words_of(g, token)
        elif word in adverbs and token.pos == "ADV":
            found = reportedly(g, token)
        elif word in alleged and token.relation == "adjective":
            found = doubted(g, token)
        if found is not None:
            yield found


def saying_of_phrase(
    g: Ground, rule: str, source: list[Span], cue: Span, said: list[Span]
) -> Saying:
    """Return a saying in speech, its parts in order."""
    text = g.parsed.text
    return Saying(
        tidy_pieces(text, source),
        (cue,),
        tidy_pieces(text, said),
        "speech",
        Why(rule, cue),
    )


def according(g: Ground, token: Token) -> Saying | None:
    """Return what the clause around "according to X" says."""
    to = (
        g.child(token, "preposition", "auxiliary", "particle")
        if token.text.lower() not in g.parsed.words("attribution.per")
        else token
    )
    if to is None:
        return None
    whom = g.child(to, "oblique")
    if whom is None or token.i > to.i:
        return None
    region = (token.i, max(g.right[token.i], g.right[whom.i]))
    cue = Span(token.start, to.end)
    said = g.spans(modified_clause(g, token, region))
    return (
        saying_of_phrase(g, ACCORDING, [g.span(g.phrase(whom))], cue, said)
        if said
        else None
    )


def modified_clause(g: Ground, token: Token, region: Range) -> list[Range]:
    """Return the words of the clause that a phrase modifies, the phrase left out."""
    sentence = g.sentence(token)
    first, last = sentence.first, sentence.last - 1
    head = g.tokens[token.head]
    while head.pos not in ("VERB", "AUX") and head.head != head.i:
        head = g.tokens[head.head]
    if head.relation in (
        "content-clause",
        "relative-clause",
        "adverbial-clause",
        "adnominal-clause",
    ) and head.pos in ("VERB", "AUX"):
        first, last = g.left[head.i], g.right[head.i]
    first, last = without_joined_clause(g, head, (first, last))
    if (
        head.relation == "conjunct" and token.i < head.i
    ):  # "A did so and, according to X, B did"
        first = max(first, token.i)
    pieces = [(first, region[0] - 1)]
    if region[1] < last:
        pieces.append((region[1] + 1, last))
    return [p for p in pieces if holds_word(g, p)]


def without_joined_clause(g: Ground, head: Token, words: Range) -> Range:
    """Return a clause without the one joined to it that has a speaker of its own."""
    first, last = words
    joined = head.relation == "conjunct" and g.child(head, *BEGINNING) is not None
    if joined and sourced(g, g.tokens[head.head]):
        first = max(first, g.left[head.i])
    for other in g.below(head):
        if other.relation == "conjunct" and sourced(g, other):
            last = min(last, g.left[other.i] - 1)
            while last > first and g.tokens[last].pos in UNSAID:
                last -= 1
    return first, last


def sourced(g: Ground, head: Token) -> bool:
    """Whether "according to" hangs on a word."""
    according = g.parsed.words("attribution.according")
    return any(token.text.lower() in according for token in g.below(head))


def in_words_of(g: Ground, token: Token) -> Saying | None:
    """Return what the clause around "in X's view" says."""
    head = g.tokens[token.head]
    owner = g.child(token, "owner")
    of = g.child(token, "preposition")
    if owner is None and of and of.lemma in g.parsed.words("attribution.view-of"):
        owner = g.child(of, "oblique")
    if head.lemma not in g.parsed.words("attribution.view-in") or owner is None:
        return None
    region = (head.i, g.right[head.i])
    said = g.spans(modified_clause(g, head, region))
    cue = Span(head.start, g.tokens[max(token.i, head.i)].end)
    return (
        saying_of_phrase(g, ACCORDING, [g.span(g.phrase(owner))], cue, said)
        if said
        else None
    )


def reportedly(g: Ground, token: Token) -> Saying | None:
    """Return what somebody unnamed says: the clause of an adverb like "reportedly"."""
    head = g.tokens[token.head]
    region = (token.i, token.i)
    first, last = g.left[head.i], g.right[head.i]
    pieces = [(first, region[0] - 1), (region[1] + 1, last)]
    said = g.spans(p for p in pieces if p[0] <= p[1] and holds_word(g, p))
    return saying_of_phrase(g, ADVERB, [], token.span, said) if said else None


def doubted(g: Ground, token: Token) -> Saying | None:
    """Return what somebody unnamed says: the noun of "alleged" or "reported"."""
    head = g.tokens[token.head]
    if head.i <= token.i:
        return None
    said = [g.span((token.i + 1, g.right[head.i]))]
    return saying_of_phrase(g, ALLEGED, [], token.span, said)
