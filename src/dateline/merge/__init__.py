"""Which claims tell the same happening."""

from dateline.merge.repeats import drop_repeated_claims
from dateline.merge.report import ReportTellings

__all__ = ["drop_repeated_claims", "ReportTellings"]
