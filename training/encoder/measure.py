"""Score weights (torch) on a fold or the held-out fifth: measure.py FOLDER..."""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

import numpy as np
import own
import sets
import torch
from batches import batch, cut, window
from network import WIDE, Network
from rows import STATUSES, TAGS, THREE, TYPES, Row

sys.path.insert(0, str(sets.DATA.parent / "score"))
import score_spans  # noqa: E402

NO_DROP = random.Random(0)


def loaded(folder: Path) -> Network:
    model = Network()
    # weights of the first three stages lack the graded value
    model.load_state_dict(torch.load(folder / "weights.pt"), strict=False)
    return model.eval()


@torch.no_grad()
def kinds(model: Network, rows: list[Row]) -> np.ndarray:
    """Return type logits of the first deal of each row."""
    out = []
    for i in range(0, len(rows), 16):
        made = batch([window([r], "") for r in rows[i : i + 16]], NO_DROP, 0)
        flat = model.states(made.ids, made.mask).reshape(-1, WIDE)
        out.append(model.kinds(model.pooled(flat, made))[0].numpy())
    return np.concatenate(out)


def relations(model: Network, which: str) -> dict:  # type: ignore[type-arg]
    test = [
        r
        for r in sets.load("relations/plv_train.jsonl")
        if (chosen(r["text"], which)) and r["actor"] and r["recipient"]
    ]
    logits = kinds(model, [sets.relation(r) for r in test])
    best = logits[:, :16].argmax(1)
    said = [{"id": r["id"], "type": TYPES[i]} for r, i in zip(test, best, strict=True)]
    return score_spans.relations(test, said), logits, test


def chosen(text: str, which: str) -> bool:
    if not which:
        return sets.fifth(text) == 0
    n, k = map(int, which.split("/"))
    return sets.fifth(text) != 0 and sets.fold(text, k) == n


@torch.no_grad()
def certainty(model: Network, name: str) -> tuple[dict, np.ndarray]:  # type: ignore[type-arg]
    gold = sets.load(f"certainty/{name}.jsonl")
    rows = sets.certain(name)
    out = []
    for i in range(0, len(rows), 16):
        made = batch([window([r], "") for r in rows[i : i + 16]], NO_DROP, 0)
        flat = model.states(made.ids, made.mask).reshape(-1, WIDE)
        out.append(model.status(model.pooled(flat, made)[:, 2 * WIDE :]).softmax(1).numpy())
    p = np.concatenate(out)
    order = {
        (r.text, d.triggers[0]): n for n, (r, d) in enumerate((r, d) for r in rows for d in r.deals)
    }
    p = p[[order[(g["text"], tuple(g["trigger"]))] for g in gold]]
    three = np.stack([p[:, [STATUSES.index(s) for s in THREE[k]]].sum(1) for k in THREE], 1)
    names = ["happened", "planned", "negated"]
    said = [{"id": g["id"], "status": names[i]} for g, i in zip(gold, three.argmax(1), strict=True)]
    return score_spans.certainty(gold, said), three


@torch.no_grad()
def tokens(model: Network, rows: list[Row], names: tuple[str, ...]) -> dict[str, float]:
    """Return the F1 of pieces in or out of each tag."""
    n = {t: [0, 0, 0] for t in names}
    for i in range(0, len(rows), 8):
        made = batch([window([r], "") for r in rows[i : i + 8]], NO_DROP, 0)
        states = model.states(made.ids, made.mask)
        best = model.tag(states).reshape(*states.shape[:2], len(TAGS), 3).argmax(3)
        for t in names:
            gold = made.tags[t]
            said = best[:, :, TAGS.index(t)]
            n[t][0] += int(((gold > 0) & (said > 0)).sum())
            n[t][1] += int(((gold >= 0) & (said > 0)).sum())
            n[t][2] += int((gold > 0).sum())
    return {t: round(2 * a / max(1, b + c), 4) for t, (a, b, c) in n.items()}


