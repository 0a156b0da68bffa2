"""The coder's one pass over a report: sentences with their neighbours in, acts out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import numpy as np

from dateline.ml.encoder.acts import ROUNDS, Asked, Heads, Noted, Sense, load_act_heads, read_asked
from dateline.ml.encoder.pieces import tokenizer, word_pieces
from dateline.ml.encoder.sessions import run_network
from dateline.model import Act, Parsed, Reading, Span, States
from dateline.model.encoder_output import Places, Stretch

WEIGHTS = Path(__file__).parent / "weights"
LAYERS = ("reading-lower.onnx.gz", "reading-upper.onnx.gz")
FILES = ("embed.onnx.gz", *LAYERS, ROUNDS, "reading.npz", "tokenizer.json.gz")
CLS, SEP = 101, 102
TOGETHER = 64  # windows whose acts are read at once


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence, or as much of a long one as fits: its pieces within a window."""

    sentence: Span
    ids: Sequence[int]
    at: Places


class Reader:
    """Reads the acts of a report with the weights of one folder: `ports.ReadReport`."""

    def __init__(self, path: Path, least: float = 0) -> None:
        """Remember where the weights lie; they load when first needed.

        An act less sure than `least` is left out, its parties unread.
        """
        self.path = path
        self.least = least
        self.files = {name: path / name for name in FILES}

    @classmethod
    def load(cls, path: Path | None = None, least: float = 0) -> "Reader":
        """Return the reader of a folder, or the one that comes with Dateline.

        Raises LookupError where there are no weights.
        """
        folder = path or WEIGHTS
        if not all((folder / name).exists() for name in FILES):
            raise LookupError(f"no reader's weights in {folder}")
        return cls(folder, least)

    def encode(self, text: str, sentences: Iterable[Sequence[Span]]) -> States:
        """Return the states of runs of sentences: `ports.EncodeReport`.

        Each window is read by itself: the network scales its numbers by all that it
        reads at once, so that company would change them.
        """
        found: list[Stretch] = []
        for n, window in enumerate(self.windows(text, sentences)):
            ids = [CLS, *(i for part in window for i in part.ids), SEP]
            given = np.array([ids], np.int64)
            embedded = run_network(self.files["embed.onnx.gz"], "input_ids", given)
            lower = run_network(self.files[LAYERS[0]], "embedded", embedded)
            upper = run_network(self.files[LAYERS[1]], "branch", lower)[0]
            rows, below = upper.astype(np.float16), lower[0].astype(np.float16)
            first = 1
            for part in window:
                own = slice(first, first := first + len(part.ids))
                at = part.sentence, part.at
                found.append(Stretch(*at, rows[own], n, below[own]))
        return States(tuple(found))

    def may_tell(self, states: States) -> bool:
        """Whether an act may stand in a report: `ports.MayTell`.

        Where no piece is as sure as the least sure act that is read, none does.
        """
        least = max(self.least, self.heads.floor)
        return any(
            self.heads.chances_of_pieces(
                np.concatenate([part.rows for part in window], dtype=np.float32)
            )[:, 0].max()
            >= least
            for window in group_stretches(states)
        )

    def __call__(self, parsed: Parsed, asked: Sequence[Span] = ()) -> Reading:
        """Return the acts that the states tell; `asked` are further triggers."""
        found: list[Act] = []
        phrases = headed(parsed)
        windows = group_stretches(parsed.states)
        while some := list(islice(windows, TOGETHER)):  # 32 bits of a few at a time
            asked_of: list[Asked] = []
            for window in some:
                asked_of.extend(self.ask_window(window, phrases, asked))
            found.extend(read_asked(self.heads, asked_of))
        found.sort(key=lambda act: (act.trigger, act.asked))
        return Reading(tuple(found), self.heads.version)

    def ask_window(
        self,
        window: Sequence[Stretch],
        phrases: Mapping[Span, Sequence[Noted]],
        asked: Sequence[Span],
    ) -> Iterator[Asked]:
        """Yield the sentences of a window that may tell acts, and these acts' words."""
        states = [part.rows.astype(np.float32) for part in window]
        told = self.heads.chances_of_pieces(np.concatenate(states))
        first = 0
        for part, rows in zip(window, states, strict=True):
            own = told[first : (first := first + len(rows))]
            noted = phrases.get(part.sentence, ())
            sense = Sense(self.heads, part.at, rows, own, noted)
            patterns = [s for s in asked if part.at.holds(s.start)]
            if triggers := sense.triggers(patterns, self.least):
                yield Asked(part.sentence, sense, triggers)

    def windows(self, text: str, sentences: Iterable[Sequence[Span]]) -> Iterator[list[Part]]:
        """Yield sentences of one run that fit together, in parts where one does not."""
        most = self.heads.window
        for near in sentences:
            held: list[Part] = []
            size = 0
            for sentence in near:
                whole = word_pieces(self.cutter, text, sentence)
                for low in range(0, len(whole.ids), most):
                    some = slice(low, low + most)
                    at = Places(whole.starts[some], whole.ends[some])
                    part = Part(sentence, whole.ids[some], at)
                    if held and size + len(part.ids) > most:
                        yield held
                        held, size = [], 0
                    held.append(part)
                    size += len(part.ids)
            if held:
                yield held

    @property
    def heads(self) -> Heads:
        """The matrices that read the states."""
        return load_act_heads(self.files["reading.npz"])

    @property
    def cutter(self) -> Any:
        """What cuts text into the word pieces of these weights."""
        return tokenizer(self.files["tokenizer.json.gz"])


def group_stretches(states: States) -> Iterator[list[Stretch]]:
    """Yield the stretches that were read together."""
    for _, some in groupby(states.stretches, key=lambda part: part.window):
        yield list(some)


def headed(parsed: Parsed) -> dict[Span, list[Noted]]:
    """Return the noun phrases of each sentence: words, head, where else it may end."""
    found: dict[Span, list[Noted]] = {}
    for phrase in parsed.phrases:
        sentence = parsed.sentence_at(phrase.span.start)
        if sentence is not None and sentence.span.covers(phrase.span):
            head = parsed.tokens[phrase.head].span
            noted = phrase.span, head, phrase.ends
            found.setdefault(sentence.span, []).append(noted)
    return found
