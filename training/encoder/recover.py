"""The weights of a shipped 8-bit network, back in 32 bits by their names in torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from onnx import numpy_helper
from packed import load


def recovered(path: Path) -> dict[str, torch.Tensor]:
    """Return the weights of a network by their names in torch."""
    graph = load(path).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = {
        name.removeprefix("model."): value
        for name, value in held.items()
        if name.startswith("model.body.") and value.dtype == np.float32 and value.shape
    }
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            whole = plain(held, node.input[1].removesuffix("_quantized"))
            found[weight(node.name)] = whole.T
        elif node.op_type == "Gather" and node.input[0].endswith("_quantized"):
            name = node.input[0].removesuffix("_quantized")
            found[name.removeprefix("model.")] = plain(held, name)
    return {k: torch.from_numpy(np.array(v, np.float32)) for k, v in found.items()}


def plain(held: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Return a matrix in 32 bits: its integers less the zero point, by the scale."""
    integers = held[f"{name}_quantized"].astype(np.float32)
    return (integers - held[f"{name}_zero_point"]) * held[f"{name}_scale"]


def weight(node: str) -> str:
    """Return the torch name of a node's matrix.

    >>> weight("/body/encoder/layer.0/output/dense/MatMul_quant")
    'body.encoder.layer.0.output.dense.weight'
    """
    return node.strip("/").removesuffix("/MatMul_quant").replace("/", ".") + ".weight"
