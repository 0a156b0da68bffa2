"""What of a report was not read, or was read and is not told, each with the reason."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from dateline.actions.veto import vetoed
from dateline.model import Act, Action, LeftOut, Parsed, Sentence, Why


def list_left_out(
    parsed: Parsed,
    read: Sequence[Act],
    told: Sequence[Action],
    forbidden: Sequence[Why] = (),
) -> tuple[LeftOut, ...]:
    """Return what no claim was made of.

    What was read, what is told and what the user's patterns forbid are given.
    """
    kept = [sentence for sentence in parsed.sentences if sentence.parsed]
    skipped = unread_stretches(parsed.text, parsed.sentences, kept)
    every = [*skipped, *untold(parsed, read, told, forbidden)]
    return tuple(sorted(every, key=lambda each: (each.span.start, each.span.end)))


def unread_stretches(
    text: str, every: Sequence[Sentence], kept: Sequence[Sentence]
) -> Iterator[LeftOut]:
    """Yield the stretches that are not kept: neighbours of one reason are one."""
    chosen = {sentence.span for sentence in kept}

    def why(sentence: Sentence) -> str:
        worded = any(map(str.isalpha, sentence.span.of(text)))
        rule = "actions.gate.v1" if worded else "actions.wordless.v1"
        return "" if sentence.span in chosen else rule

    for rule, near in groupby(every, key=why):
        spans = [sentence.span for sentence in near]
        if rule:
            yield LeftOut(rule, spans[0].join(spans[-1]))


def untold(
    parsed: Parsed,
    read: Sequence[Act],
    told: Sequence[Action],
    forbidden: Sequence[Why],
) -> Iterator[LeftOut]:
    """Yield the acts that the reader saw and that no claim tells."""
    acts = [action.act.trigger for action in told if action.act]
    spans = [*(action.trigger for action in told), *acts]
    taken = {at for span in spans for at in range(span.start, span.end)}
    for act in read:
        own = range(act.trigger.start, act.trigger.end)
        if not act.asked and taken.isdisjoint(own):
            rows = (w for w in forbidden if w.span and w.span.overlaps(act.trigger))
            unsure = Why("actions.unsure.v1", act.trigger)
            why = next(rows, None) or vetoed(parsed, act) or unsure
            yield LeftOut(why.rule, act.trigger, act.deeds[0][0], why.pattern)
