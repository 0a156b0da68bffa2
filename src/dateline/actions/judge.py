"""What the encoder says of an act that grammar found: it lowers, retypes, or agrees."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Protocol

from dateline.model import Action, Parsed, Span, Why

NONE = "NONE"
NO_EVENT = 0.9  # the model must be this sure that nothing is done, to veto a frame
OTHER = 0.8  # and this sure of another deed, to retype one
DOUBT = 0.1  # the most that it may give the frame's own deed in either case
AGREED = 0.5  # above it frame and model read the same deed
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

    def modes(self, trigger: Span) -> dict[str, float]:
        """Return the probability of each mode."""
        ...


class Encoder(Protocol):
    """Whoever can read a parsed report once and answer for its acts."""

    def read(self, parsed: Parsed, only: Iterable[Span] | None = None) -> Read:
        """Read a report in one pass: all of it, or what holds these spans."""
        ...


def judged(read: Read, act: Action) -> Action | None:
    """Return an act as grammar and model see it together, None where it is vetoed."""
    said = read.deed(first(act.actors), first(act.recipients), act.trigger)
    own, top = said.get(act.deed, 0.0), max(said, key=lambda name: said[name])
    if own < DOUBT and top == NONE and said[NONE] > NO_EVENT:
        return None
    if own < DOUBT and top != NONE and said[top] > OTHER and not meant(act, top):
        return retyped(act, top, said[top])
    why = (("what", Why("actions.both.v1", act.trigger)),) if own > AGREED else ()
    return replace(act, sure=mixed(act.sure, own), why=(*why, *act.why))


def meant(act: Action, deed: str) -> bool:
    """Whether the deed is what the act promises, threatens or concedes: no other."""
    return deed in FOLDED.get(act.deed, ())


FOLDED = {
    "AGREE": ("CONSULT", "SUPPORT", "COOPERATE", "AID"),
    "CONCEDE": ("RETREAT",),
    "THREATEN": ("ASSAULT", "COERCE", "SANCTION"),
}


def retyped(act: Action, deed: str, share: float) -> Action:
    """The model is sure of another deed than the frame's: its reading stands."""
    why = ("what", Why("actions.model-deed.v1", act.trigger))
    sure = mixed(act.sure, share)
    return replace(act, deed=deed, modes=(), sure=sure, why=(why, *act.why))


def mixed(frame: float, model: float) -> float:
    """Return the confidence: half the frame's, half the model's."""
    return round((1 - SHARE) * frame + SHARE * model, 3)


def first(spans: tuple[Span, ...]) -> Span | None:
    """Return the first span, None where there is none."""
    return spans[0] if spans else None
