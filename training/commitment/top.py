"""Three layers over the encoder's lower three learn what the teacher said of a pool.

    top.py DATA POOL.json LABELS.npz WEIGHTS

WEIGHTS is the folder of the encoder that ships: `commitment.onnx.gz` is written beside
it, and three heads among its heads. The three layers start as the encoder's own upper
ones. No rated event is learnt from, so that what comes after can be fitted on the
rated sets; those only teach to tell news from talk, which helps in training and is
not kept. About 20 CPU minutes.
"""

from __future__ import annotations

import copy
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from read import Item, batches, folded, item, macro, rated
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parents[1] / "encoder"))
from resume import SHARED, network
from slim import slim

from dateline.ml.encoder.pieces import tokenizer
from dateline.ml.encoder.sessions import read_inflated

LAYER, WIDE, HIDDEN = 3, 384, 192
EPOCHS, RATE, SIZE, SEED = 4, 4e-4, 24, 1
RARE = torch.tensor([[1, 2.5, 3.0], [1, 1.6, 1.2]])


class Layers(nn.Module):
    """The upper layers alone, as they are exported."""

    def __init__(self, body: nn.Module) -> None:
        super().__init__()
        self.layer = nn.ModuleList(copy.deepcopy(one) for one in body.encoder.layer[LAYER:])

    def forward(self, x: torch.Tensor, bias: torch.Tensor | None) -> torch.Tensor:
        for one in self.layer:
            x = one(x, bias)
            x = x[0] if isinstance(x, tuple) else x
        return x


