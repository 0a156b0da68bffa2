"""A parsed report with what the rules look up over and over, quotations among it.

Quotations have every kind of mark, and may run over several sentences and paragraphs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.extract.attribution.spans import Saying, Sense, tidy_pieces
from dateline.model import (
    SUBJECTS,
    Lexicon,
    Parsed,
    Relation,
    Relations,
    Sentence,
    Span,
    Token,
    Why,
)
from dateline.model.layout import paragraphs

Range = tuple[int, int]  # tokens, the last one included
CLIPPED = frozenset(("relative-clause", "adnominal-clause", "adverbial-clause", "parataxis"))
RELATIVE = frozenset(("relative-pronoun", "relative-determiner", "relative-owner"))
BEGINNING: Relations = (*SUBJECTS, "clausal-subject", "expletive")
DEEPEST = 5  # heads climbed in search of a subject
LENDS = frozenset(
    (
        "open-clause adverbial-clause oblique-clause preposition content-clause"
        " object oblique conjunct"
    ).split()
)

MARK = re.compile(r"``|''|[\"“”„«»‹›]|(?<!\w)[‘'‚]|['’‘](?!\w)")
QUOTE_MARKS = frozenset("\"“”„'’‘‚`«»‹›")
OPENS = frozenset("“„")
POINTED = {"«": "»", "»": "«", "‹": "›", "›": "‹"}  # French and German fashion
SINGLE = frozenset("'’‘‚")
FREE = frozenset(" ([—–-\n\t/:\xa0")  # what stands before a mark that opens
STOPS = frozenset(",.!?;:…—-")
ENDS = frozenset(",?!")  # marks at a quotation's end that no term or title has
SHORT = 3  # words: a quotation below this may be a term or a title


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words with their marks; `runs_on` where the next paragraph goes on."""

    span: Span
    inner: Span
    runs_on: bool = False

    def long(self, text: str) -> bool:
        """Whether enough is quoted to be somebody's statement."""
        words = self.inner.of(text)
        return self.runs_on or words.count(" ") + 1 >= SHORT or words[-1:] in ENDS


def quotes(text: str, lexicon: Lexicon) -> tuple[Quote, ...]:
    """Return the outermost quotations of `text`, in text order.

    An apostrophe after a plural is no mark; a quotation left open ends with its
    paragraph, and goes on in the next one where that opens with a mark.
    """
    blocks = paragraphs(text)
    found: list[Quote] = []
    for block, after in pairwise((*blocks, Span(len(text), len(text)))):
        goes_on = after.start < len(text) and bool(MARK.match(text, after.start))
        found += Paragraph(text, block, lexicon).quotes(goes_on)
    return tuple(found)


class Paragraph:
    """The quotation marks of one paragraph: which can open or close a quotation."""

    def __init__(self, text: str, block: Span, lexicon: Lexicon) -> None:
        """Take a paragraph's place in a text, and the words that need an apostrophe."""
        self.text, self.block = text, block
        self.elided = lexicon.patterns["attribution.elided"]
        self.plural = lexicon.words["attribution.plural-end"]

    def quotes(self, goes_on: bool) -> list[Quote]:
        """Return the outermost quotations."""
        text, block = self.text, self.block
        found: list[Quote] = []
        opened: re.Match[str] | None = None
        hits = list(MARK.finditer(text, block.start, block.end))
        last = max((h.start() for h in hits if self.shuts(h)), default=-1)
        for hit in hits:
            if opened is None:
                if self.opens(hit, last):
                    opened = hit
            elif self.closes(hit, opened[0]):
                span = Span(opened.start(), hit.end())
                found.append(Quote(span, trim_quote(text, opened.end(), hit.start())))
                opened = None
        if opened is not None and opened[0] not in SINGLE:
            inner = Span(opened.end(), block.end)
            found.append(Quote(Span(opened.start(), block.end), inner, goes_on))
        return found

    def opens(self, hit: re.Match[str], last: int) -> bool:
        """Whether a mark can open; `last` is where a single one closes last."""
        text, block, mark, at = self.text, self.block, hit[0], hit.end()
        before = text[hit.start() - 1] if hit.start() > block.start else " "
        if mark in POINTED:
            return before in FREE and text[at : at + 2].strip()[:1].isalnum()
        if mark in "”’" or at >= block.end or text[at].isspace():
            return False
        if mark in OPENS or mark == "``":
            return True
        if mark in SINGLE:
            free = before in FREE and not self.elided.match(text, hit.start())
            return free and (mark == "‚" or last > hit.start())
        return not before.isalnum()

    def closes(self, hit: re.Match[str], start: str) -> bool:
        """Whether a mark closes the quotation that the mark `start` began."""
        mark = hit[0]
        if start in ("“", "„"):
            return mark in ("”", "“", '"') and not (
                mark == "“" and self.opens(hit, -1) and start == "“"
            )
        if start in POINTED:
            return mark == POINTED[start]
        if start == "‚":
            return mark in "‘’"
        if start in "'‘":
            return mark in "'’" and self.shuts(hit)
        if start in ("``", "''"):
            return mark in ("''", '"')
        return mark in ('"', "”")

    def shuts(self, hit: re.Match[str]) -> bool:
        """Whether a single mark ends a quotation and no plural's possessive."""
        text, block = self.text, self.block
        if hit[0] not in "'’" or hit.start() == block.start:
            return False
        before = text[hit.start() - 1]
        after = text[hit.end()] if hit.end() < block.end else " "
        if before in STOPS or after in STOPS or hit.end() >= block.end:
            return not before.isspace()
        return before.isalnum() and before not in self.plural and not after.isalnum()


