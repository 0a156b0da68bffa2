"""Words that only tell more of another party: "aides who met | the king"."""

from collections.abc import Sequence

from dateline.model import Parsed, Span, Token

PLACES = frozenset(("body", "place", "state", "thing"))
APART = frozenset(("including", "like", "as", "with"))  # "allies, including Mali"
TELLS = frozenset(
    ("adjective", "compound", "noun-modifier", "adverbial-noun")
)  # relations to a noun
WITHIN = frozenset(("in", "near", "outside"))
COMMON = frozenset(("NOUN", "ADJ"))
AGES = frozenset(("apposition", "adverbial-noun"))
NAMED = ("name", "person")
CLOSES = frozenset((",", ";", ")", "—", "–"))


def inside(parsed: Parsed, span: Span, every: Sequence[Span]) -> bool:
    """Whether words tell more of another party: "aides who met | the king"."""
    own = word = parsed.head_of(span)
    if own is None or located(parsed, own, span, every):
        return own is not None
    if described(parsed, own, span, every):
        return True
    heads = {head.i for s in every if s != span and (head := parsed.head_of(s))}
    while word is not None and word.head != word.i:
        over = parsed.tokens[word.head]
        if (
            word.relation == "apposition"
            and own.relation in TELLS
            and told(over, span, every)
        ):
            return not after_comma(
                parsed, span, every
            )  # "friends of Foo, a | British | man"
        if (
            over.i in heads
            and word.relation != "conjunct"
            and not span.covers(over.span)
        ):
            return describes(parsed, word)
        word = over
    return False


def describes(parsed: Parsed, word: Token) -> bool:
    """Whether what hangs on a party by a word only tells more of it.

    Of "a raid on a village that killed five" the village is often read as the killer.
    """
    if word.relation == "preposition":
        return word.tag == "IN" and word.text.lower() not in (*APART, "of")
    sorts = {m.sort for m in parsed.mentions if m.head == word.head}
    return word.relation == "adnominal-clause" or (
        word.relation == "relative-clause" and not sorts & PLACES
    )


def after_comma(parsed: Parsed, span: Span, every: Sequence[Span]) -> bool:
    """Whether a party stands in a list as headlines have it: "Chad, | Niger sign"."""
    first = parsed.tokens_in(span)[0].i
    comma, name = parsed.tokens[max(0, first - 1)], parsed.tokens[max(0, first - 2)]
    return comma.text == "," and told(name, span, every)


def told(word: Token, span: Span, every: Sequence[Span]) -> bool:
    """Whether a word is part of another party."""
    return any(s.covers(word.span) for s in every if s != span)


def located(parsed: Parsed, word: Token, span: Span, every: Sequence[Span]) -> bool:
    """Whether a place tells where that of another party is: "police in Foo, | Utah"."""
    comma, town, prep = (parsed.tokens[max(0, word.i - n)] for n in (1, 2, 3))
    names = [e.span for e in parsed.entities if e.label == "GPE"]
    both = all(any(name.covers(w.span) for name in names) for w in (town, word))
    while prep.i and prep.relation == "compound":
        prep = parsed.tokens[prep.i - 1]
    within = prep.text in WITHIN and told(town, span, every) and told(prep, span, every)
    return comma.text == "," and both and within


def described(parsed: Parsed, word: Token, span: Span, every: Sequence[Span]) -> bool:
    """Whether words say what somebody named is: "Foo Bar, a priest | and a poet, …".

    A mark closes what is said of him, and none closes a list.
    """
    if word.pos not in COMMON:
        return False
    first = first_of_list(parsed, word)
    over = parsed.tokens[first.head]
    while over.relation == "apposition":
        over = parsed.tokens[over.head]
    people = (m.head for m in parsed.mentions if (m.kind, m.sort) == NAMED)
    if (
        first.relation != "apposition"
        or first.pos not in COMMON
        or over.i not in people
    ):
        return False
    words = [w for w in parsed.subtree(first) if w.pos != "PUNCT"]
    after = parsed.tokens[words[-1].i + 1 : words[-1].i + 2]
    return told(over, span, every) and bool(after) and after[0].text in CLOSES


def aged(parsed: Parsed, span: Span, every: Sequence[Span]) -> bool:
    """Whether a span is the age of another party: "Foo, 45", "men, aged 34 and 36"."""
    head = parsed.head_of(span)
    if head is None or head.pos != "NUM":
        return False
    first = first_of_list(parsed, head)
    over = list(parsed.above(first)) if first.relation in AGES else []
    return any(s.covers(w.span) for s in every if s != span for w in over)


def first_of_list(parsed: Parsed, token: Token) -> Token:
    """Return the first of the list in which a word stands."""
    while token.relation == "conjunct":
        token = parsed.tokens[token.head]
    return token
