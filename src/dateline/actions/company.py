"""Who only comes along on a visit: nobody is visited by his own delegation."""

from collections.abc import Sequence

from dateline.model import Parsed, Span, Token

UNDER = frozenset(("conjunct", "oblique", "apposition"))


def visited(
    parsed: Parsed, trigger: Span, told: Sequence[Span], places: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the words of whom a visit is to, without those who came along.

    "Smith left for Kenya with his ministers": where it leads stands beside them.
    """
    verb = next((w for w in parsed.tokens_in(trigger) if w.pos == "VERB"), None)
    along = [s for s in told if under(parsed, s, verb) in parsed.words("actions.along")]
    if not along:
        return tuple(told)
    others = [span for span in told if span not in along]
    there = [s for s in places if under(parsed, s, verb) in parsed.words("actions.to")]
    return tuple(others or there[:1] or told)


def under(parsed: Parsed, span: Span, verb: Token | None) -> str:
    """Return the preposition by which words hang on a verb, "" where by none.

    What stands in a list hangs as the first of it does: "with A and B".
    """
    word = parsed.head_of(span)
    while word is not None and verb is not None and word.relation in UNDER:
        word = parsed.tokens[word.head]
        if word.relation == "preposition" and word.head == verb.i:
            return word.lemma
    return ""
