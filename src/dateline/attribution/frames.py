"""Where what a verb says may stand: a clause, a quotation, an infinitive, an object."""

from bisect import bisect_left
from collections.abc import Sequence

from dateline.attribution.cues import Cue, load_cues
from dateline.attribution.ground import Ground, Range
from dateline.attribution.rules import full_rule_name
from dateline.model import Span, Token

AFTER, BEFORE = full_rule_name("clause-after"), full_rule_name("clause-before")
INSIDE, QUOTED = full_rule_name("clause-inside"), full_rule_name("quotation")
OBJECT, WISH = full_rule_name("object"), full_rule_name("infinitive")
NEAR = 120  # characters between a verb and the quotation it opens
LONGEST = 30  # tokens of one part of a reporting clause
BROKEN_IN = frozenset(("parataxis", "content-clause", "conjunct"))
TRAILING = frozenset(
    (
        "punctuation adverbial-clause conjunction conjunct adverbial-noun parataxis"
        " subordinator"
    ).split()
)
PARTS = frozenset(
    (
        "subject auxiliary negation subordinator adverb particle dative object"
        " preposition adverbial-noun"
    ).split()
)
CLOSING = frozenset(("parataxis", "content-clause", "adverbial-clause"))
UNSAID = frozenset(("PUNCT", "SPACE", "CCONJ"))
Found = tuple[list[Span], str, Token | None]
Children = Sequence[Token]


def find_content(g: Ground, verb: Token, cue: Cue, children: Children) -> Found | None:
    """Return what a verb in the active voice says: pieces, rule, a preposition."""
    if (found := content_quotation(g, verb, cue, children)) and colon_opens_quotation(
        g, found[0][0], children
    ):
        return found
    for frame in FRAMES:
        if found := frame(g, verb, cue, children):
            return found
    return None


def colon_opens_quotation(g: Ground, words: Span, children: Children) -> bool:
    """Whether a colon opens a quotation that holds the clause below the verb."""
    colon = ":" in g.parsed.text[max(0, words.start - 3) : words.start]
    return colon and any(
        c.relation == "content-clause" and words.covers(c.span) for c in children
    )


def content_clause(
    g: Ground, verb: Token, cue: Cue, children: Children
) -> Found | None:
    """Return a finite clause below the verb, before or after it."""
    if not takes_spoken_content(g, verb, cue):
        return None
    for child in children:
        if child.relation != "content-clause" and not is_complement_clause(child):
            continue
        if child.i > verb.i:
            return [g.span((g.left[child.i], before_others(g, child)))], BEFORE, None
        subject = g.child(verb, "subject")
        if subject and subject.i < g.left[child.i]:
            return None
        if (subject and joined_on(g, subject)) or says_else(g, verb, cue):
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


def joined_on(g: Ground, subject: Token) -> bool:
    """Whether "and" or "but" stands before who says so: what comes first is not his.

    In "the ministry confirms a raid, and the mayor said two died" he tells the dead.
    """
    at = g.left[subject.i]
    return at > 0 and g.tokens[at - 1].pos == "CCONJ"


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
    frames = cue.frames
    return "clause" in frames or ("quote" in frames and quotation_in_sentence(g, verb))


def quotation_in_sentence(g: Ground, verb: Token) -> bool:
    """Whether any quotation lies in the verb's sentence."""
    span = g.sentence(verb).span
    at = bisect_left(g.quotes, span.start, key=lambda q: q.span.end)
    return at < len(g.quotes) and g.quotes[at].span.start < span.end


def content_quotation(
    g: Ground, verb: Token, cue: Cue, children: Children
) -> Found | None:
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


def content_infinitive(
    g: Ground, verb: Token, cue: Cue, children: Children
) -> Found | None:
    """Return what somebody wants, plans, agrees to do."""
    if "infinitive" not in cue.frames:
        return None
    for child in children:
        if (
            child.relation in ("open-clause", "content-clause", "adverbial-clause")
            and child.i > verb.i
        ):
            if child.form != "gerund" and all(
                c.form != "infinitive-marker" for c in g.below(child)
            ):
                continue
            start = g.left[child.i]
            whom = g.child(verb, "object")
            if whom is not None and verb.i < whom.i < start:
                start = g.left[whom.i]
            return [g.span((start, g.right[child.i]))], WISH, None
    return None


def preposed(g: Ground, verb: Token, cue: Cue, children: Children) -> Found | None:
    """Return what stands after a preposition of the verb: called for, warned of."""
    for child in children:
        if (
            child.relation != "preposition"
            or child.i < verb.i
            or child.lemma not in cue.prepositions
        ):
            continue
        below = g.child(child, "oblique", "oblique-clause")
        if below is not None:
            return [g.span((g.left[below.i], g.right[child.i]))], OBJECT, child
    return None


