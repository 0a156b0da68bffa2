"""Which sayings vouch for an event that their content names, the outermost first."""

from collections.abc import Sequence

from dateline.extract.attribution.parse_index import RELATIVE, begins_at_quote
from dateline.extract.attribution.spans import Class, Cue, Saying, full_rule_name, load_cues
from dateline.model import Parsed, Span, Token

TELLING = frozenset(("speech", "thought", "evidence"))
NOMINAL = frozenset((full_rule_name("object"), full_rule_name("noun")))
COMPLEMENTED = frozenset((full_rule_name("passive"), full_rule_name("seems")))
INFINITIVE = full_rule_name("infinitive")
PASSIVE = full_rule_name("passive")
ACCORDING, CITED = full_rule_name("according-to"), full_rule_name("cited")
PERSONAL = "pronoun"  # the tag of "he" and "they", not of "some" and "others"


def saying_vouches(parsed: Parsed, one: Saying, trigger: Span) -> bool:
    """Whether a saying vouches for an event that its content names."""
    passed_on = not one.source and relays(parsed, one)  # by nobody: "was quoted as"
    idle = passed_on or only_foresees(parsed, one) or is_by_outlet(parsed, one)
    if one.sense not in TELLING or idle:
        return False
    if one.why.rule in COMPLEMENTED:
        return trigger.start >= one.cue[-1].end
    if one.why.rule == INFINITIVE:
        act = parsed.head_of(one.content[-1])
        return act is not None and act.span.overlaps(trigger)
    head = parsed.head_of(one.content[0]) if one.why.rule in NOMINAL else None
    if head is None or head.pos not in ("NOUN", "PROPN") or relays(parsed, one):
        return True
    if head.pos == "NOUN" and cue_of_token(parsed, head):
        return True
    # naming an event is enough to say that it happened: "reported a raid"
    cues = (cue_of_token(parsed, token) for token in parsed.tokens_in(one.cue[0]))
    first = next((cue for cue in cues if cue is not None), None)
    return first is not None and "event" in first.frames


def unsaid(parsed: Parsed, one: Saying) -> bool:
    """Whether words tell that nobody said it: "could not confirm", "no one said"."""
    if one.source and is_of_nobody(parsed, one.source[0]):
        return True
    every = (t for piece in one.cue for t in parsed.tokens_in(piece))
    verbs = [t for t in every if t.pos == "VERB"]
    return any(unwilling(parsed, t) or any(parsed.below(t, "negation")) for t in verbs)


