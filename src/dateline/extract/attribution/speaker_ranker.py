"""Who said that an act was done, nobody among them: what is weighed, and who is chosen.

The candidates are the speakers that grammar finds and those that the reader reads, who
spoke last, who speaks next, and nobody. training/choose/ fits what they weigh.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log1p
from pathlib import Path

import numpy as np

from dateline.extract.attribution.candidates import NOBODY, Candidate, Rivals
from dateline.extract.attribution.parse_index import Quote
from dateline.extract.attribution.spans import Cue, Saying, load_cues
from dateline.ml.feature_table import NONE, Feature, Table, describe_statuses, describe_traits
from dateline.ml.ranker import WIDTH, Choice, Floats, States
from dateline.model import Action, Parsed, Span, Token

LEAN = 5.0  # log-odds by which nobody must be likelier than the likeliest speaker
INNER = 0.3  # how likely a further speaker of the chain must be
LABEL = "label"  # the rule of a turn of a transcript
DEEP = 12  # heads climbed from an act to the word that tells it
KINDS = ("nobody", "grammar", "reader", "last", "next")
SENSES = ("speech", "thought", "wish", "stance", "evidence", "seem", "other")
SHAPES = ("PROPN", "NOUN", "PRON", "VERB", "AUX", "ADJ", "ADV")
TAGS = ("past present-third present participle gerund base noun plural-noun").split()
LABELS = ("PERSON", "ORG", "GPE", "NORP")
CLAUSES = (
    "relative-clause adnominal-clause adverbial-clause content-clause conjunct preposition"
).split()
TRAITS = ("by-word", "talk", "force", "ground")
FRAMES = {"event": "event", "clause": "clause", "infinitive": "to", "obj": "obj"}
TOLD_BY = (
    "according-to adverb alleged attitude beside-after beside-before cited clause-after"
    " clause-before clause-inside felt heard-from infinitive label linked noun object"
    " passive quotation quoted-by seems"
).split()
NOUNS = ("NOUN", "PROPN")
QUOTE_MARKS = "\"“„'‘«"
Asked = tuple[Action, Sequence[Candidate]]  # an act, and who may say that it was done


@dataclass(eq=False)
class Asking:
    """An act, and everybody who may have said that it was done."""

    rivals: Rivals
    action: Action
    some: Sequence[Candidate]

    @property
    def parsed(self) -> Parsed:
        """The report."""
        return self.rivals.parsed

    @property
    def at(self) -> Span:
        """The words of the act."""
        return self.action.trigger

    @cached_property
    def head(self) -> Token | None:
        """The head word of the act."""
        return self.parsed.head_of(self.at)

    @cached_property
    def quote(self) -> Quote | None:
        """The quotation that it stands in."""
        return self.rivals.quote_at(self.at)

    @cached_property
    def here(self) -> int:
        """How many sentences the report has up to its own."""
        return self.parsed.sentences_before(self.at.start)

    @cached_property
    def heard(self) -> list[float]:
        """How surely words were read as those of a speaker, the surest first."""
        some = self.action.act.speakers if self.action.act else ()
        return sorted((w.sure for w in some), reverse=True)

    def is_of(self, words: Span, parties: Sequence[Span]) -> float:
        """Return 2 where words are a party's, 1 where their head word is, else 0."""
        if any(words.overlaps(span) for span in parties):
            return 2
        name = self.rivals.called(words)
        return float(any(self.rivals.called(span) == name for span in parties))


