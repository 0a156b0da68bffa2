"""The encoder's one pass: sentences in, states out."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dateline.encoder import heads, ngrams
from dateline.encoder.commitment import Top
from dateline.encoder.encoded import Encoded, Shape
from dateline.encoder.heads import Floats
from dateline.encoder.pieces import Window, tokenizer, windows
from dateline.encoder.sessions import run_network
from dateline.model import Parsed, Span

WEIGHTS = Path(__file__).parent / "weights"
Spans = tuple[Span, ...]
CLS, SEP = 101, 102


class Encoder:
    """Reads reports with the weights of one folder."""

    def __init__(self, path: Path) -> None:
        """Remember where the weights lie; they load when first needed."""
        self.path = path

    @classmethod
    def load(cls, path: Path | None = None) -> "Encoder":
        """Return the encoder of a folder, or the one that comes with Dateline.

        Raises LookupError where there are no weights.
        """
        folder = path or WEIGHTS
        if not available(folder):
            raise LookupError(f"no encoder weights in {folder}")
        return shared_encoder(folder)

    def read_report(
        self, parsed: Parsed, only: Iterable[Span] | None = None
    ) -> Encoded:
        """Read the parsed sentences of a report.

        With `only`, the sentences of these spans are read, each alone; others cost
        nothing.
        """
        spans = tuple(s.span for s in parsed.sentences if s.parsed)
        wanted = None if only is None else tuple(sentences_holding(spans, only))
        runs = parsed.runs if wanted is None else ([s] for s in wanted)
        tokens = [token.span for token in parsed.tokens]
        some = list(windows(self.cutter, parsed.text, runs))
        return self.passed(some, Shape(tokens, spans, parsed.text, self.second))

    def read_text(self, texts: Sequence[str]) -> list[Encoded]:
        """Read texts as they are, each as one sentence, without a parse."""
        return [self.read_as_sentence(text) for text in texts]

    def read_as_sentence(self, text: str) -> Encoded:
        """Read one text as one sentence; its spans are the word pieces."""
        sentence = [Span(0, len(text))]
        some = list(windows(self.cutter, text, [sentence]))
        pieces = [Span(*at) for w in some for at in zip(w.starts, w.ends, strict=True)]
        return self.passed(some, Shape(pieces, sentence, text, self.second))

    def passed(self, some: Sequence[Window], shape: Shape) -> Encoded:
        """Run the network over a text's windows and lay their states end to end."""
        both = [self.states(window) for window in some]
        empty = np.zeros((0, self.width), np.float32)
        states = np.concatenate([empty, *(upper[1:-1] for upper, _ in both)])
        starts = np.array([a for w in some for a in w.starts], np.int64)
        ends = np.array([b for w in some for b in w.ends], np.int64)
        at = heads.load_heads(self.path / "heads.npz")
        found = Encoded(at, states, starts, ends, shape)
        if (path := self.path / "commitment.onnx.gz").exists():
            found.top = Top(path, [lower for _, lower in both])
        return found

    def states(self, window: Window) -> tuple[Floats, Floats]:
        """Return a window's states, its two marks included, and its lower layers'.

        It is read by itself: the network scales its numbers by all that it reads at
        once, so that company would change them, and padding costs more than it saves.
        """
        ids = np.array([(CLS, *window.ids, SEP)], np.int64)
        embedded = run_network(self.path / "embed.onnx.gz", "input_ids", ids)
        lower = run_network(self.path / "lower.onnx.gz", "embedded", embedded)
        upper = run_network(self.path / "upper.onnx.gz", "lower", lower)
        return upper[0], lower[0]

    @property
    def cutter(self) -> Any:
        """What cuts text into the word pieces of these weights."""
        return tokenizer(self.path / "tokenizer.json.gz")

    @property
    def second(self) -> ngrams.Ngrams | None:
        """The linear second opinion that lies beside the weights."""
        return ngrams.load_ngrams(self.path / "ngrams.npz")

    @property
    def width(self) -> int:
        """How many numbers a state has."""
        return int(heads.load_heads(self.path / "heads.npz").at["null"].shape[1])


@cache
def shared_encoder(folder: Path) -> Encoder:
    """Return the one encoder of a folder, so that rooms share its readings."""
    return Encoder(folder)


def available(folder: Path = WEIGHTS) -> bool:
    """Whether a folder holds an encoder's files."""
    networks = (f"{part}.onnx.gz" for part in ("embed", "lower", "upper"))
    names = (*networks, "heads.npz", "tokenizer.json.gz")
    return all((folder / name).exists() for name in names)


def sentences_holding(sentences: Spans, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the sentences that hold the start of any span, each once, in order."""
    found = {bisect_right(sentences, s.start, key=start) - 1 for s in spans}
    yield from (sentences[n] for n in sorted(found) if n >= 0)


def start(span: Span) -> int:
    """Return where a span starts."""
    return span.start
