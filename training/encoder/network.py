"""MiniLM with the heads that Dateline's rooms ask: pooled acts, tags, parties."""

from __future__ import annotations

import torch
from batches import CONTEXTS, MODES, Batch, folder
from rows import STATUSES, TAGS, TYPES
from torch import nn
from torch.nn import functional as F

WIDE = 384
PARTS = ("actor", "recipient", "trigger", "sentence")


class Network(nn.Module):
    def __init__(self, hidden: int = 256, dropout: float = 0.1, half: bool = False) -> None:
        super().__init__()
        self.half_wide = half
        from transformers import BertModel

        self.body = BertModel.from_pretrained(folder(), add_pooling_layer=False)
        self.body.embeddings.word_embeddings.weight.requires_grad = False
        self.null = nn.Parameter(torch.zeros(4, WIDE))
        self.mix = nn.Linear(4 * WIDE, hidden)
        self.kind = nn.Linear(hidden + 4 * WIDE, len(TYPES))
        self.deed = nn.Linear(hidden + 4 * WIDE, len(TYPES))
        self.status = nn.Sequential(
            nn.Linear(2 * WIDE, 128), nn.GELU("tanh"), nn.Linear(128, len(STATUSES))
        )
        self.value = nn.Linear(128, 1)
        self.mode = nn.Linear(2 * WIDE, len(MODES))
        self.context = nn.Linear(2 * WIDE, len(CONTEXTS))
        self.tag = nn.Linear(WIDE, 3 * len(TAGS))
        self.near = nn.Linear(WIDE, 128)
        self.trigger = nn.Linear(WIDE, 128, bias=False)
        self.party = nn.Linear(128, 5)
        self.drop = nn.Dropout(dropout)

    def states(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return self.body(input_ids=ids, attention_mask=mask).last_hidden_state

    def pooled(self, flat: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Return [deals, 4 * WIDE]: means of the parts, a learned vector for none."""
        parts = []
        for n, name in enumerate(PARTS):
            weights = batch.spans[name]
            missing = (weights.sum(1, keepdim=True) == 0).float()
            parts.append(weights @ flat + missing * self.null[n])
        return torch.cat(parts, 1)

    def kinds(self, pooled: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        both = torch.cat([F.gelu(self.mix(pooled), approximate="tanh"), pooled], 1)
        return self.kind(both), self.deed(both)

    def parties(self, states: torch.Tensor, flat: torch.Tensor, batch: Batch) -> torch.Tensor:
        which, trigger, _ = batch.parties
        missing = (trigger.sum(1, keepdim=True) == 0).float()
        at = self.trigger(trigger @ flat + missing * self.null[2])
        return self.party(torch.tanh(self.near(states)[which] + at[:, None]))

    def losses(self, batch: Batch, smooth: float = 0.05) -> dict[str, torch.Tensor]:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.half_wide):
            raw = self.states(batch.ids, batch.mask)
        states = self.drop(raw.float())
        flat = states.reshape(-1, WIDE)
        found: dict[str, torch.Tensor] = {}
        if len(batch.types):
            self.deal_losses(self.pooled(flat, batch), batch, smooth, found)
        tags = self.tag(states).reshape(*states.shape[:2], len(TAGS), 3)
        for n, name in enumerate(TAGS):
            gold = batch.tags[name]
            if (gold >= 0).any():
                found[name] = F.cross_entropy(
                    tags[:, :, n].reshape(-1, 3), gold.reshape(-1), ignore_index=-100
                )
        if len(batch.parties[0]):
            logits = self.parties(states, flat, batch)
            found["party"] = F.cross_entropy(
                logits.reshape(-1, 5), batch.parties[2].reshape(-1), ignore_index=-100
            )
        return found

    def deal_losses(
        self, pooled: torch.Tensor, batch: Batch, smooth: float, found: dict[str, torch.Tensor]
    ) -> None:
        types, deeds = self.kinds(self.drop(pooled))
        close = pooled[:, 2 * WIDE :]
        even = torch.ones_like(batch.rarity)
        for name, logits, gold, weight in (
            ("type", types, batch.types, even),
            ("deed", deeds, batch.deeds, even),
            ("status", self.status(close), batch.statuses, batch.rarity),
        ):
            if (gold.sum(1) > 0).any():
                found[name] = among(logits, gold, weight, smooth)
        graded = ~batch.values.isnan()
        if graded.any():
            said = self.value(self.status[:2](close[graded])).squeeze(1)
            gaps = F.smooth_l1_loss(said, batch.values[graded], reduction="none", beta=0.3)
            weight = batch.rarity[graded]
            found["value"] = (gaps * weight).sum() / weight.sum()
        if batch.moded.any():
            for name, head, gold in (
                ("mode", self.mode, batch.modes),
                ("context", self.context, batch.contexts),
            ):
                found[name] = (
                    F.binary_cross_entropy_with_logits(head(close)[batch.moded], gold[batch.moded])
                    * 5
                )


def among(
    logits: torch.Tensor, gold: torch.Tensor, weight: torch.Tensor, smooth: float
) -> torch.Tensor:
    """Return minus the log of the probability of all that the label allows."""
    told = gold.sum(1) > 0
    logs = F.log_softmax(logits[told], 1)
    right = torch.logsumexp(logs.masked_fill(gold[told] == 0, -1e4), 1)
    each = -((1 - smooth) * right + smooth * logs.mean(1))
    return (each * weight[told]).sum() / weight[told].sum()
