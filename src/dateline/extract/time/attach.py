"""Which of a sentence's times belongs to which of its verbs and nouns."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.extract.time.tagging import Timex
from dateline.model import SUBJECTS, Action, Parsed, Span, Token

VERBS = ("VERB", "AUX")
NOUNS = ("NOUN", "PROPN")
CLAUSES = frozenset(("relative-clause", "adnominal-clause"))
CONTENT = frozenset(("content-clause", "parataxis"))
JOINED = frozenset(
    ("root", "conjunct", "open-clause", "adverbial-clause", "content-clause", "unclear")
)
ARGUMENTS = frozenset(
    ("object", "subject", "passive-subject", "predicate", "oblique", "object-predicate")
)
BEFORE_NOUN = frozenset(
    "number compound adjective owner adverbial-noun noun-modifier quantifier".split()
)
SMALL = frozenset("ADP SCONJ PART DET NUM ADV CCONJ".split())
DASHES = ("-", "–", "—")
OWN, UNDER, VERB, CLAUSE, SENTENCE, NOT_ITS = range(6)


@dataclass(frozen=True, slots=True)
class Deed:
    """The words of an action as parsed: its head and the verb it hangs on."""

    parsed: Parsed
    action: Action
    head: Token
    verb: Token | None

    @property
    def verbal(self) -> bool:
        """Whether the deed is done by speaking."""
        return "by-word" in self.action.traits

    @property
    def chain(self) -> tuple[Token, ...]:
        """The deed's head and the words above it."""
        return (self.head, *self.parsed.above(self.head))


def parse_deed(parsed: Parsed, action: Action) -> Deed | None:
    """Return the action as the parse sees it, None where nothing was parsed there."""
    head = parsed.head_of(action.trigger)
    return Deed(parsed, action, head, nearest_verb(parsed, head)) if head else None


def nearest_verb(parsed: Parsed, token: Token) -> Token | None:
    """Return `token` if it is a verb, else the nearest verb above it."""
    if token.pos in VERBS:
        return token
    return next((each for each in parsed.above(token) if each.pos in VERBS), None)


def verb_of_timex(parsed: Parsed, timex: Timex) -> Token | None:
    """Return the verb that a time hangs on."""
    at = parsed.head_of(timex.span)
    return nearest_verb(parsed, at) if at else None


def word_before_time(text: str, span: Span) -> str:
    """Return the word before a time, in small letters.

    >>> word_before_time("It began in, 2017", Span(13, 17))
    'in'
    """
    head = text[max(0, span.start - 20) : span.start].rstrip(" ,\n").lower()
    return head.split()[-1] if head else ""


def rank_timex(doer: Deed, timex: Timex) -> int:
    """Return how close a time of the same sentence is to the deed; NOT_ITS is never."""
    parsed, head = doer.parsed, doer.head
    at = parsed.head_of(timex.span)
    if heads_line(parsed, timex.span):
        return VERB
    if at is None:
        return CLAUSE if doer.action.evidence.covers(timex.span) else NOT_ITS
    chain = list(timex_governors(parsed, at, timex.span))
    if doer.action.trigger.overlaps(timex.span) or (chain and chain[0] == head):
        return OWN
    if head in chain:
        return UNDER
    if chain and not modifies_another(parsed, chain, at):
        return rank_by_verb(doer, chain[-1], timex)
    verb = doer.verb
    told_of = verb is not None and verb.relation in CLAUSES
    of_it = chain and told_of and verb is not None and verb.head == chain[0].i
    inside = doer.action.evidence.covers(timex.span)
    return CLAUSE if of_it or inside else NOT_ITS


def rank_by_verb(doer: Deed, governor: Token, timex: Timex) -> int:
    """Return the rank of a time by the verb it hangs on."""
    parsed, verb = doer.parsed, doer.verb
    if is_reporting_verb(doer, governor):
        return VERB if doer.verbal else NOT_ITS
    place = parsed.words("times.taking-place")
    if governor.relation == "relative-clause" and governor.lemma in place:
        named = parsed.tokens[governor.head]  # "a summit due in May"
        if doer.head.pos in NOUNS and doer.head in (named, *parsed.above(named)):
            return VERB
    if governor == verb:
        return VERB if doer.head.relation in ARGUMENTS else CLAUSE
    # two verbs tell one doing: "met and signed", "left to meet"
    links = ("conjunct", "open-clause", "adverbial-clause")
    pairs = ((verb, governor), (governor, verb)) if verb else ()
    if any(a.head == b.i and a.relation in links for a, b in pairs):
        return CLAUSE
    inside = doer.action.evidence.covers(timex.span)
    if inside and doer.head not in parsed.above(governor):
        return CLAUSE
    over = verb is not None and governor in parsed.above(verb)
    said = governor.lemma in parsed.words("times.saying")
    return SENTENCE if over and in_story(doer) and not said else NOT_ITS


