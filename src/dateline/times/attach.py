"""Which of a sentence's times belongs to which of its verbs and nouns."""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.model import Action, Parsed, Span, Token
from dateline.times.tagging import Timex

VERBS = ("VERB", "AUX")
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
DASHES = ("-", "–", "—")
SHORT = 8  # days: what is done "three times" and told of no day took longer
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


def parse_deed(parsed: Parsed, action: Action) -> Deed | None:
    """Return the action as the parse sees it, None where nothing was parsed there."""
    head = parsed.head_of(action.trigger)
    return Deed(parsed, action, head, nearest_verb(parsed, head)) if head else None


def nearest_verb(parsed: Parsed, token: Token) -> Token | None:
    """Return `token` if it is a verb, else the nearest verb above it."""
    if token.pos in VERBS:
        return token
    return next((each for each in parsed.above(token) if each.pos in VERBS), None)


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
    governor = chain[-1] if chain else None
    if governor is None or modifies_another(parsed, chain, at):
        verb = doer.verb
        told_of = verb is not None and verb.relation in (
            "relative-clause",
            "adnominal-clause",
        )
        of_it = chain and told_of and verb is not None and verb.head == chain[0].i
        inside = doer.action.evidence.covers(timex.span)
        return CLAUSE if of_it or inside else NOT_ITS
    return by_verb(doer, governor, timex)


def by_verb(doer: Deed, governor: Token, timex: Timex) -> int:
    """Return the rank of a time by the verb it hangs on."""
    if is_reporting_verb(doer, governor):
        return VERB if doer.verbal else NOT_ITS
    if tells_of(doer, governor):
        return VERB
    if (
        doer.verb is not None
        and governor == doer.verb
        and doer.head.relation in ARGUMENTS
    ):
        return VERB
    if governor == doer.verb or are_linked_verbs(doer, governor):
        return CLAUSE
    if doer.action.evidence.covers(timex.span) and not is_in_lower_clause(
        doer, governor
    ):
        return CLAUSE
    over = doer.verb is not None and governor in doer.parsed.above(doer.verb)
    return (
        SENTENCE
        if over
        and in_story(doer)
        and governor.lemma not in doer.parsed.words("times.saying")
        else NOT_ITS
    )


def tells_of(doer: Deed, governor: Token) -> bool:
    """Whether a relative clause says when a noun is ("a summit due in May")."""
    place = doer.parsed.words("times.taking-place")
    if governor.relation != "relative-clause" or governor.lemma not in place:
        return False
    named = doer.parsed.tokens[governor.head]
    inside = named == doer.head or doer.head in doer.parsed.above(named)
    return doer.head.pos in ("NOUN", "PROPN") and inside


def timex_governors(parsed: Parsed, token: Token, span: Span) -> Iterator[Token]:
    """Yield the words a time hangs on, up to its verb; words of its own left out."""
    for each in parsed.above(token):
        if span.covers(each.span):
            continue
        if each.pos not in ("ADP", "SCONJ", "PART", "DET", "NUM", "ADV", "CCONJ"):
            yield each
        if each.pos in VERBS:
            return


def heads_line(parsed: Parsed, span: Span) -> bool:
    """Whether a time opens its sentence, set off by a dash: "4 May 2019 - Seoul"."""
    sentence = parsed.sentence_at(span.start)
    after = parsed.text[span.end : span.end + 3].strip()
    return (
        sentence is not None
        and sentence.span.start == span.start
        and (after[:1] in DASHES and not after[1:2].isdigit())
    )


def modifies_another(parsed: Parsed, chain: list[Token], at: Token) -> bool:
    """Whether a time stands before a noun that it tells of ("the 1990 invasion")."""
    first = chain[0]
    before = at.start < first.start and at.relation in BEFORE_NOUN
    return first.pos in ("NOUN", "PROPN") and before


def within_since(doer: Deed, timex: Timex) -> bool:
    """Whether the deed is what the "since" before a time speaks of."""
    parsed = doer.parsed
    since = since_before(doer, timex)
    if since is None:
        return False
    top = parsed.tokens[since.head] if since.relation == "subordinator" else since
    return doer.head == top or top in parsed.above(doer.head)


def since_before(doer: Deed, timex: Timex) -> Token | None:
    """Return the "since" of the sentence that stands last before a time."""
    parsed, sentence = doer.parsed, doer.parsed.sentence_at(timex.span.start)
    start = sentence.span.start if sentence else timex.span.start
    words = parsed.tokens_in(Span(start, timex.span.start))
    since = parsed.words("times.since")
    return next((t for t in reversed(words) if t.text.lower() in since), None)


