"""Make the files that ship from trained weights: export.py FOLDER OUT.

model.onnx (int8, dynamic; split.py then parts it), heads.npz (16-bit), and
tokenizer.json.gz.
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
from pathlib import Path

import numpy as np
import torch
from batches import CONTEXTS, MODES, tokenizer
from measure import loaded
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from rows import STATUSES, TAGS, TYPES
from slim import slim
from torch import nn


class Body(nn.Module):
    def __init__(self, model: Network) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.model.states(input_ids, attention_mask)


def network(model: Network, out: Path) -> None:
    """Export the body, quantise it and fuse its attention."""
    names = ["input_ids", "attention_mask"]
    axes = {n: {0: "batch", 1: "pieces"} for n in [*names, "states"]}
    ids = torch.tensor([[101, 2000, 2001, 102], [101, 2000, 102, 0]])
    with tempfile.TemporaryDirectory() as work:
        plain, ready = Path(work) / "plain.onnx", Path(work) / "ready.onnx"
        body = Body(model).eval()
        torch.onnx.export(
            body,
            (ids, (ids != 0).long()),
            str(plain),
            input_names=names,
            output_names=["states"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        body.eval()
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(out),
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    slim(out, out)


def heads(model: Network, out: Path, temperature: float, shift: np.ndarray) -> None:
    """Write the small matrices, their labels and calibration."""
    found: dict[str, np.ndarray] = {
        name: value.detach().numpy().astype(np.float16)
        for name, value in model.state_dict().items()
        if not name.startswith("body.")
    }
    found |= {
        "kind.temperature": np.float32(temperature),
        "deed.temperature": np.float32(temperature),
        "status.shift": shift,
    }
    labels = {"kind": TYPES, "status": STATUSES, "mode": MODES, "context": CONTEXTS, "tag": TAGS}
    np.savez_compressed(out, **found, **{k: np.array(v) for k, v in labels.items()})


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--temperature", type=float, default=1.0)
    ask.add_argument(
        "--shift",
        type=float,
        nargs=3,
        default=(0, 0, 0),
        help="added to the logits of happened, uncertain and not",
    )
    args = ask.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    model = loaded(args.folder)
    network(model, args.out / "model.onnx")
    shift = np.repeat(np.array(args.shift, np.float32), (3, 4, 2))
    heads(model, args.out / "heads.npz", args.temperature, shift)
    told = tokenizer().to_str().encode("utf-8")
    (args.out / "tokenizer.json.gz").write_bytes(gzip.compress(told, 9, mtime=0))


if __name__ == "__main__":
    main()