@dataclass(eq=False)
class Beside:
    """Somebody who may have said that an act was done, beside that act."""

    asking: Asking
    one: Candidate

    @property
    def parsed(self) -> Parsed:
        """The report."""
        return self.asking.parsed

    @property
    def words(self) -> Span:
        """The words of the speaker."""
        return self.one.words

    @cached_property
    def cue(self) -> Token | None:
        """The head of the word that tells the saying."""
        saying = self.one.saying
        return self.parsed.head_of(saying.cue[0]) if saying and saying.cue else None

    @cached_property
    def head(self) -> Token | None:
        """The head of the speaker's words."""
        return self.parsed.head_of(self.words)

    @cached_property
    def piece(self) -> Span | None:
        """The piece of what is said that holds the act."""
        pieces = self.one.saying.content if self.one.saying else ()
        return next((p for p in pieces if p.overlaps(self.asking.at)), None)

    @property
    def quoted(self) -> bool:
        """Whether that piece begins with a quotation mark."""
        piece = self.piece
        text = self.parsed.text
        lead = text[max(0, piece.start - 2) : piece.start] if piece else ""
        return any(mark in lead for mark in QUOTE_MARKS)

    @cached_property
    def climb(self) -> tuple[int, Counter[str], bool]:
        """How deep an act lies below the cue, past which clauses; if it does."""
        token, cue = self.asking.head, self.cue
        past: Counter[str] = Counter()
        for depth in range(DEEP):
            if token is None or token.head == token.i:
                break
            if cue is not None and token.i == cue.i:
                return depth, past, True
            past[token.relation] += 1
            token = self.parsed.tokens[token.head]
        reached = token is not None and cue is not None and token.i == cue.i
        return depth, past, reached

    @cached_property
    def frames(self) -> frozenset[str]:
        """The frames of the word that tells a saying."""
        saying = self.one.saying
        for token in self.parsed.tokens_in(saying.cue[0]) if saying else ():
            kind = "noun" if token.pos == "NOUN" else "verb"
            cue: Cue | None = load_cues(self.parsed.lexicon, kind).get(token.lemma)
            if cue is not None:
                return cue.frames
        return frozenset()

    @cached_property
    def apart(self) -> tuple[int, int]:
        """The first characters of the speaker's words and the act's, in order."""
        low, high = sorted((self.words.start, self.asking.at.start))
        return low, high

    def heard(self, pieces: Sequence[Span]) -> float:
        """Return how surely the reader takes any of some words for a speaker's."""
        act = self.asking.action.act
        some = act.speakers if act else ()
        sure = [w.sure for w in some if any(w.span.overlaps(p) for p in pieces)]
        return max(sure, default=0.0)


def number_kind(kinds: Sequence[str], kind: str | None) -> int:
    """Return the number of a kind, -1 for none of the known."""
    return kinds.index(kind) if kind in kinds else -1


def tell_saying(
    name: str, words: str, of: Callable[[Beside, Saying], float], kinds: int = 0
) -> Feature[Beside]:
    """Return a feature of a saying that has a cue; of others it is untold."""

    def told(b: Beside) -> float:
        saying = b.one.saying
        return NONE if saying is None or not saying.cue else of(b, saying)

    return Feature(name, words, told, kinds)


def tell_words(
    name: str, words: str, of: Callable[[Beside], float], kinds: int = 0
) -> Feature[Beside]:
    """Return a feature of a speaker's words; of nobody it is untold."""

    def told(b: Beside) -> float:
        return NONE if b.one.kind == KINDS[0] else of(b)

    return Feature(name, words, told, kinds)


def count_past(name: str) -> Feature[Beside]:
    """Return a feature: how many clauses of a kind lie between an act and its cue."""
    words = f"how many of these lie between the act and the cue: {name}"
    return tell_saying(f"past {name}", words, lambda b, s: b.climb[1][name])


def has_frame(frame: str, name: str) -> Feature[Beside]:
    """Return a feature: the cue may stand with such words."""
    words = f"the cue's table has the frame '{frame}'"
    return tell_saying(f"frame {name}", words, lambda b, s: frame in b.frames)


def first_piece(b: Beside, saying: Saying) -> float:
    """Return which piece of what is said holds the act; NaN for none."""
    piece = b.piece
    return NONE if piece is None else saying.content.index(piece)


def reach_into(b: Beside, saying: Saying) -> float:
    """Return how far into its piece the act stands (logarithm); NaN for none."""
    piece = b.piece
    return NONE if piece is None else log1p(max(0, b.asking.at.start - piece.start))


