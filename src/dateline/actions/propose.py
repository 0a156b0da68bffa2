"""Acts that only the model sees: its trigger, its parties, its type."""

from collections.abc import Iterator, Sequence

from dateline.actions import embed
from dateline.actions.judge import NONE, Read
from dateline.actions.match import lower, vetoed
from dateline.actions.phrases import trimmed, words_of
from dateline.codebook import FolderCodebook
from dateline.model import Action, Parsed, Sentence, Span, Token, Why

INSIDE = 0.5  # of a word: that it belongs to an act, or to a party
HOLDS = 0.6  # of a sentence: that it tells an act at all
TYPED = 0.8  # of a trigger: that it tells this deed
LONG = 5  # words of a trigger


def proposed(
    book: FolderCodebook, read: Read, parsed: Parsed, sentence: Sentence
) -> Iterator[Action]:
    """Yield the acts of which the model is sure in a sentence that no frame reads."""
    if not sentence.parsed or read.holds(sentence.span) < HOLDS:
        return
    tokens = parsed.tokens[sentence.first : sentence.last]
    barred = vetoed(book, tokens)
    rows = read.tags("act")[sentence.first : sentence.last]
    for trigger in runs(parsed, sentence.first, rows[:, 1:].sum(1)):
        words = [t for t in tokens if trigger.overlaps(t.span)]
        if any(t.i in barred for t in words) or not real(book, parsed, words):
            continue
        act = told(book, read, parsed, sentence, trigger)
        if act is not None:
            yield act


def real(book: FolderCodebook, parsed: Parsed, words: Sequence[Token]) -> bool:
    """Whether grammar lets these words tell a deed: no wish, no condition."""
    unsaid = book.classes["irreal"] | book.classes["doubt"] | IDLE
    if len(words) > LONG or any(lower(t) in unsaid for t in words):
        return False
    heads = [t for t in words if t.pos in ("VERB", "NOUN")]
    if not heads:
        return False
    if any(embed.unreal(book, parsed, t) for t in heads):
        return False
    return not any(
        t.pos == "VERB"
        and (
            embed.conditional(parsed, t)
            or embed.modal_unreal(parsed, t, embed.UNREAL_MODALS)
        )
        for t in heads
    )


IDLE = frozenset(("explore", "say", "tell", "report", "believe", "think", "expect"))


def told(
    book: FolderCodebook, read: Read, parsed: Parsed, sentence: Sentence, trigger: Span
) -> Action | None:
    """Return the act at a trigger, with the model's parties, if it is sure of one."""
    rows = read.parties(trigger, sentence.first, sentence.last)
    actors = phrases(parsed, runs(parsed, sentence.first, rows[:, 1:3].sum(1)))
    recipients = [
        s
        for s in phrases(parsed, runs(parsed, sentence.first, rows[:, 3:5].sum(1)))
        if not any(s.overlaps(a) for a in actors)
    ]
    said = read.deed(first(actors), first(recipients), trigger)
    deed = max(said, key=lambda name: said[name])
    if deed == NONE or said[deed] < TYPED or not (actors and recipients):
        return None
    rule = "actions.model-act.v1"
    why = tuple(
        (question, Why(rule, span))
        for question, span in (
            ("what", trigger),
            ("actor", first(actors)),
            ("recipient", first(recipients)),
        )
    )
    return Action(
        trigger=trigger,
        evidence=clause(parsed, (trigger, *actors, *recipients)),
        deed=deed,
        modes=modes(book, read, deed, trigger),
        contexts=(),
        actors=tuple(actors),
        recipients=tuple(recipients),
        mutual=False,
        sure=round(said[deed], 3),
        why=why,
    )


def modes(
    book: FolderCodebook, read: Read, deed: str, trigger: Span
) -> tuple[str, ...]:
    """Return the modes of a deed of which the model is rather sure."""
    own = {m.name for m in book.modes if m.type == deed}
    said = read.modes(trigger)
    return tuple(name for name in said if name in own and said[name] > INSIDE)


def runs(parsed: Parsed, start: int, inside: Sequence[float]) -> list[Span]:
    """Return the spans of words that lie inside, one after the other."""
    found: list[Span] = []
    last = -2
    for n, share in enumerate(inside):
        token = parsed.tokens[start + n]
        if share < INSIDE:
            continue
        if n == last + 1:
            found[-1] = found[-1].join(token.span)
        else:
            found.append(token.span)
        last = n
    kept = [trimmed(parsed, s) for s in found]
    return [s for s in kept if s.end > s.start]


def phrases(parsed: Parsed, found: Sequence[Span]) -> list[Span]:
    """Return the full noun phrases of parties that the model marks by a word or two."""
    out: list[Span] = []
    for span in found:
        head = parsed.head_of(span)
        whole = words_of(parsed, head) if head is not None else span
        if not any(whole.overlaps(o) for o in out):
            out.append(whole if whole.covers(span) else span)
    return out


def clause(parsed: Parsed, spans: Sequence[Span]) -> Span:
    """Return the words from the first of these spans to the last."""
    out = spans[0]
    for span in spans[1:]:
        out = out.join(span)
    return trimmed(parsed, out)


def first(spans: Sequence[Span]) -> Span | None:
    """Return the first span, None where there is none."""
    return spans[0] if spans else None
