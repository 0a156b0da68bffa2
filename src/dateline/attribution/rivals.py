"""Who may have said that an act was done: nobody among them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dateline.attribution.lexicon import cues
from dateline.attribution.quotes import Quote, quotes
from dateline.attribution.saying import Saying
from dateline.attribution.vouching import nobody
from dateline.model import Action, Parsed, Span
from dateline.nets import Floats

WIDTH = 384  # numbers of a state
LEAST = 0.1  # how sure the model must be of words that may be a speaker
FAR = 1500  # characters to who spoke last


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may say so: the saying that grammar finds, or words alone."""

    kind: str
    words: Span
    saying: Saying | None = None
    place: int = -1

    vouches: bool = False

    @property
    def rule(self) -> str:
        """The short name of the rule that found the saying, "" without one."""
        return self.saying.why.rule.split(".")[1] if self.saying else ""

    def is_at(self, span: Span) -> bool:
        """Whether words are those of this speaker, or the cue of his saying."""
        one = self.saying
        pieces = (*one.source, *one.cue) if one else (self.words,)
        return any(piece.overlaps(span) for piece in pieces)


NOBODY = Candidate("nobody", Span(0, 0))


def taken(found: Sequence[Candidate], words: Span) -> bool:
    """Whether words are those of a candidate already."""
    return any(one.is_at(words) for one in found[1:])


@dataclass(frozen=True)
class Rivals:
    """The sayings of one report, and who may say what in it."""

    parsed: Parsed
    found: tuple[Saying, ...]

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The report's quotations."""
        return quotes(self.parsed.text)

    @cached_property
    def spoken(self) -> list[Saying]:
        """The sayings of somebody named who speaks or takes a stand outside quotes."""
        senses = ("speech", "stance")
        some = [s for s in self.found if s.sense in senses and s.source and s.cue]
        some = [s for s in some if not nobody(self.parsed, s.source[0])]
        outside = [s for s in some if self.quote_at(s.cue[0]) is None]
        return sorted(outside, key=lambda s: s.cue[0].start)

    @cached_property
    def speech(self) -> list[Saying]:
        """Those of the sayings that are in speech."""
        return [s for s in self.spoken if s.sense == "speech"]

    @cached_property
    def times(self) -> Counter[str]:
        """How often each speaker's words stand in the report."""
        return Counter(self.called(s.source[0]) for s in self.found if s.source)

    @cached_property
    def states(self) -> dict[Span, Floats]:
        """The states of the words and cues of all sayings."""
        pieces = ((s.source[:1], s.cue[:1]) for s in self.found)
        spans = list(dict.fromkeys(p for both in pieces for some in both for p in some))
        return dict(zip(spans, self.parsed.states.of(spans, WIDTH), strict=True))

    def state(self, span: Span) -> Floats:
        """Return the mean state of some words."""
        known = self.states.get(span)
        return self.parsed.states.of([span], WIDTH)[0] if known is None else known

    @property
    def blank(self) -> Floats:
        """The state of nobody."""
        return np.zeros(WIDTH, np.float32)

    def called(self, span: Span) -> str:
        """Return the head word of a speaker."""
        head = self.parsed.head_of(span)
        return (head.lemma if head else span.of(self.parsed.text)).lower()

    def quote_at(self, span: Span) -> Quote | None:
        """Return the quotation that words lie in."""
        for quote in self.quotes:
            if quote.inner.start > span.start:
                return None
            if quote.inner.covers(span):
                return quote
        return None

    def candidates(
        self,
        action: Action,
        over: Sequence[Saying],
        vouching: Sequence[Saying],
        chain: Sequence[Saying],
    ) -> list[Candidate]:
        """Return nobody and everybody who may say that an act was done.

        `over` are the sayings that hold the act, `vouching` those whose word it is, in
        a `chain` from the outermost.
        """
        found = [NOBODY]
        for saying in (*chain, *(s for s in over if s not in chain)):
            words = saying.source[0] if saying.source else saying.cue[0]
            if not taken(found, words):
                place = chain.index(saying) if saying in chain else -1
                vouches = saying in vouching
                found.append(Candidate("grammar", words, saying, place, vouches))
        some = action.act.speakers if action.act else ()
        for heard in sorted(some, key=lambda words: -words.sure):
            told = self.whole(heard.span) if heard.sure >= LEAST else None
            if told is None or self.hears(told) or self.acts(told, action):
                continue
            if not taken(found, told):
                found.append(Candidate("reader", told))
        for kind, near in self.beside(action.trigger):
            if not taken(found, near.source[0]):
                found.append(Candidate(kind, near.source[0], near))
        return found

    def whole(self, span: Span) -> Span | None:
        """Return words with the last one whole; None where the first is cut, or nobody.

        Nor do words speak that break off inside a name: "Mrs." of "Mrs. Zia's party".
        """
        tokens = self.parsed.tokens_in(span)
        if not tokens or tokens[0].start != span.start or nobody(self.parsed, span):
            return None
        last = tokens[-1]
        names = (m for m in self.parsed.mentions if m.kind == "name")
        if any(m.span.covers(last.span) and last.i < m.head for m in names):
            return None
        return span.join(last.span)

    def hears(self, words: Span) -> bool:
        """Whether somebody is told: "told Reuters", "faxed to Al Hayat"."""
        head = self.parsed.head_of(words)
        if head is None or head.dep not in ("pobj", "dobj", "dative"):
            return False
        teller = self.parsed.tokens[head.head]
        if head.dep != "pobj":
            cue = cues("verb").get(teller.lemma)
            return cue is not None and "hears" in cue.frames
        to, teller = teller, self.parsed.tokens[teller.head]
        said = teller.pos == "VERB" and teller.text.lower() != "according"
        return to.lemma == "to" and said

    def acts(self, words: Span, action: Action) -> bool:
        """Whether words are of who does an act in words: a report tells that itself."""
        by_word = "by-word" in action.traits
        return by_word and any(words.overlaps(span) for span in action.actors)

    def beside(self, trigger: Span) -> Iterator[tuple[str, Saying]]:
        """Yield who spoke last before an act, and who speaks next in its paragraph."""
        before = [s for s in self.speech if s.cue[0].start < trigger.start]
        if before and trigger.start - before[-1].cue[0].end < FAR:
            yield "last", before[-1]
        after = [s for s in self.speech if s.cue[0].start > trigger.end]
        text = self.parsed.text
        if after and "\n" not in text[trigger.end : after[0].cue[0].start]:
            yield "next", after[0]
