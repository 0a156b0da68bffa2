"""A worker's part that dies of one report; its process imports nothing else for it."""

import os
import signal
from collections.abc import Sequence
from typing import Any


def deadly(_chosen: Any, reports: Sequence[Any]) -> list[Any]:
    """Die of one report, as a worker does that needs too much memory."""
    if any(report.id == "r5" for report in reports):
        os.kill(os.getpid(), signal.SIGKILL)
    return ["fine" for _ in reports]
