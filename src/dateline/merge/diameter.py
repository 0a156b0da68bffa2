"""How far apart in time the tellings of one event may lie."""

from collections.abc import Sequence

from dateline.merge.columns import AT, Columns
from dateline.merge.same import LONG


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
