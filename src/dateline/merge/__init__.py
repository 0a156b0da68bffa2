"""Which claims tell the same happening."""

from dateline.merge.repeats import once
from dateline.merge.report import within

__all__ = ["once", "within"]
