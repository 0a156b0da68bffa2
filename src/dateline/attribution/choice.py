"""Who said that an act was done, chosen among all who may have.

Speakers that grammar finds, speakers that the model reads, who spoke last, who speaks
next, and nobody: which of them it is was learned from annotated reports
(training/attribution/choice.py).
"""

from collections import Counter
from collections.abc import Sequence
from math import log1p
from pathlib import Path

import numpy as np

from dateline.attribution.cues import Cue, cues
from dateline.attribution.rivals import Candidate, Rivals
from dateline.attribution.saying import Saying
from dateline.infer.choose import States, spread, weigh_each
from dateline.infer.layers import Floats
from dateline.model import Action, Span, Token

DEEP = 12  # heads climbed from an act to the word that tells it
NONE = float("nan")
LEAN = 5.0  # log-odds by which nobody must be likelier than the likeliest speaker
INNER = 0.3  # how likely a further speaker of the chain must be
LABEL = "label"  # the rule of a turn of a transcript
KINDS = ("nobody", "grammar", "reader", "last", "next")
SENSES = ("speech", "thought", "wish", "stance", "evidence", "seem", "other")
SHAPES = ("PROPN", "NOUN", "PRON", "VERB", "AUX", "ADJ", "ADV")
TAGS = (
    "past",
    "present-third",
    "present",
    "participle",
    "gerund",
    "base",
    "noun",
    "plural-noun",
)
LABELS = ("PERSON", "ORG", "GPE", "NORP")
CLAUSES = (
    "relative-clause",
    "adnominal-clause",
    "adverbial-clause",
    "content-clause",
    "conjunct",
    "preposition",
)
TRAITS = ("by-word", "talk", "force", "ground")
FRAMES = ("event", "clause", "infinitive", "obj")  # the figures "frame ..."
STATUSES = (
    "happened ongoing planned expected possible hypothetical denied negated recurring"
).split()
OF_SAYING = (
    *"rule sense told place vouches size pieces into first quoted depth".split(),
    *(f"past {name}" for name in CLAUSES),
    *("reached", "cue", "cue quoted", "cue after"),
    *("frame event", "frame clause", "frame to", "frame obj"),
)
OF_WORDS = (
    *"shape label words capitals away after sentences paragraphs times".split(),
    *("is actor", "is recipient", "heard", "cue heard", "quoted words"),
)
OF_ACT = (
    *TRAITS,
    *STATUSES,
    "noun",
    "act shape",
    *"relation in-quotation quotation-size sentence part sure".split(),
    *("chain", "candidates", "surest heard", "heard twice", "sayings", "no actor"),
)
LEARNED = Path(__file__).with_name("choice.npz")
FIGURES = ("kind", *OF_SAYING, *OF_WORDS, *OF_ACT)
TOLD_BY = (
    "according-to adverb alleged attitude beside-after beside-before cited clause-after"
    " clause-before clause-inside felt heard-from infinitive label linked noun object"
    " passive quotation quoted-by seems"
).split()
COUNTED = {  # figures that number kinds: how many
    "kind": len(KINDS),
    "rule": len(TOLD_BY),
    "sense": len(SENSES),
    "cue": len(TAGS),
    "label": len(LABELS),
    "shape": len(SHAPES),
    "act shape": len(SHAPES),
    "relation": len(CLAUSES),
}


Asked = tuple[Action, Sequence[Candidate]]  # an act, and who may say that it was done


