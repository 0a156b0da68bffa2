"""How far a text commits its reader to an event: what the rules and the encoder saw.

Readers were asked it of two kinds of text, and answered by different customs: in
edited news a firm announcement counts as good as done, in people's own talk what is
yet to come does not. So there are two judges, and a third opinion that says how far to
listen to which. Each hears the rules' reading and what the encoder's second top says.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np

from benchmarks.engines.encoder import Commitment, Encoded
from dateline.extract.factuality.chain import operators, upward
from dateline.extract.factuality.rules import judge_event_word
from dateline.ml.encoder.heads import Floats, softmax_rows
from dateline.model import Certainty, Parsed, Relations, Status, Token, Why

CLASSES: tuple[tuple[Status, ...], ...] = (
    ("happened", "ongoing", "recurring"),
    ("possible", "planned", "expected", "hypothetical"),
    ("negated", "denied"),
)
NEWS = 0.75  # what is not plainly talk is taken for news, this program's fare
NEAR = (
    "auxiliary",
    "passive-auxiliary",
    "negation",
    "determiner",
    "subordinator",
    "adverb",
    "expletive",
    "preposition",
    "particle",
    "owner",
)
CLIMB = 6
MARKS = frozenset("?!")
HELPING: Relations = ("auxiliary", "passive-auxiliary", "negation")


@dataclass(frozen=True, slots=True)
class Table:
    """A row of weights for each name, one for each number, and what always counts."""

    at: dict[str, int]
    rows: Floats

    @classmethod
    def of(cls, names: Sequence[str], rows: Floats) -> "Table":
        """Return the table of these names."""
        at = {str(name): n for n, name in enumerate(names)}
        return cls(at, rows.astype(np.float32))

    def scores(self, names: Iterable[str], numbers: Floats) -> Floats:
        """Return the sum of the known names' rows and of the numbers times theirs."""
        known = [self.at[name] for name in names if name in self.at]
        told = numbers @ self.rows[len(self.at) : -1]
        return cast(Floats, self.rows[known].sum(0) + told + self.rows[-1])


@dataclass(frozen=True, slots=True)
class Judges:
    """How news is taken, how talk is, and which of them a sentence is."""

    news: Table
    talk: Table
    which: Table

    def weigh(self, parsed: Parsed, token: Token, seen: Commitment) -> Floats:
        """Return the probability of happened, uncertain and not."""
        names = judge_features(parsed, token)
        news, talk = (
            softmax_rows(judge.scores(names, seen.numbers)) for judge in (self.news, self.talk)
        )
        score = self.which.scores(manner(parsed, token), seen.manner)
        share = 1 / (1 + np.exp(-score - NEWS))
        return cast(Floats, (share * news + (1 - share) * talk).astype(np.float32))


@cache
def judges() -> Judges:
    """Return the learned weights, read once."""
    path = Path(__file__).with_name("commitment.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as at:
        names = ("news", "talk", "which")
        return Judges(*(Table.of(at[f"{name}-names"], at[name]) for name in names))


def committed(parsed: Parsed, token: Token | None, read: Encoded | None = None) -> Certainty:
    """Judge any event word as readers do: the learned class, and the rules' own status.

    Where the rules' status lies in another class, the class's plainest stands. Without
    an encoder, or weights of its second top, the rules' status stands.
    """
    told = judge_event_word(parsed, token)
    seen = read.commitment(token.span) if read and token else None
    if token is None or seen is None:
        return told
    found = CLASSES[int(judges().weigh(parsed, token, seen).argmax())]
    if told.status in found:
        return told
    return Certainty(found[0], Why("certainty.learned.v2", token.span))


def judge_features(parsed: Parsed, token: Token) -> list[str]:
    """Return the names of all that is so of an act in its sentence."""
    told = judge_event_word(parsed, token)
    found = [f"status={told.status}", f"rule={told.why.rule}"]
    found.append(f"both={told.status}|{token.relation}|{token.form}")
    found += describe_operators(parsed, token)
    found += describe_word(parsed, token)
    found += describe_heads(parsed, token)
    found += describe_surroundings(parsed, token)
    return list(dict.fromkeys(found))


def describe_operators(parsed: Parsed, token: Token) -> Iterator[str]:
    """Yield what each operator over the act is, and in which order they stand."""
    over = operators(parsed, token)
    yield "effects=" + " ".join(o.affirmed for o in over[:4])
    for operator in over[:6]:
        rule = operator.why.rule.split(".")[1]
        words = operator.why.span.of(parsed.text).lower() if operator.why.span else ""
        yield f"op={rule}:{operator.affirmed}"
        yield f"op={rule}:{words}"


def describe_word(parsed: Parsed, token: Token) -> Iterator[str]:
    """Yield the act's own word, its form, and the small words on it."""
    lemma = token.lemma.lower()
    yield from (f"lemma={lemma}", f"form={token.form}", f"relation={token.relation}")
    yield from (f"form+relation={token.form}|{token.relation}", f"end={lemma[-4:]}")
    below = list(parsed.below(token))
    for child in below:
        word = child.text.lower()
        yield f"below={child.relation}"
        if child.relation in NEAR:
            yield f"below={child.relation}:{word}"
        elif child.relation in ("subject", "passive-subject"):
            yield f"subject={word if child.pos == 'PRON' else child.form}"
    auxiliaries = [c.text.lower() for c in below if c.relation in HELPING]
    yield f"group={token.form}:{' '.join(auxiliaries)}"


def describe_heads(parsed: Parsed, token: Token) -> Iterator[str]:
    """Yield the words that stand over the act, and the way up to them."""
    path = [token.relation]
    for n, head in zip(range(CLIMB), parsed.above(token), strict=False):
        lemma = head.lemma.lower()
        if n < 3:
            yield f"path={'<'.join(path)}"
            yield f"over{n}={lemma}"
            yield f"over={path[-1]}<{lemma}"
        yield f"above={lemma}|{path[0] if n == 0 else 'far'}"
        for child in parsed.below(head, *HELPING, "subordinator"):
            yield f"overhead={child.relation}:{child.text.lower()}|{min(n, 2)}"
        path.append(head.relation)
        path = path[-3:]
    yield f"reach={upward(parsed, token) is not None}"


def describe_surroundings(parsed: Parsed, token: Token) -> Iterator[str]:
    """Yield how the sentence is built and which words stand near."""
    sentence = parsed.sentence_at(token.start)
    if sentence is None:
        return
    inside = parsed.tokens[sentence.first : sentence.last]
    yield f"ends={inside[-1].text if inside else ''}"
    root = next((t for t in inside if t.head == t.i), token)
    yield f"root form={root.form}"
    yield f"root={root.lemma.lower()}"
    for step in (-3, -2, -1, 1, 2):
        at = token.i + step
        if sentence.first <= at < sentence.last:
            yield f"near{step}={parsed.tokens[at].text.lower()}"
    telltale = parsed.words("certainty.telltale") | MARKS
    yield from (f"has={t.text.lower()}" for t in inside if t.text.lower() in telltale)


def manner(parsed: Parsed, token: Token) -> list[str]:
    """Return what tells edited news from people's own talk: words, case, marks.

    Which kind of word is asked about tells too: of talk, any predicate was.
    """
    words = [t.text.lower() for t in parsed.tokens]
    found = {f"w={w}" for w in words}
    found.add(f"length={min(len(words) // 8, 6)}")
    found.add(f"asked={token.form}|{token.relation}")
    if parsed.text[:1].islower():
        found.add("lowercase")
    return sorted(found)
