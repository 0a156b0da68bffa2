"""Which claims tell the same happening."""

from dateline.merge.same import within

__all__ = ["within"]
