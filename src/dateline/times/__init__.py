"""When: the times a text tells, the days of an event, the day of a report."""

from dateline.times.elsewhere import told_elsewhere
from dateline.times.events import EventTimes, tag_event_times
from dateline.times.inferred import infer_days
from dateline.times.tagging import Timex, tag

__all__ = [
    "EventTimes",
    "Timex",
    "infer_days",
    "tag",
    "told_elsewhere",
    "tag_event_times",
]
