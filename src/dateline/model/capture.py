"""Where the bytes of a report come from, and what became of each record."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["rejected", "quarantined", "passed over"]
SUSPECT = frozenset(("garbled", "timeout", "crashed", "internal"))
PASSED = frozenset(("no_report_record", "other_kind", "settled"))


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