def is_reporting_verb(doer: Deed, governor: Token) -> bool:
    """Whether a verb tells that somebody said the deed's clause."""
    saying = doer.parsed.words("times.saying")
    if governor.lemma not in saying or governor.i == doer.head.i:
        return False
    chain = [doer.head, *doer.parsed.above(doer.head)]
    if governor in chain:
        return True
    return any(governor.relation in CONTENT and up.i == governor.head for up in chain)


def are_linked_verbs(doer: Deed, governor: Token) -> bool:
    """Whether two verbs tell one doing: "met and signed", "left to meet"."""
    verb = doer.verb
    if verb is None:
        return False
    pairs = ((verb, governor), (governor, verb))
    return any(
        a.head == b.i and a.relation in ("conjunct", "open-clause", "adverbial-clause")
        for a, b in pairs
    )


def is_in_lower_clause(doer: Deed, governor: Token) -> bool:
    """Whether a verb stands in a clause below the deed, with doings of its own."""
    return doer.head in doer.parsed.above(governor)


def told_past(parsed: Parsed, timex: Timex) -> bool:
    """Whether a time hangs on a verb in the past: "said on Monday that it will"."""
    at = parsed.head_of(timex.span)
    verb = nearest_verb(parsed, at) if at else None
    if verb is None or verb.form != "past":
        return False
    return verb.lemma not in parsed.words("times.be")


def is_perfect(parsed: Parsed, verb: Token) -> bool:
    """Whether a verb tells what was over by then: "had moved", "has moved"."""
    helped = parsed.below(verb, "auxiliary")
    have = parsed.words("times.have")
    return verb.form == "participle" and any(c.lemma in have for c in helped)


def set_off(parsed: Parsed, clause: Token, head: Token) -> bool:
    """Whether a relative clause stands before a verb, or after a comma."""
    first = min(parsed.subtree(clause), key=lambda t: t.i)
    return clause.i < head.i or parsed.tokens[first.i - 1].text == ","


def in_story(doer: Deed) -> bool:
    """Whether the deed is told in the main line of its sentence, as done."""
    verb = doer.verb
    if verb is None or verb.relation not in JOINED or pluperfect(doer):
        return False
    light = verb.lemma in doer.parsed.words("times.light") and doer.head.relation in (
        "object",
        "subject",
        "passive-subject",
    )
    return doer.head == verb or light


def pluperfect(doer: Deed) -> bool:
    """Whether the deed lies before the story ("had moved")."""
    verb = doer.verb
    return verb is not None and any(
        child.text.lower() in doer.parsed.words("times.had")
        for child in doer.parsed.below(verb, "auxiliary")
    )


def narrated(doer: Deed) -> bool:
    """Whether a verb in the simple past carries the story on with the deed."""
    verb = doer.verb
    if verb is None or not in_story(doer):
        return False
    if verb.lemma in doer.parsed.words("times.speech"):
        return False
    past = verb.form == "past" or any(
        child.form == "past"
        for child in doer.parsed.below(verb, "auxiliary", "passive-auxiliary")
    )
    return past and verb.relation in ("root", "conjunct", "content-clause")


def is_counted_deed(doer: Deed) -> bool:
    """Whether a deed is told as done so many times: "three times he visited"."""
    parsed, verb = doer.parsed, doer.verb or doer.head
    some = parsed.below(verb, "adverbial-noun", "adverb", "object", "unclear")
    twice, time = parsed.words("times.twice"), parsed.words("times.time")
    return any(
        c.lemma in twice or (c.lemma in time and any(parsed.below(c, "number")))
        for c in some
    )


def finite(parsed: Parsed, verb: Token) -> str:
    """Return "past", "present", "perfect" or "ahead" for a verb and its auxiliaries."""
    helped = list(parsed.below(verb, "auxiliary", "passive-auxiliary"))
    tags = [verb.form, *(c.form for c in helped)]
    modal, have = "modal" in tags[1:], parsed.words("times.have")
    if modal and any(c.lemma in have for c in helped):
        return "perfect"  # "may have been killed"
    if modal or any(c.text.lower() in parsed.words("times.to") for c in helped):
        return "ahead"
    if "past" in tags:
        return "past"
    if any(c.lemma in have for c in helped):
        return "perfect"
    return "present" if "present-third" in tags or "present" in tags else ""
