"""Sayings told without a verb: according to, in the words of, reportedly, Q: and A:."""

import re
from collections import Counter
from collections.abc import Iterator

from dateline.attribution.frames import worded
from dateline.attribution.ground import Ground, Range
from dateline.attribution.lexicon import cues
from dateline.attribution.rules import rule
from dateline.attribution.saying import Saying, tidy
from dateline.model import Span, Token, Why
from dateline.model.layout import paragraphs

ACCORDING = rule("according-to")
ADVERB = rule("adverb")
ALLEGED = rule("alleged")
LABEL = rule("label")
VIEW = frozenset(
    "words view opinion eyes judgment judgement estimation telling account".split()
)
QUOTE_MARKS = "\"“'`"
NOTICES = frozenset(
    "update updated exclusive watch photo photos video note read related by correction"
    " source sources editor contributing opinion analysis poll breaking live also see"
    " image graphic fact claim contact email phone".split()
)
LABELLED = re.compile(
    r"(?P<who>(?:Q|A|Question|Answer)"
    r"|[A-Z][^\W\d_]{1,20}(?:[ .'’-]{1,2}[A-Z][^\W\d_]{0,20}){0,4})"
    r"(?P<cue>:)[ \t]+(?P<said>\S[^\n]{3,})"
)


def phrase_sayings(g: Ground) -> Iterator[Saying]:
    """Yield the sayings that phrases and single words tell."""
    adverbs, alleged = cues("adverb"), cues("adjective")
    for token in g.tokens:
        word = token.text.lower()
        found = None
        if word in ("according", "per"):
            found = according(g, token)
        elif word in VIEW and token.dep == "pobj":
            found = in_words_of(g, token)
        elif word in adverbs and token.pos == "ADV":
            found = reportedly(g, token)
        elif word in alleged and token.dep == "amod":
            found = doubted(g, token)
        if found is not None:
            yield found


def saying(
    g: Ground, rule: str, source: list[Span], cue: Span, said: list[Span]
) -> Saying:
    """Return a saying in speech, its parts in order."""
    text = g.parsed.text
    return Saying(
        tidy(text, source), (cue,), tidy(text, said), "speech", Why(rule, cue)
    )


def according(g: Ground, token: Token) -> Saying | None:
    """Return what the clause around "according to X" says."""
    to = g.child(token, "prep", "aux", "prt") if token.text.lower() != "per" else token
    if to is None:
        return None
    whom = g.child(to, "pobj")
    if whom is None or token.i > to.i:
        return None
    region = (token.i, max(g.right[token.i], g.right[whom.i]))
    cue = Span(token.start, to.end)
    said = g.spans(around(g, token, region))
    return saying(g, ACCORDING, [g.span(g.phrase(whom))], cue, said) if said else None


def around(g: Ground, token: Token, region: Range) -> list[Range]:
    """Return the words of the clause that a phrase modifies, the phrase left out."""
    sentence = g.sentence(token)
    first, last = sentence.first, sentence.last - 1
    head = g.tokens[token.head]
    while head.pos not in ("VERB", "AUX") and head.head != head.i:
        head = g.tokens[head.head]
    if head.dep in ("ccomp", "relcl", "advcl", "acl") and head.pos in ("VERB", "AUX"):
        first, last = g.left[head.i], g.right[head.i]
    pieces = [(first, region[0] - 1)]
    if region[1] < last:
        pieces.append((region[1] + 1, last))
    return [p for p in pieces if worded(g, p)]


def in_words_of(g: Ground, token: Token) -> Saying | None:
    """Return what the clause around "in X's view" says."""
    head = g.tokens[token.head]
    owner = g.child(token, "poss")
    of = g.child(token, "prep")
    if owner is None and of is not None and of.lemma == "of":
        owner = g.child(of, "pobj")
    if head.lemma != "in" or owner is None:
        return None
    region = (head.i, g.right[head.i])
    said = g.spans(around(g, head, region))
    cue = Span(head.start, g.tokens[max(token.i, head.i)].end)
    return saying(g, ACCORDING, [g.span(g.phrase(owner))], cue, said) if said else None


def reportedly(g: Ground, token: Token) -> Saying | None:
    """Return what somebody unnamed says: the clause of an adverb like "reportedly"."""
    head = g.tokens[token.head]
    region = (token.i, token.i)
    first, last = g.left[head.i], g.right[head.i]
    pieces = [(first, region[0] - 1), (region[1] + 1, last)]
    said = g.spans(p for p in pieces if p[0] <= p[1] and worded(g, p))
    return saying(g, ADVERB, [], token.span, said) if said else None


def doubted(g: Ground, token: Token) -> Saying | None:
    """Return what somebody unnamed says: the noun of "alleged" or "reported"."""
    head = g.tokens[token.head]
    if head.i <= token.i:
        return None
    said = [g.span((token.i + 1, g.right[head.i]))]
    return saying(g, ALLEGED, [], token.span, said)


def labelled(g: Ground) -> Iterator[Saying]:
    """Yield the turns of a transcript and the headlines of the form "Mayor: we won"."""
    text = g.parsed.text
    hits = [LABELLED.match(text, p.start, p.end) for p in paragraphs(text)]
    turns = Counter(hit["who"] for hit in hits if hit)
    people = {e.span.start for e in g.parsed.entities if e.label == "PERSON"}
    for hit in hits:
        if hit and speaks(hit, turns, people):
            block = Span(*hit.span())
            who, cue = Span(*hit.span("who")), Span(*hit.span("cue"))
            said = [Span(hit.start("said"), block.end)]
            yield saying(g, LABEL, [who], cue, said)


def speaks(hit: re.Match[str], turns: Counter[str], people: set[int]) -> bool:
    """Whether a label before a colon names who speaks: it recurs, or is a person."""
    who, said = hit["who"], hit["said"]
    if who.lower().split()[0] in NOTICES:
        return False
    return turns[who] > 1 or hit.start() in people or said[0] in QUOTE_MARKS