def timex_governors(parsed: Parsed, token: Token, span: Span) -> Iterator[Token]:
    """Yield the words a time hangs on, up to its verb; words of its own left out."""
    for each in parsed.above(token):
        if span.covers(each.span):
            continue
        if each.pos not in SMALL:
            yield each
        if each.pos in VERBS:
            return


def heads_line(parsed: Parsed, span: Span) -> bool:
    """Whether a time opens its sentence, set off by a dash: "4 May 2019 - Seoul"."""
    sentence = parsed.sentence_at(span.start)
    after = parsed.text[span.end : span.end + 3].strip()
    dashed = after[:1] in DASHES and not after[1:2].isdigit()
    return sentence is not None and sentence.span.start == span.start and dashed


def modifies_another(parsed: Parsed, chain: list[Token], at: Token) -> bool:
    """Whether a time stands before a noun that it tells of ("the 1990 invasion")."""
    first = chain[0]
    before = at.start < first.start and at.relation in BEFORE_NOUN
    return first.pos in NOUNS and before


def within_since(doer: Deed, timex: Timex) -> bool:
    """Whether the deed is what the "since" before a time speaks of."""
    since = since_before(doer, timex)
    if since is None:
        return False
    subordinates = since.relation == "subordinator"
    top = doer.parsed.tokens[since.head] if subordinates else since
    return top in doer.chain


def since_before(doer: Deed, timex: Timex) -> Token | None:
    """Return the "since" of the sentence that stands last before a time."""
    parsed, sentence = doer.parsed, doer.parsed.sentence_at(timex.span.start)
    start = sentence.span.start if sentence else timex.span.start
    words = parsed.tokens_in(Span(start, timex.span.start))
    since = parsed.words("times.since")
    return next((t for t in reversed(words) if t.text.lower() in since), None)


def is_reporting_verb(doer: Deed, governor: Token) -> bool:
    """Whether a verb tells that somebody said the deed's clause."""
    saying, chain = doer.parsed.words("times.saying"), doer.chain
    if governor.lemma not in saying or governor.i == doer.head.i:
        return False
    beside = governor.relation in CONTENT
    return governor in chain or (beside and any(t.i == governor.head for t in chain))


def set_off(parsed: Parsed, clause: Token, head: Token) -> bool:
    """Whether a relative clause stands before a verb, or after a comma."""
    first = min(parsed.subtree(clause), key=lambda t: t.i)
    return clause.i < head.i or parsed.tokens[first.i - 1].text == ","


def in_story(doer: Deed) -> bool:
    """Whether the deed is told in the main line of its sentence, as done."""
    verb = doer.verb
    if verb is None or verb.relation not in JOINED or pluperfect(doer):
        return False
    light = verb.lemma in doer.parsed.words("times.light")
    argument = doer.head.relation in ("object", *SUBJECTS)
    return doer.head == verb or (light and argument)


def pluperfect(doer: Deed) -> bool:
    """Whether the deed lies before the story ("had moved")."""
    parsed, verb = doer.parsed, doer.verb
    helped = parsed.below(verb, "auxiliary") if verb else ()
    return any(child.text.lower() in parsed.words("times.had") for child in helped)


def was_over_before(doer: Deed, verb: Token) -> bool:
    """Whether a verb tells what was over when the deed was done."""
    at_verb = Deed(doer.parsed, doer.action, verb, verb)
    return pluperfect(at_verb) and not pluperfect(doer)


def narrated(doer: Deed) -> bool:
    """Whether a verb in the simple past carries the story on with the deed."""
    parsed, verb = doer.parsed, doer.verb
    if verb is None or not in_story(doer):
        return False
    if verb.lemma in parsed.words("times.speech"):
        return False
    helped = parsed.below(verb, "auxiliary", "passive-auxiliary")
    past = verb.form == "past" or any(child.form == "past" for child in helped)
    return past and verb.relation in ("root", "conjunct", "content-clause")


def verb_tense(parsed: Parsed, verb: Token) -> str:
    """Return "past", "present", "perfect" or "ahead" for a verb and its auxiliaries."""
    helped = list(parsed.below(verb, "auxiliary", "passive-auxiliary"))
    tags = [verb.form, *(c.form for c in helped)]
    modal = "modal" in tags[1:]
    have = any(c.lemma in parsed.words("times.have") for c in helped)
    if modal and have:
        return "perfect"  # "may have been killed"
    if modal or any(c.text.lower() in parsed.words("times.to") for c in helped):
        return "ahead"
    if "past" in tags:
        return "past"
    if have:
        return "perfect"
    return "present" if "present-third" in tags or "present" in tags else ""
