"""The networks that ship: whole-number sums that fit, and what the bits cost."""

import gzip
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import helper, numpy_helper

from benchmarks.engines.encoder import WEIGHTS as BENCHMARKS
from dateline.ml.encoder.heads import Arrays
from dateline.ml.encoder.reader import WEIGHTS

NETWORKS = (
    "reading-lower",
    "reading-upper",
    "reading-rounds",
    "decide",
    "lower",
    "upper",
    "commitment",
)
ALIKE = 0.97  # least cosine of a piece's states, eight bits against thirty-two


def network(name: str) -> Any:
    here = WEIGHTS / f"{name}.onnx.gz"
    file = here if here.exists() else BENCHMARKS / here.name
    raw = file.read_bytes()
    return onnx.load_from_string(gzip.decompress(raw))


def constants(model: Any) -> dict[str, Any]:
    return {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}


def states(model: Any, given: Arrays, threads: int = 1) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    raw = model.SerializeToString()
    run = onnxruntime.InferenceSession(raw, options, ["CPUExecutionProvider"]).run
    return run(None, dict(given))[0]


def given() -> Arrays:
    """Return a window of 120 pieces as the networks take it."""
    ids = np.random.default_rng(5).integers(1000, 29000, (1, 120))
    return {"embedded": states(network("embed"), {"input_ids": ids})}


def in_full(model: Any) -> Any:
    """Return a network that multiplies the same weights in 32 bits."""
    known, whole = constants(model), {}
    kept = []
    for node in model.graph.node:
        if node.op_type == "DynamicQuantizeLinear":
            own, (exact, scale, _) = node.input[0], node.output
            kept.append(helper.make_node("Identity", [own], [exact]))
            whole[scale] = np.array(1, np.float32)
        elif node.op_type == "MatMulInteger":
            weights, zero = known[node.input[1]], known[node.input[3]]
            name = f"{node.input[1]}_whole"
            whole[name] = weights.astype(np.float32) - zero.astype(np.float32)
            exact = [node.input[0], name]
            kept.append(helper.make_node("MatMul", exact, list(node.output)))
        else:
            kept.append(node)
    del model.graph.node[:]
    model.graph.node.extend(kept)
    model.graph.initializer.extend(numpy_helper.from_array(v, k) for k, v in whole.items())
    return model


@pytest.mark.parametrize("name", NETWORKS)
def test_no_sum_of_two_products_leaves_sixteen_bits(name: str) -> None:
    model = network(name)
    known = constants(model)
    used = {n.input[1] for n in model.graph.node if n.op_type == "MatMulInteger"}
    largest = max(int(np.abs(known[each].astype(int)).max()) for each in used)
    assert len(used) >= (10 if name == "reading-rounds" else 18)
    assert 2 * 255 * largest < 2**15


def test_eight_bits_say_nearly_what_thirty_two_say() -> None:
    lower, upper = network("reading-lower"), network("reading-upper")
    asked = given()
    short = states(upper, {"branch": states(lower, asked)})
    whole = states(in_full(upper), {"branch": states(in_full(lower), asked)})
    near = (short * whole).sum(-1) / np.sqrt((short**2).sum(-1) * (whole**2).sum(-1))
    assert near.min() > ALIKE
    assert not np.array_equal(short, whole)


def test_the_last_layer_says_of_some_pieces_what_it_says_of_all() -> None:
    model, asked = network("decide"), given()
    every = np.arange(asked["embedded"].shape[1])
    some = every[10:60:3]
    whole = states(model, {**asked, "wanted": every})[0][some]
    part = states(model, {**asked, "wanted": some})[0]
    near = (part * whole).sum(1) / np.sqrt((part**2).sum(1) * (whole**2).sum(1))
    assert part.shape == (len(some), 384)
    assert near.min() > ALIKE


def test_two_threads_say_what_one_says() -> None:
    model = network("reading-lower")
    asked = given()
    assert np.abs(states(model, asked, 2) - states(model, asked)).max() < 1e-4