OF_SPEAKER: Table[Beside] = Table.of(
    Feature(
        "kind",
        "nobody, found by grammar, read, who spoke last, who speaks next",
        lambda b: KINDS.index(b.one.kind),
        len(KINDS),
    ),
    tell_saying(
        "rule",
        "the rule of grammar that found the saying",
        lambda b, s: number_kind(TOLD_BY, b.one.rule),
        len(TOLD_BY),
    ),
    tell_saying(
        "sense",
        "what the cue means: speech, thought, wish …",
        lambda b, s: number_kind(SENSES, s.sense),
        len(SENSES),
    ),
    tell_saying(
        "told",
        "the saying is one of the chain that vouches for the act",
        lambda b, s: b.one.place >= 0,
    ),
    tell_saying("place", "its number in that chain", lambda b, s: b.one.place),
    tell_saying("vouches", "by grammar it vouches for the act", lambda b, s: b.one.vouches),
    tell_saying("size", "how many characters are said (logarithm)", lambda b, s: log1p(s.size)),
    tell_saying("pieces", "in how many pieces", lambda b, s: len(s.content)),
    tell_saying("into", "how far into its piece the act stands (logarithm)", reach_into),
    tell_saying("first", "which piece holds the act", first_piece),
    tell_saying("quoted", "that piece begins with a quotation mark", lambda b, s: b.quoted),
    tell_saying("depth", "how many heads lie between the act and the cue", lambda b, s: b.climb[0]),
    [count_past(name) for name in CLAUSES],
    tell_saying("reached", "the cue stands above the act", lambda b, s: b.climb[2]),
    tell_saying(
        "cue",
        "the form of the cue",
        lambda b, s: number_kind(TAGS, b.cue.form if b.cue else None),
        len(TAGS),
    ),
    tell_saying(
        "cue quoted",
        "the cue stands in a quotation",
        lambda b, s: b.asking.rivals.quote_at(s.cue[0]) is not None,
    ),
    tell_saying(
        "cue after", "the cue stands after the act", lambda b, s: s.cue[0].start > b.asking.at.start
    ),
    [has_frame(frame, name) for frame, name in FRAMES.items()],
    tell_words(
        "label",
        "person, organisation, country or people, by the tagger",
        lambda b: number_kind(LABELS, getattr(b.parsed.entity_over(b.words), "label", None)),
        len(LABELS),
    ),
    tell_words(
        "shape",
        "the part of speech of the speaker's head word",
        lambda b: number_kind(SHAPES, b.head.pos if b.head else None),
        len(SHAPES),
    ),
    tell_words("words", "of how many words", lambda b: len(b.parsed.tokens_in(b.words))),
    tell_words(
        "capitals",
        "how many of them are names",
        lambda b: sum(t.pos == "PROPN" for t in b.parsed.tokens_in(b.words)),
    ),
    tell_words(
        "away",
        "how many characters from the act (logarithm)",
        lambda b: log1p(b.apart[1] - b.apart[0]),
    ),
    tell_words("after", "they stand after the act", lambda b: b.words.start > b.asking.at.start),
    tell_words(
        "sentences",
        "how many sentences from the act",
        lambda b: b.parsed.sentences_before(b.apart[1]) - b.parsed.sentences_before(b.apart[0]),
    ),
    tell_words(
        "paragraphs",
        "how many line ends from the act",
        lambda b: b.parsed.text.count("\n", *b.apart),
    ),
    tell_words(
        "times",
        "how often the speaker is found in the report",
        lambda b: b.asking.rivals.times[b.asking.rivals.called(b.words)],
    ),
    tell_words(
        "is actor",
        "the speaker is an actor of the act",
        lambda b: b.asking.is_of(b.words, b.asking.action.actors),
    ),
    tell_words(
        "is recipient",
        "the speaker is a recipient of the act",
        lambda b: b.asking.is_of(b.words, b.asking.action.recipients),
    ),
    tell_words(
        "heard",
        "how surely the reader takes the words for a speaker's",
        lambda b: b.heard(b.one.saying.source if b.one.saying else (b.words,)),
    ),
    tell_words(
        "cue heard",
        "how surely it takes the cue for a speaker's",
        lambda b: b.heard(b.one.saying.cue if b.one.saying else ()),
    ),
    tell_words(
        "quoted words",
        "the words stand in a quotation",
        lambda b: b.asking.rivals.quote_at(b.words) is not None,
    ),
)
OF_ACT: Table[Asking] = Table.of(
    describe_traits(TRAITS, lambda a: a.action),
    describe_statuses(lambda a: a.action),
    Feature("noun", "a noun tells the act", lambda a: a.head is not None and a.head.pos in NOUNS),
    Feature(
        "act shape",
        "the part of speech that tells it",
        lambda a: number_kind(SHAPES, a.head.pos if a.head else None),
        len(SHAPES),
    ),
    Feature(
        "relation",
        "the clause that it heads",
        lambda a: number_kind(CLAUSES, a.head.relation if a.head else None),
        len(CLAUSES),
    ),
    Feature("in-quotation", "it stands in a quotation", lambda a: a.quote is not None),
    Feature(
        "quotation-size",
        "how long that is (logarithm)",
        lambda a: log1p(a.quote.inner.end - a.quote.inner.start) if a.quote else 0,
    ),
    Feature("sentence", "the number of its sentence", lambda a: a.here),
    Feature(
        "part",
        "how far through the report it is told",
        lambda a: a.here / max(1, len(a.parsed.sentences)),
    ),
    Feature("sure", "how sure the act is", lambda a: a.action.sure),
    Feature(
        "chain", "how many vouch for it by grammar", lambda a: sum(c.place >= 0 for c in a.some)
    ),
    Feature("candidates", "how many may have said so, nobody among them", lambda a: len(a.some)),
    Feature(
        "surest heard",
        "how sure the surest words of a speaker were read",
        lambda a: a.heard[0] if a.heard else 0.0,
    ),
    Feature(
        "heard twice", "how sure the second were", lambda a: a.heard[1] if len(a.heard) > 1 else 0.0
    ),
    Feature(
        "sayings",
        "how many sayings the report has a sentence",
        lambda a: len(a.rivals.speech) / max(1, len(a.parsed.sentences)),
    ),
    Feature("no actor", "no words of its sentence name an actor", lambda a: not a.action.actors),
)
SAYS: Choice[Beside, Asking] = Choice(
    "Who said that an act was done, or the report itself.",
    OF_SPEAKER,
    OF_ACT,
    Path(__file__).with_name("choice.npz"),
)