def broken_in(g: Ground, verb: Token, cue: Cue, children: Children) -> Found | None:
    """Return what stands around "X told us" inside another clause."""
    if "hears" in cue.frames and verb.relation in BROKEN_IN:
        return content_around_clause(g, verb, cue, children)
    return None


def content_object(
    g: Ground, verb: Token, cue: Cue, children: Children
) -> Found | None:
    """Return the object of a verb with the complements that follow it."""
    if "obj" not in cue.frames:
        return None
    after = [child for child in children if child.i > verb.i]
    at = next(
        (
            n
            for n, c in enumerate(after)
            if c.relation in ("object", "object-predicate", "predicate")
        ),
        None,
    )
    if at is None:
        return None
    start, end = g.left[after[at].i], g.right[after[at].i]
    for child in after[at + 1 :]:
        if child.relation in TRAILING:
            break
        end = g.right[child.i]
    return [g.span((start, end))], OBJECT, None


def content_around_clause(
    g: Ground, verb: Token, cue: Cue, children: Children
) -> Found | None:
    """Return what stands around a reporting clause that the parser gives no content."""
    if "quote" not in cue.frames or not takes_spoken_content(g, verb, cue):
        return None
    sentence = g.sentence(verb)
    first, last = sentence.first, sentence.last - 1
    region = own_region(g, verb, verb)
    if verb.relation in CLOSING or verb.head == verb.i or unjoined(g, verb):
        region = reporting_clause(g, verb)
        if region[0] > first + 1:
            return words_outside_clause(g, verb, region), INSIDE, None
    if last - region[1] >= 3 and g.tokens[region[1] + 1].text in (",", ":"):
        return [g.span((region[1] + 1, last))], BEFORE, None
    return None


def unjoined(g: Ground, verb: Token) -> bool:
    """Whether a clause is put after another by a comma alone: "..., X wrote on ..."."""
    subject = g.child(verb, "subject")
    if verb.relation != "conjunct" or subject is None:
        return False
    start = g.left[subject.i]
    return start > 0 and g.tokens[start - 1].text == ","


FRAMES = (
    content_clause,
    content_quotation,
    content_infinitive,
    preposed,
    broken_in,
    content_object,
    content_around_clause,
)


def is_complement_clause(child: Token) -> bool:
    """Whether a clause that the parser only puts beside the verb is what it says."""
    return child.relation in ("parataxis", "open-clause") and child.form in (
        "present-third",
        "past",
        "present",
    )


def own_region(g: Ground, verb: Token, said: Token) -> Range:
    """Return the words of a reporting clause, what is said left out."""
    a, b = verb.i, verb.i
    for child in g.below(verb):
        if child is said or child.relation in (
            "punctuation",
            "content-clause",
            "parataxis",
        ):
            continue
        if child.i > said.i:
            a, b = min(a, g.left[child.i]), max(b, g.right[child.i])
    return a, b


def words_outside_clause(g: Ground, verb: Token, region: Range) -> list[Span]:
    """Return the words of the verb's sentence outside its reporting clause."""
    sentence = g.sentence(verb)
    first, last = sentence.first, sentence.last - 1
    pieces = [(first, region[0] - 1)]
    if (
        region[1] < last
        and continues(g, region[1], last)
        and not report_goes_on(g, region[1])
    ):
        pieces.append((region[1] + 1, last))
    return g.spans(p for p in pieces if holds_word(g, p))


def holds_word(g: Ground, words: Range) -> bool:
    """Whether a range of tokens holds any word at all."""
    a, b = words
    return any(t.pos not in UNSAID for t in g.tokens[a : b + 1])


def continues(g: Ground, end: int, last: int) -> bool:
    """Whether what is said goes on after the reporting clause: a mark, then words."""
    return last - end >= 2 and g.tokens[end + 1].pos == "PUNCT"


def report_goes_on(g: Ground, end: int) -> bool:
    """Whether the report itself goes on: "..., he said, as the country mourned"."""
    word = g.tokens[end + 2]
    return word.relation == "subordinator" and of_others(g, g.tokens[word.head])


def reporting_clause(g: Ground, verb: Token) -> Range:
    """Return the reporting clause from its subject to its last short complement."""
    a = b = verb.i
    for child in g.below(verb):
        left, right = g.left[child.i], g.right[child.i]
        if child.relation in PARTS and right - left < LONGEST:
            a, b = min(a, left), max(b, right)
    return a, b
