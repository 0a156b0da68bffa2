"""Make the files that ship from a trained decider: export.py DECIDER.pt RUN.json OUT

OUT is the encoder's folder. Written are decide.onnx.gz (the layers over the marks, 8
bits) and decide.npz (marks and heads in 16 bits). `export.py --part OUT` parts
reading.onnx.gz where the second reading branches off: reading-lower.onnx.gz and
reading-upper.onnx.gz, which one after the other give the same states.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from rows import DEEDS, HERE, SECTORS

sys.path.insert(0, str(HERE.parent / "encoder"))
sys.path.insert(0, str(HERE.parent / "coder"))
from packed import load, save  # noqa: E402

from dateline.decide.second import FORM  # noqa: E402
from dateline.encoder.seal import sealed  # noqa: E402

FROZEN = 3
BRANCH = f"/layer.{FROZEN - 1}/output/LayerNorm/LayerNormalization_output_0"


def part(folder: Path) -> None:
    """Part the reader's layers in two files."""
    model = load(folder / "reading.onnx.gz")
    shapes = {"batch": None, "pieces": None}
    branch = onnx.helper.make_tensor_value_info(
        BRANCH, onnx.TensorProto.FLOAT, [*shapes, 384]
    )
    model.graph.value_info.append(branch)
    cut = onnx.utils.Extractor(model)
    lower = cut.extract_model(["embedded"], [BRANCH])
    upper = cut.extract_model([BRANCH], ["states"])
    for half in (lower, upper):
        for node in half.graph.node:
            for names in (node.input, node.output):
                for n, name in enumerate(names):
                    if name == BRANCH:
                        names[n] = "branch"
        for value in (*half.graph.input, *half.graph.output):
            if value.name == BRANCH:
                value.name = "branch"
    save(lower, folder / "reading-lower.onnx.gz")
    save(upper, folder / "reading-upper.onnx.gz")


def network() -> object:
    """Return the module that exports and quantises layers."""
    path = HERE.parent / "coder/export.py"
    spec = importlib.util.spec_from_file_location("coder_export", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    if sys.argv[1] == "--part":
        part(Path(sys.argv[2]))
        return
    weights, run, out = map(Path, sys.argv[1:])
    from learn import made

    model = made(str(weights)).eval()
    layers = list(model.body.encoder.layer[FROZEN:])
    network().network(layers, out / "decide.onnx.gz")  # type: ignore[attr-defined]
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
        "run": told["settings"] | {"seconds": told["seconds"]},
    }
    np.savez_compressed(
        out / "decide.npz", told=np.array(json.dumps(sealed(facts, kept))), **kept
    )


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
