"""The rounds of attention for one act, against the same worked out number by number."""

import json
import math
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from dateline.ml.encoder.acts import ROUNDS, load_act_heads
from dateline.ml.encoder.heads import gelu, softmax_rows
from dateline.ml.encoder.reader import WEIGHTS
from dateline.ml.encoder.sessions import run_on_several

sys.path.insert(0, str(Path(__file__).parents[3] / "training/coder"))
from rounds import part_heads, rounds_graph  # noqa: E402  after the path

WIDE, NEAR, VIEWS, FAR, ROLES = 12, 8, 2, 3, 5
TINY = 1e-5  # beside a variance, as in training
RNG = np.random.default_rng(5)
SHAPES = {
    "first.weight": (NEAR,),
    "first.bias": (NEAR,),
    "second.weight": (NEAR,),
    "second.bias": (NEAR,),
    "look.weight": (3 * NEAR, NEAR),
    "look.bias": (3 * NEAR,),
    "seen.weight": (NEAR, NEAR),
    "seen.bias": (NEAR,),
    "up.weight": (2 * NEAR, NEAR),
    "up.bias": (2 * NEAR,),
    "down.weight": (NEAR, 2 * NEAR),
    "down.bias": (NEAR,),
}
AROUND = {
    "piece.weight": (NEAR, WIDE),
    "piece.bias": (NEAR,),
    "place.weight": (2 * FAR + 1, NEAR),
    "role.weight": (3 * ROLES, NEAR),
    "role.bias": (3 * ROLES,),
    "gate.weight": (NEAR, WIDE),
}
Arrays = dict[str, np.ndarray]


def weights(rounds: int) -> Arrays:
    every = {f"rounds.{n}.{k}": v for n in range(rounds) for k, v in SHAPES.items()}
    return {
        name: RNG.normal(0, 0.4, shape).astype(np.float32)
        for name, shape in (every | AROUND).items()
    }


def given(acts: int, pieces: int) -> Arrays:
    return {
        "states": RNG.normal(0, 1, (pieces, WIDE)).astype(np.float32),
        "gate": RNG.normal(1, 0.3, (acts, 1, NEAR)).astype(np.float32),
        "given": RNG.normal(0, 1, (acts, 1, NEAR)).astype(np.float32),
        "far": RNG.integers(0, 2 * FAR + 1, (acts, pieces)),
    }


def linear(at: Arrays, name: str, x: np.ndarray) -> np.ndarray:
    return x @ at[f"{name}.weight"].T + at[f"{name}.bias"]


def normed(at: Arrays, name: str, x: np.ndarray) -> np.ndarray:
    spread = np.sqrt(x.var(1, keepdims=True) + TINY)
    apart = (x - x.mean(1, keepdims=True)) / spread
    return apart * at[f"{name}.weight"] + at[f"{name}.bias"]


def slowly(at: Arrays, x: np.ndarray, name: str) -> np.ndarray:
    """One round over one act's pieces, by plain sums."""
    told = linear(at, f"{name}.look", normed(at, f"{name}.first", x))
    size, part = len(x), NEAR // VIEWS
    seen = np.zeros((size, NEAR))
    for view in range(VIEWS):
        own = slice(view * part, (view + 1) * part)
        asks, keys, values = (told[:, n * NEAR : (n + 1) * NEAR][:, own] for n in range(3))
        for i in range(size):
            odds = [math.exp(asks[i] @ keys[j] / math.sqrt(part)) for j in range(size)]
            seen[i, own] = sum(o * values[j] for j, o in enumerate(odds)) / sum(odds)
    x = x + linear(at, f"{name}.seen", seen)
    up = linear(at, f"{name}.up", normed(at, f"{name}.second", x))
    return x + linear(at, f"{name}.down", gelu(up))


@pytest.mark.parametrize("rounds", [0, 1, 2])
def test_each_act_looks_at_its_sentence_by_itself(rounds: int) -> None:
    at, asked = weights(rounds), given(3, 5)
    raw = rounds_graph(at, VIEWS).SerializeToString()
    run = onnxruntime.InferenceSession(raw, providers=["CPUExecutionProvider"]).run
    (found,) = run(None, asked)
    for act in range(3):
        near = linear(at, "piece", asked["states"]) * asked["gate"][act]
        near += asked["given"][act] + at["place.weight"][asked["far"][act]]
        slow = gelu(near)
        for n in range(rounds):
            slow = slowly(at, slow, f"rounds.{n}")
        shares = softmax_rows(linear(at, "role", slow).reshape(5, ROLES, 3))
        assert np.allclose(found[act], shares.transpose(1, 0, 2), atol=1e-4)


def test_the_heads_part_in_two_files_that_are_read_together(tmp_path: Path) -> None:
    at = {name: value.astype(np.float16) for name, value in weights(2).items()}
    facts = {"version": "v", "window": 9, "floor": 0.5, "far": FAR, "views": VIEWS}
    part_heads(at, {**facts, "labels": {}}, tmp_path)
    heads = load_act_heads(tmp_path / "reading.npz")
    assert set(heads.at) == {"gate.weight"}
    assert heads.rounds == tmp_path / ROUNDS
    asked = given(2, 4)
    short = run_on_several(heads.rounds, asked)
    raw = rounds_graph(at, VIEWS).SerializeToString()
    run = onnxruntime.InferenceSession(raw, providers=["CPUExecutionProvider"]).run
    assert np.abs(short - run(None, asked)[0]).max() < 0.1
    assert short.sum(-1) == pytest.approx(1, abs=1e-5)


def test_the_two_files_that_ship_are_of_one_reader() -> None:
    heads = load_act_heads(Path(WEIGHTS) / "reading.npz")
    with np.load(Path(WEIGHTS) / "reading.npz") as file:
        told = json.loads(str(file["told"]))
    assert not any(name.startswith("rounds.") for name in heads.at)
    gate = heads.at["gate.weight"]
    asked = {
        "states": np.zeros((3, gate.shape[1]), np.float32),
        "gate": np.ones((2, 1, len(gate)), np.float32),
        "given": np.zeros((2, 1, len(gate)), np.float32),
        "far": np.full((2, 3), 2 * told["far"]),
    }
    assert heads.rounds is not None
    assert run_on_several(heads.rounds, asked).shape == (2, 5, 3, 3)
