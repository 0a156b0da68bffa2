"""Where the record is kept. One module per kind of store, one test suite for all."""

from dateline.store.errors import StoreDamaged, StoreError, StoreFull, StoreInUse

__all__ = ["StoreDamaged", "StoreError", "StoreFull", "StoreInUse"]
