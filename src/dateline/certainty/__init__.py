"""Whether the text says that an act happened, is planned, possible, denied."""

from dateline.certainty.rules import status

__all__ = ["status"]
