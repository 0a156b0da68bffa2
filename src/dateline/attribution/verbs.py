"""Sayings told by a verb: said that, said to, told Y, wants to, is expected to."""

from bisect import bisect_left
from collections.abc import Iterator

from dateline.attribution.ground import Ground, Range
from dateline.attribution.lexicon import Cue, cues
from dateline.attribution.saying import Saying, tidy
from dateline.model import Span, Token, Why

AFTER = "attribution.clause-after.v1"
BEFORE = "attribution.clause-before.v1"
INSIDE = "attribution.clause-inside.v1"
OBJECT = "attribution.object.v1"
WISH = "attribution.infinitive.v1"
TURNED = frozenset((AFTER, INSIDE))
QUOTED = "attribution.quotation.v1"
PASSIVE = "attribution.passive.v1"
FELT = "attribution.felt.v1"
SEEMS = "attribution.seems.v1"
NEAR = 120  # characters between a verb and the quotation it opens
BROKEN_IN = frozenset(("parataxis", "ccomp", "conj"))
TRAILING = frozenset(("punct", "advcl", "cc", "conj", "npadvmod", "parataxis", "mark"))
COMPLEMENTS = ("xcomp", "oprd", "ccomp", "prep", "acomp", "attr", "advmod")
STATUS = frozenset(("expect", "believe", "think", "say", "report", "know", "fear"))


def verb_sayings(g: Ground) -> Iterator[Saying]:
    """Yield the saying of every verb of saying, thinking, wishing in the report."""
    table = cues("verb")
    for token in g.tokens:
        if token.pos in ("VERB", "AUX") and (cue := table.get(token.lemma)):
            if found := verb_saying(g, token, cue):
                yield found


def verb_saying(g: Ground, verb: Token, cue: Cue) -> Saying | None:
    """Return what one verb says, by the first frame that fits."""
    children = list(g.below(verb))
    deps = {child.dep for child in children}
    if "auxpass" in deps or "nsubjpass" in deps:
        return passive(g, verb, cue, children)
    if "raise" in cue.frames:
        return seems(g, verb, cue, children)
    if verb.dep in ("amod", "aux", "compound"):
        return None
    found = content(g, verb, cue, children)
    if found is None:
        return None
    pieces, rule, extra = found
    subject = g.subject(verb) or (inverted(g, verb) if rule in TURNED else None)
    if subject is None and cue.sense != "speech":
        return None
    source = g.spans([g.phrase(subject)]) if subject is not None else []
    return make(g, cue, rule, (source, cue_words(g, verb, extra), pieces))


def inverted(g: Ground, verb: Token) -> Token | None:
    """Return the speaker after the verb, as in "..., added an aide"."""
    for child in g.below(verb):
        if child.i > verb.i and child.dep in ("dobj", "oprd", "attr", "npadvmod"):
            return child if g.left[child.i] == verb.i + 1 else None
    return None


def make(
    g: Ground, cue: Cue, rule: str, parts: tuple[list[Span], list[Span], list[Span]]
) -> Saying:
    """Return a saying of the three parts given as (source, cue, content)."""
    source, words, said = parts
    text = g.parsed.text
    why = Why(rule, words[0])
    return Saying(
        tidy(text, source), tidy(text, words), tidy(text, said), cue.sense, why
    )


def cue_words(g: Ground, verb: Token, extra: Token | None = None) -> list[Span]:
    """Return the verb with the auxiliaries before it and the particle after it."""
    a = b = verb.i
    for child in g.below(verb):
        if child.i < verb.i and child.dep in ("aux", "auxpass", "neg"):
            a = min(a, child.i)
        if child.i == b + 1 and (child.dep == "prt" or child is extra):
            b = child.i
    tokens = g.tokens
    blocked = any(t.dep in ("nsubj", "nsubjpass") for t in tokens[a:b])
    words = [g.span((verb.i if blocked else a, b))]
    if extra is not None and extra.i > b:
        words.append(extra.span)
    return words


Found = tuple[list[Span], str, Token | None]


