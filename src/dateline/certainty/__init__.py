"""Whether the text says that an act happened, is planned, possible, denied."""

from dateline.certainty.learned import committed
from dateline.certainty.rules import judge_status_of_act

__all__ = ["committed", "judge_status_of_act"]
