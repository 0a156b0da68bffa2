"""What a worker process does: make a coder once, then code what it is handed."""

import os
import signal
from collections.abc import Sequence
from functools import cache
from threading import Thread
from time import sleep
from typing import Any

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
LOOK = 2.0  # seconds between two looks whether the parent still lives


def begin_worker() -> None:
    """Prepare a process: one thread, no keyboard, no life after its parent."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()

    def follow_parent() -> None:
        while os.getppid() == parent:
            sleep(LOOK)
        os._exit(1)

    Thread(target=follow_parent, daemon=True).start()


@cache
def worker_coder(chosen: tuple[tuple[str, Any], ...]) -> Any:
    """Return the coder for a choice of options, made once a process."""
    from dateline.pipeline.factory import Options, make_coder

    return make_coder(Options(**dict(chosen)))


def code_batch(chosen: tuple[tuple[str, Any], ...], reports: Sequence[Any]) -> list[Any]:
    """Return the coding of each report, or the problem that prevents it."""
    from dateline.ingest.run import attempt_coding

    made = worker_coder(chosen)
    return [attempt_coding(made, report) for report in reports]
