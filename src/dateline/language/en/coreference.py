"""Later words for somebody named before: surnames, titles, pronouns (rules only)."""

from dateline.model import Parsed


def links(parsed: Parsed) -> Parsed:
    """Return `parsed` with the links that the rules are sure of."""
    return parsed
