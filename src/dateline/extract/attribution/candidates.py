"""Who may have said that an act was done: nobody among them."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from dateline.extract.attribution.parse_index import Quote, quotes
from dateline.extract.attribution.scope import is_of_nobody
from dateline.extract.attribution.spans import Saying, load_cues, middle_of
from dateline.extract.attribution.verbs import AFTER, BEFORE, INSIDE, OBJECT
from dateline.model import Action, Parsed, Span, Token
from dateline.model.parsed import Filed

LEAST = 0.1  # how sure the model must be of words that may be a speaker
MARKS = ("PUNCT", "SPACE", "SYM")
CUT = ("adjective", "compound")
UNNAMED = ("VERB", "AUX", "ADP", "PART", "DET")  # kinds of words that name nobody
AHEAD, CLOSING = (BEFORE, OBJECT), (AFTER, INSIDE)  # rules, by where words said stand
PASSING = ("relative-clause", "adnominal-clause", "oblique-clause")  # of a noun
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


def start_of_cue(one: Saying) -> int:
    """Return where the words of a saying start that tell it."""
    return one.cue[0].start


@dataclass(eq=False)
class Rivals:
    """The sayings of one report, and who may say what in it."""

    parsed: Parsed
    found: tuple[Saying, ...]

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The report's quotations."""
        return quotes(self.parsed.text, self.parsed.lexicon)

    @cached_property
    def quoted(self) -> tuple[list[int], list[int]]:
        """Where the words of each quotation start, and the farthest end up to it."""
        inner = [quote.inner for quote in self.quotes]
        ends = accumulate((span.end for span in inner), max)
        return [span.start for span in inner], list(ends)

    @cached_property
    def by_speaker(self) -> Filed[Saying]:
        """The sayings by the first words of their speakers."""
        return Filed((s.source[0], s) for s in self.found if s.source)

    @cached_property
    def contents(self) -> Filed[Saying]:
        """The sayings by what is said."""
        return Filed((piece, s) for s in self.found for piece in s.content)

    @cached_property
    def voiced(self) -> list[Saying]:
        """The sayings of somebody named who speaks or takes a stand."""
        senses = ("speech", "stance")
        some = [s for s in self.found if s.sense in senses and s.source and s.cue]
        some = [s for s in some if not is_of_nobody(self.parsed, s.source[0])]
        return sorted(some, key=lambda s: s.cue[0].start)

    @cached_property
    def spoken(self) -> list[Saying]:
        """Those that are told outside quotes."""
        return [s for s in self.voiced if self.quote_at(s.cue[0]) is None]

    def around(self, span: Span) -> list[Saying]:
        """Return those outside quotes, then those in the quotation of some words."""
        quote = self.quote_at(span)
        if quote is None:
            return self.spoken
        inner = quote.inner
        low = bisect_left(self.voiced, inner.start, key=start_of_cue)
        high = bisect_right(self.voiced, inner.end, lo=low, key=start_of_cue)
        inside = [s for s in self.voiced[low:high] if inner.covers(s.cue[0])]
        return [*self.spoken, *inside]

    @cached_property
    def speech(self) -> list[Saying]:
        """Those of the sayings that are in speech."""
        return [s for s in self.spoken if s.sense == "speech"]

    def passing(self, saying: Saying, action: Action) -> bool:
        """Whether who spoke last or next did so in passing, or says something else.

        "What it calls" the day and "which he said was legal" tell more of a noun.
        """
        verb = self.parsed.head_of(saying.cue[0])
        here = self.parsed.sentence_at(action.trigger.start)
        near = here is not None and here.span.covers(saying.cue[0])
        other = near and self.busy(saying.source[0], action.trigger)
        return other or (verb is not None and verb.relation in PASSING)

    @cached_property
    def times(self) -> Counter[str]:
        """How often each speaker's words stand in the report."""
        return Counter(self.called(s.source[0]) for s in self.found if s.source)

    def called(self, span: Span) -> str:
        """Return the head word of a speaker."""
        head = self.parsed.head_of(span)
        return (head.lemma if head else span.of(self.parsed.text)).lower()

    def quote_at(self, span: Span) -> Quote | None:
        """Return the quotation that words lie in."""
        starts, ends = self.quoted
        first = bisect_left(ends, span.end)  # of those that end behind the words
        return self.quotes[first] if first < bisect_right(starts, span.start) else None

    def candidates(
        self,
        action: Action,
        over: Sequence[Saying],
        vouching: Sequence[Saying],
        chain: Sequence[Saying],
    ) -> list[Candidate]:
        """Return nobody and everybody who may say that an act was done.

        `over` are the sayings that hold the act, `vouching` those whose word it is, in
        a `chain` from the outermost: "she said she believes" has one speaker.
        """
        found = [NOBODY]

        def is_new(words: Span) -> bool:
            return not any(one.is_at(words) for one in found[1:])

        for saying in (*chain, *(s for s in over if s not in vouching)):
            words = saying.source[0] if saying.source else saying.cue[0]
            if is_new(words):
                place = chain.index(saying) if saying in chain else -1
                vouches = saying in vouching
                found.append(Candidate("grammar", words, saying, place, vouches))
        for told in self.heard(action):
            if is_new(told):
                found.append(Candidate("reader", told))
        for kind, near in self.speakers_around(action.trigger):
            if is_new(near.source[0]) and not self.passing(near, action):
                found.append(Candidate(kind, near.source[0], near))
        return found

    def heard(self, action: Action) -> Iterator[Span]:
        """Yield the words that the model reads as those of a speaker, likeliest first.

        Not those of who says or does something else there, or of who does an act in
        words.
        """
        some = action.act.speakers if action.act else ()
        # an act in words is told by the report itself
        doers = action.actors if "by-word" in action.traits else ()
        for words in sorted(some, key=lambda words: -words.sure):
            told = self.complete_words(words.span) if words.sure >= LEAST else None
            if told is None or any(map(told.overlaps, doers)):
                continue
            if not self.busy(told, action.trigger):
                yield told

    def complete_words(self, span: Span) -> Span | None:
        """Return words made whole; None where the first is cut, or they are nobody.

        Nor do words speak that break off inside a name: "Mrs." of "Mrs. Zia's party".
        A name is read from its first word, an adjective with its noun, and the verb of
        "was accused" is nobody.
        """
        tokens = self.parsed.tokens_in(span)
        cut = not tokens or tokens[0].start != span.start
        if cut or is_of_nobody(self.parsed, span):
            return None
        words = [t for t in tokens if t.pos not in MARKS]
        if all(t.pos in UNNAMED for t in words):
            return None
        first, last = words[0], words[-1]
        if first.relation == "case":
            return None
        ends = (self.parsed.sentences_before(word.start) for word in (first, last))
        every = (self.parsed.mentions_in_sentence(n - 1) for n in dict.fromkeys(ends))
        for name in (m for some in every for m in some if m.kind == "name"):
            if name.first < first.i < name.last:
                first = self.parsed.tokens[name.first]
            if name.span.covers(last.span) and last.i < name.head:
                return None
            if name.first <= last.i < name.last:
                last = self.parsed.tokens[name.last - 1]
        return first.span.join(self.noun(last).span)

    def noun(self, word: Token) -> Token:
        """Return the noun of a word that is cut off from it: "Trump" of "Trump aides".

        Of a name it goes with, and of words for a saying, the word stands alone.
        """
        noun = word
        while noun.relation in CUT and self.parsed.tokens[noun.head].i > noun.i:
            noun = self.parsed.tokens[noun.head]
        alone = word.pos != "ADJ" and noun.pos != "NOUN"
        saying = noun.lemma in load_cues(self.parsed.lexicon, "noun")
        return word if alone or saying else noun

    def busy(self, words: Span, trigger: Span) -> bool:
        """Whether words are of who does or says something else in the act's sentence.

        "Obama woke up to the news" says nothing; in "the raid, which the army said was
        lawful, killed two" the army says that it was lawful.
        """
        head, act = self.parsed.head_of(words), self.parsed.head_of(trigger)
        if head is None or act is None or head.relation != "subject":
            return False
        verb = self.parsed.tokens[head.head]
        verbs = (verb, *self.parsed.below(verb, "adverbial-clause", "conjunct", "open-clause"))
        told = load_cues(self.parsed.lexicon, "verb")
        if verb.pos == "VERB" and not any(v.lemma in told for v in verbs):
            return True
        if self.parsed.sentence_at(act.start) != self.parsed.sentence_at(verb.start):
            return False
        own = next(iter(self.by_speaker.over(words)), None)
        rule = own.why.rule if own else ""
        if rule in AHEAD:
            near = (s for s in self.contents.over(middle_of(trigger)) if s is not own)
            others = (s for s in near if s.says(trigger))
            if own and not own.says(trigger) and any(s.source for s in others):
                return True
            return verb.i not in (t.i for t in (act, *self.parsed.above(act)))
        return rule in CLOSING and act.i > verb.i and self.quote_at(trigger) is None

    def speakers_around(self, trigger: Span) -> Iterator[tuple[str, Saying]]:
        """Yield who spoke last before an act, and who speaks next in its paragraph."""
        speech, text = self.speech, self.parsed.text
        before = bisect_left(speech, trigger.start, key=start_of_cue)
        if before:
            # he may go on: in quotations, else in the next sentence, for a plain
            # sentence of another paragraph is the report's own
            cue, count = speech[before - 1].cue[0], self.parsed.sentences_before
            near = max(0, count(trigger.start) - count(cue.start)) <= 1
            near = near and "\n" not in text[cue.end : trigger.start]
            if self.quote_at(trigger):
                near = trigger.start - cue.end < FAR
            if near:
                yield "last", speech[before - 1]
        after = bisect_right(speech, trigger.end, key=start_of_cue)
        for one in speech[after : after + 1]:
            if "\n" not in text[trigger.end : start_of_cue(one)]:
                yield "next", one