def unwilling(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb tells that somebody would not speak: "declined to comment"."""
    words = parsed.words("attribution.unwilling")
    if verb.lemma in words:
        verbs = load_cues(parsed.lexicon, "verb")
        return any(v.lemma in verbs for v in parsed.below(verb, "open-clause"))
    return verb.relation == "open-clause" and parsed.tokens[verb.head].lemma in words


def is_of_nobody(parsed: Parsed, words: Span) -> bool:
    """Whether words are of no one: "nobody", "no official", "neither side"."""
    head = parsed.head_of(words)
    if head is None:
        return False
    below = (c.text.lower() for c in parsed.below(head, "determiner", "preconjunction"))
    none = parsed.words("attribution.nobody")
    return head.text.lower() in none or not none.isdisjoint(below)


def cue_of_token(parsed: Parsed, token: Token) -> Cue | None:
    """Return the cue that a token is, as a noun or as a verb."""
    kind: Class = "noun" if token.pos == "NOUN" else "verb"
    return load_cues(parsed.lexicon, kind).get(token.lemma)


def only_foresees(parsed: Parsed, one: Saying) -> bool:
    """Whether words only tell what is to come, by nobody: "were expected to sign"."""
    lemmas = {t.lemma for t in parsed.tokens_in(one.cue[0])}
    ahead = bool(lemmas & parsed.words("attribution.foresee"))
    return one.why.rule == PASSIVE and not one.source and ahead


def relays(parsed: Parsed, one: Saying) -> bool:
    """Whether the cue is a word for passing on: quoted, cited."""
    words = parsed.words("attribution.relay")
    return any(t.lemma in words for t in parsed.tokens_in(one.cue[0]))


def is_by_outlet(parsed: Parsed, one: Saying) -> bool:
    """Whether the outlet's own correspondent speaks: the report's own voice."""
    outlet = parsed.report.outlet.lower()
    words = " ".join(piece.of(parsed.text) for piece in one.source).lower()
    if any(word in words for word in parsed.words("attribution.own-writer")):
        return True
    reporter = parsed.words("attribution.own-reporter")
    return bool(outlet) and outlet in words and any(w in words for w in reporter)


def chain_sayings(parsed: Parsed, found: Sequence[Saying]) -> list[Saying]:
    """Return sayings that hold one act, outermost first, no speaker a second time.

    Who is cited speaks within what the citing one says, in whatever order they stand.
    """

    def order(one: Saying) -> tuple[bool, int, bool, int]:
        outer = one.why.rule == ACCORDING and trails_others(parsed, one, found)
        return not outer, -reach(one, found), one.why.rule == CITED, one.start

    if len(found) < 2:
        return list(found)
    ordered = sorted(found, key=order)
    return [s for i, s in enumerate(ordered) if i == 0 or not again(parsed, s, ordered[:i])]


def trails_others(parsed: Parsed, one: Saying, found: Sequence[Saying]) -> bool:
    """Whether somebody passes on what another said: "X said so, according to Y"."""
    trails = one.content[-1].end <= one.cue[0].start
    return trails and any(
        two.cue[-1].end < one.cue[0].start
        and two.says(one.cue[0])
        and not within_marks(parsed, two, one.cue[0])
        for two in found
        if two is not one and two.cue
    )


def reach(one: Saying, others: Sequence[Saying]) -> int:
    """Return how much a saying covers, less a clause behind it that covers it whole.

    In "the ministry said it had left, the agency reported" the agency is outermost.
    """
    over = [s for s in others if s is not one and one.cue and s.says(one.cue[0])]
    tails = [s.source[0].start for s in over if s.source and one.says(s.source[0])]
    cut = min((at for at in tails if at > one.cue[-1].end), default=None)
    return one.size if cut is None else cut - one.cue[-1].end


def again(parsed: Parsed, one: Saying, outer: Sequence[Saying]) -> bool:
    """Whether an inner speaker is a pronoun for the outer: "she said she believes".

    Who is named only behind it is not meant: "he said so, the agency reported".
    """
    span = words_for_speaker(parsed, one)
    head = parsed.head_of(span) if span is not None else None
    if span is None or head is None or head.form != PERSONAL:
        return False
    if head.text.lower() in parsed.words("attribution.first-person"):
        return True
    ahead = [two for two in outer if not two.source or two.source[0].start < span.start]
    return bool(ahead) and not any(within_marks(parsed, two, span) for two in outer)


def within_marks(parsed: Parsed, one: Saying, words: Span) -> bool:
    """Whether words lie in what a saying quotes directly."""
    pieces = (piece for piece in one.content if piece.covers(words))
    return any(begins_at_quote(parsed.text, piece) for piece in pieces)


def words_for_speaker(parsed: Parsed, one: Saying) -> Span | None:
    """Return the words for the speaker, a relative pronoun read as its noun."""
    if not one.source:
        return None
    span = one.source[0]
    head = parsed.head_of(span)
    above = parsed.above(head) if head is not None and head.form in RELATIVE else ()
    clause = next((t for t in above if t.relation == "relative-clause"), None)
    if head is None or clause is None:
        return span
    noun = parsed.tokens[clause.head]
    words = [t for t in parsed.subtree(noun) if t.start < head.start]
    return Span(words[0].start, noun.end) if words else noun.span
