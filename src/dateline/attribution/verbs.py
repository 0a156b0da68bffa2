"""Sayings told by a verb: said that, said to, told Y, wants to, is expected to."""

from collections.abc import Iterator

from dateline.attribution.cues import Cue, load_cues
from dateline.attribution.frames import AFTER, INSIDE, find_content
from dateline.attribution.ground import Ground, Range
from dateline.attribution.rules import full_rule_name
from dateline.attribution.saying import Saying, tidy_pieces
from dateline.attribution.vouching import unwilling
from dateline.model import Span, Token, Why

TURNED = frozenset((AFTER, INSIDE))
PASSIVE, FELT, SEEMS = (
    full_rule_name("passive"),
    full_rule_name("felt"),
    full_rule_name("seems"),
)
COMPLEMENTS = (
    "open-clause",
    "object-predicate",
    "content-clause",
    "preposition",
    "predicate-adjective",
    "predicate",
    "adverb",
)
SEEMING = (
    "open-clause",
    "content-clause",
    "object-predicate",
    "predicate-adjective",
    "adverbial-clause",
)


def verb_sayings(g: Ground) -> Iterator[Saying]:
    """Yield the saying of every verb of saying, thinking, wishing in the report."""
    table = load_cues(g.parsed.lexicon, "verb")
    for token in g.tokens:
        cue = table.get(token.lemma) if token.pos in ("VERB", "AUX") else None
        if cue is not None and (found := verb_saying(g, token, cue)):
            yield found


def verb_saying(g: Ground, verb: Token, cue: Cue) -> Saying | None:
    """Return what one verb says, by the first frame that fits."""
    children = list(g.below(verb))
    deps = {child.relation for child in children}
    if "passive-auxiliary" in deps or "passive-subject" in deps:
        return passive(g, verb, cue, children)
    if "raise" in cue.frames:
        return seems(g, verb, cue, children)
    if (
        verb.relation in ("adjective", "auxiliary", "compound")
        or cites(g, verb)
        or kills(g, verb)
    ):
        return None
    if unwilling(g.parsed, verb) and verb.relation == "open-clause":
        return None  # "refused to comment, but said" says one thing
    if (verb.relation, verb.form) == ("adnominal-clause", "participle"):
        return None  # "a statement posted on a forum" posts nothing
    return active(g, verb, cue, children)


def cites(g: Ground, verb: Token) -> bool:
    """Whether a verb passes on what its object says: "citing two officials"."""
    relays = verb.form == "gerund" and verb.lemma in g.parsed.words("attribution.relay")
    return relays and g.child(verb, "object") is not None


def kills(g: Ground, verb: Token) -> bool:
    """Whether a verb tells deaths, not words: "the war claimed ten lives"."""
    if verb.lemma not in g.parsed.words("attribution.claim"):
        return False
    what = g.child(verb, "object")
    return what is not None and what.lemma in g.parsed.words("attribution.life")


def active(g: Ground, verb: Token, cue: Cue, children: list[Token]) -> Saying | None:
    """Return what the subject of a verb says."""
    found = find_content(g, verb, cue, children)
    if found is None:
        return None
    pieces, name, extra = found
    subject = g.subject(verb) or (inverted_speaker(g, verb) if name in TURNED else None)
    if subject is None and cue.sense != "speech":
        return None
    source = g.spans([g.phrase(subject)]) if subject is not None else []
    return make(g, cue, name, (source, cue_words(g, verb, extra), pieces))


def inverted_speaker(g: Ground, verb: Token) -> Token | None:
    """Return the speaker after the verb, as in "..., added an aide"."""
    for child in g.below(verb):
        if child.i > verb.i and child.relation in (
            "object",
            "object-predicate",
            "predicate",
            "adverbial-noun",
        ):
            return child if g.left[child.i] == verb.i + 1 else None
    return None


def make(
    g: Ground, cue: Cue, name: str, parts: tuple[list[Span], list[Span], list[Span]]
) -> Saying:
    """Return a saying of the three parts given as (source, cue, content)."""
    source, words, said = parts
    text = g.parsed.text
    why = Why(name, words[0])
    return Saying(
        tidy_pieces(text, source),
        tidy_pieces(text, words),
        tidy_pieces(text, said),
        cue.sense,
        why,
    )


def cue_words(g: Ground, verb: Token, extra: Token | None = None) -> list[Span]:
    """Return the verb with the auxiliaries before it and the particle after it."""
    a = b = verb.i
    for child in g.below(verb):
        if child.i < verb.i and child.relation in (
            "auxiliary",
            "passive-auxiliary",
            "negation",
        ):
            a = min(a, child.i)
        if child.i == b + 1 and (child.relation == "particle" or child is extra):
            b = child.i
    tokens = g.tokens
    blocked = any(t.relation in ("subject", "passive-subject") for t in tokens[a:b])
    words = [g.span((verb.i if blocked else a, b))]
    if extra is not None and extra.i > b:
        words.append(extra.span)
    return words


def passive(g: Ground, verb: Token, cue: Cue, children: list[Token]) -> Saying | None:
    """Return what somebody unnamed (or the agent) says, believes, expects."""
    subject = g.subject(verb)
    pieces = complements(g, verb, children)
    if not pieces or subject is None:
        return None
    words = cue_words(g, verb)
    if "felt" in cue.frames:
        holder = g.spans([g.phrase(subject)])
        return make(g, cue, FELT, (holder, words, g.spans(pieces)))
    if "passive" not in cue.frames and cue.sense == "stance":
        return None
    agent = g.child(verb, "agent")
    by = g.child(agent, "oblique") if agent is not None else None
    if not dummy(g, subject) and "hears" not in cue.frames:
        pieces.insert(0, g.phrase(subject))
    source = g.spans([g.phrase(by)]) if by is not None else []
    return make(g, cue, PASSIVE, (source, words, g.spans(pieces)))


def complements(g: Ground, verb: Token, children: list[Token]) -> list[Range]:
    """Return the words that complete a passive verb: "to be dead", "as a threat"."""
    linking = g.parsed.words("attribution.complement")
    return [
        (g.left[child.i], g.right[child.i])
        for child in children
        if child.i > verb.i
        and child.relation in COMPLEMENTS
        and (child.relation != "preposition" or child.lemma in linking)
    ]


def dummy(g: Ground, subject: Token) -> bool:
    """Whether a subject names nothing: "it is said that", "there seem to be"."""
    return subject.lemma in g.parsed.words("attribution.dummy-subject")


def seems(g: Ground, verb: Token, cue: Cue, children: list[Token]) -> Saying | None:
    """Return what seems so to somebody unnamed."""
    subject = g.child(verb, "subject")
    pieces = [
        (g.left[c.i], g.right[c.i])
        for c in children
        if c.i > verb.i and c.relation in SEEMING
    ]
    if not pieces:
        return None
    if subject is not None and not dummy(g, subject):
        pieces.insert(0, g.phrase(subject))
    return make(g, cue, SEEMS, ([], cue_words(g, verb), g.spans(pieces)))
