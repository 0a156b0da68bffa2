"""Who is who in a report: its cast, and who is meant where words are missing."""

from dateline.cast.implied import meant
from dateline.cast.scene import cast

__all__ = ["cast", "meant"]
