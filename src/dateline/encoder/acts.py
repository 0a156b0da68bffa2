"""The heads that read acts from the states of a sentence's pieces, in NumPy."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.encoder.heads import Floats, gelu, softmax_rows
from dateline.encoder.rounds import looked
from dateline.encoder.runs import (
    HALF,
    Ints,
    distances,
    means,
    other_deeds,
    pick_runs,
    tagged_chunks,
)
from dateline.encoder.seal import check_seal
from dateline.model import Act, Meant, Span, Words
from dateline.model.reading import Chances
from dateline.model.states import Piece, Places

FORM = 1  # of the weights file: a program of another form refuses it
ROLES = ("actor", "recipient", "place", "time", "speaker")
FEW = 1e-6
Noted = tuple[Span, Span, Sequence[int]]  # a phrase, its head, where else it may end
PARTIES = (0, 1)  # of the roles


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one head by name, and the places where the head has them."""

    names: npt.NDArray[np.object_]
    places: Ints

    @classmethod
    def of(cls, some: Sequence[str]) -> "Labels":
        """Sort the labels of a head: those equally likely come out by name."""
        places = sorted(range(len(some)), key=some.__getitem__)
        names = np.array([some[place] for place in places], object)
        return cls(names, np.array(places, np.int64))


class Heads:
    """The matrices by their names, the labels, and what the training told of them."""

    def __init__(self, weights: Mapping[str, npt.NDArray[Any]]) -> None:
        """Take the arrays of a weights file.

        Raises ValueError where they are not what the file tells of them.
        """
        arrays = {name: value for name, value in weights.items() if name != "told"}
        told = check_seal(json.loads(str(weights["told"])), arrays, FORM)
        self.labels: dict[str, list[str]] = told["labels"]
        self.by_name = {name: Labels.of(some) for name, some in self.labels.items()}
        self.version: str = told["version"]
        self.window: int = told["window"]
        self.floor: float = told["floor"]
        self.far: int = told["far"]
        self.views: int = told.get("views", 1)
        self.at: dict[str, Floats] = {
            name: value.astype(np.float32)
            for name, value in arrays.items()
            if value.dtype.kind == "f"
        }

    def linear(self, name: str, given: Floats) -> Floats:
        """Apply one layer; all rows at once, which is quicker than act by act."""
        weight, bias = self.at[f"{name}.weight"], self.at.get(f"{name}.bias")
        out: Floats = given.reshape(-1, weight.shape[1]) @ weight.T
        if bias is not None:
            out += bias
        return out.reshape(*given.shape[:-1], len(weight))

    def chances_of_pieces(self, states: Floats) -> Floats:
        """Return of each piece: in an act, begins one, and each deed."""
        return sigmoid(self.linear("find.2", gelu(self.linear("find.0", states))))


@cache
def load_act_heads(path: Path) -> Heads:
    """Read the heads once a process."""
    with np.load(path, allow_pickle=False) as file:
        return Heads(dict(file))


