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
from dateline.review.reviewed import added, by_claim, rejected, reviewed_claim
from dateline.store import upkeep
from dateline.store.reviewed import put
from dateline.store.sql import SqlStore

Record = dict[str, Any]


@contextmanager
def reviewed(store: SqlStore) -> Iterator[SqlStore]:
    """Give a copy of a store as reviewed; it is gone at the end."""
    with (
        TemporaryDirectory(prefix="dateline-reviewed-") as folder,
        written(store, str(Path(folder) / "reviewed.db")) as copy,
    ):
        yield copy


def written(store: SqlStore, out: str) -> SqlStore:
    """Write a copy of a store as reviewed, and open it."""
    upkeep.backup(store, out)
    copy = SqlStore(out)
    apply(copy, copy.review.decisions())
    join(copy)
    return copy


def apply(copy: SqlStore, decisions: Sequence[Record]) -> None:
    """Put reviewed claims in the place of the program's."""
    about = by_claim(decisions)
    book = book_of(copy)
    made = {claim["id"]: claim for claim in added(decisions)}
    for name, rows in sorted(about.items()):
        claim = made.get(name) or (copy.claim(name) if name else None)
        if claim:
            put(
                copy,
                claim,
                None if rejected(rows) else reviewed_claim(claim, rows, book),
            )
