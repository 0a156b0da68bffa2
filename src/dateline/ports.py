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


DateReport = Callable[[Report, Lexicon], Dating]
"""Of what day is this report? By the words of its language, without a parse."""

LocateReport = Callable[[Report], tuple[str, str, str]]
"""Time zone of the dateline (IANA), home of the outlet, country of the dateline."""

AnswerWhen = Callable[[Parsed, Setting], Callable[[Action], When]]
"""When did it happen? Opened on a report, then asked of each of its acts."""
CompleteTimes = Callable[[Callable[[Action], When], Sequence[Claim]], Sequence[Claim]]
"""Which of the report's times is meant where an act's own sentence tells none?"""

AnswerWhere = Callable[
    [Parsed, Setting], Callable[[Action], tuple[Place, Sequence[Place]]]
]
"""Where did it happen, and which other places have a part in it? Opened likewise."""

CompletePlaces = Callable[
    [Callable[[Action], tuple[Place, Sequence[Place]]], Sequence[Claim]],
    Sequence[Claim],
]
"""Which of the report's places is meant where an act's own sentence tells none?"""

AnswerHowMany = Callable[[Parsed, Action, Setting], Sequence[Quantity]]
"""How many were killed, arrested, there?"""


ResolveMany = Callable[[Parsed, Iterable[Span], Setting], Sequence[Sequence[Actor]]]
"""Who are the words of several spans? `ResolveActors.many`."""

AnswerWhoSays = Callable[
    [Parsed, Setting], Callable[[Sequence[Action]], Sequence[Attribution]]
]
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
        self,
        report: Report,
        sentences: Sequence[Sentence],
        keep: Sequence[Sentence] | None = None,
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


class Store(Protocol):
    """Keeps reports, claims, reasons and problems. Saving twice keeps one."""

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

    def claims(self, where: Mapping[str, str]) -> Iterable[dict[str, Any]]:
        """Yield the kept claims that match, in CONTRACTS form, oldest first."""
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
    "FindActions",
    "KeepSentences",
    "Language",
    "LocateReport",
    "MakeCast",
    "MayTell",
    "ReadAlone",
    "ReadReport",
    "Reader",
    "ResolveActor",
    "ResolveActors",
    "Store",
    "ResolveMany",
    "Why",
]
