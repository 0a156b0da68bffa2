"""Part the shipped network where other networks branch off: split.py WEIGHTS.

`model.onnx` becomes `embed.onnx.gz`, on which the reader stands as well, `lower`, on
which the commitment layers stand, and `upper`. Weights of
all networks of the folder are brought into seven bits: two products with 8-bit
activations then never leave 16 bits, where CPUs without VNNI would saturate and give
other answers. (Unsigned weights avoid it too, at 1.8 times the time on VNNI.)
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from packed import load, save
from slim import WIDE, needed, replace

MOST = 64
EMBEDDED = "/body/embeddings/LayerNorm/LayerNormalization_output_0"


def main() -> None:
    folder = Path(sys.argv[1])
    whole = folder / "model.onnx"
    if whole.exists():
        model = onnx.load(whole)
        (told,) = (n for n in model.graph.node if "lower" in n.output)
        seams = {EMBEDDED: "embedded", told.input[0]: "lower"}
        first, second = seams
        part(model, "input_ids", first, folder / "embed.onnx.gz", seams)
        part(model, first, second, folder / "lower.onnx.gz", seams)
        part(model, second, "states", folder / "upper.onnx.gz", seams)
        whole.unlink()
    for path in sorted(folder.glob("*.onnx.gz")):
        save(reduced(load(path)), path)
        print(path.name, path.stat().st_size)


def part(model: onnx.ModelProto, given: str, wanted: str, out: Path, names: dict[str, str]) -> None:
    """Write the nodes between two values, which get other names."""
    made = onnx.ModelProto.FromString(model.SerializeToString())
    kept = [node for node in made.graph.node if given not in node.output]
    nodes = needed(kept, [wanted])
    for node in nodes:
        node.input[:] = [names.get(name, name) for name in node.input]
        node.output[:] = [names.get(name, name) for name in node.output]
    used = {name for node in nodes for name in node.input}
    weights = [w for w in model.graph.initializer if w.name in used]
    replace(made.graph.node, nodes)
    replace(made.graph.initializer, weights)
    for field, name in ((made.graph.input, given), (made.graph.output, wanted)):
        replace(field, [value(names.get(name, name))])
    del made.graph.value_info[:]
    onnx.checker.check_model(made)
    save(made, out)


def value(name: str) -> onnx.ValueInfoProto:
    """Return what a network takes or gives under a name."""
    if name == "input_ids":
        kind, shape = onnx.TensorProto.INT64, ["batch", "pieces"]
    else:
        kind, shape = onnx.TensorProto.FLOAT, ["batch", "pieces", WIDE]
    return onnx.helper.make_tensor_value_info(name, kind, shape)


def reduced(model: onnx.ModelProto) -> onnx.ModelProto:
    """Bring 8-bit matrices into seven bits, their scales up by as much."""
    held = {weight.name: weight for weight in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        name = node.input[1].removesuffix("_quantized")
        whole = numpy_helper.to_array(held[f"{name}_quantized"])
        if np.abs(whole).max() <= MOST or numpy_helper.to_array(held[node.input[3]]).any():
            continue
        smaller = np.rint(whole.astype(np.float32) * (MOST / 127)).astype(np.int8)
        scale = numpy_helper.to_array(held[f"{name}_scale"]) * np.float32(127 / MOST)
        held[f"{name}_quantized"].CopyFrom(numpy_helper.from_array(smaller, f"{name}_quantized"))
        held[f"{name}_scale"].CopyFrom(
            numpy_helper.from_array(scale.astype(np.float32), f"{name}_scale")
        )
    return model


if __name__ == "__main__":
    main()
