"""Of what day a report is, by what its words and its readers tell."""

from dateline.extract.time.dating.report_day import date_report

__all__ = ["date_report"]
