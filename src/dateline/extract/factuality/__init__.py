"""Whether the text says that an act happened, is planned, possible, denied."""

from dateline.extract.factuality.rules import judge_status_of_act

__all__ = ["judge_status_of_act"]
