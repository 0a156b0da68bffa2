"""What the encoder says of an act that grammar found: how sure it is of it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Protocol

from dateline.model import Action, Parsed, Span, Why

NONE = "NONE"
AGREED = 0.5  # above it frame and model read the same deed
ABOUT = 0.3  # of a context at an act: what the report is about, beside its words
SHARE = 0.5  # of the model's probability in the confidence of a claim


class Read(Protocol):
    """A report as the encoder read it."""

    def deed(
        self, actor: Span | None, recipient: Span | None, trigger: Span | None
    ) -> dict[str, float]:
        """Return the probability of each deed, NONE included."""
        ...

    def tags(self, task: str) -> Any:
        """Return for each token the probabilities of O, B and I."""
        ...

    def parties(
        self, trigger: Span | None, first: int = 0, last: int | None = None
    ) -> Any:
        """Return for each token O, B-actor, I-actor, B-recipient, I-recipient."""
        ...

    def holds(self, sentence: Span) -> float:
        """Return the probability that a sentence tells an act."""
        ...

    def contexts(self, trigger: Span) -> dict[str, float]:
        """Return the probability of each context."""
        ...

    def modes(self, trigger: Span) -> dict[str, float]:
        """Return the probability of each mode."""
        ...


class Encoder(Protocol):
    """Whoever can read a parsed report once and answer for its acts."""

    def read(self, parsed: Parsed, only: Iterable[Span] | None = None) -> Read:
        """Read a report in one pass: all of it, or what holds these spans."""
        ...


def judged(read: Read, act: Action) -> Action:
    """Return an act with the model's share in its confidence; agreement is told.

    The model neither vetoes nor retypes a frame: measured, either costs more than it
    brings.
    """
    said = read.deed(first(act.actors), first(act.recipients), act.trigger)
    own = said.get(act.deed, 0.0)
    why = (("what", Why("actions.both.v1", act.trigger)),) if own > AGREED else ()
    return replace(act, sure=mixed(act.sure, own), why=(*why, *act.why))


def matters(
    read: Read, triggers: Iterable[Span], told: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what a report is about: what its words tell, then what its acts tell."""
    found = dict.fromkeys(told)
    for trigger in triggers:
        found |= {k: None for k, p in read.contexts(trigger).items() if p > ABOUT}
    return tuple(found)


def mixed(frame: float, model: float) -> float:
    """Return the confidence: half the frame's, half the model's."""
    return round((1 - SHARE) * frame + SHARE * model, 3)


def first(spans: tuple[Span, ...]) -> Span | None:
    """Return the first span, None where there is none."""
    return spans[0] if spans else None
