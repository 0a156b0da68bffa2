"""Words that only tell more of another party: "aides who met | the king"."""

from collections.abc import Sequence

from dateline.actions.grammar import TELLS, first_of_list, spans_holding, steps
from dateline.model import Parsed, Span, Token

PLACES = frozenset(("body", "place", "state", "thing"))
COMMON = frozenset(("NOUN", "ADJ"))
AGES = frozenset(("apposition", "adverbial-noun"))
NAMED = ("name", "person")
CLOSES = frozenset((",", ";", ")", "—", "–"))


def only_describes_party(parsed: Parsed, span: Span, every: Sequence[Span]) -> bool:
    """Whether words tell more of another party: "aides who met | the king"."""
    own = parsed.head_of(span)
    if own is None:
        return False
    if locates_other_party(parsed, own, span, every) or is_description_of_named(
        parsed, own, span, every
    ):
        return True
    heads = {head.i for s in every if s != span and (head := parsed.head_of(s))}
    tells = own.relation in (*TELLS, "adverbial-noun")
    for word, over in steps(parsed, own):
        if (
            word.relation == "apposition"
            and tells
            and is_part_of_other_party(over, span, every)
        ):
            # "friends of Foo, a | British | man"
            return not after_comma(parsed, span, every)
        party = over.i in heads and not span.covers(over.span)
        if party and word.relation != "conjunct":
            return hangs_as_description(parsed, word)
    return False


def hangs_as_description(parsed: Parsed, word: Token) -> bool:
    """Whether what hangs on a party by a word only tells more of it.

    Of "a raid on a village that killed five" the village is often read as the killer.
    """
    if word.relation == "preposition":
        joins = word.text.lower() in parsed.words("actions.before-party")
        return word.form == "preposition" and not joins
    sorts = {m.sort for m in parsed.mentions_headed_by(word.head)}
    return word.relation == "adnominal-clause" or (
        word.relation == "relative-clause" and not sorts & PLACES
    )


def after_comma(parsed: Parsed, span: Span, every: Sequence[Span]) -> bool:
    """Whether a party stands in a list as headlines have it: "Chad, | Niger sign"."""
    first = parsed.tokens_in(span)[0].i
    comma, name = parsed.tokens[max(0, first - 1)], parsed.tokens[max(0, first - 2)]
    return comma.text == "," and is_part_of_other_party(name, span, every)


def is_part_of_other_party(word: Token, span: Span, every: Sequence[Span]) -> bool:
    """Whether a word is part of another party."""
    return any(held != span for held in spans_holding(every, [word]))


def locates_other_party(
    parsed: Parsed, word: Token, span: Span, every: Sequence[Span]
) -> bool:
    """Whether a place tells where that of another party is: "police in Foo, | Utah"."""
    comma, town, prep = (parsed.tokens[max(0, word.i - n)] for n in (1, 2, 3))
    if comma.text != ",":
        return False
    both = all(
        any(name.covers(w.span) for name in parsed.labelled_over(w.span, "GPE"))
        for w in (town, word)
    )
    while prep.i and prep.relation == "compound":
        prep = parsed.tokens[prep.i - 1]
    within = prep.text in parsed.words("actions.within")
    return (
        both
        and within
        and all(is_part_of_other_party(w, span, every) for w in (town, prep))
    )


def is_description_of_named(
    parsed: Parsed, word: Token, span: Span, every: Sequence[Span]
) -> bool:
    """Whether words say what somebody named is: "Foo Bar, a priest | and a poet, …".

    A mark closes what is said of him, and none closes a list.
    """
    first = first_of_list(parsed, word)
    if first.relation != "apposition" or not {word.pos, first.pos} <= COMMON:
        return False
    over = parsed.tokens[first.head]
    while over.relation == "apposition":
        over = parsed.tokens[over.head]
    here = parsed.mentions_headed_by(over.i)
    if not any((m.kind, m.sort) == NAMED for m in here):
        return False
    words = [w for w in parsed.subtree(first) if w.pos != "PUNCT"]
    after = parsed.tokens[words[-1].i + 1 : words[-1].i + 2]
    return (
        is_part_of_other_party(over, span, every)
        and bool(after)
        and after[0].text in CLOSES
    )


def is_age_of_party(parsed: Parsed, span: Span, every: Sequence[Span]) -> bool:
    """Whether a span is the age of another party: "Foo, 45", "men, aged 34 and 36"."""
    head = parsed.head_of(span)
    if head is None or head.pos != "NUM":
        return False
    first = first_of_list(parsed, head)
    over = parsed.above(first) if first.relation in AGES else ()
    return any(is_part_of_other_party(word, span, every) for word in over)
