"""What leads to a source says of the report in it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What a feed, or the list that names it, tells of a page that may not tell it.

    `entries` are of a feed: by number, those that are reports themselves, since the
    pages of the others are; None where all are.
    """

    title: str = ""
    outlet: str = ""
    byline: str = ""
    published: date | datetime | None = None
    entries: tuple[int, ...] | None = None
