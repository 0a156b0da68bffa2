"""The heads that read acts from the states of a report's pieces.

Whose words a piece is of depends on the act in question: "Kenya said Somalia shelled
its post" has two acts and two actors. So each act has its own look at its sentence, as
in predicate-aware role labelling (He et al., 2017): rounds in which the pieces look at
one another, a small network of its own. All else is one matrix or two, in NumPy, for
all acts of a report at once.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.ml.encoder.heads import Arrays, Floats, check_seal, gelu, softmax_rows
from dateline.ml.encoder.sessions import run_on_several
from dateline.model import Act, Meant, Span, Words
from dateline.model.encoder_output import Chances, Piece, Places

Ints = npt.NDArray[np.int64]
FORM = 2  # of the weights file: a program of another form refuses it
ROUNDS = "reading-rounds.onnx.gz"  # what is asked of each piece beside an act
ROLES = ("actor", "recipient", "place", "time", "speaker")
HALF = 0.5
DEED = 0.7  # how sure the deeds of two words must be to be two acts
FEW = 1e-6
FAINT = {"mode": 0.002, "context": 0.002}  # a less likely one is left out
# deeds and statuses stay whole: what rules say of an act may raise its least likely one
Noted = tuple[Span, Span, Sequence[int]]  # a phrase, its head, where else it may end
PARTIES = (0, 1)  # of the roles


class Heads:
    """The matrices by their names, the labels, and what the training told of them."""

    def __init__(self, weights: Arrays, rounds: Path | None = None) -> None:
        """Take the arrays of a weights file, and where the network of rounds lies.

        Raises ValueError where they are not what the file tells of them.
        """
        self.rounds = rounds
        arrays = {name: value for name, value in weights.items() if name != "told"}
        told = check_seal(json.loads(str(weights["told"])), arrays, FORM)
        self.labels: dict[str, list[str]] = told["labels"]
        self.by_name: dict[str, tuple[npt.NDArray[np.object_], Ints]] = {}
        for name, some in self.labels.items():  # those equally likely come out by name
            places = sorted(range(len(some)), key=some.__getitem__)
            names = np.array([some[place] for place in places], object)
            self.by_name[name] = names, np.array(places, np.int64)
        self.version: str = told["version"]
        self.window: int = told["window"]
        self.floor: float = told["floor"]
        self.far: int = told["far"]
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

    def say(self, name: str, hidden: Floats) -> Floats:
        """Return what one head says of acts."""
        return self.linear(f"say.{name}", hidden)

    def label_chances(self, name: str, chances: Floats) -> Iterator[Chances]:
        """Yield each act's labels with their probabilities, the likeliest first.

        Of modes and contexts those alone that are worth holding, and the likeliest.
        """
        labels, places = self.by_name[name]
        chances = chances[:, places]
        order = np.argsort(-chances, axis=1, kind="stable")
        names = labels[order].tolist()
        values = np.take_along_axis(chances, order, 1).tolist()
        sizes = np.maximum((chances >= FAINT.get(name, 0)).sum(1), 1).tolist()
        for size, some, told in zip(sizes, names, values, strict=True):
            yield tuple(zip(some[:size], told[:size], strict=True))

    def chances_of_pieces(self, states: Floats) -> Floats:
        """Return of each piece: in an act, begins one, and each deed."""
        return sigmoid(self.linear("find.2", gelu(self.linear("find.0", states))))


@cache
def load_act_heads(path: Path) -> Heads:
    """Read the heads once a process."""
    with np.load(path, allow_pickle=False) as file:
        return Heads(dict(file), path.with_name(ROUNDS))


class Sense:
    """The states of one sentence, and what the heads say of them."""

    def __init__(
        self, heads: Heads, at: Places, states: Floats, found: Floats, phrases: Sequence[Noted] = ()
    ) -> None:
        """Take a sentence's pieces, their states and what was found at each."""
        self.heads = heads
        self.at = at
        self.states = states
        self.found = found
        every = ((words, *at.within(head), ends) for words, head, ends in phrases)
        self.phrases = [noted for noted in every if noted[2] > noted[1]]

    def triggers(self, asked: Sequence[Span], least: float = 0) -> list[tuple[Piece, bool]]:
        """Return the runs of pieces that tell an act, and those asked for."""
        found, floor = self.found, self.heads.floor
        own = pick_runs(found[:, 0], found[:, 1], floor, other_deeds(found[:, 2:], self.at))
        some = [(run, False) for run in own if self.sure(run) >= least]
        return [*some, *((self.pieces(s), True) for s in asked)]

    def sure(self, run: Piece) -> float:
        """Return how sure it is that a run of pieces tells an act."""
        return float(self.found[slice(*run), 0].max())

    def pieces(self, span: Span) -> Piece:
        """Return the pieces that overlap a span; the first where none does."""
        low, high = self.at.within(span)
        return (low, high) if high > low else (0, 1)

    def roles(self, at: Sequence[Piece], gate: Floats, given: Floats) -> Floats:
        """Return acts x roles x pieces x (O, B, I) of acts of this sentence.

        `gate` and `given` are acts x width: what the pieces are multiplied by, and what
        is added to them, before they look at one another.
        """
        if self.heads.rounds is None:
            raise LookupError("no network of rounds beside the heads")
        far = self.heads.far
        steps = np.clip(distances(at, len(self.states)), -far, far) + far
        asked = {"states": self.states, "gate": gate[:, None], "given": given[:, None]}
        found: Floats = run_on_several(self.heads.rounds, {**asked, "far": steps})
        return found

    def every_words(self, roles: Floats) -> Iterator[list[tuple[Words, ...]]]:
        """Yield the words of each act's parts, in the order of ROLES.

        They are the runs of pieces that a role holds more likely than not.
        """
        some = np.asarray((roles[:, :, :, 0] <= HALF).any(2)).tolist()
        for rows, told in zip(roles, some, strict=True):
            found: list[tuple[Words, ...]] = []
            for part, any_of_it in zip(rows, told, strict=True):
                runs = tagged_chunks(part) if any_of_it else ()
                found.append(tuple(Words(self.at.span(a, b), p) for a, b, p in runs))
            for n in PARTIES:
                found[n] = self.parties(rows[n], found[n])
            yield found

    def parties(self, rows: Floats, told: Sequence[Words]) -> tuple[Words, ...]:
        """Return the words of a party: runs of pieces, as noun phrases where they are.

        A run that holds the head of a phrase stands for the whole phrase; one that
        holds none ("Israeli" of "Israeli strikes") for itself, unless it lies within
        a phrase that is told already.
        """
        inside = (1 - rows[:, 0]).tolist()
        sures = [max(inside[a:b]) for _, a, b, _ in self.phrases]
        likely = [n for n, sure in enumerate(sures) if sure > HALF]
        firsts = {n: self.phrases[n][1] for n in likely}
        heads = {n: self.at.span(at, at + 1) for n, at in firsts.items()}
        found: list[Words] = []
        loose: list[Words] = []
        for run in told:
            held = [
                Words(self.ended(n, inside), max(run.sure, sures[n]))
                for n in likely
                if run.span.overlaps(heads[n])
            ]
            found.extend(held)
            loose.extend([] if held else [run])
        top = sures.index(max(sures)) if sures else None
        maybe = [] if top is None else [Words(self.ended(top, inside), sures[top])]
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

    def ended(self, phrase: int, inside: Sequence[float]) -> Span:
        """Return a phrase without what hangs on it and is likely no part of a party."""
        words, *_, ends = self.phrases[phrase]
        last = self.at.within(words)[1]
        for end in ends:
            first = self.at.within(Span(end, words.end))[0]
            if max(inside[first:last], default=1.0) < HALF:
                return Span(words.start, self.at.span(first - 1, first).end)
        return words


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence, what is known of it, and the triggers of the acts that it tells."""

    sentence: Span
    sense: Sense
    triggers: Sequence[tuple[Piece, bool]]

    @property
    def at(self) -> list[Piece]:
        """The pieces of each trigger."""
        return [run for run, _ in self.triggers]


def read_asked(heads: Heads, asked: Sequence[Asked]) -> Iterator[Act]:
    """Yield an act for each trigger of some sentences."""
    if not asked:
        return
    mean = np.concatenate([means(each.sense.states, each.at) for each in asked])
    sizes = [len(each.triggers) for each in asked]
    wholes = np.array([mean_row(each.sense.states) for each in asked])
    around = np.repeat(wholes, sizes, axis=0)
    hidden = gelu(heads.linear("look", np.concatenate([mean, around], 1)))
    parts = np.concatenate([means(each.sense.found[:, 2:], each.at) for each in asked])
    parts = parts / np.maximum(parts.sum(1, keepdims=True), FEW)
    deeds = (softmax_rows(heads.say("deed", hidden)) + parts) / 2
    gate = 1 + heads.linear("gate", mean)
    given = heads.linear("trigger", mean) + heads.linear("deed", deeds)
    labels = zip(
        heads.label_chances("deed", deeds),
        heads.label_chances("status", softmax_rows(heads.say("status", hidden))),
        heads.label_chances("mode", softmax_rows(heads.say("mode", hidden))),
        heads.label_chances("context", sigmoid(heads.say("context", hidden))),
        sigmoid(heads.say("mutual", hidden))[:, 0].tolist(),
        softmax_rows(heads.say("told", hidden).reshape(-1, 2, 3)).tolist(),
        strict=True,
    )
    for each, last in zip(asked, accumulate(sizes), strict=True):
        own, sense = slice(last - len(each.triggers), last), each.sense
        words = sense.every_words(sense.roles(each.at, gate[own], given[own]))
        for (run, pattern), found in zip(each.triggers, words, strict=True):
            deed, status, mode, context, both, (actor, recipient) = next(labels)
            actors, recipients, places, times, speakers = found
            yield Act(
                trigger=sense.at.span(*run),
                sentence=each.sentence,
                sure=sense.sure(run),
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
                asked=pattern,
            )


def sigmoid(x: Floats) -> Floats:
    """Return probabilities of things that do not exclude each other."""
    out: Floats = (1 / (1 + np.exp(-x))).astype(np.float32)
    return out


def means(rows: Floats, at: Sequence[Piece]) -> Floats:
    """Return the mean row of each run."""
    return np.array([mean_row(rows[a:b]) for a, b in at])


def mean_row(rows: Floats) -> Floats:
    """Return the mean of some rows."""
    mean: Floats = np.add.reduce(rows) / len(rows) if len(rows) > 1 else rows[0]
    return mean


def pick_runs(act: Floats, begin: Floats, floor: float, other: Sequence[bool] = ()) -> list[Piece]:
    """Return runs of pieces that reach the floor; a sure beginning parts two.

    Of two pieces that both begin something, the second does so only where it tells of
    `other` things than the first, or each piece of one word would begin anew.

    >>> pick_runs(np.array([0.1, 0.9, 0.8, 0.2]), np.array([0.0, 0.9, 0.1, 0.0]), 0.5)
    [(1, 3)]
    """
    out: list[Piece] = []
    start: int | None = None
    held, begins = (act >= floor).tolist(), (begin > HALF).tolist()
    parted = other or [False] * len(held)
    for n in range(len(held) + 1) if any(held) else ():
        inside = n < len(held) and held[n]
        anew = inside and begins[n] and (n == 0 or not begins[n - 1] or parted[n])
        if start is not None and (not inside or anew):
            out.append((start, n))
            start = None
        if inside and start is None:
            start = n
    return out


def other_deeds(deeds: Floats, at: Places) -> list[bool]:
    """Return where a word surely tells of another deed than the word before it.

    "Kenya condemned attacks": what is condemned is an act by itself.
    """
    named, sure = deeds.argmax(1).tolist(), (deeds.max(1) > DEED).tolist()
    pairs = (n for n in range(1, len(named)) if at.starts[n] > at.ends[n - 1])
    other = {n for n in pairs if sure[n - 1] and sure[n] and named[n - 1] != named[n]}
    return [n in other for n in range(len(named))]


def tagged_chunks(rows: Floats) -> list[tuple[int, int, float]]:
    """Return (first, past last, how sure) of runs of pieces by their O, B, I."""
    out: list[tuple[int, int, float]] = []
    start: int | None = None
    held = (rows[:, 0] <= HALF).tolist()
    if not any(held):
        return out
    begins = (rows[:, 1] > np.maximum(rows[:, 2], HALF)).tolist()
    sure = (1 - rows[:, 0]).tolist()
    for n in range(len(held) + 1):
        inside = n < len(held) and held[n]
        if start is not None and (not inside or begins[n]):
            out.append((start, n, max(sure[start:n])))
            start = None
        if inside and start is None:
            start = n
    return out


def distances(at: Sequence[Piece], size: int) -> Ints:
    """Return acts x pieces: how many pieces left (-) or right of the trigger."""
    steps = np.arange(size)
    return np.stack(
        [np.where(steps < a, steps - a, np.maximum(0, steps - b + 1)) for a, b in at]
    ).astype(np.int64)
