"""Annotated reports as the program reads them, with who each mention is by its mark."""

import sys
from collections import defaultdict
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "identity"))
from kept import FOLDS, load

from benchmarks.actors import annotated_names

__all__ = ["FOLDS", "load", "names_by_head"]


def names_by_head(row, parsed):
    """Return the full names that the marks give, by the token that heads the words."""
    heads = defaultdict(set)
    for span, names in annotated_names(row).items():
        if (token := parsed.head_of(span)) is not None:
            heads[token.i] |= names
    return heads
