"""The promises of a store, kept by SQLite and by a real PostgreSQL alike."""

from collections.abc import Iterator

import pytest

from dateline.store.sql import SqlStore
from dateline.testing import StoreContract


@pytest.fixture
def store(where: str) -> Iterator[SqlStore]:
    made = SqlStore(where)
    yield made
    made.close()


class TestStore(StoreContract):
    """Every test of the suite, once for each database."""
