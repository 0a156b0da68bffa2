"""What was done, who tells it, and what became of the report that tells it."""

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from dateline.model.answers import (
    Actor,
    Advice,
    Attribution,
    Certainty,
    Dating,
    Decider,
    LeftOut,
    Place,
    Quantity,
    Weighed,
    When,
    Why,
)
from dateline.model.encoder_output import Act
from dateline.model.text import Problem, Report, Span

UNDATED = Dating(None, None, False, (Why("times.dating-unread.v1"),))


@dataclass(frozen=True, slots=True)
class Action:
    """Words in a report that tell a codable act, with the words for both parties.

    `deed` is the act itself (one of the codebook's types), whatever its status.
    `evidence` is the clause that tells it. `actors` and `recipients` are the words of
    the parties; an act told without words for a party has none there. `mutual` is true
    of acts that all parties do together (a meeting). `sure` is the calibrated
    probability that type and both parties are right. `act` is what the model read;
    `traits` and `counts` are the codebook's properties of the deed and its modes,
    `read_as` is what the reader calls the deed. `main` is true of what a sentence's own
    verb says was done, `clear` of an act that its words alone tell surely enough.
    """

    trigger: Span
    evidence: Span
    deed: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    mutual: bool
    sure: float
    why: tuple[tuple[str, Why], ...]
    act: Act | None = None
    traits: frozenset[str] = frozenset()
    counts: tuple[str, ...] = ()
    read_as: str = ""
    main: bool = False
    clear: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """One report telling one action once: the row everything else is about.

    `background` is why it is no news of its report, but a war or a history of before.
    `decided` tells how actors and recipients were decided, () where nothing weighed
    them.
    `reader` is who decided what is told: the program or a language model alone, both
    alike, or the model where they differ; `advice` is what the model said.
    """

    report_id: str
    action: Action
    type: str
    cameo: str
    quad: str
    score: float
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    when: When
    where: Place
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]
    attribution: Attribution
    certainty: Certainty
    why: tuple[tuple[str, Why], ...]
    event: str = ""
    background: Why | None = None
    decided: tuple[Weighed, ...] = ()
    reader: Decider = "own"
    advice: Advice | None = None
    sense: bytes = b""  # what the encoder read, for merging: no part of the record

    def answered(self, question: str, answer: When | Place) -> "Claim":
        """Return the claim with another answer to "when" or "where", and its why."""
        whys = tuple((q, answer.why if q == question else why) for q, why in self.why)
        told: dict[str, Any] = {question: answer}
        return replace(self, why=whys, **told)

    @property
    def party_names(self) -> set[str]:
        """The names of both sides."""
        return {who.name for who in (*self.actors, *self.recipients)}

    @property
    def id(self) -> str:
        """The same words coded the same way get the same id, on any machine."""
        at = self.action.trigger
        key = f"{self.report_id}|{at.start}-{at.end}|{self.action.deed}"
        return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Coding:
    """What became of one report: its day, its claims, what could not be done.

    Problems of stage `opinion` are what of a second opinion was refused: the report is
    coded all the same. `unadvised` is true where a second opinion was wanted and of the
    report or a part of it none came: the program's own record stands there.
    """

    report: Report
    dating: Dating
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    sentences: int = 0
    skipped: int = 0
    left_out: tuple[LeftOut, ...] = ()
    unadvised: bool = False
