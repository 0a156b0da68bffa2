"""Sayings told by a noun or an adjective: claims that, X's warning that, sure that."""

from collections.abc import Iterator

from dateline.attribution.cues import Cue, load_cues
from dateline.attribution.ground import BEGINNING, Ground, Range
from dateline.attribution.rules import full_rule_name
from dateline.attribution.saying import Saying, tidy_pieces
from dateline.model import Span, Token, Why

NOUN = full_rule_name("noun")
ATTITUDE = full_rule_name("attitude")
COMPLETE = frozenset(
    (
        "object preposition predicate-adjective predicate open-clause"
        " content-clause agent"
    ).split()
)
CONTENT = ("adnominal-clause", "content-clause", "relative-clause", "open-clause")


def noun_sayings(g: Ground) -> Iterator[Saying]:
    """Yield the saying of every noun or adjective of saying in the report."""
    lexicon = g.parsed.lexicon
    nouns, attitudes = load_cues(lexicon, "noun"), load_cues(lexicon, "attitude")
    for token in g.tokens:
        found = None
        if token.pos == "NOUN" and (cue := nouns.get(token.lemma)):
            found = noun_saying(g, token, cue)
        elif token.pos == "ADJ" and (cue := attitudes.get(token.lemma)):
            found = attitude(g, token, cue)
        if found is not None:
            yield found


def noun_saying(g: Ground, noun: Token, cue: Cue) -> Saying | None:
    """Return what a noun tells: "his claim that", "accusations by X of"."""
    said = said_by_noun(g, noun, cue)
    if said is None:
        return None
    holder = owner_of_noun(g, noun)
    source = [g.span(g.phrase(holder))] if holder is not None else []
    parts = (tidy_pieces(g.parsed.text, source), (noun.span,), (g.span(said),))
    return Saying(*parts, cue.sense, Why(NOUN, noun.span))


def said_by_noun(g: Ground, noun: Token, cue: Cue) -> Range | None:
    """Return the clause or the phrase after a noun that tells what is said."""
    for child in g.below(noun):
        if child.i < noun.i:
            continue
        if child.relation in CONTENT and clausal(g, child, cue):
            return g.left[child.i], g.right[child.i]
        if child.relation != "preposition" or child.lemma not in cue.prepositions:
            continue
        if (below := g.child(child, "oblique", "oblique-clause")) is not None:
            return g.left[below.i], g.right[below.i]
    return by_clause(g, noun, cue)


def by_clause(g: Ground, noun: Token, cue: Cue) -> Range | None:
    """Return a clause that the parser hangs on the speaker: "claims by X that Y won".

    It is a clause of its own, not "X that Y leads": it lacks nothing that "that" fills.
    """
    if "content-clause" not in cue.frames:
        return None
    agents = g.parsed.words("attribution.agent-by")
    some = (c for c in g.below(noun) if c.relation == "preposition")
    by = next((c for c in some if c.lemma in agents), None)
    whom = g.child(by, "oblique") if by is not None else None
    verb = g.child(whom, "relative-clause") if whom is not None else None
    if verb is None or not g.child(verb, *BEGINNING):
        return None
    first = g.tokens[g.left[verb.i]]
    rest = {c.relation for c in g.below(verb) if c.i > verb.i} & COMPLETE
    opens = first.lemma in g.parsed.words("attribution.that")
    if not opens or first.relation in BEGINNING or not rest:
        return None
    return first.i, g.right[verb.i]


def clausal(g: Ground, child: Token, cue: Cue) -> bool:
    """Whether a clause below a noun is what it tells: that he won, to win."""
    marks = [c for c in g.below(child) if c.i < child.i]
    if any(c.form == "infinitive-marker" for c in marks):
        return "infinitive" in cue.frames
    opening = g.parsed.words("attribution.noun-clause")
    return "content-clause" in cue.frames and any(
        c.relation == "subordinator" and c.lemma in opening for c in marks
    )


def owner_of_noun(g: Ground, noun: Token) -> Token | None:
    """Return whose saying a noun tells: X's, by X, from X, or who makes it."""
    if (own := g.child(noun, "owner")) is not None:
        return own
    before = g.parsed.words("attribution.noun-owner")
    for child in g.below(noun):
        if child.relation in ("preposition", "agent") and child.lemma in before:
            return g.child(child, "oblique")
    head = g.tokens[noun.head]
    light = g.parsed.words("attribution.light-verb")
    if noun.relation == "object" and head.lemma in light:
        return g.subject(head)
    return None


def attitude(g: Ground, word: Token, cue: Cue) -> Saying | None:
    """Return what somebody is sure, hopeful, afraid that, or ready to do."""
    head = g.tokens[word.head]
    told = word.relation in ("predicate-adjective", "conjunct", "object-predicate")
    if not told and head.lemma not in g.parsed.words("attribution.be"):
        return None
    holder = g.subject(head)
    said: Range | None = None
    for child in g.below(word):
        if child.i < word.i:
            continue
        finite = (
            child.relation in ("content-clause", "adverbial-clause")
            and "content-clause" in cue.frames
        )
        if finite or (child.relation == "open-clause" and "infinitive" in cue.frames):
            said = g.left[child.i], g.right[child.i]
        elif child.relation == "preposition" and child.lemma in cue.prepositions:
            said = g.left[child.i] + 1, g.right[child.i]
    if said is None or holder is None or said[0] > said[1]:
        return None
    source, cue_span = g.span(g.phrase(holder)), Span(head.start, word.end)
    if cue_span.start > word.start:
        cue_span = word.span
    why = Why(ATTITUDE, cue_span)
    return Saying((source,), (cue_span,), (g.span(said),), cue.sense, why)
