"""A parsed report with what the rules look up over and over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.attribution.quotes import Quote, quotes
from dateline.model import SUBJECTS, Parsed, Relation, Relations, Sentence, Span, Token

Range = tuple[int, int]  # tokens, the last one included
CLIPPED = frozenset(
    ("relative-clause", "adnominal-clause", "adverbial-clause", "parataxis")
)
RELATIVE = frozenset(("relative-pronoun", "relative-determiner", "relative-owner"))
BEGINNING: Relations = (*SUBJECTS, "clausal-subject", "expletive")
DEEPEST = 5  # heads climbed in search of a subject
LENDS = frozenset(
    (
        "open-clause adverbial-clause oblique-clause preposition content-clause"
        " object oblique conjunct"
    ).split()
)


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

    def span(self, words: Range) -> Span:
        """Return the characters of a range of tokens, without marks at its ends."""
        a, b = words
        tokens = self.parsed.tokens
        while a < b and is_edge_token(tokens[a]):
            a += 1
        while b > a and is_edge_token(tokens[b]):
            b -= 1
        found = Span(tokens[a].start, tokens[b].end)
        open_ = found.of(self.parsed.text).count("(") > found.of(
            self.parsed.text
        ).count(")")
        if open_ and b + 1 < len(tokens) and tokens[b + 1].text == ")":
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
            apart = (
                child.relation == "preposition" and self.tokens[child.i - 1].text == ","
            )
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
            if ruled := self.ruled(token, head):
                return ruled
            token = head
        return None

    def ruled(self, token: Token, head: Token) -> Token | None:
        """Return the object whose act it is: "urged X to say", "quoted X as saying"."""
        links = self.parsed.words("attribution.as-saying")
        cites = token.relation == "preposition" and token.lemma in links
        return (
            self.child(head, "object")
            if cites or token.relation == "open-clause"
            else None
        )


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
