"""The training scripts on nonsense: they run only where torch is installed."""

import json
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs torch, which no user installs")
pytest.importorskip("transformers", reason="training needs transformers")
sys.path.insert(0, str(Path(__file__).parents[2] / "training/coder"))

WORDS = "rebels police envoys miners bandits".split()
DEEDS = {"blorped": "ASSAULT", "frimmed": "CONSULT"}


def gold(n: int) -> tuple[dict, str]:
    trigger = list(DEEDS)[n % 2]
    actor, recipient = WORDS[n % 5], WORDS[(n + 2) % 5]
    text = f"{actor} {trigger} {recipient} ."
    party = {"name": "x", "country": "XKX", "sector": None, "accept_countries": []}

    def at(word: str) -> dict:
        start = text.index(word)
        return {"text": word, "start": start, "end": start + len(word), **party}

    telling = {
        "sentence": [0, len(text)],
        "trigger": at(trigger),
        "type": DEEDS[trigger],
        "accept_types": [],
        "mode": [],
        "accept_modes": [],
        "status": "happened",
        "accept_status": [],
        "contexts": [],
        "actors": [at(actor)],
        "recipients": [at(recipient)],
        "reciprocal": False,
        "when": None,
        "where": None,
        "said_by": [],
        "importance": "core",
    }
    row = {"report": f"r{n}", "sentences": [[0, len(text)]], "tellings": [telling]}
    return row, text


def test_a_small_network_learns_ten_nonsense_sentences_by_heart() -> None:
    import torch
    from batch import batch
    from check import read, scores
    from data import cutter, page, windows
    from loss import losses, total
    from network import Reader

    torch.set_num_threads(1)
    torch.manual_seed(1)
    some = [page(*gold(n)) for n in range(10)]
    cut = list(windows(some, cutter(), 128))
    model = Reader("tiny", 0, dropout=0.0)
    make = torch.optim.AdamW(model.parameters(), lr=3e-3)
    for _ in range(120):
        make.zero_grad()
        total(losses(model, batch(cut), False)[0]).backward()
        make.step()
    found = scores(some, read(model, cut), 0.5)
    assert json.dumps(found)
    assert found["F1"] > 0.9
    assert found["both"] > 0.9


def test_blanks_hide_pieces_and_never_the_marks_at_the_ends() -> None:
    import torch
    from batch import BLANK, batch, blanked
    from data import cutter, page, windows

    torch.manual_seed(1)
    cut = list(windows([page(*gold(n)) for n in range(40)], cutter(), 128))
    plain = batch(cut)
    assert torch.equal(blanked(plain, 0.0).ids, plain.ids)
    shown = blanked(plain, 0.5)
    hidden = shown.ids == BLANK
    assert 0.4 < float(hidden.sum() / plain.inside.sum()) < 0.6
    assert not (hidden & (plain.inside == 0)).any()
    assert torch.equal(shown.ids[~hidden], plain.ids[~hidden])


def test_the_reader_that_ships_can_be_trained_further(tmp_path: Path) -> None:
    import torch
    from data import WEIGHTS
    from shipped import agreement, reader

    torch.set_num_threads(1)
    model = reader(WEIGHTS)
    assert agreement(model, WEIGHTS) > 0.95


def test_rounds_of_the_program_and_of_the_training_say_the_same() -> None:
    import numpy as np
    import torch
    from network import FAR, VIEWS, Reader
    from onnxruntime import InferenceSession
    from rounds import MINE, rounds_graph

    torch.manual_seed(3)
    model = Reader("tiny", 0, dropout=0.0, rounds=2).eval()
    for one in model.rounds.parameters():
        torch.nn.init.normal_(one, std=0.3)
    state = model.state_dict().items()
    at = {k: v.numpy() for k, v in state if k.startswith(MINE)}
    pieces, trigger = torch.randn(3, 7, 48), torch.randn(3, 48)
    deed, distance = torch.rand(3, 16), torch.randint(-FAR, FAR, (3, 7))
    there = torch.ones(3, 7, dtype=torch.bool)
    there[1, 5:] = False
    with torch.no_grad():
        logits = model.roles(pieces, trigger, deed, distance, there).softmax(3)
        gate = (1 + model.gate(trigger)).numpy()
        added = (model.trigger(trigger) + model.deed(deed)).numpy()
    raw = rounds_graph(at, VIEWS).SerializeToString()
    run = InferenceSession(raw, providers=["CPUExecutionProvider"]).run
    for act, size in ((0, 7), (1, 5)):
        given = {
            "states": pieces[act, :size].numpy(),
            "gate": gate[act, None, None],
            "given": added[act, None, None],
            "far": distance[act : act + 1, :size].numpy() + FAR,
        }
        (found,) = run(None, given)
        told = logits[act, :size].numpy().transpose(1, 0, 2)
        assert np.allclose(found[0], told, atol=1e-3)


def test_a_reader_without_rounds_goes_on_as_it_was() -> None:
    import torch
    from network import Reader

    before, after = Reader("tiny", 0, rounds=0).eval(), Reader("tiny", 0).eval()
    after.goes_on(before.state_dict())
    told = torch.randn(2, 6, 48), torch.randn(2, 48)
    deed, distance = torch.rand(2, 16), torch.arange(6).expand(2, 6)
    assert torch.allclose(before.roles(*told, deed, distance), after.roles(*told, deed, distance))
