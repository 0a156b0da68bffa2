"""Ontologies as data: PLOVER ships here, and any folder of the same files will do."""

from dateline.codebook.book import FolderCodebook
from dateline.codebook.check import check
from dateline.codebook.folder import load

__all__ = ["FolderCodebook", "check", "load"]
