"""Fits `src/dateline/nlp/coref/pairs.npz`: whom a pronoun or an open noun stands for.

    python training/cast/pairs.py KEEP_FOLDER FOLDER|marks ...

Right is each candidate that the marks give the same full name, or whose words share
what is distinctive of that name. Candidates of which the marks say nothing are left out
of the loss. "It" and "they" with a verb of happening that no mark names stand for
nobody.
Prints, out of fold, the share right of the answered at several thresholds.
"""

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
from linking import several, together
from reports import FOLDS, load, names_by_head

from benchmarks.actors import KINDS, fits_full_name, judge_link, links_of_parties
from dateline.nlp.coref import context as scenes
from dateline.nlp.coref.names import Figures
from dateline.nlp.coref.network import Network, pooled
from dateline.nlp.coref.pairs import (
    Words,
    candidate_pairs,
    count_between,
    mention_columns,
    own_figures,
    pair_features,
    resolvable,
)

OUT = Path(__file__).parents[2] / "src/dateline/nlp/coref/pairs.npz"
WIDTH = 384  # numbers of a state
SEEDS = 3  # nets whose answers are averaged
FAR = 12  # mentions back beyond which two of three wrong candidates are left out
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8)


class Marked:
    """One report's mentions, and whom the marks say they are."""

    def __init__(self, row, parsed):
        self.parsed, self.mentions = parsed, parsed.mentions
        self.figures = Figures(parsed)
        self.columns = mention_columns(parsed, self.mentions, self.figures)
        self.heads = names_by_head(row, parsed)
        self.told = [tuple(t["sentence"]) for t in row["tellings"]]
        self.called = {}
        for n, who in self.figures.whose.items():
            names = self.heads.get(self.mentions[n].head, set())
            self.called.setdefault(who, set()).update(names)

    def asked(self):
        """Return the mentions that are learnt from: the marked, and the empty ones."""
        every = resolvable(self.columns)
        return [n for n in every.tolist() if self.marked(n) or self.empty(n)]

    def marked(self, n):
        return self.mentions[n].head in self.heads

    def empty(self, n):
        m = self.mentions[n]
        pronoun = m.kind == "pronoun" and m.words[0] in ("it", "they")
        inside = any(a <= m.span.start < b for a, b in self.told)
        return pronoun and m.grammar.idle and inside and not self.marked(n)

    def right(self, names, n):
        """Return whether a candidate is one of these names; None where nobody knows."""
        m, text = self.mentions[n], self.parsed.text
        own_names = self.heads.get(m.head, set())
        if own_names & names:
            return True
        if m.kind == "name":
            who = self.figures.whose.get(n)
            best = m if who is None else self.mentions[self.figures.figures[who].best]
            alike = any(fits_full_name(best.span.of(text), name) for name in names)
            return alike or bool(self.called.get(who, set()) & names)
        if m.kind == "pronoun":
            return False if own_names else None
        alike = any(fits_full_name(m.span.of(text), name) for name in names)
        if own_names:
            return alike and m.named
        return True if alike else False if m.named or m.sort == "thing" else None


def questions(marked, chance, first):
    """Yield what is learnt of one report, whose states begin at row `first`.

    After those of its mentions come as many, of the figures that they name.
    """
    asked = np.array(marked.asked(), np.int32)
    later, chosen = candidate_pairs(marked.columns, marked.figures, asked)
    words = Words(marked.mentions, marked.figures)
    own, between = (own_figures(marked.columns), count_between(marked.columns, later, chosen))
    rows = pair_features(marked.columns, own, words, (later, chosen), between)
    alone = own[asked]
    for k, n in enumerate(asked.tolist()):
        some = np.flatnonzero(later == n)
        if not len(some):
            continue
        names = marked.heads.get(marked.mentions[n].head, set())
        if marked.empty(n):
            right = [False] * len(some)
        else:
            right = [marked.right(names, j) for j in chosen[some].tolist()]
        far = (np.abs(chosen[some] - n) > FAR) & (chance.random(len(some)) > 1 / 3)
        both = zip(right, far, strict=True)
        keep = np.array([r is not None and (r or not f) for r, f in both])
        if keep.any():
            kept = np.array([bool(r) for r in right])[keep]
            yield {
                "rows": rows[some][keep].astype(np.float16),
                "own": alone[k],
                "right": kept,
                "i": first + n,
                "j": first + chosen[some][keep],
                "k": first + len(marked.mentions) + chosen[some][keep],
            }


def learnt(whole):
    """Return the questions of each report, and the states of all their mentions."""
    chance = np.random.default_rng(0)
    asked, states, first = [], [], 0
    for kept in whole:
        parsed = kept.parsed
        heads = [parsed.tokens[m.head].span for m in parsed.mentions]
        marked, own_states = Marked(kept.gold, parsed), parsed.states.of(heads, WIDTH)
        states.append(own_states.astype(np.float16))
        states.append(pooled(own_states, marked.columns.who).astype(np.float16))
        asked.append(list(questions(marked, chance, first)))
        first += 2 * len(heads)
    return asked, np.concatenate(states)


def judge(row, parsed, nets):
    """Yield how each party's words were answered: kind, sureness, what to count."""
    scene = scenes.Scene(parsed, nets, sure=lambda _: 0.0)
    links = tuple(sorted(scenes.find_links(scene), key=lambda link: link.mention))
    sure = {scene.mentions[n].head: r.sure for n, r in scene.readings.items()}
    for answer in links_of_parties(row, replace(parsed, links=links)):
        told = answer["said"]
        yield (answer["kind"], sure.get(answer["head"], 1.0) if told else 0.0, judge_link(answer))


def table(judged_):
    """Print the share answered and the share right of the answered, by threshold."""
    for kind in KINDS:
        for least in THRESHOLDS:
            n = Counter()
            for _, sure, names in (x for x in judged_ if x[0] == kind):
                met = [f"{kind} asked"] if sure < least else names
                n.update(name for name in names if name in met)
            answered = n[f"{kind} met"] / max(1, n[f"{kind} asked"])
            right = n[f"{kind} right"] / max(1, n[f"{kind} said"])
            print(f"{kind} at {least}: answered {answered:.3f}, right {right:.3f}")


def taught(every, write=False):
    """Fit the nets of all folds, print what they know and return them.

    The last one returned is fitted on all reports: it is the one that may be written.
    """
    whole = [k for k in every if not k.short]
    asked, states = learnt(whole)
    found, nets = [], []
    for fold in range(FOLDS):
        both = list(zip(whole, asked, strict=True))
        some = [q for k, qs in both if k.fold != fold for q in qs]
        nets.append([Network(each) for each in several(some, states, SEEDS)])
        for kept in (k for k in whole if k.fold == fold):
            found += judge(kept.gold, kept.parsed, nets[fold])
    table(found)
    final = several([q for qs in asked for q in qs], states, SEEDS)
    if write:
        np.savez(OUT, **together(final))
    return [*nets, [Network(each) for each in final]]


if __name__ == "__main__":
    taught(load(sys.argv[2:], Path(sys.argv[1]) / "parsed"), write=True)
