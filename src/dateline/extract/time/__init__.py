"""When: the times a text tells, the days of an event, the day of a report."""

from dateline.extract.time.cross_sentence import told_elsewhere
from dateline.extract.time.event_times import EventTimes, tag_event_times
from dateline.extract.time.inferred import infer_days
from dateline.extract.time.tagging import Timex, tag

__all__ = ["EventTimes", "Timex", "infer_days", "tag", "told_elsewhere", "tag_event_times"]
