"""Who only comes along on a visit: nobody is visited by his own delegation."""

from collections.abc import Iterator, Sequence

from dateline.model import Parsed, Span, Token

ALONG = frozenset(("with", "alongside", "without"))
THERE = frozenset(("to", "for"))


def visited(
    parsed: Parsed, trigger: Span, told: Sequence[Span], places: Sequence[Span]
) -> tuple[Span, ...]:
    """Return the words of whom a visit is to, without those who came along.

    "Smith left for Kenya with his ministers": where it leads stands beside them.
    """
    verbs = [w for w in parsed.tokens_in(trigger) if w.pos == "VERB"]
    along = [s for s in told if verbs and under(parsed, s, verbs[0]) in ALONG]
    if not along:
        return tuple(told)
    others = [span for span in told if span not in along]
    there = [s for s in places if under(parsed, s, verbs[0]) in THERE]
    return tuple(others or there[:1] or told)


def under(parsed: Parsed, span: Span, verb: Token) -> str:
    """Return the preposition by which words hang on a verb, "" where by none."""
    for word in over(parsed, parsed.head_of(span)):
        if word.relation == "preposition" and word.head == verb.i:
            return word.lemma
    return ""


def over(parsed: Parsed, word: Token | None) -> Iterator[Token]:
    """Yield what a word and those that it is listed with hang on: "with A and B"."""
    while word is not None and word.relation in ("conjunct", "oblique", "apposition"):
        word = parsed.tokens[word.head]
        yield word
