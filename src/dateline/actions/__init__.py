"""What was done: the acts that the model read, as actions with their parties' words."""

from dateline.actions.decode import Decoder
from dateline.actions.sure import confidence, enough

__all__ = ["Decoder", "confidence", "enough"]
