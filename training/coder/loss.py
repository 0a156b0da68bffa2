"""How far the reader's answers lie from the annotators'."""

from __future__ import annotations

import torch
from batch import Batch
from network import Reader
from torch.nn import functional as F

HEAVIER = 2.0  # a piece of a trigger against a piece of none
SHARES = {
    "act": 6.0,
    "kinds": 6.0,
    "deed": 1.0,
    "status": 0.7,
    "mode": 0.5,
    "context": 0.3,
    "mutual": 0.3,
    "told": 0.3,
    "role": 4.0,
    "same": 1.0,
    "kin": 0.5,
    "sector": 0.5,
}


def losses(model: Reader, batch: Batch, half: bool) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    """Return each head's loss, before their shares, and the pieces' states."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
        raw = model.states(batch.ids, batch.mask)
    states = model.drop(raw.float())
    found = finding(model.find(states), batch)
    if len(batch.which):
        found |= answering(model, states, batch)
    return found, states


def finding(logits: torch.Tensor, batch: Batch) -> dict[str, torch.Tensor]:
    learnt = batch.inside * (batch.act >= 0)
    gold = batch.act.clamp(min=0)
    weight = learnt * (1 + (HEAVIER - 1) * gold)
    each = F.binary_cross_entropy_with_logits(logits[..., 0], gold, reduction="none")
    first = F.binary_cross_entropy_with_logits(logits[..., 1], batch.begin, reduction="none")
    kinds = F.binary_cross_entropy_with_logits(logits[..., 2:], batch.kinds, reduction="none").sum(
        -1
    )
    total = learnt.sum().clamp(min=1)
    return {
        "act": ((each + 0.5 * first) * weight).sum() / total,
        "kinds": (kinds * weight).sum() / total,
    }


def answering(model: Reader, states: torch.Tensor, batch: Batch) -> dict[str, torch.Tensor]:
    own = states[batch.which]
    trigger = torch.einsum("kp,kpw->kw", batch.trigger, own)
    around = torch.einsum("kp,kpw->kw", batch.around, own)
    hidden = model.drop(model.acts(trigger, around))
    said = {name: head(hidden) for name, head in model.say.items()}
    weight = batch.weight
    found = {}
    for name in ("deed", "status", "mode"):
        gold = getattr(batch, name)
        each = -(gold * F.log_softmax(said[name], 1)).sum(1)
        found[name] = mean(each, weight * gold.sum(1))
    known = batch.context[:, 0] >= 0
    if known.any():
        found["context"] = (
            F.binary_cross_entropy_with_logits(
                said["context"][known], batch.context[known], reduction="none"
            )
            .sum(1)
            .mean()
        )
    known = batch.mutual >= 0
    found["mutual"] = F.binary_cross_entropy_with_logits(
        said["mutual"][known], batch.mutual[known], reduction="sum"
    ) / known.sum().clamp(min=1)
    told = F.log_softmax(said["told"].reshape(-1, 2, 3), -1)
    found["told"] = mean(-(batch.told * told).sum(-1), batch.told.sum(-1))
    sentence = own.gather(1, batch.pieces[..., None].expand(-1, -1, states.shape[-1]))
    logits = model.roles(sentence, trigger, batch.deed, batch.distance, batch.there > 0)
    each = -(batch.roles * F.log_softmax(logits, -1)).sum(-1)
    learnt = batch.roles.sum(-1)
    heavier = 1 + learnt - batch.roles[..., 0]
    found["role"] = mean(each, weight[:, None, None] * learnt * heavier) * 5
    return found


def mean(values: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    return (values * weights).sum() / weights.sum().clamp(min=1e-6)


def total(found: dict[str, torch.Tensor]) -> torch.Tensor:
    """Add the losses by their shares."""
    return torch.stack([SHARES[name] * value for name, value in found.items()]).sum()