class Top(nn.Module):
    def __init__(self, body: nn.Module) -> None:
        super().__init__()
        self.encoder = Layers(body)
        self.hidden = nn.Linear(2 * WIDE, HIDDEN)
        self.three = nn.Linear(HIDDEN, 6)
        self.value = nn.Linear(HIDDEN, 2)
        self.talk = nn.Linear(WIDE, 1)
        self.drop = nn.Dropout(0.1)

    def forward(
        self, pairs: Sequence[tuple[torch.Tensor, Item]]
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return logits [events, 2, 3], values, and logits of talk of each sentence."""
        width = max(len(states) for states, _ in pairs)
        x, mask = torch.zeros(len(pairs), width, WIDE), torch.zeros(len(pairs), width)
        inside = torch.zeros(len(pairs), width)
        for n, (states, _) in enumerate(pairs):
            x[n, : len(states)] = states.float()
            mask[n, : len(states)] = 1
            inside[n, 1 : len(states) - 1] = 1
        x = self.encoder(x, ((1 - mask) * -1e9)[:, None, None, :])
        size = inside.sum(1, keepdim=True).clamp(min=1)
        mean = (x * inside[..., None]).sum(1) / size
        at = [
            torch.cat([x[n, pieces].mean(0), mean[n]])
            for n, (_, one) in enumerate(pairs)
            for pieces in one.events
        ]
        hidden = F.gelu(self.hidden(self.drop(torch.stack(at))), approximate="tanh")
        hidden = self.drop(hidden)
        return (self.three(hidden).reshape(-1, 2, 3), self.value(hidden), self.talk(mean)[:, 0])


def lower(weights: Path, items: Sequence[Item]) -> list[torch.Tensor]:
    """Return the third layer's states as the 8-bit networks give them."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    providers = ["CPUExecutionProvider"]
    first, second = (
        onnxruntime.InferenceSession(read_inflated(path), options, providers=providers)
        for path in (SHARED / "embed.onnx.gz", weights / "lower.onnx.gz")
    )
    found = []
    for one in items:
        at = first.run(None, {"input_ids": np.array([one.ids], np.int64)})[0]
        found.append(torch.from_numpy(second.run(None, {"embedded": at})[0][0]).half())
    return found


def loss(model: Top, pairs: Sequence[tuple[torch.Tensor, Item]]) -> torch.Tensor:
    """Return how far the answers lie from the teacher's."""
    logits, values, _ = model(pairs)
    told = torch.from_numpy(np.concatenate([one.soft for _, one in pairs])).float()
    want = told[:, :6].reshape(-1, 2, 3)
    weight = (want * RARE).sum(2, keepdim=True) ** 0.5
    apart = want * (torch.log(want + 1e-6) - F.log_softmax(logits, 2)) * weight
    gaps = F.smooth_l1_loss(values, told[:, 6:], beta=0.5)
    return 2 * apart.sum() / weight.sum() + 0.3 * gaps


def learn(model: Top, pool: Sequence[tuple[torch.Tensor, Item]], kinds) -> None:  # type: ignore[no-untyped-def]
    rng = random.Random(SEED)
    by = {id(one): states for states, one in pool}
    items = [one for _, one in pool]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    groups = [{"params": model.encoder.parameters(), "lr": RATE}, {"params": heads, "lr": 1e-3}]
    made = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = EPOCHS * -(-len(items) // SIZE)
    rate = torch.optim.lr_scheduler.LambdaLR(
        made, lambda n: min(n / steps * 10, max(0.0, (1 - n / steps) / 0.9), 1.0)
    )
    model.train()
    for _ in range(EPOCHS):
        for n, batch in enumerate(batches(items, SIZE, rng)):
            cost = loss(model, [(by[id(one)], one) for one in batch])
            if n % 4 == 0:
                some = [pair for kind in kinds for pair in rng.sample(kind, 6)]
                _, _, which = model(some)
                gold = torch.tensor([float(one.talk) for _, one in some])
                cost = cost + 0.4 * F.binary_cross_entropy_with_logits(which, gold)
            made.zero_grad()
            cost.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            made.step()
            rate.step()
    model.eval()


@torch.no_grad()
def say(what: str, model: Top, pairs: Sequence[tuple[torch.Tensor, Item]]) -> None:
    found = [model(pairs[i : i + 32])[0] for i in range(0, len(pairs), 32)]
    said = torch.cat(found)[:, pairs[0][1].talk].argmax(1).numpy()
    gold = np.concatenate([one.classes for _, one in pairs])
    print(f"{what}: macro-F1 {macro(gold, said):.4f}", flush=True)


def export(model: Top, weights: Path) -> None:
    """Write the layers in 8 bits, and the heads among the encoder's."""
    axes = {name: {0: "batch", 1: "pieces"} for name in ("lower", "states")}
    with tempfile.TemporaryDirectory() as work:
        plain, ready = Path(work) / "plain.onnx", Path(work) / "ready.onnx"
        torch.onnx.export(
            Alone(model.encoder).eval(),
            (torch.randn(2, 4, WIDE), torch.ones(2, 4)),
            str(plain),
            input_names=["lower", "mask"],
            output_names=["states"],
            dynamic_axes={**axes, "mask": axes["lower"]},
            opset_version=17,
            dynamo=False,
        )
        model.eval()
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        out = Path(work) / "commitment.onnx"
        quantize_dynamic(
            str(ready),
            str(out),
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul"],
        )
        slim(out, weights / "commitment.onnx.gz")
    with np.load(weights / "heads.npz") as file:
        held = dict(file)
    for name in ("hidden", "three", "value"):
        for part, value in getattr(model, name).state_dict().items():
            held[f"commitment.{name}.{part}"] = value.numpy().astype(np.float16)
    np.savez_compressed(weights / "heads.npz", **held)


class Alone(nn.Module):
    """The layers under names that slim.py knows."""

    def __init__(self, encoder: Layers) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return self.encoder(states, ((1 - mask) * -1e9)[:, None, None, :])


def main() -> None:
    data, pool, labels, weights = map(Path, sys.argv[1:])
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    cutter = tokenizer(SHARED / "tokenizer.json.gz")
    with np.load(labels) as told:
        soft = np.split(told["labels"], np.cumsum(told["sizes"])[:-1])
    rows = json.loads(pool.read_text("utf-8"))[: len(soft)]
    items = [item(cutter, row["text"], row["triggers"]) for row in rows]
    for one, part in zip(items, soft, strict=True):
        one.soft = part
    model = Top(network(weights).body)
    news, dev = (with_states(weights, data, name, 0) for name in ("uw_train", "uw_dev"))
    talk = with_states(weights, data, "uds_dev", 1)
    some, held = folded(talk)
    learn(model, list(zip(lower(weights, items), items, strict=True)), (news, some))
    for what, pairs in (("UW train", news), ("UW dev", dev), ("UDS dev", talk)):
        say(f"{what}, known to be so", model, pairs)
    say("UDS dev, the fifth that the teacher never saw", model, held)
    export(model, weights)


def with_states(weights: Path, data: Path, name: str, talk: int):  # type: ignore[no-untyped-def]
    """Return the items of a rated set with their states."""
    cutter = tokenizer(SHARED / "tokenizer.json.gz")
    items = rated(data / f"certainty/{name}.jsonl", cutter, talk)
    return list(zip(lower(weights, items), items, strict=True))


if __name__ == "__main__":
    main()