class Sense:
    """The states of one sentence, and what the heads say of them."""

    def __init__(
        self,
        heads: Heads,
        at: Places,
        states: Floats,
        found: Floats,
        phrases: Sequence[Noted] = (),
    ) -> None:
        """Take a sentence's pieces, their states and what was found at each."""
        self.heads = heads
        self.at = at
        self.states = states
        self.found = found
        every = ((words, *at.within(head), ends) for words, head, ends in phrases)
        self.phrases = [noted for noted in every if noted[2] > noted[1]]

    def triggers(
        self, asked: Sequence[Span], least: float = 0
    ) -> list[tuple[Piece, bool]]:
        """Return the runs of pieces that tell an act, and those asked for."""
        found, floor = self.found, self.heads.floor
        own = pick_runs(
            found[:, 0], found[:, 1], floor, other_deeds(found[:, 2:], self.at)
        )
        some = [(run, False) for run in own if self.sure(run) >= least]
        return [*some, *((self.pieces(s), True) for s in asked)]

    def sure(self, run: Piece) -> float:
        """Return how sure it is that a run of pieces tells an act."""
        return float(self.found[slice(*run), 0].max())

    def pieces(self, span: Span) -> Piece:
        """Return the pieces that overlap a span; the first where none does."""
        low, high = self.at.within(span)
        return (low, high) if high > low else (0, 1)

    def acts(
        self, sentence: Span, triggers: Sequence[tuple[Piece, bool]]
    ) -> Iterator[Act]:
        """Yield an act for each trigger."""
        at = [run for run, _ in triggers]
        mean = means(self.states, at)
        whole = means(self.states, [(0, len(self.states))])
        around = np.broadcast_to(whole, mean.shape)
        hidden = gelu(self.heads.linear("look", np.concatenate([mean, around], 1)))
        deeds = self.deeds(at, hidden)
        words = self.every_words(self.roles(at, mean, deeds))
        labels = zip(
            self.label_chances("deed", deeds),
            self.label_chances("status", softmax_rows(self.said("status", hidden))),
            self.label_chances("mode", softmax_rows(self.said("mode", hidden))),
            self.label_chances("context", sigmoid(self.said("context", hidden))),
            strict=True,
        )
        mutual = sigmoid(self.said("mutual", hidden))[:, 0].tolist()
        meant = softmax_rows(self.said("told", hidden).reshape(-1, 2, 3)).tolist()
        every = zip(triggers, labels, words, mutual, meant, strict=True)
        for (run, asked), told, parts, both, (actor, recipient) in every:
            deed, status, mode, context = told
            actors, recipients, places, times, speakers = parts
            yield Act(
                trigger=self.at.span(*run),
                sentence=sentence,
                sure=self.sure(run),
                deeds=deed,
                statuses=status,
                modes=mode,
                contexts=context,
                mutual=both,
                actors=actors,
                recipients=recipients,
                places=places,
                times=times,
                speakers=speakers,
                actor_meant=Meant(*actor),
                recipient_meant=Meant(*recipient),
                asked=asked,
            )

    def said(self, name: str, hidden: Floats) -> Floats:
        """Return what one head says."""
        return self.heads.linear(f"say.{name}", hidden)

    def deeds(self, at: Sequence[Piece], hidden: Floats) -> Floats:
        """Return acts x deeds: the mean of what the pieces and the whole act say."""
        whole = softmax_rows(self.said("deed", hidden))
        parts = means(self.found[:, 2:], at)
        parts = parts / np.maximum(parts.sum(1, keepdims=True), FEW)
        out: Floats = (whole + parts) / 2
        return out

    def roles(self, at: Sequence[Piece], mean: Floats, deeds: Floats) -> Floats:
        """Return acts x roles x pieces x (O, B, I)."""
        heads, size = self.heads, len(self.states)
        steps = distances(at, size)
        given = heads.linear("trigger", mean) + heads.linear("deed", deeds)
        gate = 1 + heads.linear("gate", mean)
        near = heads.linear("piece", self.states)[None] * gate[:, None]
        near += given[:, None]
        far = np.minimum(np.maximum(steps, -heads.far), heads.far) + heads.far
        near += heads.at["place.weight"][far]
        near = looked(heads.at, heads.linear, gelu(near), heads.views)
        logits = heads.linear("role", near)
        found = softmax_rows(logits.reshape(len(at), size, len(ROLES), 3))
        out: Floats = found.transpose(0, 2, 1, 3)
        return out

    def every_words(self, roles: Floats) -> Iterator[list[tuple[Words, ...]]]:
        """Yield the words of each act's parts, in the order of ROLES."""
        for rows in roles:
            found = [self.words(part) for part in rows]
            for n in PARTIES:
                found[n] = self.parties(rows[n], found[n])
            yield found

    def words(self, rows: Floats) -> tuple[Words, ...]:
        """Return the runs of pieces that a role holds more likely than not."""
        return tuple(
            Words(self.at.span(a, b), sure) for a, b, sure in tagged_chunks(rows)
        )

    def parties(self, rows: Floats, told: Sequence[Words]) -> tuple[Words, ...]:
        """Return the words of a party: runs of pieces, as noun phrases where they are.

        A run that holds the head of a phrase stands for the whole phrase; one that
        holds none ("Israeli" of "Israeli strikes") for itself, unless it lies within
        a phrase that is told already.
        """
        inside = (1 - rows[:, 0]).tolist()
        heads = [
            (Words(self.ended(words, ends, inside), max(inside[a:b])), a)
            for words, a, b, ends in self.phrases
        ]
        found: list[Words] = []
        loose: list[Words] = []
        for run in told:
            held = [
                Words(head.span, max(run.sure, head.sure))
                for head, first in heads
                if head.sure > HALF
                and run.span.overlaps(self.at.span(first, first + 1))
            ]
            found.extend(held)
            loose.extend([] if held else [run])
        maybe = [max(heads, key=lambda head: head[0].sure)[0]] if heads else []
        kept: list[Words] = []
        longest = sorted(found, key=lambda w: (w.span.start - w.span.end, w.span))
        for one in (*longest, *loose, *maybe):
            if not any(one.span.overlaps(other.span) for other in kept):
                kept.append(one)
        return tuple(self.joined(sorted(kept, key=lambda w: w.span)))

    def joined(self, told: Sequence[Words]) -> Iterator[Words]:
        """Yield words of parties, those that stand side by side as one.

        "U.S. and North Korean officials" are two parties, not three.
        """
        held: Words | None = None
        for one in told:
            if held is None:
                held = one
            elif self.at.within(held.span)[1] == self.at.within(one.span)[0]:
                held = Words(held.span.join(one.span), max(held.sure, one.sure))
            else:
                yield held
                held = one
        if held is not None:
            yield held

    def ended(self, words: Span, ends: Sequence[int], inside: Sequence[float]) -> Span:
        """Return a phrase without what hangs on it and is likely no part of a party."""
        last = self.at.within(words)[1]
        for end in ends:
            first = self.at.within(Span(end, words.end))[0]
            if max(inside[first:last], default=1.0) < HALF:
                return Span(words.start, self.at.span(first - 1, first).end)
        return words

    def label_chances(self, name: str, chances: Floats) -> Iterator[Chances]:
        """Yield each act's labels with their probabilities, the likeliest first."""
        labels = self.heads.by_name[name]
        chances = chances[:, labels.places]
        order = np.argsort(-chances, axis=1, kind="stable")
        names = labels.names[order].tolist()
        values = np.take_along_axis(chances, order, 1).tolist()
        yield from (
            tuple(zip(*both, strict=True)) for both in zip(names, values, strict=True)
        )


def sigmoid(x: Floats) -> Floats:
    """Return probabilities of things that do not exclude each other."""
    out: Floats = (1 / (1 + np.exp(-x))).astype(np.float32)
    return out