@torch.no_grad()
def spans(model: Network, rows: list[Row]) -> dict[str, float]:
    """Return exact F1 of party spans over the first party item of each row."""
    hit = said_n = gold_n = 0
    for i in range(0, len(rows), 16):
        made = batch([window([r], "") for r in rows[i : i + 16]], NO_DROP, 0)
        states = model.states(made.ids, made.mask)
        logits = model.parties(states, states.reshape(-1, WIDE), made).log_softmax(2)
        for item in range(len(logits)):
            gold = made.parties[2][item]
            inside = gold >= 0
            want = set(ranges(gold[inside].tolist()))
            got = set(ranges(viterbi(logits[item][inside].numpy())))
            hit, said_n, gold_n = (hit + len(want & got), said_n + len(got), gold_n + len(want))
    return {"exact": round(2 * hit / max(1, said_n + gold_n), 4), "said": said_n, "gold": gold_n}


def viterbi(logs: np.ndarray) -> list[int]:
    """Return the best sequence in which I follows its own B or I."""
    bad = np.zeros((5, 5))
    for inside, begin in ((2, 1), (4, 3)):
        bad[[k for k in range(5) if k not in (begin, inside)], inside] = -1e4
    score, back = logs[0] + np.array([0, 0, -1e4, 0, -1e4]), []
    for row in logs[1:]:
        every = score[:, None] + bad
        back.append(every.argmax(0))
        score = every.max(0) + row
    out = [int(score.argmax())]
    for step in reversed(back):
        out.append(int(step[out[-1]]))
    return out[::-1]


def ranges(bio: list[int]) -> list[tuple[int, int, int]]:
    """Return (role, start, end) of each run."""
    out: list[tuple[int, int, int]] = []
    for i, tag in enumerate(bio):
        if tag in (1, 3):
            out.append((tag, i, i + 1))
        elif tag and out and out[-1][2] == i and out[-1][0] == tag - 1:
            out[-1] = (out[-1][0], out[-1][1], i + 1)
    return out


def corpus(model: Network) -> dict[str, float]:
    """Return the accuracy of type, on our own held-out templates."""
    rows = own.rows(True, 0, 1)
    if not rows:
        return {}
    right = total = 0
    pairs = [Row(r.text, "", [d]) for r in rows for d in r.deals]
    logits = kinds(model, pairs).argmax(1)
    for row, best in zip(pairs, logits, strict=True):
        total += 1
        right += TYPES[best] in row.deals[0].types
    return {"own type accuracy": round(right / total, 4), "own deals": total}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folders", nargs="+", type=Path)
    ask.add_argument("--fold", default="")
    ask.add_argument("--polnear", type=int, default=0)
    ask.add_argument("--all", action="store_true")
    args = ask.parse_args()
    torch.set_num_threads(1)
    for folder in args.folders:
        model = loaded(folder)
        got, logits, _ = relations(model, args.fold)
        np.save(folder / f"plv-{args.fold.replace('/', '-') or 'held'}.npy", logits)
        print(
            folder.name,
            json.dumps(
                {
                    k: got[k]
                    for k in (
                        "rows",
                        "root_macro_f1",
                        "root_accuracy",
                        "quad_macro_f1",
                        "binary_macro_f1",
                    )
                }
            ),
        )
        print("  ", json.dumps(got["by_root"]))
        ner = [
            r
            for r in sets.joined(sets.everything())
            if r.origin == "ner" and chosen(r.text, args.fold)
        ]
        print("  parties", spans(model, ner))
        print("  ", corpus(model))
        if args.all:
            for name in ("uw_dev", "uds_dev"):
                print("  ", name, json.dumps(certainty(model, name)[0]))
            rows = [w for a in sets.polnear("dev")[: args.polnear or None] for w in cut(a)]
            print("   polnear", tokens(model, rows, ("source", "cue", "content")))


if __name__ == "__main__":
    main()
