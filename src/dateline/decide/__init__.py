"""The one decision: which acts of a report are told, and who stands on which side."""

from dateline.decide.parties import gather_parties

__all__ = ["gather_parties"]
