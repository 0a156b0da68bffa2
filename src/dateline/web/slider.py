"""The map's slider: which months there are, how full they are, which is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.web.series import (
    fullest_stretch,
    last_of,
    month_name,
    month_number,
)

REACHES = {"month": 1, "year": 12, "all": 0}
"""How many months up to the chosen one are shown; 0 is all of them."""
WORDS = {"month": "that month", "year": "twelve months", "all": "all up to it"}
WIDE, HIGH = 600, 34
MOST = 240  # months


@dataclass(frozen=True, slots=True)
class Slider:
    """The months of some events, numbered from year 0, and the one that is chosen."""

    first: int
    last: int
    month: int
    chosen: bool
    reach: str
    bars: list[tuple[float, float, float, float, str]]

    @property
    def name(self) -> str:
        """The chosen month as it is written."""
        return month_name(self.month)

    def days(self, where: Mapping[str, str]) -> dict[str, str]:
        """Return filters narrowed to the days that are shown."""
        if not self.chosen:
            return dict(where)
        until = last_of(self.name)
        told = {"until": min(until, where.get("until") or until)}
        if months := REACHES[self.reach]:
            since = f"{month_name(self.month - months + 1)}-01"
            told["since"] = max(since, where.get("since") or since)
        return {**where, **told}


def slider(
    counts: Sequence[tuple[str, str, int]], month: int | None, reach: str
) -> Slider | None:
    """Return the slider over days with events, None where there are not two months."""
    many: dict[int, int] = {}
    for day, _, n in counts:
        many[month_number(day)] = many.get(month_number(day), 0) + n
    if len(many) < 2:
        return None
    # One event of another age would leave no room for the others.
    first, last = fullest_stretch(many, MOST)
    many = {at: n for at, n in many.items() if first <= at <= last}
    at = last if month is None else max(first, min(last, month))
    told = reach if reach in REACHES else "month"
    return Slider(first, last, at, month is not None, told, month_bars(many))


def month_bars(many: Mapping[int, int]) -> list[tuple[float, float, float, float, str]]:
    """Return how full each month is, as a small chart: x, y, width, height, words."""
    first, last, most = min(many), max(many), max(many.values())
    step = WIDE / (last - first + 1)
    return [
        (
            round((month - first) * step, 2),
            round(HIGH - HIGH * n / most, 1),
            round(max(step * 0.8, 0.6), 2),
            round(HIGH * n / most, 1),
            f"{month_name(month)}: {n}",
        )
        for month, n in sorted(many.items())
    ]
