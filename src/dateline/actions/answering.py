"""Whom an answer answers: "Sudan denied the charge" is said to him who made it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.model import Action, Parsed, Why

RULE = "actions.answered.v1"
REACH = 3  # sentences before in which the charge or the demand may have been told
ASKED = {
    "ACCUSE": frozenset("charge accusation allegation claim criticism".split()),
    "REQUEST": frozenset("demand request call appeal ultimatum".split()),
    "AGREE": frozenset("offer proposal invitation".split()),
}
POINTING = frozenset(("the", "this", "that", "these", "those"))
OBJECTS = ("dobj", "nsubjpass", "pobj")


def answered(parsed: Parsed, acts: Sequence[Action]) -> Iterator[Action]:
    """Yield the acts; one that answers another has the other's actor as recipient."""
    for n, act in enumerate(acts):
        told = asker(parsed, acts[:n], act) if open_answer(act) else None
        if told is None:
            yield act
            continue
        why = [each for each in act.why if each[0] != "recipient"]
        why.append(("recipient", Why(RULE, told.actors[0])))
        yield replace(act, recipients=told.actors, why=tuple(why))


def open_answer(act: Action) -> bool:
    """Whether somebody turns down, and nobody is told whose wish or word it was."""
    return act.deed == "REJECT" and bool(act.actors) and not act.recipients


def asker(parsed: Parsed, before: Sequence[Action], act: Action) -> Action | None:
    """Return the last act before of the kind that the answer points back to."""
    kind = pointed_at(parsed, act)
    sentence = parsed.sentence_at(act.trigger.start)
    if kind is None or sentence is None:
        return None
    index = parsed.sentences.index(sentence)
    first = parsed.sentences[max(0, index - REACH)].span.start
    own = {span.of(parsed.text).lower() for span in act.actors}
    for each in reversed(before):
        if each.deed != kind or each.trigger.start < first or not each.actors:
            continue
        names = {span.of(parsed.text).lower() for span in each.actors}
        return None if names & own else each
    return None


def pointed_at(parsed: Parsed, act: Action) -> str | None:
    """Return the kind of act that "the charge" or "the demands" points back to."""
    head = parsed.head_of(act.trigger)
    for token in parsed.subtree(head) if head is not None else ():
        if token.dep not in OBJECTS or any(parsed.below(token, "prep", "acl", "relcl")):
            continue
        words = {t.text.lower() for t in parsed.below(token, "det")}
        for kind, nouns in ASKED.items():
            if token.lemma.lower() in nouns and words & POINTING:
                return kind
    return None
