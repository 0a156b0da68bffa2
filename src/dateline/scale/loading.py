"""Shards into a store: the same record as if one process had coded all."""

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.ingest import Coded, Ingest, Item
from dateline.model import Problem
from dateline.outcomes import Done
from dateline.scale.pack import unpacked
from dateline.scale.shards import Folder, Line
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore


def load(folder: Folder, store: SqlStore) -> "Loading":
    """Return what loads the shards of a folder into a store.

    Raises StoreError for a folder that holds none.
    """
    with_shards(folder)
    return Loading(folder, store)


def with_shards(folder: Folder) -> Folder:
    """Return a folder that holds shards; raises StoreError where it holds none."""
    if next(folder.lines(), None) is None:
        raise StoreError(f"{folder.path}: no shards here (no manifest.jsonl)")
    return folder


class Loading:
    """Goes through shards and counts what becomes of each record."""

    def __init__(self, folder: Folder, store: SqlStore) -> None:
        """Begin with nothing loaded."""
        self.folder, self.store = folder, store
        self.ingests: dict[str, Ingest] = {}

    @property
    def ingest(self) -> Ingest:
        """One that counts for all."""
        return next(iter(self.ingests.values()))

    def run(self) -> Iterator[Done]:
        """Yield what becomes of each record, shard by shard."""
        for line in self.folder.lines():
            ingest = self.made_by(line["made_by"])
            try:
                yield from self.shard(ingest, line)
            finally:
                ingest.flush()

    def shard(self, ingest: Ingest, line: Line) -> Iterator[Done]:
        """Yield what becomes of each record of one shard."""
        for item in unpacked(self.folder.read(line)):
            if isinstance(item, Problem):
                yield ingest.one(item, None)
                continue
            report, coding = item
            yield ingest.one(ingest.standing(report), coding)

    def made_by(self, made_by: dict[str, Any]) -> Ingest:
        """Return what keeps records that were coded under these options."""
        key = repr(sorted(made_by.items()))
        if key not in self.ingests:
            made = Ingest(nothing, self.store, made_by)
            if self.ingests:
                made.count, made.kinds = self.ingest.count, self.ingest.kinds
            self.ingests[key] = made
        return self.ingests[key]


def nothing(items: Iterable[Item]) -> Iterator[Coded]:
    """Code nothing: shards hold what was coded."""
    return ((item, None) for item in items)
