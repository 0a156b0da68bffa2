"""Every socket a part can be plugged into, on one page."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from dateline.model import (
    Action,
    Actor,
    Attribution,
    Cast,
    Certainty,
    Claim,
    Dating,
    Lexicon,
    Parsed,
    Place,
    Problem,
    Quantity,
    Reading,
    Report,
    Sentence,
    Setting,
    Source,
    Span,
    States,
    When,
    Why,
)
from dateline.model.decisions import Alone, Answered, Decisions, Question

Reader = Callable[[Source], Iterator[Report | Problem | Source]]
"""A source in; its reports out, what is wrong with it, or the sources it contains."""

EncodeReport = Callable[[str, Sequence[Sequence[Span]]], States]
"""The encoder's one pass over a text: a state for each word piece of its sentences.

These come as runs that follow each other without a gap; no parse is needed.
"""

MayTell = Callable[[States], bool]
"""May any of these words tell an act? Asked before the parse: most reports end here."""

ReadReport = Callable[[Parsed, Sequence[Span]], Reading]
"""What the model reads in the states of a report, with an eye to the triggers given."""

MakeCast = Callable[[Parsed], Cast]
"""Who appears in the report, and which words are one and the same."""

Decide = Callable[[Question], Decisions]
"""Which acts of a report are told, and who stands on each side of them?"""

StatusOf = Callable[[Action], Certainty]
"""What the program says of an act: did it happen, or is it planned, possible …?"""


Advise = Callable[[Question, Decisions, StatusOf], Answered | None]
"""The question as a language model answers it; None where it is not asked."""

ReadAlone = Callable[[Report], Alone]
"""What a language model alone reads in a report of another language."""

ResolveActor = Callable[[Parsed, Span, Setting], Sequence[Actor]]
"""Who is that, as of the report's day? Several for "the two leaders"."""


class ResolveActors(Protocol):
    """Who are they, asked one by one or together."""

    def __call__(self, parsed: Parsed, span: Span, setting: Setting) -> Sequence[Actor]:
        """Return who the words of a span are."""
        ...

    def many(
        self, parsed: Parsed, spans: Iterable[Span], setting: Setting
    ) -> Sequence[Sequence[Actor]]:
        """Return the same for several spans of a report, asked together."""
        ...

    def close(self) -> None:
        """Let go of what is kept of the report that was asked about last."""
        ...


DateReport = Callable[[Report, Lexicon], Dating]
"""Of what day is this report? By the words of its language, without a parse."""

LocateReport = Callable[[Report], tuple[str, str, str]]
"""Time zone of the dateline (IANA), home of the outlet, country of the dateline."""

AnswerWhen = Callable[[Parsed, Setting], Callable[[Action], When]]
"""When did it happen? Opened on a report, then asked of each of its acts."""
CompleteTimes = Callable[[Callable[[Action], When], Sequence[Claim]], Sequence[Claim]]
"""Which of the report's times is meant where an act's own sentence tells none?"""

AnswerWhere = Callable[[Parsed, Setting], Callable[[Action], tuple[Place, Sequence[Place]]]]
"""Where did it happen, and which other places have a part in it? Opened likewise."""

CompletePlaces = Callable[
    [Callable[[Action], tuple[Place, Sequence[Place]]], Sequence[Claim]], Sequence[Claim]
]
"""Which of the report's places is meant where an act's own sentence tells none?"""

AnswerHowMany = Callable[[Parsed, Action, Setting], Sequence[Quantity]]
"""How many were killed, arrested, there?"""


ResolveMany = Callable[[Parsed, Iterable[Span], Setting], Sequence[Sequence[Actor]]]
"""Who are the words of several spans? `ResolveActors.many`."""

AnswerWhoSays = Callable[[Parsed, Setting], Callable[[Sequence[Action]], Sequence[Attribution]]]
"""According to whom? Opened likewise; all acts are asked together."""

AnswerHowSure = Callable[[Parsed, Action, Setting], Certainty]
"""Did it happen, or is it planned, possible, denied?"""

KeepSentences = Callable[[Sequence[str]], Sequence[bool]]
"""Which sentences may hold a political act (the gate)?"""


class FindActions(Protocol):
    """What was done, by whose words?"""

    def asks(self) -> bool:
        """Whether the user's patterns may call words an act that the model does not."""
        ...

    def asked(self, parsed: Parsed) -> Sequence[Span]:
        """Return the words that the user's patterns call an act."""
        ...

    def forbidden(self, parsed: Parsed) -> Sequence[Why]:
        """Return the words that the user's patterns forbid to be an act."""
        ...

    def __call__(self, parsed: Parsed, reading: Reading) -> Sequence[Action]:
        """Return the actions of a report in text order, each with its reasons."""
        ...


