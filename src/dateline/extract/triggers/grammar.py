"""What several modules ask of grammar, and what a sentence tells in its own verb.

Relations and sorts of words, what is over one; what was done, may or may not be.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from dateline.model import Act, Parsed, Relations, Span, Token, Words

NOUNS = frozenset(("NOUN", "PROPN"))
SMALL = frozenset(("PUNCT", "CCONJ"))
TELLS: Relations = ("adjective", "compound", "noun-modifier")  # a noun that follows
SAID: Relations = ("content-clause", "parataxis")  # what is said, under its saying
CERTAIN, LIKELY = 0.95, 0.65  # how sure its deed must be
FURTHER = 0.9  # how sure all words of a party but the surest must be
PAST = frozenset(("past", "participle"))
WHO = 0.85  # how sure who does it must be


def steps(parsed: Parsed, word: Token) -> Iterator[tuple[Token, Token]]:
    """Yield a word and the words over it, each with the one that it hangs on."""
    yield from pairwise((word, *parsed.above(word)))


def first_of_list(parsed: Parsed, token: Token) -> Token:
    """Return the first of the list in which a word stands."""
    while token.relation == "conjunct":
        token = parsed.tokens[token.head]
    return token


def words_between(parsed: Parsed, left: Span, right: Span) -> list[Token]:
    """Return the words that stand between two spans."""
    gap = Span(left.end, right.start)
    return [word for word in parsed.tokens_in(gap) if gap.covers(word.span)]


def spans_holding(spans: Sequence[Span], words: Iterable[Token]) -> list[Span]:
    """Return the spans that hold one of some words."""
    every = [word.span for word in words]
    return [span for span in spans if any(map(span.covers, every))]


def highest_confidence(found: Iterable[Words]) -> float:
    """Return how sure the surest of some words are, 0 for none."""
    return max((words.sure for words in found), default=0.0)


def tells_past_deed(parsed: Parsed, act: Act) -> bool:
    """Whether a sentence's own verb tells a deed in the past."""
    words = parsed.tokens_in(act.trigger)
    return any(w.form in PAST and is_main_verb_misread(parsed, w) for w in words)


def left_open(parsed: Parsed, act: Act) -> bool:
    """Whether a sentence's own verb tells what somebody may, must or did not do.

    So does a verb in what is said: "Rebels could attack the port, officials said".
    """
    verb = parsed.head_of(act.trigger)
    if verb is None or verb.pos != "VERB":
        return False
    under_root = parsed.tokens[verb.head].relation == "root"
    if verb.relation != "root" and not (verb.relation in SAID and under_root):
        return False
    told = any(c.form == "modal" or c.relation == "negation" for c in parsed.below(verb))
    return told and highest_confidence(act.actors) >= WHO and act.deeds[0][1] >= LIKELY


def noun_tells_deed(parsed: Parsed, act: Act) -> bool:
    """Whether a noun tells a deed, done surely to somebody by a verb in the past.

    "A bomb killed 12 people and wounded 30", "the bomb that killed 12": it is the deed.
    """
    words = parsed.tokens_in(act.trigger)
    nouns = [w for w in words if w.pos == "NOUN"]
    verbs = [parsed.tokens[w.head] for w in nouns if w.relation == "subject"]
    harm = [c for w in nouns for c in parsed.below(w, "relative-clause")]
    past = any(v.form in PAST and is_main_verb_misread(parsed, v) for v in verbs)
    past |= any(c.form == "past" and any(parsed.below(c, "object")) for c in harm)
    hurt = highest_confidence(act.recipients) >= FURTHER
    return past and hurt and act.deeds[0][1] >= CERTAIN


def is_main_verb_misread(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb is its sentence's own, be it read as "a bomb that was killed"."""
    over = parsed.tokens[verb.head]
    misread = (
        verb.relation == "adnominal-clause"
        and over.relation == "root"
        and any(parsed.below(verb, "object"))
    )
    return verb.relation == "root" or misread
