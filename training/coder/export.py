"""Make the files that ship from a trained reader: export.py READER.pt RUN.json OUT.

OUT is the encoder's folder, where embed.onnx.gz lies. Written are the layers over the
shared embeddings in 8 bits, parted where the second reading branches off
(reading-lower.onnx.gz, reading-upper.onnx.gz), and the heads as rounds.py parts them
(reading-rounds.onnx.gz in 8 bits, reading.npz in 16).
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from data import CONTEXTS, DEEDS, MODES, STATUSES
from network import FAR, VIEWS, Reader, loaded
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

from dateline.ml.encoder.reader import LAYERS

sys.path.insert(0, str(Path(__file__).parents[1] / "encoder"))
from packed import load, save
from rounds import part_heads, quantise
from slim import slim

LOWER = 3  # layers below the branch
BRANCH = f"/layer.{LOWER - 1}/output/LayerNorm/LayerNormalization_output_0"
FLOOR = 0.5  # runs of pieces below it are not looked at


class Layers(nn.Module):
    """Layers under the names that slim.py knows."""

    def __init__(self, layers: list[nn.Module]) -> None:
        super().__init__()
        self.encoder = nn.Module()
        self.encoder.layer = nn.ModuleList(layers)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        bias = ((1 - mask) * -1e9)[:, None, None, :]
        for layer in self.encoder.layer:
            states = layer(states, bias)
            states = states[0] if isinstance(states, tuple) else states
        return states


def network(layers: list[nn.Module], out: Path) -> None:
    """Export layers, quantise them and fuse their attention."""
    axes = {name: {0: "batch", 1: "pieces"} for name in ("embedded", "mask", "states")}
    with tempfile.TemporaryDirectory() as work:
        plain, ready = Path(work) / "plain.onnx", Path(work) / "ready.onnx"
        torch.onnx.export(
            Layers(layers).eval(),
            (torch.randn(2, 4, 384), torch.ones(2, 4)),
            str(plain),
            input_names=["embedded", "mask"],
            output_names=["states"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantise(ready, plain)
        slim(plain, out)


def part(whole: Path) -> None:
    """Part six layers in two files, which one after the other give the same states."""
    model = load(whole)
    kind = onnx.helper.make_tensor_value_info(
        BRANCH, onnx.TensorProto.FLOAT, ["batch", "pieces", 384]
    )
    model.graph.value_info.append(kind)
    cut = onnx.utils.Extractor(model)
    ends = (["embedded"], [BRANCH]), ([BRANCH], ["states"])
    for name, (first, last) in zip(LAYERS, ends, strict=True):
        half = cut.extract_model(first, last)
        for node in half.graph.node:
            for names in (node.input, node.output):
                names[:] = ["branch" if n == BRANCH else n for n in names]
        for value in (*half.graph.input, *half.graph.output):
            value.name = value.name.replace(BRANCH, "branch")
        save(half, whole.with_name(name))
    whole.unlink()


def heads(model: Reader, told: dict, out: Path) -> None:
    """Write the matrices, and what the program must know of them."""
    kept = {
        name: value.numpy().astype(np.float16)
        for name, value in model.state_dict().items()
        if not name.startswith(("body.", "again."))
    }
    facts = {
        "version": f"reader-{told['data']}-{told['settings']['seed']}",
        "window": told["settings"]["window"],
        "floor": FLOOR,
        "far": FAR,
        "views": VIEWS,
        "labels": {"deed": DEEDS, "status": STATUSES, "mode": MODES, "context": CONTEXTS},
        "data": told["data"],
        "commit": told["commit"],
    }
    part_heads(kept, facts, out)


def main() -> None:
    weights, run, out = map(Path, sys.argv[1:])
    told = json.loads(run.read_text("utf-8"))
    chosen = told["settings"]
    model = loaded(weights, chosen["start"])
    network(list(model.body.encoder.layer), out / "reading.onnx.gz")
    part(out / "reading.onnx.gz")
    heads(model, told, out)


if __name__ == "__main__":
    main()
