"""The one decision: which acts of a report are told, and who stands on which side."""

from dateline.decide.decider import decide
from dateline.decide.parties import gather_parties, name_own, settle_actors, weigh_side

__all__ = ["decide", "gather_parties", "name_own", "settle_actors", "weigh_side"]
