"""Shards into a store: the same record as if one process had coded all."""

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.ingest.results import Done
from dateline.ingest.run import Coded, Ingest, Item
from dateline.ingest.scale.shards import Folder, Line, unpack_shard
from dateline.model import Problem
from dateline.store.errors import StoreDamaged, StoreError
from dateline.store.sql import SqlStore

# What a file whose bytes are those that were written, but no shard's, may raise.
TORN = (ValueError, LookupError, TypeError, AttributeError)


def load_shards_into(folder: Folder, store: SqlStore) -> "Loading":
    """Return what loads the shards of a folder into a store.

    Raises StoreError for a folder that holds none.
    """
    with_shards(folder)
    return Loading(folder, store)


def with_shards(folder: Folder) -> Folder:
    """Return a folder that holds shards; raises StoreError where it holds none."""
    if next(folder.manifest_lines(), None) is None:
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
        if not self.ingests:
            first = next(self.folder.lines(), None)
            self.made_by(first["made_by"] if first else {})
        return next(iter(self.ingests.values()))

    def run(self) -> Iterator[Done]:
        """Yield what becomes of each record, shard by shard, then what is lost."""
        if self.ingest.mended:
            self.ingest.mended.forget(str(self.folder.path))
        for line in self.folder.lines():
            ingest = self.made_by(line["made_by"])
            try:
                yield from self.shard(ingest, line)
            finally:
                ingest.flush()
        for at, why in self.folder.lost():
            yield self.ingest.refuse(Problem(at, "load", "damaged", why))

    def shard(self, ingest: Ingest, line: Line) -> Iterator[Done]:
        """Yield what becomes of each record of one shard.

        One that is damaged is told, and the others are loaded.
        """
        at = f"{self.folder.path}!{line['shard']}.parquet"
        try:
            held = list(unpack_shard(self.folder.read_shard(line)))
        except (StoreDamaged, OSError, *TORN) as error:
            why = str(error) if isinstance(error, StoreDamaged) else f"{error}"[:200]
            yield ingest.refuse(Problem(at, "load", "damaged", why))
            return
        for item in held:
            if isinstance(item, Problem):
                yield ingest.one(item, None)
                continue
            report, coding = item
            yield ingest.one(ingest.standing(report), coding)

    def made_by(self, made_by: dict[str, Any]) -> Ingest:
        """Return what keeps records that were coded under these options.

        They are those of `dateline code`, which finds them done: JSON has no tuples.
        """
        made_by = {
            name: tuple(told) if isinstance(told, list) else told for name, told in made_by.items()
        }
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
