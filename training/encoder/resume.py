"""Recover torch weights from the files that ship: resume.py FOLDER OUT.

The 8-bit matrices are multiplied back by their scales; word embeddings, which training
leaves alone, come whole from the backbone. It prints how near the states lie to ONNX's.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from network import Network
from recover import recovered

TEXTS = (
    "Norway's envoy met rebel commanders in the port on Friday, an aide said.",
    "Police arrested two editors.",
    "The ministry denied that its troops had crossed the border into Chad.",
)
SHARED = Path(__file__).parents[2] / "src/dateline/ml/encoder/weights"
NEAR = 0.98  # cosine of a piece's states; 8-bit arithmetic alone costs some hundredths


def network(folder: Path) -> Network:
    """Return the network that the shipped files hold."""
    model = Network()
    words = "body.embeddings.word_embeddings.weight"
    state = model.state_dict()
    with np.load(folder / "heads.npz") as heads:
        kept = {k: torch.from_numpy(heads[k].astype(np.float32)) for k in heads.files if k in state}
    for part in ("embed", "lower", "upper"):
        found = recovered((SHARED if part == "embed" else folder) / f"{part}.onnx.gz")
        kept |= {k: v for k, v in found.items() if k != words}
    missing = {k for k in state if k not in kept} - {words}
    print("not among the files, so fresh:", sorted(missing) or "nothing")
    model.load_state_dict(state | kept)
    return model.eval()


@torch.no_grad()
def agreement(model: Network, folder: Path) -> float:
    """Return the least cosine between torch's and ONNX's states of a piece."""
    from batches import tokenizer
    from onnxruntime import InferenceSession

    session = InferenceSession(str(folder / "model.onnx"))
    least = 1.0
    for text in TEXTS:
        ids = np.array([tokenizer().encode(text).ids], np.int64)
        mask = np.ones_like(ids)
        other = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        mine = model.states(torch.from_numpy(ids), torch.from_numpy(mask))
        near = torch.cosine_similarity(mine, torch.from_numpy(other), dim=2)
        least = min(least, float(near.min()))
    return least


def main() -> None:
    folder, out = map(Path, sys.argv[1:])
    model = network(folder)
    near = agreement(model, folder)
    print(f"least cosine of a piece's states, torch and ONNX: {near:.4f}")
    if near < NEAR:
        sys.exit("the recovered weights are not those of the file")
    out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), out / "weights.pt")


if __name__ == "__main__":
    main()
