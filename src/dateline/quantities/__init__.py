"""How many were killed, injured, arrested; how large a crowd, a force, a sum."""

from collections.abc import Sequence

from dateline.model import Action, Parsed, Quantity, Setting


def how_many(parsed: Parsed, action: Action, setting: Setting) -> Sequence[Quantity]:
    """Answer with no count: this room is not furnished yet."""
    return ()
