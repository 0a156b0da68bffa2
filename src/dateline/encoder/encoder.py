"""The encoder's one pass: sentences in, states out. Nobody else meets ONNX Runtime."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dateline.encoder import heads, ngrams
from dateline.encoder.encoded import Encoded, Shape
from dateline.encoder.heads import Floats
from dateline.encoder.pieces import Window, tokenizer, windows
from dateline.model import Parsed, Sentence, Span

WEIGHTS = Path(__file__).parent / "weights"
Spans = tuple[Span, ...]
CLS, SEP = 101, 102
BATCH = 768  # word pieces of one batch, padding included: what fits the cache
REMEMBERED = 8  # reports whose pass is kept for the next room that asks


class Encoder:
    """Reads reports with the weights of one folder; the last readings are kept."""

    def __init__(self, path: Path) -> None:
        """Remember where the weights lie; they load when first needed."""
        self.path = path
        self.kept: OrderedDict[tuple[str, Spans, Spans | None], Encoded] = OrderedDict()

    @classmethod
    def load(cls, path: Path | None = None) -> "Encoder":
        """Return the encoder of a folder, or the one that comes with Dateline.

        Raises LookupError where there are no weights.
        """
        folder = path or WEIGHTS
        if not available(folder):
            raise LookupError(f"no encoder weights in {folder}")
        return shared(folder)

    def read(self, parsed: Parsed, only: Iterable[Span] | None = None) -> Encoded:
        """Read the parsed sentences of a report, or recall the reading.

        With `only`, what lies far from these spans is left out: the rest costs nothing.
        """
        spans = tuple(s.span for s in parsed.sentences if s.parsed)
        wanted = None if only is None else tuple(holding(spans, only))
        key = (parsed.text, spans, wanted)
        if key in self.kept:
            self.kept.move_to_end(key)
            return self.kept[key]
        tokens = [token.span for token in parsed.tokens]
        runs = list(neighbours(parsed.sentences))
        shape = Shape(tokens, spans, parsed.text, self.second)
        found = self.encode(parsed.text, runs, shape, wanted)
        self.kept[key] = found
        if len(self.kept) > REMEMBERED:
            self.kept.popitem(last=False)
        return found

    def read_text(self, texts: Sequence[str]) -> list[Encoded]:
        """Read texts as they are, each as one sentence, without a parse."""
        cutter = tokenizer(self.path / "tokenizer.json")
        wholes = [[Span(0, len(text))] for text in texts]
        cut = [
            list(windows(cutter, text, [whole]))
            for text, whole in zip(texts, wholes, strict=True)
        ]
        states = iter(self.states([w for some in cut for w in some]))
        out = []
        for text, some, whole in zip(texts, cut, wholes, strict=True):
            pieces = [
                Span(a, b) for w in some for a, b in zip(w.starts, w.ends, strict=True)
            ]
            found = [next(states) for _ in some]
            shape = Shape(pieces, whole, text, self.second)
            out.append(self.joined(some, found, shape))
        return out

    def encode(
        self,
        text: str,
        runs: Sequence[Sequence[Span]],
        shape: Shape,
        wanted: Sequence[Span] | None = None,
    ) -> Encoded:
        """Read runs of neighbouring sentences of one text: windows of those wanted."""
        cutter = tokenizer(self.path / "tokenizer.json")
        if wanted is not None:
            runs = [run for run in runs if not set(run).isdisjoint(wanted)]
        some = list(windows(cutter, text, runs))
        if wanted is not None:
            some = [w for w in some if touches(w, wanted)]
        return self.joined(some, self.states(some), shape)

    def joined(
        self, some: Sequence[Window], states: Sequence[Floats], shape: Shape
    ) -> Encoded:
        """Lay the states of a text's windows end to end."""
        wide = np.concatenate([np.zeros((0, self.width), np.float32), *states])
        starts = np.array([a for w in some for a in w.starts], np.int64)
        ends = np.array([b for w in some for b in w.ends], np.int64)
        return Encoded(heads.load(self.path / "heads.npz"), wide, starts, ends, shape)

    @property
    def second(self) -> ngrams.Ngrams | None:
        """The linear second opinion that lies beside the weights."""
        return ngrams.load(self.path / "ngrams.npz")

    @property
    def width(self) -> int:
        """How many numbers a state has."""
        return int(heads.load(self.path / "heads.npz").at["null"].shape[1])

    def states(self, some: Sequence[Window]) -> list[Floats]:
        """Return the states of each window, windows of like length together."""
        out: list[Floats] = [np.zeros((0, 0), np.float32)] * len(some)
        for group in batches([len(w.ids) for w in some]):
            width = max(len(some[n].ids) for n in group) + 2
            ids = np.zeros((len(group), width), np.int64)
            for row, n in enumerate(group):
                ids[row, : len(some[n].ids) + 2] = (CLS, *some[n].ids, SEP)
            raw = self.run(ids)
            for row, n in enumerate(group):
                out[n] = raw[row, 1 : len(some[n].ids) + 1]
        return out

    def run(self, ids: Any) -> Floats:
        """Run the network over one padded batch."""
        mask = (ids != 0).astype(np.int64)
        feed = {"input_ids": ids, "attention_mask": mask}
        out: Floats = session(self.path / "model.onnx").run(None, feed)[0]
        return out


@cache
def shared(folder: Path) -> Encoder:
    """Return the one encoder of a folder, so that rooms share its readings."""
    return Encoder(folder)


def available(folder: Path = WEIGHTS) -> bool:
    """Whether a folder holds an encoder's three files."""
    names = ("model.onnx", "heads.npz", "tokenizer.json")
    return all((folder / name).exists() for name in names)


@cache
def session(path: Path) -> Any:
    """Load the network once a process, for one thread; so are the heads multiplied.

    A BLAS that wakes a thread a core for small heads spends more CPU than it saves.
    """
    import onnxruntime
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    providers = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(str(path), options, providers=providers)


def holding(sentences: Spans, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the sentences that hold the start of any span, each once, in order."""
    found = {bisect_right(sentences, s.start, key=start) - 1 for s in spans}
    yield from (sentences[n] for n in sorted(found) if n >= 0)


def start(span: Span) -> int:
    """Return where a span starts."""
    return span.start


def touches(window: Window, wanted: Sequence[Span]) -> bool:
    """Whether a window has a piece of any of these sentences, which are in order."""
    n = bisect_right(wanted, window.ends[-1] - 1, key=start) - 1
    return n >= 0 and wanted[n].end > window.starts[0]


def neighbours(sentences: Sequence[Sentence]) -> Iterator[list[Span]]:
    """Yield runs of parsed sentences that follow each other."""
    run: list[Span] = []
    for sentence in sentences:
        if sentence.parsed:
            run.append(sentence.span)
        elif run:
            yield run
            run = []
    if run:
        yield run


def batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Yield indices of windows to run together, the longest first."""
    order = sorted(range(len(sizes)), key=lambda n: -sizes[n])
    group: list[int] = []
    for n in order:
        if group and (len(group) + 1) * (sizes[group[0]] + 2) > BATCH:
            yield group
            group = []
        group.append(n)
    if group:
        yield group
