"""The clause that tells an act, not the whole sentence."""

from collections.abc import Sequence

from dateline.actions.phrases import trimmed
from dateline.actions.reading import Reading
from dateline.model import Parsed, Span, Token

APART = frozenset(("advcl", "parataxis", "conj", "ccomp", "relcl", "acl", "appos"))
CLOSED = frozenset(("advcl", "parataxis", "conj"))


def evidence(found: Reading, parties: Sequence[Span]) -> Span:
    """Return the clause of the act, widened to the parties near it."""
    top = clause_head(found)
    own = own_words(found.parsed, top)
    span = Span(own[0].start, own[-1].end)
    for word in found.words:
        span = span.join(word.span)
    sentence = found.parsed.sentence_at(found.head.start)
    for party in parties:
        if sentence is not None and sentence.span.covers(party):
            span = span.join(party)
    return trimmed(found.parsed, span)


def clause_head(found: Reading) -> Token:
    """Return the word on which the clause hangs: the light verb of a noun, if any."""
    return found.light or found.head


def own_words(parsed: Parsed, top: Token) -> Sequence[Token]:
    """Return the words of a clause without the clauses beside it."""
    found, todo = [], [top]
    while todo:
        token = todo.pop()
        found.append(token)
        for child in parsed.below(token):
            beside = child.dep in CLOSED and child.pos in ("VERB", "AUX")
            if not (beside or child.dep in ("punct", "cc") and token is top):
                todo.append(child)
    return sorted(found, key=lambda t: t.i)
