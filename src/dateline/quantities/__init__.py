"""How many were killed, injured, arrested; how large a crowd, a force, a sum."""

from dateline.quantities.answer import counts, how_many
from dateline.quantities.apart import counted_apart

__all__ = ["counted_apart", "counts", "how_many"]
