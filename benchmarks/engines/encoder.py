"""The encoder of benchmarks: one pass over sentences, and each answer a look-up in it.

Its second top tells how far readers take an event as fact: the lower layers are the
shipped encoder's; three of its own follow, taught by a larger network that had read
what readers answered of two kinds of text.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.engines.heads import Heads, load_heads
from benchmarks.engines.ngrams import Ngrams, load_ngrams
from dateline.ml.encoder.heads import Floats, gelu, softmax_rows
from dateline.ml.encoder.pieces import WEIGHTS as SHARED
from dateline.ml.encoder.pieces import Window, tokenizer, windows
from dateline.ml.encoder.sessions import run_network, session
from dateline.model import Parsed, Span

WEIGHTS = Path(__file__).parent / "weights"
Spans = tuple[Span, ...]
CLS, SEP = 101, 102
Ints = npt.NDArray[np.int64]
THREE = {
    "happened": ("happened", "ongoing", "recurring"),
    "uncertain": ("planned", "expected", "possible", "hypothetical"),
    "not": ("denied", "negated"),
}
SHARPER = 1.45  # power that makes the mean's confidence true: means are too modest
SHARE = 0.4  # of the linear second opinion, where a pair comes without a trigger
ROLES = {"actor": (1, 2), "recipient": (3, 4)}


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the second top says of an event, and what the lower layers of its sentence.

    `numbers` holds the logarithms of the probabilities of happened, uncertain and not
    by the customs of news readers, the same of readers of talk, and both expected
    values (-3 did not happen .. 3 did); `manner` the sentence's mean lower state.
    """

    numbers: Floats
    manner: Floats


@dataclass(frozen=True, slots=True)
class Shape:
    """A text, its sentences, and the spans that the rows of its tags follow.

    `ngrams` is the linear second opinion where there is one.
    """

    spans: Sequence[Span]
    sentences: Sequence[Span]
    text: str = ""
    ngrams: Ngrams | None = None


