"""Which claims tell the same happening."""

from dateline.merge.elsewhere import completed
from dateline.merge.same import within

__all__ = ["completed", "within"]
