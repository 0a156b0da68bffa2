"""PLOVER, the codebook that Dateline brings."""

from functools import cache
from pathlib import Path

from dateline.codebook.book import FolderCodebook
from dateline.codebook.folder import load as load_folder


@cache
def load() -> FolderCodebook:
    """Return PLOVER with our frame lexicon, read once a process."""
    return load_folder(Path(__file__).parent / "plover")
