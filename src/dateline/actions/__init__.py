"""What was done: the acts that the model read, as actions with their parties' words."""

from dateline.actions.decode import Decoder

__all__ = ["Decoder"]
