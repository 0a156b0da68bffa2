"""One frame read at one place: the words in each role."""

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.actions import grammar
from dateline.actions.match import lower
from dateline.actions.parties import entity_at, is_party
from dateline.codebook import FolderCodebook, Frame
from dateline.model import Parsed, Token

LABELS = frozenset(("@GPE", "@PERSON", "@NORP", "@ORG"))
HIM = frozenset(("he", "she", "him", "her"))
THEM = frozenset(("they", "them"))  # a crowd, where a crowd is asked for


ANCHORS = frozenset(("NOUN", "ADP", "PROPN", "ADJ"))  # words that carry phrases
Tokens = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A frame at its words, and who stands where; the rules say how that was read."""

    book: FolderCodebook
    parsed: Parsed
    frame: Frame
    head: Token
    words: Tokens
    subjects: Tokens = ()
    objects: Tokens = ()
    light: Token | None = None
    above: Token | None = None
    actors: Tokens = ()
    recipients: Tokens = ()
    actor_rule: str = "actions.no-party.v1"
    recipient_rule: str = "actions.no-party.v1"

    @property
    def anchors(self) -> Tokens:
        """The words on which the phrases of this act may hang."""
        unit = tuple(
            w for w in self.words[1:] if w.pos in ("NOUN", "ADP", "PROPN", "ADJ")
        )
        light = (self.light,) if self.light is not None else ()
        light = (*(t for t in (self.above,) if t is not None), *light)
        own = (
            ()
            if self.frame.kind == "noun"
            else tuple(o for o in self.objects if o.i > self.head.i)
        )
        own += tuple(grammar.after(self.parsed, own, ("of",)))
        unit += tuple(
            o for w in unit if w.pos == "ADP" for o in self.parsed.below(w, "pobj")
        )
        return (self.head, *unit, *own, *light)

    def party(self, token: Token) -> bool:
        """Whether these words can name somebody."""
        return is_party(self.book, self.parsed, token)

    def parties(self, tokens: Iterable[Token]) -> Tokens:
        """Keep the words that can name somebody."""
        return tuple(t for t in tokens if self.party(t))

    def kin(self, token: Token, words: frozenset[str]) -> bool:
        """Whether a noun, or what it is a number of, is one of `words`."""
        if self.plain(token, words):
            return True
        if token.pos in ("NOUN", "NUM", "PROPN", "DET", "PRON", "ADJ"):
            for prep in self.parsed.below(token, "prep"):
                if prep.text.lower() == "of":
                    return any(
                        self.plain(t, words) for t in self.parsed.below(prep, "pobj")
                    )
        return False

    def plain(self, token: Token, words: frozenset[str]) -> bool:
        """Whether a noun is one of `words`, or of a class that grammar tells."""
        lemma = lower(token)
        if lemma in words or token.text.lower() in words:
            return True
        if "@PARTY" in words and self.party(token):
            return True
        if token.tag == "PRP" and token.text.lower() in HIM:
            return "@PERSON" in words
        if token.tag == "PRP" and token.text.lower() in THEM:
            return "protester" in words
        if not words.isdisjoint(LABELS):
            entity = entity_at(self.parsed, token)
            return entity is not None and f"@{entity.label}" in words
        return False
