"""The words in a text that tell a time, with what they say as TIMEX3 values."""

from dateline.extract.time.tagging.grammar import Timex, tag, tagged_words

__all__ = ["Timex", "tag", "tagged_words"]