class Encoded:
    """The states of a report's word pieces, and the heads that read them."""

    def __init__(
        self, heads: Heads, states: Floats, starts: Ints, ends: Ints, shape: "Shape"
    ) -> None:
        """Keep the states; pieces lie in text order."""
        self.heads = heads
        self.states = states
        self.starts = starts
        self.ends = ends
        self.shape = shape
        self.spans = shape.spans
        self.sentences = shape.sentences
        self.rows: dict[str, Floats] = {}
        self.top: tuple[Path, Sequence[Floats]] | None = None
        """Where the second top lies, and the lower states of each window."""

    def pair(
        self,
        actor: Span | None,
        recipient: Span | None,
        trigger: Span | None,
        sentence: Span | None = None,
    ) -> dict[str, float]:
        """Return the probability of each PLOVER type, NONE included, for one pair."""
        found = self.kinds("kind", (actor, recipient, trigger), sentence)
        ngrams = self.shape.ngrams
        if actor is None or recipient is None or trigger is not None or ngrams is None:
            return found
        around = self.around(actor)
        if around is None or not around.covers(recipient):
            return found
        by = around.start  # the linear model has its say; NONE stays as it is
        moved = (Span(s.start - by, s.end - by) for s in (actor, recipient))
        other = ngrams.roots_of(around.of(self.shape.text), *moved)
        return mix_opinions(found, other, ngrams.root_of)

    def deed(
        self,
        actor: Span | None,
        recipient: Span | None,
        trigger: Span | None,
        sentence: Span | None = None,
    ) -> dict[str, float]:
        """Return the probability of each deed: the act itself, whatever its status."""
        return self.kinds("deed", (actor, recipient, trigger), sentence)

    def act(self, trigger: Span) -> dict[str, float]:
        """Return the probability of each type at a trigger, whoever the parties are."""
        return self.pair(None, None, trigger)

    def holds(self, sentence: Span) -> float:
        """Return the probability that a sentence tells a political act at all."""
        return 1 - self.pair(None, None, None, sentence)["NONE"]

    def modes(self, trigger: Span) -> dict[str, float]:
        """Return the probability of each mode at a trigger; they do not exclude."""
        return self.several("mode", trigger)

    def contexts(self, trigger: Span) -> dict[str, float]:
        """Return the probability of each context at a trigger; they do not exclude."""
        return self.several("context", trigger)

    def certainty(self, trigger: Span) -> dict[str, float]:
        """Return the probability of each of the nine statuses at a trigger."""
        found = self.heads.statuses(self.close(trigger))
        return label_probabilities(self.heads.labels["status"], found)

    def commitment(self, trigger: Span) -> Commitment | None:
        """Return how far readers would take the event at a trigger as fact.

        None where the weights have no second top. The first question runs it.
        """
        if self.tops is None:
            return None
        upper, lower = self.tops
        hidden = gelu(self.heads.linear("commitment.hidden", upper.close(trigger)))
        three = self.heads.linear("commitment.three", hidden).reshape(2, 3)
        values = self.heads.linear("commitment.value", hidden)
        logs = np.log(softmax_rows(three) + 1e-9).ravel()
        manner = lower.close(trigger)[self.states.shape[1] :]
        return Commitment(np.concatenate([logs, values]), manner)

    def tags(self, task: str) -> Floats:
        """Return spans x (O, B, I): source, cue, content, act, actor or recipient."""
        if task in ROLES:
            some = self.parties(None)
            inside = some[:, list(ROLES[task])]
            return np.concatenate([1 - inside.sum(1, keepdims=True), inside], 1)
        if task not in self.rows:
            which = self.heads.labels["tag"].index(task)
            self.rows[task] = self.gather(self.tagged[:, which])
        return self.rows[task]

    def parties(self, trigger: Span | None, first: int = 0, last: int | None = None) -> Floats:
        """Return spans x (O, B-actor, I-actor, B-recipient, I-recipient).

        The parties are those of the act at `trigger`, or of any act where it is None;
        `first` and `last` choose the spans that are asked of: a sentence's, say.
        """
        at = self.mean(trigger)
        vector = self.heads.at["null"][2] if at is None else at
        spans = self.spans[first:last]
        if not len(spans):
            return np.zeros((0, 5), np.float32)
        low, high = self.range(Span(spans[0].start, spans[-1].end))
        rows = self.heads.parties(self.states[low:high], vector)
        return self.gather(rows, first, last, low)

    def kinds(
        self, name: str, parts: Sequence[Span | None], sentence: Span | None
    ) -> dict[str, float]:
        """Return the probabilities that a head of acts gives the parts."""
        told = next((p for p in reversed(parts) if p is not None), None)
        around = sentence or self.around(told)
        every = [self.mean(p) for p in (*parts, around)]
        null = self.heads.at["null"]
        filled = [null[n] if v is None else v for n, v in enumerate(every)]
        found = self.heads.kinds(name, np.concatenate(filled))
        return label_probabilities(self.heads.labels["kind"], found)

    def several(self, name: str, trigger: Span) -> dict[str, float]:
        """Return the probabilities that a many-label head gives a trigger."""
        found = self.heads.several(name, self.close(trigger))
        return label_probabilities(self.heads.labels[name], found)

    def close(self, trigger: Span) -> Floats:
        """Return the trigger's mean and its sentence's mean, side by side."""
        null = self.heads.at["null"]
        both = (self.mean(trigger), self.mean(self.around(trigger)))
        filled = [null[n + 2] if v is None else v for n, v in enumerate(both)]
        return np.concatenate(filled)

    def mean(self, span: Span | None) -> Floats | None:
        """Return the mean state of a span's pieces; None where none was read."""
        if span is None:
            return None
        low, high = self.range(span)
        if high <= low:
            return None
        out: Floats = self.states[low:high].mean(0)
        return out

    def range(self, span: Span) -> tuple[int, int]:
        """Return the first and past-last piece that overlap a span."""
        low = int(np.searchsorted(self.ends, span.start, side="right"))
        return low, int(np.searchsorted(self.starts, span.end, side="left"))

    def around(self, span: Span | None) -> Span | None:
        """Return the sentence that a span starts in, or the only one there is."""
        if span is None:
            return self.sentences[0] if len(self.sentences) == 1 else None
        n = int(np.searchsorted(self.openings, span.start, side="right")) - 1
        return self.sentences[n] if n >= 0 else None

    def gather(self, rows: Floats, first: int = 0, last: int | None = None, low: int = 0) -> Floats:
        """Return for each span the answer of its first piece; O where none was read.

        The rows are those of the pieces from `low` on.
        """
        out = np.zeros((len(self.spans[first:last]), rows.shape[-1]), np.float32)
        out[:, 0] = 1
        if len(rows):
            pieces, there = (found[first:last] for found in self.firsts)
            out[there] = rows[pieces[there] - low]
        return out

    @cached_property
    def tops(self) -> "tuple[Encoded, Encoded] | None":
        """The same pieces with the second top's states, and with those beneath it.

        The top is run when it is first asked.
        """
        if self.top is None:
            return None
        path, windows = self.top
        network = session(path)
        above = (network.run(None, {"lower": x[None]})[0][0] for x in windows)
        none = np.zeros((0, self.states.shape[1]), np.float32)
        upper, lower = (
            np.concatenate([none, *(x[1:-1] for x in some)]) for some in (above, windows)
        )
        rest = self.starts, self.ends, self.shape
        return Encoded(self.heads, upper, *rest), Encoded(self.heads, lower, *rest)

    @cached_property
    def tagged(self) -> Floats:
        """The probabilities of every tag at every piece."""
        return self.heads.tags(self.states)

    @cached_property
    def openings(self) -> Ints:
        """Where the sentences start."""
        return np.array([s.start for s in self.sentences], np.int64)

    @cached_property
    def firsts(self) -> tuple[Ints, npt.NDArray[np.bool_]]:
        """For each span its first piece, and whether it has one."""
        begin = np.array([s.start for s in self.spans], np.int64)
        end = np.array([s.end for s in self.spans], np.int64)
        first = np.searchsorted(self.ends, begin, side="right")
        inside = np.minimum(first, len(self.starts) - 1)
        return inside, (first < len(self.starts)) & (self.starts[inside] < end)


