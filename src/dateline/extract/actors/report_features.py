"""What a whole report tells of countries, names and speakers, worked out once."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dateline.extract.actors.cues import (
    KINDS,
    Cue,
    as_town,
    cues_of,
    entities_labelled,
    of_person,
    settle,
    towns_of,
)
from dateline.extract.actors.lexicon import Word, longest, words_in_span
from dateline.extract.actors.mention_cues import Wording
from dateline.extract.actors.nationalities import towns_abroad
from dateline.model import SUBJECTS, Lexicon, Link, Parsed, Setting, Span, Token
from dateline.resources.knowledge_base import Base

if TYPE_CHECKING:
    from dateline.extract.actors.evidence import Mention

QUOTED = re.compile(r"[“\"]([^“”\"]{2,2000})(?:[”\"]|$)|``(.{2,2000}?)''", re.DOTALL)

START = attrgetter("start")
FAR = 400  # characters: beyond, a quotation without a speaker is somebody else's
WIDTH = 384  # numbers of a state
Floats = NDArray[np.float32]
FIRST = 500  # characters within which a dateline stands
MAIN = 5  # countries of which a report tells most
EARLY = 3  # sentences at the top that weigh double
BESIDE = ("apposition", "compound", "noun-modifier")
Places = dict[str, tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation, and the words for who speaks it (None where not told)."""

    span: Span
    speaker: Span | None


def find_quotes(parsed: Parsed) -> tuple[Quote, ...]:
    """Return the quotations of a report with their speakers, in text order."""
    spans = [Span(*hit.span()) for hit in QUOTED.finditer(parsed.text)]
    if not spans:
        return ()
    say = parsed.words("actors.say")
    voices: list[tuple[Token, Token]] = []
    for verb in parsed.tokens:
        if verb.pos == "VERB" and verb.lemma.lower() in say:
            n = bisect_right(spans, verb.start, key=START)
            if not n or spans[n - 1].end < verb.end:
                voices += [(verb, each) for each in parsed.below(verb, *SUBJECTS)]
    found: list[Quote] = []
    last: Span | None = None
    for span in spans:
        speaker = spoken_by(parsed, span, voices)
        if speaker is None and found and span.start - found[-1].span.end < FAR:
            speaker = last
        last = speaker
        found.append(Quote(span, speaker))
    return tuple(found)


def spoken_by(parsed: Parsed, quote: Span, voices: list[tuple[Token, Token]]) -> Span | None:
    """Return the subject of the verb of saying nearest to a quotation.

    `voices` are verbs with their subjects, in text order.
    """
    one = parsed.sentence_at(quote.start)
    two = parsed.sentence_at(max(quote.start, quote.end - 1))
    if one is None or two is None:
        return None
    first, last = (
        bisect_left(voices, at, key=lambda voice: voice[0].start)
        for at in (one.span.start, two.span.end)
    )
    subject = min(
        voices[first:last],
        key=lambda voice: max(quote.start - voice[0].end, voice[0].start - quote.end),
        default=(None, None),
    )[1]
    if subject is None:
        return None
    # The noun with what stands before it: "the Turkish president".
    near = range(subject.i - 8, subject.i + 1)
    left = [token.start for token in parsed.subtree(subject) if token.i in near]
    return Span(min(left), subject.end)


def quote_at(quotes: tuple[Quote, ...], at: int) -> Quote | None:
    """Return the quotation that holds character `at`."""
    n = bisect_left(quotes, at + 1, key=lambda quote: quote.span.end)
    inside = n < len(quotes) and quotes[n].span.start <= at
    return quotes[n] if inside else None


@dataclass(frozen=True, slots=True)
class Sites:
    """The places of a report that tell a country: their numbers, and their states.

    `rows` are start, end, sentence, plain, firm and kind; `of` tells of each code where
    its places start and their rows, in text order. `states` are in 16 bits.
    """

    rows: Floats
    states: NDArray[np.float16]
    of: dict[str, list[tuple[int, int]]]


