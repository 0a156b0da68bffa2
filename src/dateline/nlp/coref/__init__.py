"""Who is who in a report: its cast."""

from dateline.nlp.coref.context import cast

__all__ = ["cast"]
