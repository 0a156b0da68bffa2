"""What one pass of the encoder saw in a report: acts, and the words of their parts."""

from dataclasses import dataclass
from typing import Literal

from dateline.model.text import Span

Role = Literal["actor", "recipient", "place", "time", "speaker"]
Chances = tuple[tuple[str, float], ...]
"""Labels with their probabilities, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words that have a part in an act, and how sure the model is of them."""

    span: Span
    sure: float


@dataclass(frozen=True, slots=True)
class Meant:
    """Whether a party is nobody, told by words of the sentence, or only implied."""

    nobody: float
    told: float
    implied: float


@dataclass(frozen=True, slots=True)
class Act:
    """Words that tell an act, as the model reads them.

    `sure` is the probability that the trigger tells a codable act at all; `asked` is
    true of a trigger that a pattern of the user's brought to the model's notice.
    """

    trigger: Span
    sentence: Span
    sure: float
    deeds: Chances
    statuses: Chances
    modes: Chances
    contexts: Chances
    mutual: float
    actors: tuple[Words, ...] = ()
    recipients: tuple[Words, ...] = ()
    places: tuple[Words, ...] = ()
    times: tuple[Words, ...] = ()
    speakers: tuple[Words, ...] = ()
    actor_meant: Meant = Meant(0.0, 1.0, 0.0)
    recipient_meant: Meant = Meant(0.0, 1.0, 0.0)
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that the encoder's pass over one report gives, and by which weights.

    `acts` are in text order. The reading is made once a report and handed on.
    """

    acts: tuple[Act, ...]
    version: str = ""
