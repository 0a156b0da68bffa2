"""Short stable names for what a store holds."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from dateline.model import Report


def report_key(report_id: str, text: str) -> str:
    """Return the key of one version of one report."""
    return hash_words(f"{report_id}\0{text}")


def run_id(made_by: Mapping[str, Any]) -> str:
    """Return the id of what made a row: the same settings give the same id."""
    return hash_words(repr(sorted(made_by.items())))


def hash_words(words: str) -> str:
    """Return a short stable hash."""
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def digest_content(report: Report) -> str:
    """Return what tells one outlet's words; "" where the outlet is not known."""
    return hash_words(f"{report.outlet}\0{report.text}") if report.outlet else ""
