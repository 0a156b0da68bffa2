"""Whether the text says that an act happened, is planned, possible, denied."""

from dateline.certainty.learned import committed
from dateline.certainty.rules import status

__all__ = ["committed", "status"]
