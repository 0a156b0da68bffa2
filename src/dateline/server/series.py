"""Series in time as they are drawn: tolls as told, events by day, the map's months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

Record = dict[str, Any]
N = TypeVar("N", int, float)
LEFT, WIDE, HIGH = 50, 620, 150
CLASSES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
MOST_BINS = 80
NEARLY = 0.95  # of the events must be inside; else bins are coarser
KINDS = (("day", 10), ("month", 7), ("year", 4))
"""A bin, and how many characters of a day name it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One figure as it was told: where it is drawn, and in words."""

    x: float
    y: float
    low: float
    high: float
    told: str
    day: str
    report: str
    speaker: str
    scope: str


@dataclass(frozen=True, slots=True)
class Toll:
    """What an event counts of one kind, over time, and the path between figures."""

    what: str
    tellings: list[Telling]
    path: str
    most: float
    first: str
    last: str


def told_tolls(whole: Record) -> list[Toll]:
    """Return the counts of an event that more than one telling gives."""
    series = [many for many in whole["quantities"] if len(many["series"]) > 1]
    return [toll(many) for many in series]


def toll(many: Record) -> Toll:
    """Return one kind of count as it is drawn: days across, figures upwards."""
    rows = many["series"]
    days = [day_ordinal(row["told"]) for row in rows]
    known = [day for day in days if day]
    first, last = (min(known), max(known)) if known else (0, 0)
    most = max(many["high"], 1.0)
    found = []
    for at, (row, day) in enumerate(zip(rows, days, strict=True)):
        # Tellings of one day stand side by side, in the order they were told.
        part = at / max(len(rows) - 1, 1)
        if last > first:
            share = ((day or first) - first) / (last - first)
            part = share * 0.92 + part * 0.08
        low, best, high = row["low"], row["best"], row["high"]
        figures = [n for n in (low, best, high) if n is not None]
        # The best, else the one end that was told.
        figure = next(n for n in (best, low, high) if n is not None)
        told = f"{figure:,.0f}"
        if best is None:
            told = f"at least {told}" if high is None else f"at most {told}"
            told = f"{low:,.0f} to {high:,.0f}" if None not in (low, high) else told
        elif row.get("bound", "exact") != "exact":
            told = f"{row['bound']} {told}"
        y, top, foot = (height(n, most) for n in (figure, max(figures), min(figures)))
        words = (row["told"], row["report"], row["speaker"], row["scope"])
        x = round(LEFT + part * WIDE, 1)
        found.append(Telling(x, y, foot, top, told, *words))
    path = " ".join(f"{'L' if i else 'M'}{t.x} {t.y}" for i, t in enumerate(found))
    ends = [row["told"] for row in rows if row["told"]] or [""]
    what = f"{many['what']}, {many['unit']}" if many.get("unit") else many["what"]
    return Toll(what, found, path, most, min(ends), max(ends))


def height(figure: float, most: float) -> float:
    """Return how far down a figure is drawn."""
    return round(20 + HIGH - HIGH * figure / most, 1)


def day_ordinal(told: str) -> int:
    """Return a day as a number, 0 for none."""
    return date.fromisoformat(told[:10]).toordinal() if told else 0


@dataclass(frozen=True, slots=True)
class Bin:
    """The events of a day, month or year, by class, and where they are drawn."""

    name: str
    since: str
    until: str
    events: int
    x: float
    width: float
    parts: list[tuple[str, float, float, int]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A timeline: its bins, what one of them is, and how many events in the fullest.

    `outside` are events so far from most that drawing them would flatten these.
    """

    kind: str
    bins: list[Bin]
    most: int
    events: int
    outside: int = 0


def bin_days(counts: Sequence[tuple[str, str, int]]) -> Shown:
    """Return days in the finest bins in which nearly all events can be drawn.

    Bins without an event have their room too; a day of long before or after the others
    is counted outside.
    """
    total = sum(many for _, _, many in counts)
    for kind, length in KINDS:
        sums: dict[str, dict[str, int]] = {}
        for day, quad, many in counts:
            row = sums.setdefault(day[:length], {})
            row[quad] = row.get(quad, 0) + many
        names = fullest_bins({n: sum(r.values()) for n, r in sums.items()}, kind)
        inside = sum(sum(sums.get(name, {}).values()) for name in names)
        if inside >= NEARLY * total:
            break
    most = max((sum(sums.get(name, {}).values()) for name in names), default=0)
    bins = [
        bin_of(name, sums.get(name, {}), (at, len(names), most)) for at, name in enumerate(names)
    ]
    return Shown(kind, bins, most, inside, total - inside)


