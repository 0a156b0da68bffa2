"""Which claims tell the same happening."""

from dateline.merge.repeats import drop_repeated_claims
from dateline.merge.report import assign_event_ids

__all__ = ["drop_repeated_claims", "assign_event_ids"]