def content(g: Ground, verb: Token, cue: Cue, children: list[Token]) -> Found | None:
    """Return the pieces of what a verb in the active voice says, the rule, a preposition."""
    frames = cue.frames
    spoken = "clause" in frames or ("quote" in frames and touches(g, verb))
    if spoken and (found := clause(g, verb, children)):
        return found
    if "quote" in frames and (found := quoted(g, verb)):
        return found
    if "to" in frames and (found := infinitive(g, verb, children)):
        return found
    for child in children:
        if child.dep == "prep" and child.i > verb.i and child.lemma in frames:
            if (below := g.child(child, "pobj", "pcomp")) is not None:
                words = (g.left[below.i], g.right[child.i])
                return [g.span(words)], OBJECT, child
    if "hears" in frames and verb.dep in BROKEN_IN and (found := around(g, verb)):
        return found
    if "obj" in frames and (found := thing(g, verb, children)):
        return found
    if "quote" in frames and spoken:
        return around(g, verb)
    return None


def clause(g: Ground, verb: Token, children: list[Token]) -> Found | None:
    """Return a finite clause below the verb, before or after it."""
    for child in children:
        if child.dep != "ccomp" and not whole(child, verb):
            continue
        if child.i > verb.i:
            end = trailing(g, child, g.right[child.i])
            return [g.span((g.left[child.i], end))], BEFORE, None
        region = own_region(g, verb, child)
        return outside(g, verb, region), AFTER, None
    return None


def touches(g: Ground, verb: Token) -> bool:
    """Whether any quotation lies in the verb's sentence."""
    span = g.sentence(verb).span
    at = bisect_left(g.quotes, span.start, key=lambda q: q.span.end)
    return at < len(g.quotes) and g.quotes[at].span.start < span.end


def quoted(g: Ground, verb: Token) -> Found | None:
    """Return a quotation that begins soon after the verb, in its sentence."""
    end = min(g.sentence(verb).span.end, verb.end + NEAR)
    at = bisect_left(g.quotes, verb.end, key=lambda q: q.span.start)
    if at < len(g.quotes) and g.quotes[at].span.start < end:
        quote = g.quotes[at]
        begins = g.parsed.text[quote.span.start - 3 : quote.span.start]
        if quote.long(g.parsed.text) and any(c in ",:" for c in begins):
            return [quote.inner], QUOTED, None
    return None


def whole(child: Token, verb: Token) -> bool:
    """Whether a clause that the parser only puts beside the verb is what it says."""
    return child.dep in ("parataxis", "xcomp") and child.tag in ("VBZ", "VBD", "VBP")


def trailing(g: Ground, clause_head: Token, end: int) -> int:
    """Return the last word of a clause, a saying coordinated to it left out."""
    return end


def own_region(g: Ground, verb: Token, said: Token) -> Range:
    """Return the words of a reporting clause, what is said left out."""
    a, b = verb.i, verb.i
    for child in g.below(verb):
        if child is said or child.dep in ("punct", "ccomp", "parataxis"):
            continue
        if child.i > said.i:
            a, b = min(a, g.left[child.i]), max(b, g.right[child.i])
    return a, b


def outside(g: Ground, verb: Token, region: Range) -> list[Span]:
    """Return the words of the verb's sentence outside its reporting clause."""
    sentence = g.sentence(verb)
    first, last = sentence.first, sentence.last - 1
    pieces = [(first, region[0] - 1)]
    if region[1] < last and continues(g, region[1], last):
        pieces.append((region[1] + 1, last))
    return g.spans(
        p
        for p in pieces
        if any(
            t.pos not in ("PUNCT", "SPACE", "CCONJ") for t in g.tokens[p[0] : p[1] + 1]
        )
    )


def continues(g: Ground, end: int, last: int) -> bool:
    """Whether what is said goes on after the reporting clause: a mark, then words."""
    tokens = g.tokens
    return last - end >= 2 and tokens[end + 1].pos == "PUNCT"


