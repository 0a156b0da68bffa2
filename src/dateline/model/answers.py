"""The answers to the questions asked of every action. Each says why it was given."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.model.text import Span

Status = Literal[
    "happened",
    "ongoing",
    "planned",
    "expected",
    "possible",
    "hypothetical",
    "denied",
    "negated",
    "recurring",
]
Telling = Literal["told", "told_elsewhere", "inferred"]
Resolution = Literal["resolved", "guess", "told_elsewhere", "unknown"]
Precision = Literal["site", "city", "admin2", "admin1", "country", "region", "unknown"]
PlaceRole = Literal["site", "from", "to", "about"]
Grain = Literal["day", "week", "month", "season", "year", "range", "unknown"]
Bound = Literal["exact", "about", "at least", "at most", "up to"]
Scope = Literal["this act", "running total"]
SpeakerKind = Literal["outlet", "named", "unnamed"]
Decider = Literal["own", "model", "both", "differ"]


@dataclass(frozen=True, slots=True)
class Why:
    """The rule that answered (a stable, versioned name) and the words it read.

    `pattern` is the id of the row of the codebook's patterns, where one decided.
    """

    rule: str
    span: Span | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A stretch that was not read, or words that were read and not told: by which rule.

    `what` is the act that they were taken for, where they were read; `pattern` the id
    of the row of the codebook's patterns that forbade it, where one did; `said` the
    reason of a language model that dropped it, in its own words.
    """

    rule: str
    span: Span
    what: str = ""
    pattern: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, is acted upon, or speaks.

    `country` is ISO-3166 alpha-3 or one of PLOVER's IGO UNO EUR NGO ISM IMG MNC;
    `sectors` are PLOVER's, the primary one first; `span` is None where the text
    implies the party without words. `sure` is the probability that the country is
    right, where the part that answered gives one.
    """

    name: str
    country: str | None
    sectors: tuple[str, ...]
    entity: str | None
    answer: Resolution
    span: Span | None
    why: Why
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Rival:
    """The likeliest other answer for a side: `who`, None for nobody; `share` of 1."""

    who: Actor | None
    share: float
    spoke: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """How one side of an act was decided.

    `sure` is the probability that the side is right; `spoke` names what spoke for it
    against the likeliest other answer, the strongest first.
    """

    sure: float
    spoke: tuple[str, ...]
    rival: Rival | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The days an action may have fallen on, both ends included; None is open.

    `answer` is "told" by the words around the act, "told_elsewhere" in the report, or
    "inferred" as a reader would, with no words that tell it. `base` is the report's day
    where such words as "on Monday" are counted from it.

    >>> When(None, None, "unknown", None, Why("times.none.v1")).known
    False
    """

    first: date | None
    last: date | None
    precision: Grain
    span: Span | None
    why: Why
    answer: Telling = "told"
    base: date | None = None

    @property
    def known(self) -> bool:
        """Whether any day at all was found."""
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class Dating:
    """The day of a report: told, or inferred as an interval, or unknown (both None)."""

    earliest: date | None
    latest: date | None
    told: bool
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where, as a gazetteer entry and the precision that the words vouch for."""

    name: str
    country: str | None
    admin1: str | None
    admin2: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    feature_code: str | None
    precision: Precision
    span: Span | None
    why: Why
    role: PlaceRole = "about"

    @property
    def known(self) -> bool:
        """Whether any place was found."""
        return self.precision != "unknown"


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many: killed, injured, arrested, a crowd, troops, weapons, money.

    `best` is None where the words give a bound or a range alone.
    """

    what: str
    low: float | None
    best: float | None
    high: float | None
    bound: Bound
    whose: str
    scope: Scope
    unit: str | None
    span: Span
    why: Why


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who says so; `who` is the speaker as an actor, where resolved."""

    text: str
    kind: SpeakerKind
    span: Span | None
    who: Actor | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """According to whom, outermost first; no speakers means the report's own voice."""

    speakers: tuple[Speaker, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Certainty:
    """Whether the text says that the act happened, is planned, possible, denied."""

    status: Status
    why: Why


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """How the program alone would tell an act that a language model tells otherwise."""

    deed: str
    modes: tuple[str, ...]
    status: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    sure: float


@dataclass(frozen=True, slots=True)
class Advice:
    """What a language model said of a claim: which one, its reason in its words.

    `own` is the program's own answer where the two differ; `language` that of a report
    which the model alone can read.
    """

    model: str
    why: str = ""
    own: OwnAnswer | None = None
    language: str = ""
