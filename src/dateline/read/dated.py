"""Whether a dateline's own day agrees with the day of publication that flags tell."""

from datetime import date

from dateline.model import Report
from dateline.read.moments import MONTHS
from dateline.read.wire import like


def days_from_publication(report: Report, published: date | None) -> int:
    """Return how many days lie between a dateline's day and that of publication.

    A day without a year is of the year that brings it nearest; 0 where none is told.

    >>> from dateline.read.wire import mark_wire
    >>> days_from_publication(
    ...     mark_wire(Report("r", "ROME, Jan. 8 (AP) — Rain.")), date(2019, 1, 20)
    ... )
    12
    """
    heads = [span.of(report.text) for span in report.marked("dateline")]
    told = next(filter(None, map(like("stamp").search, heads)), None)
    if published is None or told is None:
        return 0
    month = MONTHS.index((told["m"] or told["n"])[:3].lower()) + 1
    years = range(published.year - 1, published.year + 2)
    named = int(told["y"]) if told["y"] else None
    found = [calendar_day(year, month, int(told["d"] or told["e"])) for year in years]
    if named:
        found = [calendar_day(named, month, int(told["d"] or told["e"]))]
    return min((abs((day - published).days) for day in found if day), default=0)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return a day of the calendar, None where it has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
