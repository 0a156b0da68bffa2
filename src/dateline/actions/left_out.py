"""What of a report was not read, or was read and is not told, each with the reason."""

from collections.abc import Iterator, Sequence

from dateline.actions.veto import vetoed
from dateline.model import Act, Action, LeftOut, Parsed, Why


def left_out(
    parsed: Parsed, read: Sequence[Act], told: Sequence[Action]
) -> tuple[LeftOut, ...]:
    """Return what no claim was made of: what was read and what is told are given."""
    every = [*unread(parsed), *untold(parsed, read, told)]
    return tuple(sorted(every, key=lambda each: (each.span.start, each.span.end)))


def unread(parsed: Parsed) -> Iterator[LeftOut]:
    """Yield the stretches that were not read: neighbours of one reason are one."""
    last: LeftOut | None = None
    for sentence in parsed.sentences:
        worded = any(map(str.isalpha, sentence.span.of(parsed.text)))
        rule = "actions.gate.v1" if worded else "actions.wordless.v1"
        rule = "" if sentence.parsed else rule
        if last and last.rule == rule:
            last = LeftOut(rule, last.span.join(sentence.span))
            continue
        if last:
            yield last
        last = LeftOut(rule, sentence.span) if rule else None
    if last:
        yield last


def untold(
    parsed: Parsed, read: Sequence[Act], told: Sequence[Action]
) -> Iterator[LeftOut]:
    """Yield the acts that the reader saw and that no claim tells."""
    taken = [action.trigger for action in told]
    for act in read:
        if not act.asked and not any(act.trigger.overlaps(span) for span in taken):
            why = vetoed(parsed, act) or Why("actions.unsure.v1", act.trigger)
            yield LeftOut(why.rule, act.trigger, act.deeds[0][0])
