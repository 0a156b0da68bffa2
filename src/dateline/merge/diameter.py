"""How far apart in time the tellings of one event may lie."""

from collections.abc import Sequence
from typing import Any

from dateline.merge.columns import AT, Columns
from dateline.merge.same import LONG
from dateline.merge.telling import ordinal


class Diameter:
    """The guard on size in time: no two tellings of one event lie too far apart."""

    def __init__(self, rows: Columns, group: Sequence[int]) -> None:
        """Take the days of the rows of a group."""
        first, last = rows.plain[group, AT["first"]], rows.plain[group, AT["last"]]
        self.first, self.last = first.tolist(), last.tolist()

    def __call__(self, some: Sequence[int], others: Sequence[int]) -> bool:
        """Whether two clusters together stay within the bound."""
        both = (*some, *others)
        latest = max((self.first[i] for i in both if self.first[i]), default=0)
        earliest = min((self.last[i] for i in both if self.last[i]), default=latest)
        return latest - earliest <= LONG


def span(told: Sequence[dict[str, Any] | None]) -> int:
    """Return how many days lie between the first and the last of the times told.

    >>> span([{"from": "2019-01-08", "to": "2019-01-08"}, {"from": "2019-01-20"}, None])
    12
    """
    whens = [when for when in told if when]
    latest = max((ordinal(w.get("from")) or 0 for w in whens), default=0)
    ends = (ordinal(w.get("to") or w.get("from")) for w in whens)
    earliest = min((day for day in ends if day), default=latest)
    return max(0, latest - earliest)
