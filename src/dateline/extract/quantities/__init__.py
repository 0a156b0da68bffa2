"""How many were killed, injured, arrested; how large a crowd, a force, a sum."""

from dateline.extract.quantities.answer import answer_how_many, counts_of_sentence
from dateline.extract.quantities.count_sharing import counted_apart

__all__ = ["counted_apart", "counts_of_sentence", "answer_how_many"]
