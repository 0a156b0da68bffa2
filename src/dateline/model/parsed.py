"""A report cut into sentences and tokens: ours, whatever engine filled it.

The form of a word and how it hangs on another are told in grammar's own terms, which
every language has: a language pack turns its parser's labels into them, so that no room
knows a parser.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from re import Pattern
from typing import Any, Generic, Literal, TypeVar

from dateline.model.encoder_output import States
from dateline.model.mention import Link, Mention
from dateline.model.text import Report, Span

T = TypeVar("T")
Row = tuple[str, ...]
BLOCK = 256  # characters: things are filed by these

Form = Literal[
    # verbs
    "base",
    "past",
    "present",
    "present-third",
    "gerund",
    "participle",
    "modal",
    "infinitive-marker",
    # nouns and names
    "noun",
    "plural-noun",
    "name",
    "plural-name",
    "owner-mark",
    # what describes
    "adjective",
    "comparative",
    "superlative",
    "adverb",
    "comparative-adverb",
    "superlative-adverb",
    "number",
    "particle",
    # small words
    "determiner",
    "predeterminer",
    "preposition",
    "conjunction",
    "pronoun",
    "owner-pronoun",
    "relative-pronoun",
    "relative-determiner",
    "relative-owner",
    "relative-adverb",
    "expletive",
    "interjection",
    # marks, and what is no word of the language
    "comma",
    "stop",
    "colon",
    "hyphen",
    "opening-quote",
    "closing-quote",
    "opening-bracket",
    "closing-bracket",
    "currency",
    "symbol",
    "list-mark",
    "odd-mark",
    "address",
    "affix",
    "foreign",
    "space",
    "unknown",
]
Forms = tuple[Form, ...]

PRONOUNS: Forms = ("pronoun", "owner-pronoun")

Relation = Literal[
    # what a verb has
    "subject",
    "passive-subject",
    "clausal-subject",
    "passive-clausal-subject",
    "expletive",
    "object",
    "dative",
    "agent",
    "predicate",
    "predicate-adjective",
    "object-predicate",
    "auxiliary",
    "passive-auxiliary",
    "negation",
    "particle",
    # clauses: what is said, what is to be done, when and why, of whom
    "content-clause",
    "open-clause",
    "adverbial-clause",
    "relative-clause",
    "adnominal-clause",
    "subordinator",
    # what a preposition brings
    "preposition",
    "oblique",
    "oblique-clause",
    # what a noun has
    "determiner",
    "predeterminer",
    "owner",
    "case",
    "adjective",
    "compound",
    "noun-modifier",
    "number",
    "quantifier",
    "apposition",
    # what any word has
    "adverb",
    "adverbial-noun",
    "conjunct",
    "conjunction",
    "preconjunction",
    "parataxis",
    "interjection",
    "punctuation",
    "meta",
    "unclear",
    "root",
]
Relations = tuple[Relation, ...]
SUBJECTS: Relations = ("subject", "passive-subject")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of a language, each table by a name that tells the room that asks.

    `words` are classes of words, `senses` what each word of a class means, `tables`
    rows of several cells, `patterns` how the words of a class stand in a text.
    """

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    senses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    patterns: Mapping[str, Pattern[str]] = field(default_factory=dict)


NO_WORDS = Lexicon()


class Filed(Generic[T]):
    """Things with the words of each; whoever asks looks only at those nearby."""

    def __init__(self, things: Iterable[tuple[Span, T]]) -> None:
        """File things, each under all blocks of text that its words touch."""
        self.blocks: dict[int, list[tuple[int, Span, T]]] = {}
        for n, (span, thing) in enumerate(things):
            for block in blocks_of_span(span):
                self.blocks.setdefault(block, []).append((n, span, thing))

    def over(self, span: Span) -> list[T]:
        """Return the things that share a character with words, in the order given.

        >>> Filed([(Span(250, 260), "b"), (Span(0, 3), "a")]).over(Span(255, 257))
        ['b']
        """
        near = {
            n: thing
            for block in blocks_of_span(span)
            for n, words, thing in self.blocks.get(block, ())
            if words.overlaps(span)
        }
        return [near[n] for n in sorted(near)]


