"""What was done, and whose words the two parties are."""

from dateline.actions.finder import FrameFinder

__all__ = ["FrameFinder"]
