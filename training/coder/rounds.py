"""Part a reader's heads as they ship: rounds.py READING.npz OUT

READING.npz holds all of them in 16 bits, as files of form 1 did. Written to OUT are
reading-rounds.onnx.gz, what is asked of each piece beside an act (two rounds in which
the pieces look at one another, then whose words each is of) as one network in 8 bits,
and reading.npz, the rest in 16 bits. export.py writes both from a trained reader.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from dateline.ml.encoder.acts import FORM, ROLES, ROUNDS
from dateline.ml.encoder.heads import sealed

sys.path.insert(0, str(Path(__file__).parents[1] / "encoder"))
from packed import load, save

OURS = "com.microsoft"
MINE = ("piece.", "place.", "rounds.", "role.")  # the matrices of the network
Arrays = Mapping[str, np.ndarray]


class Graph:
    """Operations and constants, each value by the name of what made it."""

    def __init__(self, at: Arrays) -> None:
        self.at = at
        self.nodes: list[onnx.NodeProto] = []
        self.held: dict[str, np.ndarray] = {}

    def constant(self, name: str, value: np.ndarray) -> str:
        self.held[name] = np.ascontiguousarray(value)
        return name

    def add(self, kind: str, given: list[str], out: str, **more: Any) -> str:
        self.nodes.append(helper.make_node(kind, given, [out], name=out, **more))
        return out

    def linear(self, name: str, given: str) -> str:
        """Add one layer; its matrix's node bears the name that recover.py knows."""
        first, dot, last = name.rpartition(".")
        path = f"/{first}/{last}" if dot else f"/{last}"
        matrix = self.at[f"{name}.weight"].astype(np.float32).T
        held = self.constant(f"{name}.weight", matrix)
        product = self.add("MatMul", [given, held], f"{path}/MatMul")
        bias = self.constant(f"{name}.bias", self.at[f"{name}.bias"].astype("f4"))
        return self.add("Add", [product, bias], name)

    def normed(self, name: str, given: str) -> str:
        both = (f"{name}.weight", f"{name}.bias")
        held = [self.constant(n, self.at[n].astype(np.float32)) for n in both]
        return self.add("LayerNormalization", [given, *held], name, epsilon=1e-5)

    def gelu(self, given: str) -> str:
        return self.add("FastGelu", [given], f"{given}.gelu", domain=OURS)

    def round(self, name: str, given: str, views: int) -> str:
        """Add one round, as network.Round is."""
        told = self.linear(f"{name}.look", self.normed(f"{name}.first", given))
        parts = [f"{name}.{part}" for part in ("asks", "keys", "values")]
        self.nodes.append(
            helper.make_node("Split", [told], parts, name=f"{name}.parts", axis=-1, num_outputs=3)
        )
        own = {"domain": OURS, "num_heads": views}
        seen = self.add("MultiHeadAttention", parts, f"{name}.views", **own)
        told = self.linear(f"{name}.seen", seen)
        given = self.add("Add", [given, told], f"{name}.half")
        hidden = self.linear(f"{name}.up", self.normed(f"{name}.second", given))
        told = self.linear(f"{name}.down", self.gelu(hidden))
        return self.add("Add", [given, told], f"{name}.whole")


def rounds_graph(at: Arrays, views: int) -> onnx.ModelProto:
    """Return the network in 32 bits: states, and of each act gate, given and far, in.

    Out come acts x roles x pieces x (O, B, I).
    """
    graph = Graph(at)
    pieces = graph.linear("piece", "states")
    place = graph.constant("place.weight", at["place.weight"].astype(np.float32))
    gated = graph.add("Mul", [pieces, "gate"], "gated")
    near = graph.add("Add", [gated, "given"], "beside")
    placed = graph.add("Gather", [place, "far"], "placed")
    near = graph.gelu(graph.add("Add", [near, placed], "near"))
    for n in range(sum(name.endswith(".seen.bias") for name in at)):
        near = graph.round(f"rounds.{n}", near, views)
    logits = graph.linear("role", near)
    shape = graph.constant("shape", np.array([0, 0, len(ROLES), 3]))
    split = graph.add("Reshape", [logits, shape], "parted")
    shares = graph.add("Softmax", [split], "shares", axis=-1)
    graph.add("Transpose", [shares], "roles", perm=[0, 2, 1, 3])
    near_wide, wide = at["piece.weight"].shape
    floats, value = TensorProto.FLOAT, helper.make_tensor_value_info
    given = [
        value("states", floats, ["pieces", wide]),
        value("gate", floats, ["acts", 1, near_wide]),
        value("given", floats, ["acts", 1, near_wide]),
        value("far", TensorProto.INT64, ["acts", "pieces"]),
    ]
    made = helper.make_graph(
        graph.nodes,
        "rounds",
        given,
        [value("roles", floats, ["acts", len(ROLES), "pieces", 3])],
        [numpy_helper.from_array(v, k) for k, v in graph.held.items()],
    )
    known = [helper.make_opsetid("", 18), helper.make_opsetid(OURS, 1)]
    return helper.make_model(made, opset_imports=known, ir_version=8)


def quantise(plain: Path, out: Path, **more: Any) -> None:
    """Write a network with its matrices in seven bits, as all that ship are."""
    quantize_dynamic(
        str(plain),
        str(out),
        weight_type=QuantType.QInt8,
        reduce_range=True,
        per_channel=True,
        op_types_to_quantize=["MatMul"],
        **more,
    )


def quantised(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a network of 32 bits with its matrices in seven."""
    with tempfile.TemporaryDirectory() as work:
        plain, short = Path(work) / "plain.onnx", Path(work) / "short.onnx"
        onnx.save(model, plain)
        quantise(plain, short, extra_options={"DefaultTensorType": TensorProto.FLOAT})
        return load(short)


def part_heads(kept: Arrays, facts: dict[str, Any], out: Path) -> None:
    """Write both files from all matrices in 16 bits and what is told of them."""
    save(quantised(rounds_graph(kept, facts["views"])), out / ROUNDS)
    rest = {name: v for name, v in kept.items() if not name.startswith(MINE)}
    told = np.array(json.dumps(sealed({**facts, "form": FORM}, rest)))
    np.savez_compressed(out / "reading.npz", told=told, **rest)


def main() -> None:
    given, out = map(Path, sys.argv[1:])
    with np.load(given, allow_pickle=False) as file:
        kept = {name: file[name] for name in file.files if name != "told"}
        facts = json.loads(str(file["told"]))
    part_heads(kept, facts, out)


if __name__ == "__main__":
    main()