class Language(Protocol):
    """All that is peculiar to one language."""

    @property
    def code(self) -> str:
        """The ISO 639-1 code of the reports that it reads."""
        ...

    @property
    def lexicon(self) -> Lexicon:
        """What the language tells the rooms of its words."""
        ...

    def cased(self, text: str) -> str:
        """Return a text in usual case, character for character as long as before."""
        ...

    def sentences(self, report: Report) -> tuple[Sentence, ...]:
        """Cut a report into sentences, cheaply, leaving its marks out."""
        ...

    def parse(
        self, report: Report, sentences: Sequence[Sentence], keep: Sequence[Sentence] | None = None
    ) -> Parsed:
        """Parse all sentences of a report, or those of `keep`; it names all of them."""
        ...


class Codebook(Protocol):
    """An ontology: types, modes, contexts, quad classes, scores and frames."""

    name: str

    def reading(self, deed: str, status: str) -> str:
        """Return the type under which the ontology files a deed of that status."""
        ...

    def quad(self, kind: str) -> str:
        """Return the quad class of an event type."""
        ...

    def score(self, kind: str, modes: Sequence[str]) -> float:
        """Return the conflict-cooperation score of a type and its modes."""
        ...

    def cameo(self, action: Action, kind: str, text: str) -> str:
        """Return the CAMEO code that stands beside the coding, "" where none fits."""
        ...


class ReadStore(Protocol):
    """A store as it is read. Rows are dicts with the names of CONTRACTS."""

    where: str
    """Its file or URL, as it may be shown: without a password."""

    def claims(self, where: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """Yield the kept claims that match, in CONTRACTS form, in order of reports."""
        ...

    def claims_and_heads(
        self, where: Mapping[str, str], by_event: bool = False
    ) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Yield each claim that matches, with what its report says of itself.

        In order of reports, or of events where those are to be gathered.
        """
        ...

    def claim(self, claim_id: str) -> dict[str, Any] | None:
        """Return one claim by its id or the start of it, or None."""
        ...

    def report(self, report_id: str) -> dict[str, Any] | None:
        """Return the current version of a report, with its text, or None."""
        ...

    def reports(self) -> Iterator[dict[str, Any]]:
        """Yield the current reports, with their texts."""
        ...

    def report_ids(self) -> list[str]:
        """Return the ids of all current reports."""
        ...

    def problems(self) -> Iterator[dict[str, Any]]:
        """Yield every kept problem, in order of reports."""
        ...

    def search(self, words: str, limit: int = 50) -> list[dict[str, Any]]:
        """Return the current reports that hold these words, the best first."""
        ...

    def counts(self) -> dict[str, int]:
        """Return how many rows each table holds."""
        ...


class Store(ReadStore, Protocol):
    """Keeps reports, claims, reasons and problems. Saving twice keeps one.

    `dateline.testing.StoreContract` holds a store to all of it.
    """

    def save(
        self,
        report: Report,
        claims: Sequence[Claim],
        problems: Sequence[Problem],
        made_by: Mapping[str, Any],
        dating: Dating | None = None,
    ) -> int | None:
        """Keep a report's coding in one transaction; None where it was kept before."""
        ...

    def note(self, problem: Problem) -> None:
        """Keep a problem with an input that never became a report."""
        ...


class EventSide(Protocol):
    """What events are worked out from: the claims that tell them, and shared copy."""

    def around(self, names: Sequence[str], /) -> list[dict[str, Any]]:
        """Return every claim of the current reports that tell some events."""
        ...

    def copies(self, reports: Sequence[str], /) -> list[dict[str, Any]]:
        """Return the copy that these reports share among themselves."""
        ...


class EventStore(Protocol):
    """A store as far as events are worked out from it; it may leave claims out."""

    @property
    def merging(self) -> EventSide:
        """The side of the store on which claims become events."""
        ...


__all__ = [
    "Action",
    "Actor",
    "Advise",
    "AnswerHowMany",
    "AnswerHowSure",
    "AnswerWhen",
    "AnswerWhere",
    "AnswerWhoSays",
    "Codebook",
    "CompletePlaces",
    "CompleteTimes",
    "DateReport",
    "Decide",
    "EncodeReport",
    "EventSide",
    "EventStore",
    "FindActions",
    "KeepSentences",
    "Language",
    "LocateReport",
    "MakeCast",
    "MayTell",
    "ReadAlone",
    "ReadReport",
    "ReadStore",
    "Reader",
    "ResolveActor",
    "ResolveActors",
    "Store",
    "ResolveMany",
    "Why",
]
