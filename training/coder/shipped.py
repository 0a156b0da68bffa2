"""Recover a reader's torch weights from the files that ship: shipped.py FOLDER OUT.pt.

The 8-bit matrices are multiplied back by their scales; the heads come from 16 bits. So
training can go on from what ships where the weights of the last run are gone. Prints
how near the states lie to those of ONNX.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from network import Reader, rounds_of
from onnx import numpy_helper
from onnxruntime import InferenceSession
from rounds import MINE

sys.path.insert(0, str(Path(__file__).parents[1] / "encoder"))
from packed import load
from recover import recovered

from dateline.ml.encoder.acts import ROUNDS
from dateline.ml.encoder.reader import LAYERS
from dateline.ml.encoder.sessions import read_inflated

NEAR = 0.98  # cosine of a piece's states; 8-bit arithmetic alone costs some hundredths


def reader(folder: Path) -> Reader:
    """Return the reader that the shipped files hold."""
    paths = [folder / name for name in LAYERS]
    both = [pair for path in paths for pair in recovered(path).items()]
    found = {f"body.encoder.{k}": v for k, v in both}
    for held in (w for path in paths for w in load(path).graph.initializer):
        value = numpy_helper.to_array(held)
        if held.name.startswith("encoder.layer.") and value.dtype == np.float32:
            found[f"body.{held.name}"] = torch.from_numpy(np.array(value))
    with np.load(folder / "reading.npz") as heads:
        names = [name for name in heads.files if name != "told"]
        found |= {n: torch.from_numpy(heads[n].astype(np.float32)) for n in names}
    found |= recovered(folder / ROUNDS)
    for held in load(folder / ROUNDS).graph.initializer:
        if held.name.startswith(MINE) and held.name.endswith((".weight", ".bias")):
            found[held.name] = torch.from_numpy(np.array(numpy_helper.to_array(held)))
    model = Reader("shipped", 0, rounds=rounds_of(found))
    state = model.state_dict()
    left = {k for k in state if k not in found and "embeddings" not in k}
    if left or (strange := set(found) - set(state)):
        raise ValueError(f"the files are of another network: {left or strange}")
    model.load_state_dict(state | found)
    return model.eval()


@torch.no_grad()
def agreement(model: Reader, folder: Path) -> float:
    """Return the mean cosine between torch's and ONNX's states of odd pieces."""
    lower, upper = (InferenceSession(read_inflated(folder / name)) for name in LAYERS)
    ids = torch.arange(2000, 2000 + 40 * 150, 150)[None]
    words = model.body.embeddings(input_ids=ids)
    (branch,) = lower.run(None, {"embedded": words.numpy()})
    (other,) = upper.run(None, {"branch": branch})
    mine = model.states(ids, torch.ones_like(ids))
    return float(torch.cosine_similarity(mine, torch.from_numpy(other), dim=2).mean())


def main() -> None:
    folder, out = map(Path, sys.argv[1:])
    model = reader(folder)
    near = agreement(model, folder)
    print(f"mean cosine of odd pieces' states, torch and ONNX: {near:.4f}")
    if near < NEAR:
        sys.exit("the recovered weights are not those of the file")
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), out)


if __name__ == "__main__":
    main()
