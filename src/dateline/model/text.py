"""What was published, and where in it we are looking."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dateline.model.capture import Capture

MarkKind = Literal[
    "headline",
    "dateline",
    "agency",
    "byline",
    "credit",
    "correction",
    "note",
    "end",
    "foreign",
    "furniture",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` up to `end` of one report's text, in Unicode code points.

    >>> Span(0, 3).of("Kim visited China.")
    'Kim'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words this span covers."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside.

        >>> Span(0, 9).covers(Span(3, 9)), Span(0, 9).covers(Span(3, 10))
        (True, False)
        >>> Span(3, 9).covers(Span(0, 9))
        False
        """
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def apart(self, other: "Span") -> int:
        """Return by how many characters the ends of the two differ."""
        return abs(self.start - other.start) + abs(self.end - other.end)

    def join(self, other: "Span") -> "Span":
        """Return the smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of wire convention in a report: no part of the story itself."""

    kind: MarkKind
    span: Span


LONGEST = 1_000_000  # characters: a longer report is told as such, not coded


@dataclass(frozen=True, slots=True)
class Report:
    """One item as one outlet ran it; what nobody told us is None or empty.

    `text` is stored unchanged and all offsets refer to it. `published` is the day or
    the moment that the input tells (never the clock's or the file's).
    """

    id: str
    text: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    language: str = "en"
    published: date | datetime | None = None
    dateline: str = ""
    agency: str = ""
    byline: str = ""
    contributors: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    capture: Capture | None = None

    @property
    def day(self) -> date | None:
        """The day of publication, without its time.

        >>> Report("r", "", published=datetime(2019, 1, 8, 9)).day
        datetime.date(2019, 1, 8)
        """
        at = self.published
        return at.date() if isinstance(at, datetime) else at

    def marked(self, kind: MarkKind) -> tuple[Span, ...]:
        """Return the spans marked as `kind`, in text order."""
        return tuple(mark.span for mark in self.marks if mark.kind == kind)
