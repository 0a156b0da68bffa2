"""When: the times a text tells, the days of an event, the day of a report."""

from dateline.times.tagging import Timex, tag

__all__ = ["Timex", "tag"]
