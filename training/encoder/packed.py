"""Networks as they ship, deflated: packed.py PLAIN.onnx OUT.onnx.gz"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import onnx

from dateline.ml.encoder.sessions import read_inflated


def load(path: Path) -> onnx.ModelProto:
    """Read a network, deflated or plain."""
    return onnx.load_from_string(read_inflated(path))


def save(model: onnx.ModelProto, path: Path) -> None:
    """Write a network, deflated where its name ends so; the same on every day."""
    plain = model.SerializeToString()
    path.write_bytes(gzip.compress(plain, 9, mtime=0) if path.suffix == ".gz" else plain)


if __name__ == "__main__":
    given, out = map(Path, sys.argv[1:])
    save(load(given), out)
