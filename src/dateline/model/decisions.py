"""The one decision over a report: which acts are told, and who is on each side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.model.answers import Actor, Certainty, Dating, Decider
from dateline.model.coding import Action, Claim
from dateline.model.mention import Cast
from dateline.model.parsed import Parsed
from dateline.model.text import Problem, Span

NOBODY = -1
"""The number of nobody among the parties of a question."""
UNLISTED = -2
"""The number of somebody whom the question does not list: a party not known here."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A report's day, the time zone of its dateline and the home of its outlet.

    `zone` is an IANA name ("Asia/Seoul") or "" when unknown; `home` and `filed` are
    ISO-3166 alpha-3 countries of the outlet and of the dateline, or "".
    """

    dating: Dating
    zone: str = ""
    home: str = ""
    filed: str = ""

    @property
    def day(self) -> date | None:
        """The one day the report is known to be of, else None."""
        dating = self.dating
        return dating.latest if dating.earliest == dating.latest else None


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody whom acts of a report may mean: `who` as the surest words tell it.

    `mentions` are all words for this party in text order, pronouns included; none of
    them where the text only implies it.
    """

    who: Actor
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """Who stands on each side of an act by its own words alone: numbers of parties."""

    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be decided of a report: all its acts, and all who may be meant.

    `words` tells who words are: numbers of parties, each with the party as these words
    tell it; `own` for each act whom its own words name. The same question goes to the
    program's learned decision and to a language model.
    """

    parsed: Parsed
    setting: Setting
    cast: Cast
    acts: tuple[Action, ...]
    parties: tuple[Party, ...]
    words: Mapping[Span, tuple[tuple[int, Actor], ...]]
    own: tuple[Own, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """Who stands on one side of an act: numbers of parties, none for nobody.

    `shares` are the probabilities of each party that has any, of `NOBODY` and of
    `UNLISTED`; they sum to 1. `sure` is the probability that the side is right.
    `spoke` names what spoke for the answer against its likeliest rival, the strongest
    first, `rival_spoke` what spoke for that one: `rival`, a party's number or `NOBODY`,
    None where nothing else was likely. `rule` names who chose a party that the act's
    own words do not: "" is the program's decision.
    """

    chosen: tuple[int, ...]
    shares: Mapping[int, float]
    sure: float
    spoke: tuple[str, ...] = ()
    rival: int | None = None
    rival_spoke: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one act: whether to tell it, and who stands on each side.

    `told` is the probability that it is to be told, `sure` that it is told with its
    type and both sides right.
    """

    tell: bool
    told: float
    sure: float
    actors: Side
    recipients: Side


Decisions = Sequence[Decision]
"""One decision an act of the question, in the same order."""


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of one act: the act and the decision over it, and who made it.

    `status` is what a language model says, None where it does not tell the act; `why`
    its reason in its own words. `read` is the act as the program read it, `before` what
    it decided and `read_status` the status it gave, all empty of an act that the model
    adds.
    """

    action: Action
    own: Own
    decision: Decision
    reader: Decider
    status: Certainty | None = None
    why: str = ""
    read: Action | None = None
    before: Decision | None = None
    read_status: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question as a language model would have it, and what becomes of each act.

    The acts of `question` and `told` are in text order, one for one; its parties are
    those of before, as corrected, and then the new ones. `problems` are what of the
    answer was refused, or why there was none; `failed` is true where a part or all of
    the report had no answer, so that the program's own record stands there.
    """

    question: Question
    told: tuple[Told, ...]
    model: str = ""
    problems: tuple[Problem, ...] = ()
    failed: bool = False

    @property
    def decisions(self) -> Decisions:
        """One decision an act of the question, in the same order."""
        return [each.decision for each in self.told]


@dataclass(frozen=True, slots=True)
class Alone:
    """What a language model alone reads in a report that the program cannot read.

    `failed` is true where no answer came; then there are no claims.
    """

    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    sentences: int = 0
    failed: bool = False
