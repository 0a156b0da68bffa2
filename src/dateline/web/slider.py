"""The map's slider: which months there are, how full they are, which is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.web.series import last_of

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
        return named(self.month)

    def days(self, where: Mapping[str, str]) -> dict[str, str]:
        """Return filters narrowed to the days that are shown."""
        if not self.chosen:
            return dict(where)
        until = last_of(self.name)
        told = {"until": min(until, where.get("until") or until)}
        if months := REACHES[self.reach]:
            since = f"{named(self.month - months + 1)}-01"
            told["since"] = max(since, where.get("since") or since)
        return {**where, **told}


def slider(
    counts: Sequence[tuple[str, str, int]], month: int | None, reach: str
) -> Slider | None:
    """Return the slider over days with events, None where there are not two months."""
    many: dict[int, int] = {}
    for day, _, n in counts:
        many[number(day)] = many.get(number(day), 0) + n
    if len(many) < 2:
        return None
    first, last = fullest_months(many)
    many = {at: n for at, n in many.items() if first <= at <= last}
    at = last if month is None else max(first, min(last, month))
    told = reach if reach in REACHES else "month"
    return Slider(first, last, at, month is not None, told, columns(many))


def fullest_months(many: Mapping[int, int]) -> tuple[int, int]:
    """Return the months from which to which the slider goes: twenty years at the most.

    One event of another age would leave no room for the others.
    """
    if max(many) - min(many) < MOST:
        return min(many), max(many)
    starts = sorted(many)
    held = {a: sum(n for m, n in many.items() if a <= m < a + MOST) for a in starts}
    first = max(starts, key=lambda a: (held[a], a))
    return first, max(m for m in many if m < first + MOST)


def columns(many: Mapping[int, int]) -> list[tuple[float, float, float, float, str]]:
    """Return how full each month is, as a small chart: x, y, width, height, words."""
    first, last, most = min(many), max(many), max(many.values())
    step = WIDE / (last - first + 1)
    return [
        (
            round((month - first) * step, 2),
            round(HIGH - HIGH * n / most, 1),
            round(max(step * 0.8, 0.6), 2),
            round(HIGH * n / most, 1),
            f"{named(month)}: {n}",
        )
        for month, n in sorted(many.items())
    ]


def number(day: str) -> int:
    """Return a day's month, counted from year 0.

    >>> named(number("2019-01-08"))
    '2019-01'
    """
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def named(month: int) -> str:
    """Return a month that is counted from year 0 as it is written."""
    return f"{month // 12:04}-{month % 12 + 1:02}"
