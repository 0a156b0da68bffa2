"""A copy of a store in which people's decisions have taken the place of answers.

Everything that reads a store reads it: filters, events, every export. The store itself
stays as it is.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dateline.record.happenings import join
from dateline.review.decide import book_of
from dateline.review.reviewed import added_claims, by_claim, rejected, reviewed_claim
from dateline.store import upkeep
from dateline.store.reviewed import replace_claim
from dateline.store.sql import SqlStore

Record = dict[str, Any]


@contextmanager
def reviewed_copy(store: SqlStore) -> Iterator[SqlStore]:
    """Give a copy of a store as reviewed; it is gone at the end."""
    with (
        TemporaryDirectory(prefix="dateline-reviewed-") as folder,
        write_reviewed_copy(store, str(Path(folder) / "reviewed.db")) as copy,
    ):
        yield copy


def write_reviewed_copy(store: SqlStore, out: str) -> SqlStore:
    """Write a copy of a store as reviewed, and open it."""
    upkeep.copy_store(store, out)
    copy = SqlStore(out)
    apply_reviews(copy, copy.review.decisions())
    join(copy)
    return copy


def apply_reviews(copy: SqlStore, decisions: Sequence[Record]) -> None:
    """Put reviewed claims in the place of the program's."""
    about = by_claim(decisions)
    book = book_of(copy)
    made = {claim["id"]: claim for claim in added_claims(decisions)}
    for name, rows in sorted(about.items()):
        claim = made.get(name) or (copy.claim(name) if name else None)
        if claim:
            replace_claim(
                copy,
                claim,
                None if rejected(rows) else reviewed_claim(claim, rows, book),
            )
