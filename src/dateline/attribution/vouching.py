"""Whether a saying vouches for an event that its content names."""

from dateline.attribution.cues import Class, Cue, load_cues
from dateline.attribution.rules import full_rule_name
from dateline.attribution.saying import Saying
from dateline.model import Parsed, Span, Token

TELLING = frozenset(("speech", "thought", "evidence"))
NOMINAL = frozenset((full_rule_name("object"), full_rule_name("noun")))
COMPLEMENTED = frozenset((full_rule_name("passive"), full_rule_name("seems")))
INFINITIVE = full_rule_name("infinitive")
PASSIVE = full_rule_name("passive")


def saying_vouches(parsed: Parsed, one: Saying, trigger: Span) -> bool:
    """Whether a saying vouches for an event that its content names."""
    idle = (
        only_passes_on(parsed, one) or only_foresees(parsed, one) or ours(parsed, one)
    )
    if one.sense not in TELLING or idle:
        return False
    if one.why.rule in COMPLEMENTED:
        return trigger.start >= one.cue[-1].end
    if one.why.rule == INFINITIVE:
        act = parsed.head_of(one.content[-1])
        return act is not None and act.span.overlaps(trigger)
    if one.why.rule not in NOMINAL:
        return True
    head = parsed.head_of(one.content[0])
    if head is not None and head.pos == "NOUN" and cue_of_token(parsed, head):
        return True
    bare = head is not None and head.pos in ("NOUN", "PROPN")
    return not bare or is_factive_cue(parsed, one) or relays(parsed, one)


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


def is_factive_cue(parsed: Parsed, one: Saying) -> bool:
    """Whether naming an event is enough to say that it happened: "reported a raid"."""
    for token in parsed.tokens_in(one.cue[0]):
        cue = cue_of_token(parsed, token)
        if cue is not None:
            return "event" in cue.frames
    return False


def cue_of_token(parsed: Parsed, token: Token) -> Cue | None:
    """Return the cue that a token is, as a noun or as a verb."""
    kind: Class = "noun" if token.pos == "NOUN" else "verb"
    return load_cues(parsed.lexicon, kind).get(token.lemma)


def only_passes_on(parsed: Parsed, one: Saying) -> bool:
    """Whether a saying only passes on another's words, by nobody: "was quoted as"."""
    return not one.source and relays(parsed, one)


def only_foresees(parsed: Parsed, one: Saying) -> bool:
    """Whether words only tell what is to come, by nobody: "were expected to sign"."""
    lemmas = {t.lemma for t in parsed.tokens_in(one.cue[0])}
    ahead = bool(lemmas & parsed.words("attribution.foresee"))
    return one.why.rule == PASSIVE and not one.source and ahead


def relays(parsed: Parsed, one: Saying) -> bool:
    """Whether the cue is a word for passing on: quoted, cited."""
    words = parsed.words("attribution.relay")
    return any(t.lemma in words for t in parsed.tokens_in(one.cue[0]))


def ours(parsed: Parsed, one: Saying) -> bool:
    """Whether the outlet's own correspondent speaks: the report's own voice."""
    outlet = parsed.report.outlet.lower()
    words = " ".join(piece.of(parsed.text) for piece in one.source).lower()
    if any(word in words for word in parsed.words("attribution.own-writer")):
        return True
    reporter = parsed.words("attribution.own-reporter")
    return bool(outlet) and outlet in words and any(w in words for w in reporter)
