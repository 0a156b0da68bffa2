"""Make the files that ship from a trained decider: export.py PT RUN.json OUT [BODY]

PT is decider.pt, OUT the encoder's folder, BODY the shape of its layers (minilm).
Written are decide.onnx.gz (the layers over the marks, 8 bits, as narrow.py leaves them)
and decide.npz (marks and heads in 16 bits).
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
import torch
from decider import FROZEN
from narrow import narrow_file
from rows import DEEDS, HERE, SECTORS

sys.path.insert(0, str(HERE.parent / "encoder"))
sys.path.insert(0, str(HERE.parent / "coder"))
from dateline.extract.arguments.reranker import FORM  # noqa: E402
from dateline.ml.encoder.heads import sealed  # noqa: E402


def network() -> object:
    """Return the module that exports and quantises layers."""
    path = HERE.parent / "coder/export.py"
    spec = importlib.util.spec_from_file_location("coder_export", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    weights, run, out = map(Path, sys.argv[1:4])
    from learn import made

    model = made(str(weights), *sys.argv[4:]).eval()
    layers = list(model.body.encoder.layer[FROZEN:])
    network().network(layers, out / "decide.onnx.gz")  # type: ignore[attr-defined]
    narrow_file(out / "decide.onnx.gz")
    kept = {
        name: value.numpy().astype(np.float16)
        for name, value in model.state_dict().items()
        if not name.startswith("body.")
    }
    told = json.loads(run.read_text("utf-8"))
    facts = {
        "form": FORM,
        "version": f"decider-{told['reports']}-{told['settings']['seed']}",
        "deeds": DEEDS,
        "sectors": SECTORS,
        "run": {k: str(v).rsplit("/", 1)[-1] for k, v in told["settings"].items()},
    }
    np.savez_compressed(out / "decide.npz", told=np.array(json.dumps(sealed(facts, kept))), **kept)


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