class Figures:
    """The figures of one act and of everybody who may have said that it was done."""

    def __init__(self, rivals: Rivals, action: Action) -> None:
        """Take the report's sayings, and the act."""
        self.rivals, self.action, self.parsed = rivals, action, rivals.parsed

    def rows(self, some: Sequence[Candidate]) -> Floats:
        """Return the figures of each candidate for one act."""
        own = self.of_act(some)
        rows = [
            [
                KINDS.index(one.kind),
                *self.of_saying(one),
                *self.of_words(one),
                *own,
            ]
            for one in some
        ]
        return np.array(rows, np.float32)

    def of_saying(self, one: Candidate) -> list[float]:
        """Return the figures of a saying: what tells it, where the act lies in it."""
        saying, at = one.saying, self.action.trigger
        if saying is None or not saying.cue:
            return [NONE] * len(OF_SAYING)
        piece = next((p for p in saying.content if p.overlaps(at)), None)
        head = self.parsed.head_of(saying.cue[0])
        depth, past, reached = self.climb(at, head)
        frames = self.frames(saying)
        lead = self.parsed.text[max(0, piece.start - 2) : piece.start] if piece else ""
        return [
            TOLD_BY.index(one.rule) if one.rule in TOLD_BY else -1,
            SENSES.index(saying.sense) if saying.sense in SENSES else -1,
            one.place >= 0,
            one.place,
            one.vouches,
            log1p(saying.size),
            len(saying.content),
            log1p(max(0, at.start - piece.start)) if piece else NONE,
            saying.content.index(piece) if piece else NONE,
            any(mark in lead for mark in "\"“„'‘«"),
            depth,
            *past,
            reached,
            TAGS.index(head.form) if head and head.form in TAGS else -1,
            self.rivals.quote_at(saying.cue[0]) is not None,
            saying.cue[0].start > at.start,
            *(name in frames for name in FRAMES),
        ]

    def frames(self, saying: Saying) -> frozenset[str]:
        """Return the frames of the word that tells a saying."""
        for token in self.parsed.tokens_in(saying.cue[0]):
            kind = "noun" if token.pos == "NOUN" else "verb"
            cue: Cue | None = cues(self.parsed.lexicon, kind).get(token.lemma)
            if cue is not None:
                return cue.frames
        return frozenset()

    def climb(self, at: Span, cue: Token | None) -> tuple[int, list[float], bool]:
        """Return how deep an act lies below a word, past which clauses; if it does."""
        token = self.parsed.head_of(at)
        past: Counter[str] = Counter()
        for depth in range(DEEP):
            if token is None or token.head == token.i:
                break
            if cue is not None and token.i == cue.i:
                return depth, [past[name] for name in CLAUSES], True
            past[token.relation] += 1
            token = self.parsed.tokens[token.head]
        reached = token is not None and cue is not None and token.i == cue.i
        return depth, [past[name] for name in CLAUSES], reached

    def of_words(self, one: Candidate) -> list[float]:
        """Return the figures of a speaker's words beside an act."""
        words, at, parsed = one.words, self.action.trigger, self.parsed
        action = self.action
        if one.kind == KINDS[0]:
            return [NONE] * len(OF_WORDS)
        head = parsed.head_of(words)
        low, high = sorted((words.start, at.start))
        tokens = parsed.tokens_in(words)
        some = action.act.speakers if action.act else ()
        saying = one.saying
        source = saying.source if saying else (words,)
        named = [w.sure for w in some if any(w.span.overlaps(p) for p in source)]
        cue = saying.cue if saying else ()
        told = [w.sure for w in some if any(w.span.overlaps(p) for p in cue)]
        thing = parsed.entity_over(words)
        label = thing.label if thing else ""
        return [
            SHAPES.index(head.pos) if head and head.pos in SHAPES else -1,
            LABELS.index(label) if label in LABELS else -1,
            len(tokens),
            sum(t.pos == "PROPN" for t in tokens),
            log1p(high - low),
            words.start > at.start,
            parsed.sentences_before(high) - parsed.sentences_before(low),
            parsed.text.count("\n", low, high),
            self.rivals.times[self.rivals.called(words)],
            self.same(words, action.actors),
            self.same(words, action.recipients),
            max(named, default=0.0),
            max(told, default=0.0),
            self.rivals.quote_at(words) is not None,
        ]

    def same(self, words: Span, parties: Sequence[Span]) -> float:
        """Return 2 where words are a party's, 1 where their head word is, else 0."""
        if any(words.overlaps(span) for span in parties):
            return 2
        name = self.rivals.called(words)
        return float(any(self.rivals.called(span) == name for span in parties))

    def of_act(self, some: Sequence[Candidate]) -> list[float]:
        """Return the figures of how an act is told."""
        action = self.action
        status = dict(action.act.statuses) if action.act else {}
        speakers = action.act.speakers if action.act else ()
        sure = sorted((w.sure for w in speakers), reverse=True)
        head, parsed = self.parsed.head_of(action.trigger), self.parsed
        quote = self.rivals.quote_at(action.trigger)
        here = sum(s.span.start <= action.trigger.start for s in parsed.sentences)
        return [
            *(trait in action.traits for trait in TRAITS),
            *(status.get(name, 0.0) for name in STATUSES),
            head is not None and head.pos in ("NOUN", "PROPN"),
            SHAPES.index(head.pos) if head and head.pos in SHAPES else -1,
            CLAUSES.index(head.relation) if head and head.relation in CLAUSES else -1,
            quote is not None,
            log1p(quote.inner.end - quote.inner.start) if quote else 0,
            here,
            here / max(1, len(parsed.sentences)),
            action.sure,
            sum(c.place >= 0 for c in some),
            len(some),
            sure[0] if sure else 0.0,
            sure[1] if len(sure) > 1 else 0.0,
            len(self.rivals.speech) / max(1, len(parsed.sentences)),
            not action.actors,
        ]


def chosen(rivals: Rivals, asked: Sequence[Asked]) -> list[list[Candidate]]:
    """Return the likeliest speakers of each act, the outermost first; [] is nobody.

    All acts of a report are judged at once.
    """
    open_ = [n for n, (_, some) in enumerate(asked) if len(some) > 1]
    found: list[list[Candidate]] = [[] for _ in asked]
    if not open_:
        return found
    few = [asked[n] for n in open_]
    rows = np.concatenate([Figures(rivals, act).rows(some) for act, some in few])
    of = np.repeat(np.arange(len(few)), [len(some) for _, some in few])
    told = weigh_each(LEARNED, spread(rows, FIGURES, COUNTED), of, states(rivals, few))
    for k, n in enumerate(open_):
        found[n] = likeliest(asked[n][1], told[of == k])
    return found


def likeliest(some: Sequence[Candidate], logits: Floats) -> list[Candidate]:
    """Return the likeliest of some speakers, nobody being the first of them.

    A turn of a transcript is never nobody's.
    """
    best = 1 + int(logits[1:].argmax())
    turn = any(one.place >= 0 and one.rule == LABEL for one in some)
    if logits[0] - logits[best] >= LEAN and not turn:
        return []
    if some[best].place < 0:
        return [some[best]]
    further = [n for n, logit in enumerate(logits) if odds(logit) >= INNER or n == best]
    said = [some[n] for n in further if some[n].place >= 0]
    return sorted(said, key=lambda one: one.place)


def states(rivals: Rivals, asked: Sequence[Asked]) -> States:
    """Return the states of acts, of all candidates' words and of their cues."""
    words, cues = [], []
    for _, some in asked:
        for n, one in enumerate(some):
            words.append(rivals.state(one.words) if n else rivals.blank)
            said = one.saying.cue if one.saying else ()
            cues.append(rivals.state(said[0]) if said else words[-1])
    acts = [rivals.state(action.trigger) for action, _ in asked]
    return np.stack(acts), np.stack(words), np.stack(cues)


def odds(logit: float) -> float:
    """Return the probability of log-odds."""
    return float(1 / (1 + np.exp(-logit)))
