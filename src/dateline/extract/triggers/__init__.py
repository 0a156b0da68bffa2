"""What was done: the acts that the model read, as actions with their parties' words."""

from dateline.extract.triggers.decoding import Decoder

__all__ = ["Decoder"]
