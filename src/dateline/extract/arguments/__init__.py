"""The one decision: which acts of a report are told, and who stands on which side."""

from dateline.extract.arguments.parties import gather_parties, name_own, settle_actors, weigh_side
from dateline.extract.arguments.selection import decide

__all__ = ["decide", "gather_parties", "name_own", "settle_actors", "weigh_side"]
