"""Fits `src/dateline/cast/implied.npz`: who is meant where no words name a party.

    python training/cast/implied.py KEEP_FOLDER FOLDER|marks ...

Asked is every side of a telling that has no words: its right members are those whose
words share the name that the marks give, or that are of its country; *nobody* is right
where the marks name nobody. Run it after `pairs.py`, whose cast it reads. Prints, out
of fold, how often the country is right of the answered, and of all implied.
"""

import sys
from pathlib import Path

import numpy as np
from linking import fit, folds, weights
from reports import load

from dateline.cast import cast
from dateline.cast.implied import Act, alone, land, likeliest, members, nearest, rows
from dateline.cast.network import Network, deeds
from dateline.evaluate.sharing import shares, tells
from dateline.model import Span

OUT = Path(__file__).parents[2] / "src/dateline/cast/implied.npz"
SIDES = (("actors", "recipients", "actor"), ("recipients", "actors", "recipient"))
THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7)
EPOCHS, WIDTH = 14, 384


def countries_of(row, parsed, found):
    """Return the country of each member, by its words or by the marks."""
    told = {}
    for telling in row["tellings"]:
        for party in (*telling["actors"], *telling["recipients"]):
            if party["country"]:
                told.setdefault(party["name"], party["country"])
    for member in found.members:
        text = member.name.of(parsed.text)
        marked = (told[name] for name in told if shares(text, name))
        loose = (told[name] for name in told if member.named and tells(text, name))
        yield land(parsed, member.name) or next(marked, "") or next(loose, "")


def questions(row, parsed):
    """Yield what one report teaches: an act, its members, which of them are right.

    `states` are those of the trigger and of each member asked about.
    """
    found = cast(parsed)
    lands = list(countries_of(row, parsed, found))
    for telling in row["tellings"]:
        trigger = Span(telling["trigger"]["start"], telling["trigger"]["end"])
        for side, other, name in SIDES:
            parties = telling[side]
            if any(party["start"] is not None for party in parties):
                continue
            told = [p for p in telling[other] if p["start"] is not None]
            words = tuple(Span(p["start"], p["end"]) for p in told)
            act = Act(parsed, found, trigger, telling["type"], name, words)
            if asked := members(act):
                right = [
                    fitting(parties, lands[k], found.members[k], parsed) for k in asked
                ]
                yield {
                    "act": act,
                    "asked": asked,
                    "rows": rows(act, asked).astype(np.float16),
                    "states": parsed.states.of(
                        [trigger, *nearest(act, asked)], WIDTH
                    ).astype(np.float16),
                    "own": alone(act),
                    "right": np.array(right, bool),
                    "implied": bool(parties),
                }


def fitting(parties, country, member, parsed):
    """Return whether a member is the party, or one of its country."""
    text = member.name.of(parsed.text)
    named = (shares(text, p["name"]) for p in parties if p["name"])
    codes = {c for p in parties for c in (p["country"], *p["accept_countries"]) if c}
    return any(named) or (bool(country) and country in codes)


def judged(q, net, somebody):
    """Return one answer: how sure it is, and whether the country is right."""
    best, sure = likeliest(q["act"], net, somebody)
    right = bool(q["right"][q["asked"].index(best)])
    kind = q["act"].side + (" given" if somebody else "")
    return {"side": kind, "sure": sure, "right": right, "implied": q["implied"]}


def curve(answers, side):
    """Print the share right of the answered and of the implied, by threshold."""
    mine = [a for a in answers if a["side"] == side]
    if side.endswith("given"):
        mine = [a for a in mine if a["implied"]]
    implied = sum(a["implied"] for a in mine)
    for least in THRESHOLDS:
        said = [a for a in mine if a["sure"] >= least]
        right = sum(a["right"] for a in said)
        share, reached = right / max(1, len(said)), right / max(1, implied)
        print(f"{side} at {least}: {len(said)} answered, right {share:.3f},", end=" ")
        print(f"of the implied {reached:.3f}")


def numbered(every):
    """Return the states of all questions, which learn at which rows theirs are."""
    first, states = 0, []
    for q in every:
        states.append(q.pop("states"))
        q["i"], first = first, first + len(states[-1])
        q["j"] = np.arange(q["i"] + 1, first)
    return np.concatenate(states)


def main(kept):
    whole = [k for k in kept if not k.short]
    every = [list(questions(k.gold, k.parsed)) for k in whole]
    states = numbered(q for qs in every for q in qs)
    part = folds(len(every))
    answers = []
    for fold in sorted(set(part.tolist())):
        both = list(zip(every, part, strict=True))
        kept = [q for qs, k in both if k != fold for q in qs]
        net = Network(weights(fit(kept, states, epochs=EPOCHS)))
        for q in (q for qs, k in both if k == fold for q in qs):
            answers += [judged(q, net, somebody) for somebody in (False, True)]
    for side in ("actor", "actor given", "recipient", "recipient given"):
        curve(answers, side)
    final = fit([q for qs in every for q in qs], states, epochs=EPOCHS)
    np.savez(OUT, deeds=np.array(deeds("implied")), **weights(final))


if __name__ == "__main__":
    main(load(sys.argv[2:], Path(sys.argv[1]) / "parsed"))
