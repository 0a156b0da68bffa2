"""Which claims tell the same happening."""

from dateline.extract.event_coref.within_report import ReportTellings, drop_repeated_claims

__all__ = ["drop_repeated_claims", "ReportTellings"]