def blocks_of_span(span: Span) -> range:
    """Return the numbers of the blocks of text that words touch."""
    return range(span.start // BLOCK, max(span.start, span.end - 1) // BLOCK + 1)


@dataclass(frozen=True, slots=True)
class Token:
    """One word: `head` and `i` count tokens of the report; the root is its own head.

    `pos` is Universal Dependencies' (VERB, NOUN, PROPN ...), `form` tells more of it,
    `relation` how it hangs on its head.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    form: Form
    relation: Relation
    head: int

    @property
    def span(self) -> Span:
        """The characters of this token."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; its tokens are `first` up to `last`, none where it was skipped."""

    span: Span
    first: int
    last: int

    @property
    def parsed(self) -> bool:
        """Whether the parser has read it."""
        return self.last > self.first


@dataclass(frozen=True, slots=True)
class Entity:
    """A span that the tagger names: PERSON, GPE, ORG, NORP, LOC, FAC, DATE ..."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: the token that heads it, and its words without its clauses.

    `ends` are offsets before what hangs on its head ("police | near the border"): where
    it ends as well, for whoever is sure that the rest is not meant.
    """

    head: int
    span: Span
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report with its sentences, tokens, entities and links within the document.

    `children[i]` are the indices of the tokens whose head is token i, in text order;
    `mentions` are who is spoken of, in order of their heads; `states` is what the
    encoder made of the words, empty until it has read them; `lexicon` is what the
    language tells of its words.
    """

    report: Report
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    entities: tuple[Entity, ...] = ()
    links: tuple[Link, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    mentions: tuple[Mention, ...] = ()
    states: States = field(default=States(), compare=False, repr=False)
    lexicon: Lexicon = field(default=NO_WORDS, compare=False, repr=False)
    made: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, name: str, make: Callable[["Parsed"], T]) -> T:
        """Return what is made of this report under a name, made when first asked for.

        A question that is asked of every act must not look through a whole report.
        """
        found: T | None = self.made.get(name)
        if found is None:
            found = self.made[name] = make(self)
        return found

    @property
    def text(self) -> str:
        """The report's text, to which all offsets refer."""
        return self.report.text

    @property
    def runs(self) -> list[list[Span]]:
        """The parsed sentences, in runs that follow each other without a gap."""
        near = groupby(self.sentences, key=attrgetter("parsed"))
        return [[sentence.span for sentence in run] for read, run in near if read]

    def words(self, name: str) -> frozenset[str]:
        """Return a class of words of the report's language.

        Raises KeyError where the language has none of that name.
        """
        return self.lexicon.words[name]

    def sentence_at(self, at: int) -> Sentence | None:
        """Return the sentence that holds character `at`, or None between sentences."""
        found = bisect_right(self.openings, at) - 1
        if found < 0 or at >= self.sentences[found].span.end:
            return None
        return self.sentences[found]

    @property
    def openings(self) -> list[int]:
        """Where the sentences start."""
        return self.once("sentence starts", sentence_starts)

    def sentences_before(self, at: int) -> int:
        """Return how many sentences start at a character or before it."""
        return bisect_right(self.openings, at)

    def labelled_over(self, span: Span, *labels: str) -> list[Span]:
        """Return the names so tagged that share a character with `span`, in order."""
        return [e.span for e in self.entities_over(span) if e.label in labels]

    def entity_of(self, span: Span) -> Entity | None:
        """Return the named thing of which `span` is a part; none is within another."""
        starts = self.once("name starts", lambda p: [e.span.start for e in p.entities])
        after = bisect_right(starts, span.start)
        last = self.entities[after - 1] if after else None
        return last if last and last.span.covers(span) else None

    def entity_over(self, span: Span) -> Entity | None:
        """Return the first named thing that shares a character with `span`."""
        ends = self.once("name ends", lambda p: [e.span.end for e in p.entities])
        n = bisect_right(ends, span.start)
        return next((e for e in self.entities[n : n + 1] if e.span.overlaps(span)), None)

    def entities_over(self, span: Span) -> list[Entity]:
        """Return the named things that share a character with `span`, in order."""
        return self.once(
            "names by their place", lambda p: Filed((e.span, e) for e in p.entities)
        ).over(span)

    def names_over(self, span: Span) -> list[Mention]:
        """Return the mentions by name that share a character with `span`, in order."""
        return [m for m in self.mentions_over(span) if m.kind == "name"]

    def mentions_over(self, span: Span) -> list[Mention]:
        """Return the mentions that share a character with `span`, in order."""
        return self.once(
            "mentions by their place", lambda p: Filed((m.span, m) for m in p.mentions)
        ).over(span)

    def mentions_headed_by(self, word: int) -> Sequence[Mention]:
        """Return the mentions whose head is a token of this number, in order."""
        every = self.once("mentions by their head", lambda p: file_mentions(p, attrgetter("head")))
        return every.get(word, ())

    def mentions_in_sentence(self, number: int) -> Sequence[Mention]:
        """Return the mentions of the sentence of this number, in order."""
        every = self.once(
            "mentions by their sentence", lambda p: file_mentions(p, attrgetter("sentence"))
        )
        return every.get(number, ())

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """Return the tokens that overlap `span`."""
        starts, ends = self.once("word ends", word_ends)
        low = bisect_right(ends, span.start)
        return self.tokens[low : bisect_left(starts, span.end, low)]

    def head_of(self, span: Span) -> Token | None:
        """Return the syntactic head of `span`: the token with its head outside."""
        starts, ends = self.once("word ends", word_ends)
        low = bisect_right(ends, span.start)
        inside = self.tokens[low : bisect_left(starts, span.end, low)]
        if len(inside) > 1:
            for token in inside:
                head = token.head
                if head == token.i or not span.start <= starts[head] < span.end:
                    return token
        return inside[0] if inside else None

    def below(self, token: Token, *relations: Relation) -> Iterator[Token]:
        """Yield the children of `token`: all, or those in the relations named."""
        for i in self.children[token.i]:
            child = self.tokens[i]
            if not relations or child.relation in relations:
                yield child

    def above(self, token: Token) -> Iterator[Token]:
        """Yield the heads of `token`, nearest first, up to the root."""
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """Return `token` and all that hangs on it, in text order."""
        found, todo = [], [token.i]
        while todo:
            i = todo.pop()
            found.append(i)
            todo.extend(self.children[i])
        return tuple(self.tokens[i] for i in sorted(found))

    def link(self, mention: Span) -> Link | None:
        """Return what the document's links surely say of exactly these words."""
        firm = self.once(  # the first of several for the same words
            "firm links", lambda p: {k.mention: k for k in p.links[::-1] if not k.faint}
        )
        return firm.get(mention)


def sentence_starts(parsed: Parsed) -> list[int]:
    """Return where the sentences of a report start."""
    return [sentence.span.start for sentence in parsed.sentences]


def file_mentions(parsed: Parsed, key: Callable[[Mention], int]) -> dict[int, list[Mention]]:
    """Return the mentions of a report, in order, by what a key says of them."""
    out: dict[int, list[Mention]] = {}
    for mention in parsed.mentions:
        out.setdefault(key(mention), []).append(mention)
    return out


def word_ends(parsed: Parsed) -> tuple[list[int], list[int]]:
    """Return where the tokens of a report start and where they end."""
    return [t.start for t in parsed.tokens], [t.end for t in parsed.tokens]


def group_kept(every: Sequence[Sentence], kept: Sequence[Sentence]) -> list[list[Span]]:
    """Return the sentences that are kept, in runs that follow each other."""
    chosen = {sentence.span for sentence in kept}
    near = groupby((s.span for s in every), key=chosen.__contains__)
    return [list(run) for keep, run in near if keep]
