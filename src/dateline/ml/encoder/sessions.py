"""Networks of ONNX Runtime, each loaded once a process. Nobody else meets it."""

import gzip
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

SILENT = "ORT_DISABLE_TELEMETRY"  # the runtime heeds it only before it is loaded
SLOW = ("SkipLayerNormFusion",)  # takes four times as long as its two parts apart


def read_inflated(path: Path) -> bytes:
    """Return a file's bytes; networks and the tokenizer ship deflated.

    Raises OSError where there is no such file, or a deflated one is broken.
    """
    told = path.read_bytes()
    return gzip.decompress(told) if path.suffix == ".gz" else told


@cache
def session(path: Path) -> Any:
    """Load the network once a process, for one thread; so are the heads multiplied.

    A BLAS that wakes a thread a core for small heads spends more CPU than it saves.
    Late versions of the runtime tell its maker of its use, and write a name for this
    machine into the home folder, unless told not to.
    """
    os.environ[SILENT] = "1"
    import onnxruntime
    from threadpoolctl import threadpool_limits

    onnxruntime.disable_telemetry_events()  # where another program loaded it before
    threadpool_limits(1, user_api="blas")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # it keeps what the longest window took
    providers = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(
        read_inflated(path), options, providers=providers, disabled_optimizers=SLOW
    )


def run_network(path: Path, name: str, given: Any) -> Any:
    """Run a network that takes one value, by its name, and gives one."""
    return run_on_several(path, {name: given})


def run_on_several(path: Path, given: Mapping[str, Any]) -> Any:
    """Run a network that takes several values, by their names, and gives one."""
    return session(path).run(None, given)[0]
