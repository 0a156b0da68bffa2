"""What was published, where its bytes come from, and where in it we are looking."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b, sha256
from typing import Literal

Outcome = Literal["rejected", "quarantined", "passed over"]
SUSPECT = frozenset(("garbled", "timeout", "crashed", "internal"))
PASSED = frozenset(("no_report_record", "other_kind", "settled"))
LONGEST = 1_000_000  # characters: a longer report is told as such, not coded
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


@dataclass(frozen=True, slots=True)
class Capture:
    """How a report came to us: enough to find its bytes again and to check them.

    `found_at` is its path, pipe or address, with what lies inside behind a "!".
    `offset` and `length` are of its record in that file; `sha256` is of its raw bytes.
    `tool` is how it was read, where that must be known to read it again: the map of the
    columns of its file. `charset` is told where the bytes did not declare it truly.
    """

    sha256: str = ""
    found_at: str = ""
    offset: int | None = None
    length: int | None = None
    url: str = ""
    fetched: str = ""
    tool: str = ""
    charset: str = ""


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


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a stage could not do. Problems are data: stored, counted, shown.

    `code` is a stable word ("not_a_report", "unsupported_language", "unreadable").
    """

    report_id: str
    stage: str
    code: str
    message: str
    capture: Capture | None = None
    raw: bytes = b""

    @property
    def outcome(self) -> Outcome:
        """What becomes of the record: quarantined where it, or we, may be at fault.

        >>> Problem("r", "read", "timeout", "over 20 s").outcome
        'quarantined'
        """
        if self.code in PASSED:
            return "passed over"
        return "quarantined" if self.code in SUSPECT else "rejected"


def hash_words(words: str) -> str:
    """Return a short name for words that does not tell them: 16 hexadecimal digits."""
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def digest_text(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