def fullest_bins(many: Mapping[str, int], kind: str) -> list[str]:
    """Return the bins that can be drawn which hold most events, empty ones within too.

    They are found before the empty ones are made: a day of another age is far away.
    """
    if not many:
        return []
    first, last = fullest_stretch(
        {bin_number(name, kind): n for name, n in many.items()}, MOST_BINS
    )
    return [bin_name(number, kind) for number in range(first, last + 1)]


def fullest_stretch(many: Mapping[int, int], room: int) -> tuple[int, int]:
    """Return from where to where most stands in so much room; of equals the last.

    >>> fullest_stretch({1805: 1, 2001: 2, 2024: 9}, 80)
    (2001, 2024)
    """
    places = sorted(many)
    best, found = 0, (places[0], places[0])
    held, end = 0, 0
    for first in places:
        while end < len(places) and places[end] < first + room:
            held += many[places[end]]
            end += 1
        if held >= best:
            best, found = held, (first, places[end - 1])
        held -= many[first]
    return found


def bin_number(name: str, kind: str) -> int:
    """Return a day, month or year as a number; those that follow differ by one."""
    if kind == "day":
        return day_ordinal(name)
    return int(name) if kind == "year" else month_number(name)


def bin_name(number: int, kind: str) -> str:
    """Return the name of a bin.

    >>> [bin_name(bin_number("2024-12", "month") + n, "month") for n in (0, 1)]
    ['2024-12', '2025-01']
    """
    if kind == "day":
        return date.fromordinal(number).isoformat()
    return f"{number:04}" if kind == "year" else month_name(number)


def month_number(day: str) -> int:
    """Return a day's month, counted from year 0.

    >>> month_name(month_number("2019-01-08"))
    '2019-01'
    """
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def month_name(number: int) -> str:
    """Return a month that is counted from year 0 as it is written."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


def bin_of(name: str, row: dict[str, int], at: tuple[int, int, int]) -> Bin:
    """Return one bin as it is drawn: conflict below the line, cooperation above."""
    place, many, most = at
    step = 640 / max(many, 12)
    parts = stack_classes(row, 90, max(most, 1))
    pad = {4: ("-01-01", "-12-31"), 7: ("-01", "-31"), 10: ("", "")}[len(name)]
    since, until = name + pad[0], name + pad[1]
    if len(name) == 7:
        until = last_of(name)
    x = round(56 + place * step + step * 0.1, 1)
    return Bin(name, since, until, sum(row.values()), x, round(step * 0.8, 1), parts)


def stack_classes(
    values: Mapping[str, N], high: float, most: float
) -> list[tuple[str, float, float, N]]:
    """Return what each class adds to a column: class, top, height, value.

    Cooperation stands above the line, conflict below it; `most` is as tall as `high`.
    """
    parts, up, down = [], 0.0, 0.0
    for quad in CLASSES:
        tall = round(high * values.get(quad, 0) / most, 1)
        if tall and "cooperation" in quad:
            up += tall
            parts.append((quad, round(100 - up, 1), tall, values[quad]))
        elif tall:
            parts.append((quad, round(100 + down, 1), tall, values[quad]))
            down += tall
    return parts


def last_of(month: str) -> str:
    """Return the last day of a month.

    >>> last_of("2024-02")
    '2024-02-29'
    """
    from calendar import monthrange

    year, number = int(month[:4]), int(month[5:])
    return f"{month}-{monthrange(year, number)[1]}"


REACHES = {"month": 1, "year": 12, "all": 0}
"""How many months up to the chosen one are shown; 0 is all of them."""
REACH_WORDS = {"month": "that month", "year": "twelve months", "all": "all up to it"}
SLIDER_WIDE, SLIDER_HIGH = 600, 34
MOST_MONTHS = 240  # months


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


def slider(counts: Sequence[tuple[str, str, int]], month: int | None, reach: str) -> Slider | None:
    """Return the slider over days with events, None where there are not two months."""
    many: dict[int, int] = {}
    for day, _, n in counts:
        many[month_number(day)] = many.get(month_number(day), 0) + n
    if len(many) < 2:
        return None
    # One event of another age would leave no room for the others.
    first, last = fullest_stretch(many, MOST_MONTHS)
    many = {at: n for at, n in many.items() if first <= at <= last}
    at = last if month is None else max(first, min(last, month))
    told = reach if reach in REACHES else "month"
    # How full each month is, as a small chart: x, y, width, height, words.
    step, most = SLIDER_WIDE / (max(many) - min(many) + 1), max(many.values())
    chart = [
        (
            round((month - min(many)) * step, 2),
            round(SLIDER_HIGH - SLIDER_HIGH * n / most, 1),
            round(max(step * 0.8, 0.6), 2),
            round(SLIDER_HIGH * n / most, 1),
            f"{month_name(month)}: {n}",
        )
        for month, n in sorted(many.items())
    ]
    return Slider(first, last, at, month is not None, told, chart)