def weigh_speakers(rivals: Rivals, action: Action, some: Sequence[Candidate]) -> Floats:
    """Return what is weighed of everybody who may say so: candidates x features."""
    asking = Asking(rivals, action, some)
    return SAYS.rows(asking, [Beside(asking, one) for one in some])


def choose_speakers(rivals: Rivals, asked: Sequence[Asked]) -> list[list[Candidate]]:
    """Return the likeliest speakers of each act, the outermost first; [] is nobody.

    All acts of a report are judged at once.
    """
    open_ = [n for n, (_, some) in enumerate(asked) if len(some) > 1]
    found: list[list[Candidate]] = [[] for _ in asked]
    if not open_:
        return found
    few = [asked[n] for n in open_]
    rows = np.concatenate([weigh_speakers(rivals, act, some) for act, some in few])
    of = np.repeat(np.arange(len(few)), [len(some) for _, some in few])
    told = SAYS.weigh(rows, of, rival_states(rivals, few))
    for k, n in enumerate(open_):
        found[n] = likeliest_speakers(asked[n][1], told[of == k])
    return found


def likeliest_speakers(some: Sequence[Candidate], logits: Floats) -> list[Candidate]:
    """Return the likeliest of some speakers, nobody being the first of them.

    A turn of a transcript is never nobody's.
    """
    best = 1 + int(logits[1:].argmax())
    turn = any(one.place >= 0 and one.rule == LABEL for one in some)
    if logits[0] - logits[best] >= LEAN and not turn:
        return []
    if some[best].place < 0:
        return [some[best]]
    odds = (1 / (1 + np.exp(-logit)) for logit in logits)
    further = (n for n, odd in enumerate(odds) if odd >= INNER or n == best)
    said = [some[n] for n in further if some[n].place >= 0]
    return sorted(said, key=lambda one: one.place)


def rival_states(rivals: Rivals, asked: Sequence[Asked]) -> States:
    """Return the states of acts, of all candidates' words and of their cues."""
    acts = [action.trigger for action, _ in asked]
    every = [one for _, some in asked for one in some]
    words = [one.words for one in every]
    cues = [one.saying.cue[0] if one.saying and one.saying.cue else one.words for one in every]
    rows = {span: n for n, span in enumerate(dict.fromkeys([*acts, *words, *cues]))}
    states = rivals.parsed.states.of(list(rows), WIDTH)
    states[rows[NOBODY.words]] = 0
    act, word, cue = ([rows[span] for span in some] for some in (acts, words, cues))
    return states[act], states[word], states[cue]