def trim_quote(text: str, start: int, end: int) -> Span:
    """Return quoted words without the space that French marks keep from them."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return Span(start + left, start + len(words.rstrip())) if words.strip() else Span(start, end)


@dataclass(frozen=True, slots=True)
class Ground:
    """`left` and `right` are the first and last token below each token."""

    parsed: Parsed
    left: tuple[int, ...]
    right: tuple[int, ...]
    quotes: tuple[Quote, ...]

    @classmethod
    def of(cls, parsed: Parsed) -> "Ground":
        """Look a report over once, in time linear in its words."""
        left, right = subtree_edges([token.head for token in parsed.tokens])
        return cls(parsed, left, right, quotes(parsed.text, parsed.lexicon))

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The report's tokens."""
        return self.parsed.tokens

    def span(self, piece: Range) -> Span:
        """Return the characters of a range of tokens, without marks at its ends."""
        a, b = piece
        tokens = self.parsed.tokens
        while a < b and is_edge_token(tokens[a]):
            a += 1
        while b > a and is_edge_token(tokens[b]):
            b -= 1
        found = Span(tokens[a].start, tokens[b].end)
        words = found.of(self.parsed.text)
        unclosed = words.count("(") > words.count(")")
        if unclosed and b + 1 < len(tokens) and tokens[b + 1].text == ")":
            return found.join(tokens[b + 1].span)
        return found

    def spans(self, pieces: Iterable[Range]) -> list[Span]:
        """Return the characters of several ranges of tokens."""
        return [self.span(piece) for piece in pieces if piece[0] <= piece[1]]

    def below(self, token: Token) -> Iterator[Token]:
        """Yield the children of a token in text order."""
        tokens = self.parsed.tokens
        for i in self.parsed.children[token.i]:
            yield tokens[i]

    def child(self, token: Token, *relations: Relation) -> Token | None:
        """Return the first child in one of the relations named."""
        return next((c for c in self.below(token) if c.relation in relations), None)

    def sentence(self, token: Token) -> Sentence:
        """Return the sentence of a token."""
        found = self.parsed.sentence_at(token.start)
        return found or Sentence(token.span, token.i, token.i + 1)

    def phrase(self, head: Token) -> Range:
        """Return the words of a noun phrase without the clauses that hang on it.

        Nor "in a statement" behind a comma.
        """
        a, b = self.left[head.i], self.right[head.i]
        for child in self.below(head):
            apart = child.relation == "preposition" and self.tokens[child.i - 1].text == ","
            if child.i > head.i and (apart or child.relation in CLIPPED):
                b = min(b, self.left[child.i] - 1)
        return a, max(b, head.i)

    def subject(self, verb: Token) -> Token | None:
        """Return whose act a verb is: its own subject, or one lent by its head."""
        token = verb
        for _ in range(DEEPEST):
            if own := self.child(token, *BEGINNING):
                return own
            head = self.parsed.tokens[token.head]
            if token.relation in ("adnominal-clause", "relative-clause"):
                return head
            if head is token or token.relation not in LENDS:
                return None
            # "urged X to say", "quoted X as saying": it is the object's act
            links = self.parsed.words("attribution.as-saying")
            cites = token.relation == "preposition" and token.lemma in links
            lent = cites or token.relation == "open-clause"
            if lent and (whom := self.child(head, "object")):
                return whom
            token = head
        return None


def is_edge_token(token: Token) -> bool:
    """Whether a token at the edge of a span is a mark or white space."""
    return token.pos in ("PUNCT", "SPACE") and token.text not in ("$", "%")


def subtree_edges(heads: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the first and the last token below each token.

    >>> subtree_edges([1, 1, 1])
    ((0, 0, 2), (0, 2, 2))
    """
    left, right = list(range(len(heads))), list(range(len(heads)))
    for i in range(len(heads)):
        j = i
        while heads[j] != j and left[heads[j]] > i:
            j = heads[j]
            left[j] = i
    for i in reversed(range(len(heads))):
        j = i
        while heads[j] != j and right[heads[j]] < i:
            j = heads[j]
            right[j] = i
    return tuple(left), tuple(right)


def begins_at_quote(text: str, words: Span) -> bool:
    """Whether words begin at a quotation mark.

    >>> begins_at_quote("“ We won", Span(2, 8))
    True
    """
    return any(c in QUOTE_MARKS for c in text[max(0, words.start - 2) : words.start])


def build_saying(
    g: Ground,
    rule: str,
    source: Sequence[Span],
    cue: Sequence[Span],
    said: Sequence[Span],
    sense: Sense = "speech",
) -> Saying:
    """Return the saying of three lists of words, each in text order."""
    text, why = g.parsed.text, Why(rule, cue[0])
    who, words = tidy_pieces(text, source), tidy_pieces(text, cue)
    return Saying(who, words, tidy_pieces(text, said), sense, why)
