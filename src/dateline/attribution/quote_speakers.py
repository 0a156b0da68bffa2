"""Quotations that the parse gives no speaker: the reporting words beside them."""

from collections.abc import Iterator

from dateline.attribution.cues import load_cues
from dateline.attribution.ground import Ground, is_edge_token
from dateline.attribution.quotes import Quote
from dateline.attribution.rules import full_rule_name
from dateline.attribution.saying import Saying, tidy_pieces
from dateline.attribution.verbs import cue_words
from dateline.model import Span, Token, Why

AFTER = full_rule_name("beside-after")
BEFORE = full_rule_name("beside-before")
WINDOW = 16  # tokens beside a quotation in which its reporting verb may stand
FINITE = frozenset(("past", "present-third", "present", "participle", "gerund"))
PERSONS = frozenset(("PROPN", "PRON", "NOUN"))


def find_saying_beside(g: Ground, quote: Quote) -> Saying | None:
    """Return the saying whose reporting words stand beside a quotation."""
    return saying_after_quote(g, quote) or saying_before_quote(g, quote)


def saying_after_quote(g: Ground, quote: Quote) -> Saying | None:
    """Return the saying of "...," the mayor said (or said the mayor)."""
    if "\n" in g.parsed.text[quote.inner.end : quote.span.end + 3]:
        return None
    words = list(window(g, quote.span.end))
    verb = next((t for t in words if may_report_words(g, t)), None)
    if verb is None or any(t.pos == "VERB" for t in words[: words.index(verb)]):
        return None
    return saying_of_quote(g, AFTER, verb, speaker_of_clause(g, verb, words), quote)


def window(g: Ground, at: int) -> Iterator[Token]:
    """Yield the words after a place, up to the sentence's end or a new quotation."""
    first = next(iter(g.parsed.tokens_in(Span(at, at + 30))), None)
    if first is None:
        return
    for token in g.tokens[first.i : first.i + WINDOW]:
        if "\n" in token.text or token.text in (".", '"', "“", "``", ";"):
            return
        yield token


def saying_before_quote(g: Ground, quote: Quote) -> Saying | None:
    """Return the saying of the words before a quotation: the mayor told us: "..."."""
    start = quote.span.start
    lead = g.parsed.text[max(0, start - 3) : start].rstrip(" ")
    if lead[-1:] not in (",", ":"):
        return None
    near = g.parsed.tokens_in(Span(max(0, start - 250), start))
    words = [t for t in near if t.end <= start]
    verb = verb_before_quote(g, words, lead[-1:] == ":")
    if verb is None:
        return None
    subject = g.subject(verb)
    return (
        saying_of_quote(g, BEFORE, verb, subject, quote)
        if subject is not None
        else None
    )


def verb_before_quote(g: Ground, words: list[Token], colon: bool) -> Token | None:
    """Return the verb that leads up to a quotation, any verb before a colon."""
    if not words:
        return None
    first = g.sentence(words[-1]).first
    inside = [t for t in words if t.i >= first]
    verbs = [t for t in inside if may_report_words(g, t)]
    if not verbs and colon:
        verbs = [t for t in inside if t.pos == "VERB" and t.head == t.i]
    return verbs[-1] if verbs else None


def may_report_words(g: Ground, token: Token) -> bool:
    """Whether a token is a finite verb that may report words."""
    if token.pos not in ("VERB", "AUX") or token.form not in FINITE:
        return False
    cue = load_cues(g.parsed.lexicon, "verb").get(token.lemma)
    return cue is not None and cue.sense in ("speech", "thought", "stance")


def speaker_of_clause(g: Ground, verb: Token, words: list[Token]) -> Token | None:
    """Return who speaks in a reporting clause: the subject, or the name beside it."""
    own = g.child(verb, "subject")
    if own is not None and own in words:
        return own
    at = words.index(verb)
    left = [t for t in words[:at] if t.pos in PERSONS]
    if left:
        return left[-1]
    right = [
        t for t in words[at + 1 : at + 5] if t.pos in PERSONS and not is_edge_token(t)
    ]
    return head_of_name(g, right[0]) if right else None


def head_of_name(g: Ground, token: Token) -> Token:
    """Return the head of the name that a token belongs to."""
    while token.relation in ("compound", "owner", "adjective") and token.head > token.i:
        token = g.tokens[token.head]
    return token


def saying_of_quote(
    g: Ground, rule: str, verb: Token, who: Token | None, quote: Quote
) -> Saying | None:
    """Return the saying of a quotation; None where the speaker is part of it."""
    if who is None or quote.inner.covers(who.span) or quote.inner.covers(verb.span):
        return None
    cue = tuple(cue_words(g, verb))
    source = cut_quotation_out(quote, g.span(g.phrase(who)), who)
    text = g.parsed.text
    why = Why(rule, cue[0])
    return Saying(tidy_pieces(text, [source]), cue, (quote.inner,), "speech", why)


def cut_quotation_out(quote: Quote, words: Span, who: Token) -> Span:
    """Return a speaker's words without what a wrong parse takes from the quotation."""
    if not words.overlaps(quote.span):
        return words
    if who.start >= quote.span.end:
        return who.span
    return Span(words.start, min(words.end, quote.span.start))
