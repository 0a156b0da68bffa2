"""Let the last layer of the second reading speak of some pieces only: narrow.py FILE

Only pieces of acts and of parties' words are asked about afterwards, a third of all.
The network takes their places, `wanted`, beside all pieces: its last layer looks at
every piece, but is worked out for these alone. The weights stay as they are.
"""

from __future__ import annotations

import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "encoder"))
from packed import load, save

WANTED = "wanted"


def narrow(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the network whose last layer gives the states of wanted pieces.

    The integers of its question stay those of all pieces. Raises ValueError where it
    is so already.
    """
    graph = model.graph
    if any(part.name == WANTED for part in graph.input):
        raise ValueError("its last layer speaks of wanted pieces already")
    nodes = list(graph.node)
    last = [n for n in nodes if n.op_type == "MultiHeadAttention"][-1]
    made = {name: node for node in nodes for name in node.output}
    asks = last.input[0]
    while made[asks].op_type != "MatMulInteger":
        asks = next(
            name
            for name in made[asks].input
            if name in made
            and made[name].op_type in ("Mul", "Cast", "MatMulInteger")
            and not name.endswith("scales_mul:0")
        )
    question = made[asks]
    whole = question.input[0]  # all pieces, as integers
    states = made[whole].input[0]
    first = nodes.index(question)
    place = nodes.index(last)
    own = {n: f"{n}_wanted" for n in (whole, states)}
    question.input[0] = own[whole]
    for node in nodes[place:]:
        node.input[:] = [own[states] if n == states else n for n in node.input]
    gathers = [helper.make_node("Gather", [n, WANTED], [w], name=w, axis=1) for n, w in own.items()]
    nodes[first:first] = gathers
    kept = [onnx.NodeProto.FromString(n.SerializeToString()) for n in nodes]
    del graph.node[:]
    graph.node.extend(kept)
    graph.input.append(helper.make_tensor_value_info(WANTED, TensorProto.INT64, ["asked"]))
    return model


def narrow_file(path: Path) -> None:
    """Narrow the network of a file."""
    save(narrow(load(path)), path)


if __name__ == "__main__":
    narrow_file(Path(sys.argv[1]))