def sites(parsed: Parsed, cues: Iterable[Sequence[Cue]]) -> Sites:
    """Return the places of a report that tell a country, as the encoder read them."""
    every = [(n, cue) for n, row in enumerate(cues) for cue in row]
    told = [(c.start, c.end, n, c.plain, c.firm, KINDS.index(c.kind)) for n, c in every]
    of: dict[str, list[tuple[int, int]]] = {}
    for k, (_, cue) in enumerate(every):
        of.setdefault(cue.code, []).append((cue.start, k))
    spans = [Span(cue.start, cue.end) for _, cue in every]
    return Sites(
        np.array(told, np.float32).reshape(-1, 6),
        parsed.states.of(spans, WIDTH).astype(np.float16),
        {code: sorted(some) for code, some in of.items()},
    )


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a report speaks of each country, and how often it names it firmly.

    `order` are the weights in ascending order; `everything` and `firmly` the sums, 1
    at least.
    """

    total: Counter[str]
    firm: Counter[str]
    order: list[int]
    everything: int
    firmly: int

    @classmethod
    def of_cues(cls, cues: Iterable[Sequence[Cue]]) -> "Weights":
        """Return the weights that the cues of a report give, row by sentence."""
        total: Counter[str] = Counter()
        firm: Counter[str] = Counter()
        for n, row in enumerate(cues):
            for cue in row:
                if cue.plain and cue.kind != "outlet":
                    total[cue.code] += (2 if n < EARLY else 1) * (1 + cue.firm)
                    firm[cue.code] += cue.firm
        return cls.of(total, firm)

    @classmethod
    def of(cls, total: Counter[str], firm: Counter[str]) -> "Weights":
        """Return weights with their order and their sums."""
        order = sorted(total.values())
        return cls(total, firm, order, max(1, sum(order)), max(1, sum(firm.values())))

    def without(self, mine: Iterable[Cue], n: int) -> "Weights":
        """Return the weights without some cues of the sentence of a number."""
        total, firm = self.total.copy(), self.firm.copy()
        for cue in mine:
            if cue.plain and cue.kind != "outlet":
                total[cue.code] -= (2 if n < EARLY else 1) * (1 + cue.firm)
                firm[cue.code] -= cue.firm
        return Weights.of(total, firm)


@dataclass(frozen=True, slots=True)
class Survey:
    """One report's countries by sentence and in sum, its names, heads and quotes.

    `runs` are the capitalised runs of words by each of their words, `owned` tells whose
    "police" or "rebels" were named, in order. `places` tells of each country how
    many cues stand early, at the opening, and are places, `by_code` has its cues in
    order; `bearers` are the short names of people told in full ("Jordan" for "Jim
    Jordan"), `abroad` the countries of towns that are called as a land or capital is.
    `met`, `beside` and `firsts` are the mentions, what stands beside them and the first
    names read so far: many mentions lead to the same few others.
    """

    parsed: Parsed
    setting: Setting
    starts: tuple[int, ...]
    cues: tuple[tuple[Cue, ...], ...]
    runs: dict[str, tuple[Span, ...]]
    owned: dict[str, tuple[tuple[int, str], ...]]
    quotes: tuple[Quote, ...]
    starting: dict[int, Link]
    ending: dict[int, Link]
    people: tuple[Span, ...]
    bearers: tuple[Span, ...]
    abroad: dict[str, str]
    met: dict[Span, "Mention"]
    beside: dict[Span, tuple["Mention", ...]]
    firsts: dict[str, tuple[str, ...]]
    sectors: dict["Mention", list[str]]
    intros: dict["Mention", tuple[tuple[Span, ...], tuple["Mention", ...]]]
    wordings: dict[tuple[tuple[str, bool, bool], ...], "Wording"]
    places: Places
    weights: Weights
    main: tuple[str, ...]
    by_code: dict[str, list[Cue]]
    sites: Sites

    def forget_mentions(self) -> None:
        """Let go of the mentions read, which hold this survey in turn."""
        self.met.clear()
        self.beside.clear()
        self.sectors.clear()
        self.intros.clear()
        self.wordings.clear()

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that holds character `at`."""
        return max(0, bisect_right(self.starts, at) - 1)

    def link(self, span: Span) -> Link | None:
        """Return the link of a mention: of its exact words, or those it ends with."""
        for link in (self.starting.get(span.start), self.ending.get(span.end)):
            if link is not None and link.mention.end == span.end:
                return link
        return None

    def heads(self, words: Span, span: Span) -> bool:
        """Whether words are whom the mention that they end means, not his owner.

        "Fans of Foo" are not Foo, nor is "Bar, the head of the IAF" an air force.
        """
        head, own = self.parsed.head_of(span), self.parsed.head_of(words)
        if head is None or own is None or own.pos == "PRON":
            return True
        return own.i == head.i or (own.relation in BESIDE and own.head == head.i)


def survey(parsed: Parsed, setting: Setting, base: Base) -> Survey:
    """Return what a whole report tells of countries, names and speakers."""
    cues: list[tuple[Cue, ...]] = []
    people = entities_labelled(parsed, "PERSON")
    # Where people, named in full elsewhere, are called by a short name.
    full = {m.span for m in parsed.mentions if m.kind == "name" and m.sort == "person"}
    of_name = (link for link in parsed.links if link.of_name)
    bearers = tuple(k.mention for k in of_name if full.issuperset(k.antecedents))
    whole = words_in_span(parsed, 0, len(parsed.text))
    abroad = towns_abroad(whole, parsed.lexicon)
    towns = sorted(entities_labelled(parsed, "GPE", "LOC", "FAC"))
    runs: dict[str, list[Span]] = {}
    owned: dict[str, list[tuple[int, str]]] = {}
    # A dateline tells where a report was filed, no more.
    dateline, after = parsed.report.dateline, 0
    if dateline and 0 <= (at := parsed.text.find(dateline)) < FIRST:
        after = at + len(dateline)
    for n, sentence in enumerate(parsed.sentences):
        start = max(sentence.span.start, after)
        found = words_in_span(parsed, start, sentence.span.end)
        told = list(cues_of(parsed, found, n, base, setting))
        told += towns_of(parsed, sentence.span, n, towns, told)
        low = max(0, bisect_left(people, Span(start, 0)) - 1)
        near = people[low : bisect_left(people, Span(sentence.span.end, 0))]
        told = [c for c in told if not of_person(c, near, bearers)]
        told = [as_town(c, parsed.text, abroad) for c in told] if abroad else told
        cues.append(tuple(told))
        for key, code in owners_of_bodies(found, cues[-1], parsed.lexicon):
            owned.setdefault(key, []).append((n, code))
        for run in runs_of(found, people):
            span = Span(run[0].start, run[-1].end)
            for word in run:
                runs.setdefault(word.key, []).append(span)
    cues = settle(cues, parsed)
    by_code: dict[str, list[Cue]] = {}
    for cue in chain.from_iterable(cues):
        by_code.setdefault(cue.code, []).append(cue)
    weights = Weights.of_cues(cues)
    links = parsed.links[::-1]  # the first link of a place wins
    return Survey(
        parsed,
        setting,
        tuple(sentence.span.start for sentence in parsed.sentences),
        tuple(cues),
        {key: tuple(spans) for key, spans in runs.items()},
        {key: tuple(told) for key, told in owned.items()},
        find_quotes(parsed),
        {link.mention.start: link for link in links},
        {link.mention.end: link for link in links},
        tuple(people),
        bearers,
        abroad,
        {},
        {},
        {},
        {},
        {},
        {},
        cues_by_country(chain.from_iterable(cues)),
        weights,
        tuple(code for code, _ in weights.total.most_common(MAIN)),
        by_code,
        sites(parsed, cues),
    )


def cues_by_country(cues: Iterable[Cue]) -> Places:
    """Return of each country its cues that stand early, open, and are places."""
    found: Places = {}
    for cue in cues:
        early, opening, places = found.get(cue.code, (0, 0, 0))
        early, opening = early + (cue.sentence < EARLY), opening + (cue.sentence == 0)
        found[cue.code] = early, opening, places + (cue.kind == "place")
    return found


def owners_of_bodies(
    found: list[Word], cues: Sequence[Cue], lexicon: Lexicon
) -> Iterator[tuple[str, str]]:
    """Yield whose "police" or "inspectors" a sentence tells."""
    if not cues:
        return
    belonging, of = lexicon.words["actors.belonging"], lexicon.words["actors.of"]
    starts = {word.start: at for at, word in enumerate(found)}
    ends = {word.end: at for at, word in enumerate(found)}
    for cue in cues:
        last = ends.get(cue.end, len(found)) + 1
        if last < len(found) and (agent := longest(found, last, lexicon)):
            yield found[last + agent[1] - 1].key, cue.code
        at = starts.get(cue.start, 0) - 1
        if at > 0 and found[at].key in belonging and found[at - 1].text.islower():
            # A word of place tells whose they are, but not in "U.N. men in Mali".
            near = [word.end for word in found[max(0, at - 2) : at]]
            if found[at].key in of or not any(each.end in near for each in cues):
                yield found[at - 1].key, cue.code
        if cue.kind == "body" and found[last - 1].text.islower():
            yield found[last - 1].key, cue.code


def runs_of(found: list[Word], people: Sequence[Span]) -> Iterator[list[Word]]:
    """Yield the runs of capitalised words of a sentence, "Moon Jae-in" whole."""
    run: list[Word] = []
    for word in found:
        tail = bool(run) and run[-1].joined and any(s.end == word.end for s in people)
        if (word.capital and word.text[0].isalpha()) or tail:
            run.append(word)
            if word.owns:
                yield run
                run = []
            continue
        if run:
            yield run
        run = []
    if run:
        yield run
