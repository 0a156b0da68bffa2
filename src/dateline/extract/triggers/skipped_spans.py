"""Which acts are forbidden, and what of a report is not told, each with the reason.

What was not read at all, and what was read and is no act or too doubtful; with what
each reason of this room means, in one sentence for the analyst.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from dateline.model import Act, Action, LeftOut, Parsed, Sentence, Why

POINTING = frozenset(("DET", "PRON"))
NAMED = frozenset(("PERSON", "DATE", "TIME", "MONEY", "CARDINAL", "WORK_OF_ART"))
RULES: dict[str, str] = {
    "reading.act.v1": (
        "The reader, a small neural network, takes these words for an act of this type."
    ),
    "reading.mode.v1": "The reader takes the act to have been done in this way.",
    "reading.actor.v1": "The reader takes these words for who does it.",
    "reading.recipient.v1": "The reader takes these words for who has it done to them.",
    "reading.implied.v1": (
        "No words of the sentence name the party; it is who the report means there."
    ),
    "reading.status.v1": "The reader takes the act to have this status.",
    "reading.time.v1": "The reader takes these words for the time of the act.",
    "reading.speaker.v1": "The reader takes these words for who says that it is so.",
    "reading.place.v1": "The reader takes these words for the place of the act.",
    "actions.pattern.v1": ("A row of the codebook's patterns says that these words tell it."),
    "actions.forbidden.v1": ("A row of the codebook's patterns says that these words tell no act."),
    "actions.name.v1": "The words are all of a name or a date, and so no act.",
    "actions.no-word.v1": "No word, only marks, and so no act.",
    "actions.small-word.v1": ("Only words that point at others ('the', 'his'), and so no act."),
    "actions.gate.v1": (
        "The text does not look like one that tells a political act: it was not read."
    ),
    "actions.wordless.v1": "It has figures and marks, no words: there is no act in it.",
    "actions.unsure.v1": (
        "The reader takes these words for an act, but is too unsure of it to tell it."
    ),
}


def vetoed(parsed: Parsed, act: Act) -> Why | None:
    """Return the rule that forbids an act, or None.

    A trigger that is all of a name or a date tells nothing: "March", "Gen. Battle".
    """
    if not any(map(str.isalpha, act.trigger.of(parsed.text))):
        return Why("actions.no-word.v1", act.trigger)
    if all(w.pos in POINTING for w in parsed.tokens_in(act.trigger)):
        return Why("actions.small-word.v1", act.trigger)
    entity = parsed.entity_of(act.trigger)
    named = entity is not None and entity.label in NAMED
    return Why("actions.name.v1", act.trigger) if named else None


def whole_acts(parsed: Parsed, acts: Sequence[Act]) -> tuple[Act, ...]:
    """Return acts without a "may" or "will" taken for another act than its verb tells.

    Of "may lift its sanctions" the reader may take "may" for a threat.
    """
    return tuple(a for a in acts if a.asked or not is_modal_alone(parsed, a, acts))


def is_modal_alone(parsed: Parsed, act: Act, others: Sequence[Act]) -> bool:
    """Whether an act is told by a modal alone, its verb telling one of another type."""
    words = parsed.tokens_in(act.trigger)
    if not words or any(w.form != "modal" for w in words):
        return False
    verbs = [parsed.tokens[w.head].span for w in words]
    rest = [o for o in others if o.deeds[0][0] != act.deeds[0][0]]
    return any(o.trigger.covers(verb) for o in rest for verb in verbs)


def list_left_out(
    parsed: Parsed, read: Sequence[Act], told: Sequence[Action], forbidden: Sequence[Why] = ()
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
    parsed: Parsed, read: Sequence[Act], told: Sequence[Action], forbidden: Sequence[Why]
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
