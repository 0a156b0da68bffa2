"""What all tests share."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time

import pytest

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture
def within_50_ms():
    """A bound on the CPU time of a block: best of the block's own run, with slack."""

    @contextmanager
    def bound() -> Iterator[None]:
        began = process_time()
        yield
        assert process_time() - began < 0.5  # ten times the aim: machines are noisy

    return bound


@pytest.fixture
def shared() -> Path:
    """The folder of data sets, which is no part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"no data sets at {SHARED}")
    return SHARED
