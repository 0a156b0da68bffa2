"""Sayings told by a verb: said that, said to, told Y, wants to, is expected to.

What a verb says may stand in several frames: a clause, a quotation, an infinitive, an
object, or all of the sentence around a reporting clause.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import takewhile

from dateline.extract.attribution.parse_index import Ground, Range, build_saying
from dateline.extract.attribution.scope import unwilling
from dateline.extract.attribution.spans import Cue, Saying, full_rule_name, load_cues
from dateline.model import Span, Token

AFTER, BEFORE = full_rule_name("clause-after"), full_rule_name("clause-before")
INSIDE, QUOTED = full_rule_name("clause-inside"), full_rule_name("quotation")
OBJECT, WISH = full_rule_name("object"), full_rule_name("infinitive")
NEAR = 120  # characters between a verb and the quotation it opens
LONGEST = 30  # tokens of one part of a reporting clause
BROKEN_IN = frozenset(("parataxis", "content-clause", "conjunct"))
TRAILING = frozenset(
    (
        "punctuation adverbial-clause conjunction conjunct adverbial-noun parataxis subordinator"
    ).split()
)
PARTS = frozenset(
    (
        "subject auxiliary negation subordinator adverb particle dative object"
        " preposition adverbial-noun"
    ).split()
)
WISHED = frozenset(("open-clause", "content-clause", "adverbial-clause"))
OBJECTS = frozenset(("object", "object-predicate", "predicate"))
CLOSING = frozenset(("parataxis", "content-clause", "adverbial-clause"))
FINITE = frozenset(("present-third", "past", "present"))
UNSAID = frozenset(("PUNCT", "SPACE", "CCONJ"))
Found = tuple[list[Span], str, Token | None]
Children = Sequence[Token]
TURNED = frozenset((AFTER, INSIDE))
AFTER_VERB = frozenset(("object", "object-predicate", "predicate", "adverbial-noun"))
PASSIVE, FELT, SEEMS = (full_rule_name("passive"), full_rule_name("felt"), full_rule_name("seems"))
COMPLEMENTS = frozenset(
    (
        "open-clause object-predicate content-clause preposition predicate-adjective"
        " predicate adverb"
    ).split()
)
SEEMING = frozenset(
    ("open-clause content-clause object-predicate predicate-adjective adverbial-clause").split()
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
    if verb.relation in ("adjective", "auxiliary", "compound"):
        return None
    words = g.parsed.words
    if (what := g.child(verb, "object")) is not None:
        # "citing two officials" passes on what they say
        cites = verb.form == "gerund" and verb.lemma in words("attribution.relay")
        # "the war claimed ten lives" tells deaths, not words
        claims = verb.lemma in words("attribution.claim")
        if cites or (claims and what.lemma in words("attribution.life")):
            return None
    # "refused to comment, but said" says one thing
    refused = verb.relation == "open-clause" and unwilling(g.parsed, verb)
    # "a statement posted on a forum" posts nothing
    posted = (verb.relation, verb.form) == ("adnominal-clause", "participle")
    return None if refused or posted else active(g, verb, cue, children)


def active(g: Ground, verb: Token, cue: Cue, children: list[Token]) -> Saying | None:
    """Return what the subject of a verb says."""
    found = find_content(g, verb, cue, children)
    if found is None:
        return None
    pieces, name, extra = found
    subject = g.subject(verb)
    if subject is None and name in TURNED:  # "..., added an aide"
        after = (c for c in g.below(verb) if c.i > verb.i and c.relation in AFTER_VERB)
        who = next(after, None)
        subject = who if who and g.left[who.i] == verb.i + 1 else None
    if subject is None and cue.sense != "speech":
        return None
    source = g.spans([g.phrase(subject)]) if subject is not None else []
    return build_saying(g, name, source, cue_words(g, verb, extra), pieces, cue.sense)


def cue_words(g: Ground, verb: Token, extra: Token | None = None) -> list[Span]:
    """Return the verb with the auxiliaries before it and the particle after it."""
    a = b = verb.i
    for child in g.below(verb):
        if child.i < verb.i and child.relation in ("auxiliary", "passive-auxiliary", "negation"):
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
    linking = g.parsed.words("attribution.complement")
    pieces = [  # "to be dead", "as a threat"
        (g.left[child.i], g.right[child.i])
        for child in children
        if child.i > verb.i
        and child.relation in COMPLEMENTS
        and (child.relation != "preposition" or child.lemma in linking)
    ]
    if not pieces or subject is None:
        return None
    words = cue_words(g, verb)
    if "felt" in cue.frames:
        holder = g.spans([g.phrase(subject)])
        return build_saying(g, FELT, holder, words, g.spans(pieces), cue.sense)
    if "passive" not in cue.frames and cue.sense == "stance":
        return None
    agent = g.child(verb, "agent")
    by = g.child(agent, "oblique") if agent is not None else None
    if not dummy(g, subject) and "hears" not in cue.frames:
        pieces.insert(0, g.phrase(subject))
    source = g.spans([g.phrase(by)]) if by is not None else []
    return build_saying(g, PASSIVE, source, words, g.spans(pieces), cue.sense)


def dummy(g: Ground, subject: Token) -> bool:
    """Whether a subject names nothing: "it is said that", "there seem to be"."""
    return subject.lemma in g.parsed.words("attribution.dummy-subject")


def seems(g: Ground, verb: Token, cue: Cue, children: list[Token]) -> Saying | None:
    """Return what seems so to somebody unnamed."""
    subject = g.child(verb, "subject")
    pieces = [
        (g.left[c.i], g.right[c.i]) for c in children if c.i > verb.i and c.relation in SEEMING
    ]
    if not pieces:
        return None
    if subject is not None and not dummy(g, subject):
        pieces.insert(0, g.phrase(subject))
    words = cue_words(g, verb)
    return build_saying(g, SEEMS, [], words, g.spans(pieces), cue.sense)


def find_content(g: Ground, verb: Token, cue: Cue, children: Children) -> Found | None:
    """Return what a verb in the active voice says: pieces, rule, a preposition."""
    if found := content_quotation(g, verb, cue, children):
        # a colon opens a quotation that holds the clause below the verb
        words = found[0][0]
        if ":" in g.parsed.text[max(0, words.start - 3) : words.start] and any(
            c.relation == "content-clause" and words.covers(c.span) for c in children
        ):
            return found
    for frame in FRAMES:
        if found := frame(g, verb, cue, children):
            return found
    return None


def content_clause(g: Ground, verb: Token, cue: Cue, children: Children) -> Found | None:
    """Return a finite clause below the verb, before or after it."""
    if not takes_spoken_content(g, verb, cue):
        return None
    for child in children:
        # one that the parser only puts beside the verb is what it says, too
        beside = child.relation in ("parataxis", "open-clause") and child.form in FINITE
        if child.relation != "content-clause" and not beside:
            continue
        if child.i > verb.i:
            return [g.span((g.left[child.i], before_others(g, child)))], BEFORE, None
        subject = g.child(verb, "subject")
        if subject and subject.i < g.left[child.i]:
            return None
        # in "the ministry confirms a raid, and the mayor said two died" he tells the
        # dead, not the raid
        at = g.left[subject.i] - 1 if subject else -1
        if (at >= 0 and g.tokens[at].pos == "CCONJ") or says_else(g, verb, cue):
            continue
        return words_outside_clause(g, verb, own_region(g, verb, child)), AFTER, None
    return None


def says_else(g: Ground, verb: Token, cue: Cue) -> bool:
    """Whether a verb has something else for its object: "...; the army denied it".

    "The agency quoted the army as saying" has somebody else who says so.
    """
    told = g.child(verb, "object")
    if told is None or "hears" in cue.frames:
        return False
    links = g.parsed.words("attribution.as-saying")
    return all(c.lemma not in links for some in (verb, told) for c in g.below(some))


def before_others(g: Ground, said: Token) -> int:
    """Return the last word of what is said, before "while others said" something."""
    last, verbs = g.right[said.i], load_cues(g.parsed.lexicon, "verb")
    for other in g.below(said):
        if other.i > said.i and of_others(g, other) and other.lemma in verbs:
            last = min(last, g.left[other.i] - 1)
    while last > said.i and g.tokens[last].pos in UNSAID:
        last -= 1
    return last


def of_others(g: Ground, clause: Token) -> bool:
    """Whether a clause with its own subject tells what else goes on: "as", "while"."""
    if (
        clause.relation != "adverbial-clause"
        or g.child(clause, "subject", "passive-subject") is None
    ):
        return False
    mark = g.child(clause, "subordinator")
    besides = g.parsed.words("attribution.besides")
    return mark is not None and mark.text.lower() in besides


def takes_spoken_content(g: Ground, verb: Token, cue: Cue) -> bool:
    """Whether a verb takes a clause, or a quotation that lies in its sentence."""
    if "clause" in cue.frames or "quote" not in cue.frames:
        return "clause" in cue.frames
    span = g.sentence(verb).span
    at = bisect_left(g.quotes, span.start, key=lambda q: q.span.end)
    return at < len(g.quotes) and g.quotes[at].span.start < span.end


def content_quotation(g: Ground, verb: Token, cue: Cue, children: Children) -> Found | None:
    """Return a quotation that begins soon after the verb, in its sentence."""
    if "quote" not in cue.frames:
        return None
    end = min(g.sentence(verb).span.end, verb.end + NEAR)
    at = bisect_left(g.quotes, verb.end, key=lambda q: q.span.start)
    if at < len(g.quotes) and g.quotes[at].span.start < end:
        quote = g.quotes[at]
        begins = g.parsed.text[max(0, quote.span.start - 3) : quote.span.start]
        if quote.long(g.parsed.text) and any(c in ",:" for c in begins):
            return [quote.inner], QUOTED, None
    return None


def content_infinitive(g: Ground, verb: Token, cue: Cue, children: Children) -> Found | None:
    """Return what somebody wants, plans, agrees to do."""
    if "infinitive" not in cue.frames:
        return None
    for child in children:
        if child.i < verb.i or child.relation not in WISHED:
            continue
        marked = any(c.form == "infinitive-marker" for c in g.below(child))
        if child.form != "gerund" and not marked:
            continue
        start = g.left[child.i]
        whom = g.child(verb, "object")
        if whom is not None and verb.i < whom.i < start:
            start = g.left[whom.i]
        return [g.span((start, g.right[child.i]))], WISH, None
    return None


def preposed(g: Ground, verb: Token, cue: Cue, children: Children) -> Found | None:
    """Return what stands after a preposition of the verb: called for, warned of."""
    after = (c for c in children if c.i > verb.i and c.relation == "preposition")
    for child in (c for c in after if c.lemma in cue.prepositions):
        below = g.child(child, "oblique", "oblique-clause")
        if below is not None:
            return [g.span((g.left[below.i], g.right[child.i]))], OBJECT, child
    return None


def broken_in(g: Ground, verb: Token, cue: Cue, children: Children) -> Found | None:
    """Return what stands around "X told us" inside another clause."""
    if "hears" in cue.frames and verb.relation in BROKEN_IN:
        return content_around_clause(g, verb, cue, children)
    return None


def content_object(g: Ground, verb: Token, cue: Cue, children: Children) -> Found | None:
    """Return the object of a verb with the complements that follow it."""
    if "obj" not in cue.frames:
        return None
    after = iter([child for child in children if child.i > verb.i])
    what = next((child for child in after if child.relation in OBJECTS), None)
    if what is None:
        return None
    end = g.right[what.i]
    for child in takewhile(lambda child: child.relation not in TRAILING, after):
        end = g.right[child.i]
    return [g.span((g.left[what.i], end))], OBJECT, None


def content_around_clause(g: Ground, verb: Token, cue: Cue, children: Children) -> Found | None:
    """Return what stands around a reporting clause that the parser gives no content."""
    if "quote" not in cue.frames or not takes_spoken_content(g, verb, cue):
        return None
    sentence = g.sentence(verb)
    first, last = sentence.first, sentence.last - 1
    # "..., X wrote on ...": put after another by a comma alone
    subject = g.child(verb, "subject") if verb.relation == "conjunct" else None
    at = g.left[subject.i] - 1 if subject else -1
    unjoined = at >= 0 and g.tokens[at].text == ","
    if verb.relation in CLOSING or verb.head == verb.i or unjoined:
        # the reporting clause from its subject to its last short complement
        parts = [(g.left[c.i], g.right[c.i]) for c in children if c.relation in PARTS]
        short = [(a, b) for a, b in parts if b - a < LONGEST]
        start = min([verb.i, *(a for a, _ in short)])
        region = start, max([verb.i, *(b for _, b in short)])
        if region[0] > first + 1:
            return words_outside_clause(g, verb, region), INSIDE, None
    else:
        region = own_region(g, verb, verb)
    if last - region[1] >= 3 and g.tokens[region[1] + 1].text in (",", ":"):
        return [g.span((region[1] + 1, last))], BEFORE, None
    return None


FRAMES = (
    content_clause,
    content_quotation,
    content_infinitive,
    preposed,
    broken_in,
    content_object,
    content_around_clause,
)


def own_region(g: Ground, verb: Token, said: Token) -> Range:
    """Return the words of a reporting clause, what is said left out."""
    a, b = verb.i, verb.i
    for child in g.below(verb):
        apart = child.relation in ("punctuation", "content-clause", "parataxis")
        if child is not said and not apart and child.i > said.i:
            a, b = min(a, g.left[child.i]), max(b, g.right[child.i])
    return a, b


def words_outside_clause(g: Ground, verb: Token, region: Range) -> list[Span]:
    """Return the words of the verb's sentence outside its reporting clause."""
    sentence = g.sentence(verb)
    first, last = sentence.first, sentence.last - 1
    pieces, end = [(first, region[0] - 1)], region[1]
    # what is said goes on after a mark, but not the report itself: "..., he said, as
    # the country mourned"
    if last - end >= 2 and g.tokens[end + 1].pos == "PUNCT":
        word = g.tokens[end + 2]
        report = word.relation == "subordinator" and of_others(g, g.tokens[word.head])
        if not report:
            pieces.append((end + 1, last))
    return g.spans(p for p in pieces if holds_word(g, p))


def holds_word(g: Ground, words: Range) -> bool:
    """Whether a range of tokens holds any word at all."""
    a, b = words
    return any(t.pos not in UNSAID for t in g.tokens[a : b + 1])
