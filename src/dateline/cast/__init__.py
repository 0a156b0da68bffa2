"""Who is who in a report: its cast."""

from dateline.cast.scene import cast

__all__ = ["cast"]
