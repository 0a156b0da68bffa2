"""How many were killed, injured, arrested; how large a crowd, a force, a sum."""

from dateline.quantities.answer import counts, how_many

__all__ = ["counts", "how_many"]