def infinitive(g: Ground, verb: Token, children: list[Token]) -> Found | None:
    """Return what somebody wants, plans, agrees to do."""
    for child in children:
        if child.dep in ("xcomp", "ccomp", "advcl") and child.i > verb.i:
            if any(c.tag == "TO" for c in g.below(child)) or child.tag == "VBG":
                start = g.left[child.i]
                if (
                    whom := g.child(verb, "dobj")
                ) is not None and verb.i < whom.i < start:
                    start = g.left[whom.i]
                return [g.span((start, g.right[child.i]))], WISH, None
    return None


def thing(g: Ground, verb: Token, children: list[Token]) -> Found | None:
    """Return the object of a verb with the complements that follow it."""
    start = end = None
    for child in children:
        if child.i < verb.i:
            continue
        if start is None:
            if child.dep in ("dobj", "oprd", "attr") and child.pos != "PUNCT":
                start, end = g.left[child.i], g.right[child.i]
            continue
        if child.dep in TRAILING:
            break
        end = g.right[child.i]
    if start is None or end is None:
        return None
    return [g.span((start, end))], OBJECT, None


def around(g: Ground, verb: Token) -> Found | None:
    """Return what stands around a reporting clause that the parser gives no content."""
    sentence = g.sentence(verb)
    first, last = sentence.first, sentence.last - 1
    region = own_region(g, verb, verb)
    region = (min(region[0], verb.i), max(region[1], verb.i))
    if verb.dep in ("parataxis", "ccomp", "advcl") or verb.head == verb.i:
        region = spread(g, verb)
        if region[0] > first + 1:
            return outside(g, verb, region), INSIDE, None
    if last - region[1] >= 3 and g.tokens[region[1] + 1].text in (",", ":"):
        return [g.span((region[1] + 1, last))], BEFORE, None
    return None


def spread(g: Ground, verb: Token) -> Range:
    """Return the reporting clause from its subject to its last short complement."""
    a = b = verb.i
    for child in g.below(verb):
        if child.dep in (
            "nsubj",
            "aux",
            "neg",
            "mark",
            "advmod",
            "prt",
            "dative",
            "dobj",
            "prep",
            "npadvmod",
        ):
            if g.right[child.i] - g.left[child.i] < 30:
                a, b = min(a, g.left[child.i]), max(b, g.right[child.i])
    return a, b


def passive(g: Ground, verb: Token, cue: Cue, children: list[Token]) -> Saying | None:
    """Return what somebody unnamed (or the agent) says, believes, expects."""
    if "passive" not in cue.frames and cue.sense == "stance":
        return None
    subject = g.subject(verb)
    pieces: list[Range] = []
    extra = None
    for child in children:
        if child.i > verb.i and child.dep in COMPLEMENTS:
            if child.dep == "prep" and child.lemma not in ("as", "of", "with", "for"):
                continue
            pieces.append((g.left[child.i], g.right[child.i]))
    if not pieces or subject is None:
        return None
    if "felt" in cue.frames:
        parts = (g.spans([g.phrase(subject)]), cue_words(g, verb), g.spans(pieces))
        return make(g, cue, FELT, parts)
    agent = g.child(verb, "agent")
    by = g.child(agent, "pobj") if agent is not None else None
    if subject.lemma not in ("it", "there") and "hears" not in cue.frames:
        pieces.insert(0, g.phrase(subject))
    source = g.spans([g.phrase(by)]) if by is not None else []
    return make(g, cue, PASSIVE, (source, cue_words(g, verb, extra), g.spans(pieces)))


def seems(g: Ground, verb: Token, cue: Cue, children: list[Token]) -> Saying | None:
    """Return what seems so to somebody unnamed."""
    subject = g.child(verb, *("nsubj",))
    pieces = [
        (g.left[c.i], g.right[c.i])
        for c in children
        if c.i > verb.i and c.dep in ("xcomp", "ccomp", "oprd", "acomp", "advcl")
    ]
    if not pieces:
        return None
    if subject is not None and subject.lemma not in ("it", "there"):
        pieces.insert(0, g.phrase(subject))
    return make(g, cue, SEEMS, ([], cue_words(g, verb), g.spans(pieces)))