def mix_opinions(
    found: Mapping[str, float], other: Mapping[str, float], root_of: Mapping[str, str]
) -> dict[str, float]:
    """Mix two opinions of an act; deeds of one root share what the root gets.

    >>> mix_opinions({"AID": 0.6, "NONE": 0.4}, {"AID": 1.0}, {"AID": "AID"})["NONE"]
    0.4
    """
    acts = 1 - found.get("NONE", 0.0)
    deeds = Counter(root_of.values())
    both: dict[str, float] = {}
    for deed, p in found.items():
        root = root_of.get(deed, deed)
        both[root] = both.get(root, 0.0) + p
    out = {}
    for deed, p in found.items():
        root = root_of.get(deed, deed)
        part = p / max(both[root], 1e-9) if deeds[root] > 1 else 1.0
        mean = (1 - SHARE) * both[root] + SHARE * acts * other.get(root, 0.0)
        out[deed] = part * mean**SHARPER if deed != "NONE" else 0.0
    total = sum(out.values()) or 1.0
    scaled = {kind: acts * p / total for kind, p in out.items()}
    return scaled | {k: found[k] for k in ("NONE",) if k in found}


def label_probabilities(labels: Sequence[str], found: Floats) -> dict[str, float]:
    """Pair labels with their probabilities."""
    return dict(zip(labels, found.tolist(), strict=True))


def fold_statuses(statuses: Mapping[str, float]) -> dict[str, float]:
    """Fold the nine statuses into happened, uncertain and not.

    >>> fold_statuses({"happened": 0.5, "ongoing": 0.2, "denied": 0.3})["happened"]
    0.7
    """
    return {k: sum(statuses.get(s, 0.0) for s in names) for k, names in THREE.items()}


class Encoder:
    """Reads reports with the weights of one folder."""

    def __init__(self, path: Path) -> None:
        """Remember where the weights lie; they load when first needed."""
        self.path = path

    @classmethod
    def load(cls, path: Path | None = None) -> "Encoder":
        """Return the encoder of a folder, or the one of these benchmarks.

        Raises LookupError where there are no weights.
        """
        folder = path or WEIGHTS
        if not available(folder):
            raise LookupError(f"no encoder weights in {folder}")
        return shared_encoder(folder)

    def read_report(self, parsed: Parsed, only: Iterable[Span] | None = None) -> Encoded:
        """Read the parsed sentences of a report.

        With `only`, the sentences of these spans are read, each alone; others cost
        nothing.
        """
        spans = tuple(s.span for s in parsed.sentences if s.parsed)
        runs: Iterable[Sequence[Span]] = parsed.runs
        if only is not None:
            starts = [span.start for span in spans]
            held = {bisect_right(starts, span.start) - 1 for span in only}
            runs = ([spans[n]] for n in sorted(held) if n >= 0)
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
        at = load_heads(self.path / "heads.npz")
        empty = np.zeros((0, at.at["null"].shape[1]), np.float32)
        states = np.concatenate([empty, *(upper[1:-1] for upper, _ in both)])
        starts = np.array([a for w in some for a in w.starts], np.int64)
        ends = np.array([b for w in some for b in w.ends], np.int64)
        found = Encoded(at, states, starts, ends, shape)
        if (path := self.path / "commitment.onnx.gz").exists():
            found.top = path, [lower for _, lower in both]
        return found

    def states(self, window: Window) -> tuple[Floats, Floats]:
        """Return a window's states, its two marks included, and its lower layers'.

        It is read by itself: the network scales its numbers by all that it reads at
        once, so that company would change them, and padding costs more than it saves.
        """
        ids = np.array([(CLS, *window.ids, SEP)], np.int64)
        embedded = run_network(shared_file(self.path, "embed.onnx.gz"), "input_ids", ids)
        lower = run_network(self.path / "lower.onnx.gz", "embedded", embedded)
        upper = run_network(self.path / "upper.onnx.gz", "lower", lower)
        return upper[0], lower[0]

    @property
    def cutter(self) -> Any:
        """What cuts text into the word pieces of these weights."""
        return tokenizer(shared_file(self.path, "tokenizer.json.gz"))

    @property
    def second(self) -> Ngrams | None:
        """The linear second opinion that lies beside the weights."""
        return load_ngrams(self.path / "ngrams.npz")


@cache
def shared_encoder(folder: Path) -> Encoder:
    """Return the one encoder of a folder, so that rooms share its readings."""
    return Encoder(folder)


def available(folder: Path = WEIGHTS) -> bool:
    """Whether a folder holds an encoder's files."""
    own = ("lower.onnx.gz", "upper.onnx.gz", "heads.npz")
    shared = ("embed.onnx.gz", "tokenizer.json.gz")
    files = [folder / name for name in own]
    files += [shared_file(folder, name) for name in shared]
    return all(file.exists() for file in files)


def shared_file(folder: Path, name: str) -> Path:
    """Return a folder's own file, or the one that the coder's reader has."""
    own = folder / name
    return own if own.exists() else SHARED / name
