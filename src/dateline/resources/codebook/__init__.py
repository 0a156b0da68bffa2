"""Ontologies as data: PLOVER ships here, and any folder of the same files will do."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.resources.codebook.book import FolderCodebook, load
    from dateline.resources.codebook.check import find_contradictions

__all__ = ["FolderCodebook", "find_contradictions", "load"]
HOMES = {"FolderCodebook": "book", "find_contradictions": "check", "load": "book"}

# Types of the ontology that ships, as help texts and pages show them.
A_TYPE = "AID"
A_DEED = "CONSULT"
TYPES = "CONSULT,AGREE"


def __getattr__(name: str) -> Any:
    """Return a part when it is asked for: help texts need names alone."""
    if name not in HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"dateline.resources.codebook.{HOMES[name]}"), name)
